"""Why this value: the winner, who lost, the rule that decided, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.profile import Claim, ClaimState, OriginKind, Rank, at
from console.domain.profile_view import ShownProperty
from console.ui.profile.wording import isolated, origin_look, since_words, translate, value_words


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder: its title, what is there, and whether it decided."""

    title: str
    words: str
    is_deciding: bool


@dataclass(frozen=True, slots=True)
class Acts:
    """What can be done, and the sentence that says why "Return to automatic" can or cannot."""

    can_pin: bool
    can_mask: bool
    can_return: bool
    reason: str


def claim_words(claim: Claim) -> str:
    """What a claim says, in words."""
    match claim.state:
        case ClaimState.MASKED:
            return translate("Empty on purpose")
        case ClaimState.REMOVED:
            return translate("Taken off the profile")
        case ClaimState.VALUE:
            return value_words(claim.value) if claim.value is not None else ""


def came_words(claim: Claim, now: datetime) -> str:
    """How a claim came: ``Sent by billing-sync today, 08:00``."""
    when = since_words(claim.acted_at, now)
    name = isolated(claim.origin.name)
    match claim.origin.kind:
        case OriginKind.MANUAL if claim.is_pin:
            return translate("Pinned by {0}, {1}").format(name, when)
        case OriginKind.MANUAL if claim.state is ClaimState.MASKED:
            return translate("Masked by {0}, {1}").format(name, when)
        case OriginKind.MANUAL:
            return translate("Set by {0}, {1}").format(name, when)
        case OriginKind.SPREADSHEET:
            return translate("Imported from {0}, {1}").format(name, when)
        case OriginKind.PUSH_API:
            return translate("Sent by {0}, {1}").format(name, when)
        case OriginKind.SOURCE:
            return translate("From {0}, synchronised {1}").format(name, when)


def replaced_words(shown: ShownProperty, history: tuple[Claim, ...], now: datetime) -> str:
    """Which value stood before the winner, and who had given it; empty where none did."""
    before = at(history, shown.winner.since - timedelta(microseconds=1))
    if not before or before[0].value == shown.winner.value:
        return ""
    origin = origin_look(before[0].origin)[0]
    words = translate("Replaced {0}, which {1} had supplied since {2}")
    return words.format(isolated(claim_words(before[0])), isolated(origin), since_words(before[0].since, now))


def member_words(shown: ShownProperty) -> str:
    """Of which member's record a company's value comes; empty where it is the company's own, or a customer's."""
    name = next((member.customer_name for member in shown.members if member.claim.id == shown.winner.id), "")
    return translate("Said by the record of {0}").format(isolated(name)) if name else ""


def ladder(shown: ShownProperty) -> tuple[Step, ...]:
    """The three ranks from the strongest to the weakest, with what each of them has."""
    titles = (
        (Rank.BY_HAND, translate("By hand or sheet")),
        (Rank.PUSH_API, translate("API")),
        (Rank.INTEGRATION, translate("Integrations")),
    )
    claims = (shown.winner, *shown.losers)
    return tuple(_step(rank, title, shown.winner, claims) for rank, title in titles)


def rule_words(shown: ShownProperty) -> str:
    """The rule in one sentence, and how it decided here in another."""
    rule = translate(
        "By hand or spreadsheet wins, then the API, then the integration that synced last; by hand, the later action."
    )
    winner = shown.winner
    if not shown.losers:
        return rule + " " + translate("No other source has a value.")
    is_tied = any(claim.rank is winner.rank for claim in shown.losers)
    match winner.rank:
        case Rank.BY_HAND if is_tied:
            decided = translate("The later of two actions by hand or spreadsheet wins here.")
        case Rank.BY_HAND:
            decided = translate("Somebody decided by hand or spreadsheet, so that wins.")
        case Rank.PUSH_API:
            decided = translate("Nobody set it by hand, so the API wins.")
        case Rank.INTEGRATION if is_tied:
            name = isolated(origin_look(winner.origin)[0])
            decided = translate("Only integrations have a value, and {0} synced last.").format(name)
        case Rank.INTEGRATION:
            decided = translate("Only integrations have a value.")
    return f"{rule} {decided}"


def acts(shown: ShownProperty) -> Acts:
    """What can be done with the shown value."""
    members = {member.claim.id for member in shown.members}
    own = [claim for claim in (shown.winner, *shown.losers) if claim.id not in members]
    by_hand = next((claim for claim in own if claim.by_hand), None)
    has_value = shown.value is not None
    reason = _automatic_words(shown, by_hand) if by_hand else translate("This value is already automatic.")
    can_pin = has_value and not (shown.winner.by_hand and shown.winner.id not in members)
    return Acts(can_pin, shown.state is not ClaimState.MASKED, by_hand is not None, reason)


def _automatic_words(shown: ShownProperty, by_hand: Claim) -> str:
    others = [claim for claim in (shown.winner, *shown.losers) if not claim.by_hand and claim.value is not None]
    if not others:
        return translate("Automatic would be no value at all.")
    origin = origin_look(others[0].origin)[0]
    words = translate("Set by {0}. Automatic would be {1} from {2}.")
    return words.format(isolated(by_hand.origin.name), isolated(claim_words(others[0])), isolated(origin))


def _step(rank: Rank, title: str, winner: Claim, claims: tuple[Claim, ...]) -> Step:
    here = [claim for claim in claims if claim.rank is rank]
    is_deciding = winner.rank is rank
    if not here:
        return Step(title, translate("no value"), is_deciding)
    if is_deciding:
        return Step(title, claim_words(winner), is_deciding)
    if len(here) == 1:
        return Step(title, translate("1 value, not used"), is_deciding)
    return Step(title, translate("{0} values, not used").format(len(here)), is_deciding)
