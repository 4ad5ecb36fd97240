"""Properties in a dossier: what is shown, and every claim ever made with its origin, rank and dates; masked ones stay masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from console.domain.dossier import Field, Item, Part, Shape
from console.domain.profile import Claim, ClaimState, OriginKind, Rank, winning
from console.domain.values import plain
from console.store.connection import Connection
from console.store.dialect import IN_LIST
from console.store.profile_properties import claim_of

MASKED = "(masked)"
"""What stands in place of every value of a masked property."""

_REMOVED = "(taken off)"
_EVERY = f"""SELECT c.id, c.identity_id, c.rank, c.state, c.kind, c.value, c.origin_kind, c.origin_name, c.origin_key, c.acted_at,
    c.source_time, c.since, c.until, c.is_pin, c.trust, p.name AS property
FROM claims c JOIN properties p ON p.id = c.property_id WHERE c.identity_id IN {IN_LIST} AND p.id = ? ORDER BY c.since DESC, c.id DESC"""
_NAMES = f"""SELECT id, name FROM properties WHERE id IN (SELECT property_id FROM claims WHERE identity_id IN {IN_LIST})
ORDER BY is_on_top DESC, position, name"""
_ORIGINS = {
    OriginKind.MANUAL: "by hand",
    OriginKind.SPREADSHEET: "spreadsheet",
    OriginKind.PUSH_API: "push API",
    OriginKind.SOURCE: "source",
}
_RANKS = {
    Rank.BY_HAND: "3, by hand or spreadsheet",
    Rank.PUSH_API: "2, push API",
    Rank.INTEGRATION: "1, another source",
}


def properties(connection: Connection, identities: str) -> Part:
    """Every property that anybody ever said of these identities (``dialect.listed``), those on top first."""
    names = connection.exec_driver_sql(_NAMES, (identities,)).fetchall()

    def items() -> Iterator[Item]:
        for key, name in names:
            rows = connection.exec_driver_sql(_EVERY, (identities, key)).fetchall()
            yield _property(name, [claim_of(row) for row in rows])

    remark = "Of several values the higher rank is shown, within a rank the latest. All of them are listed."
    return Part("properties", "Properties", Shape.ENTRIES, items(), len(names), remark)


def _property(name: str, claims: Sequence[Claim]) -> Item:
    winner = winning(claims)
    is_masked = winner is not None and winner.state is ClaimState.MASKED
    value = None if winner is None else _said(winner, is_masked=is_masked)
    history = Part("claims", "Who said what", Shape.TABLE, _claims(claims, winner, is_masked=is_masked), len(claims))
    return Item(
        (
            Field("name", "Name", name, is_for_programs=True),
            Field("value", "Value", value, is_for_programs=True),
            Field("state", "State", winner.state.value if winner else "ended", is_for_programs=True),
            Field("is_masked", "Masked", is_masked, is_for_programs=True),
        ),
        title=f"{name}: {value if value is not None else '(nothing any longer)'}",
        is_past=winner is None or winner.state is ClaimState.REMOVED,
        parts=(history,),
    )


def _claims(claims: Iterable[Claim], winner: Claim | None, *, is_masked: bool) -> Iterator[Item]:
    for claim in claims:
        is_shown = claim is winner
        yield Item(
            (
                Field("value", "Value", _said(claim, is_masked=is_masked)),
                Field("outcome", "Outcome", "shown" if is_shown else "ended" if claim.until else "not used"),
                Field("origin", "Said by", f"{_ORIGINS[claim.origin.kind]}: {claim.origin.name}"),
                Field("rank", "Rank", _RANKS[claim.rank]),
                Field("since", "Since", claim.since),
                Field("until", "Until", claim.until),
                Field("source_time", "Time at the source", claim.source_time),
                Field("competes_by", "Competes by", claim.acted_at, is_for_programs=True),
            ),
            is_past=not is_shown,
        )


def _said(claim: Claim, *, is_masked: bool) -> str | None:
    if is_masked or claim.state is ClaimState.MASKED:
        return MASKED
    if claim.state is ClaimState.REMOVED:
        return _REMOVED
    return None if claim.value is None else plain(claim.value)
