"""What each kind of line says on the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from console.domain.activity import (
    Arrived,
    Changed,
    Happened,
    Line,
    Linked,
    Moved,
    Noted,
    Rated,
    Said,
    Tagged,
    Waiting,
)
from console.domain.activity_folding import Entry, bars
from console.domain.inbox import ConversationState
from console.domain.profile import ClaimState
from console.domain.records import AuthorKind, Channel
from console.domain.scores import Scale, Verdict
from console.domain.values import Value
from console.ui.profile.wording import (
    CHANNEL_ICON,
    isolated,
    moment_words,
    named,
    origin_look,
    property_words,
    time_words,
    value_words,
)
from console.ui.stream.links import arrival_words, link_words
from console.ui.stream.spans import span_words
from console.ui.stream.words import Piece, RowWords, counted, number_of, translate, who
from console.ui.style.tokens import Tone, tone_of

_MOST_CHIPS, _MOST_FACTS, _LONG = 4, 3, 90
_VERDICTS: dict[Verdict, tuple[str, Tone]] = {
    Verdict.PROMOTER: ("Promoter", "green"),
    Verdict.PASSIVE: ("Passive", "amber"),
    Verdict.DETRACTOR: ("Detractor", "red"),
    Verdict.SATISFIED: ("Satisfied", "green"),
    Verdict.NEUTRAL: ("Neutral", "amber"),
    Verdict.DISSATISFIED: ("Dissatisfied", "red"),
    Verdict.EASY: ("Easy", "green"),
    Verdict.HARD: ("Hard", "red"),
    Verdict.NONE: ("", "amber"),
}
_STATES: dict[ConversationState, tuple[str, Tone, str]] = {
    ConversationState.OPEN: ("Open", "green", "circle-check"),
    ConversationState.SNOOZED: ("Snoozed", "amber", "alarm-clock"),
    ConversationState.CLOSED: ("Closed", "grey", "check"),
}
_EVENT_ICONS = (("log in", "log-in"), ("logged in", "log-in"), ("login", "log-in"), ("export", "download"),
                ("invite", "user-plus"), ("log out", "log-out"), ("logged out", "log-out"), ("paid", "credit-card"),
                ("pay", "credit-card"), ("upload", "upload"), ("delete", "trash-2"))  # fmt: skip


def words_of(entry: Entry, now: datetime, *, is_part: bool = False) -> RowWords:
    """How an entry reads; ``is_part``: a line of an unfolded one, which says no more than its own."""
    line = entry.newest
    told = _told(entry, now) if not is_part or not isinstance(line.what, Said) else _spoken(line.what)
    when = span_words(entry, now) if entry.count > 1 else time_words(line.at)
    is_ahead = line.is_ahead(now)
    if is_ahead:
        when = moment_words(line.at)
    if line.customer_name:
        told = replace(told, sentence=(*told.sentence, _whose(entry)))
    return replace(told, when=when, is_ahead=is_ahead, goes=entry.count > 1 or _has_more(told))


def _told(entry: Entry, now: datetime) -> RowWords:
    line = entry.newest
    match line.what:
        case Said() as said:
            return _said(entry, said, now)
        case Rated() as rated:
            return _rated(line, rated)
        case Happened() as happened:
            return _happened(entry, happened)
        case Noted(text=text, author=author, is_pinned=is_pinned):
            pin = (Piece(translate("pinned"), "faint", icon="pin"),) if is_pinned else ()
            wrote = (who(author), Piece(translate("wrote a note")), *pin)
            return RowWords("sticky-note", "amber", wrote, "", _lines(text), "note")
        case Tagged():
            return _tagged(entry)
        case Changed() as changed:
            return _changed(entry, changed)
        case Arrived() as arrived:
            return arrival_words(arrived)
        case Linked() as linked:
            return link_words(linked)
        case Moved(segment=segment, is_joined=is_joined, source=source):
            verb = translate("Joined") if is_joined else translate("Left")
            given = (Piece(translate("given by {0}").format(isolated(source)), "faint"),) if source else ()
            chip = Piece(named(segment), "chip", "blue", "layers")
            return RowWords("layers", "blue", (Piece(verb, "strong"), chip, *given), "")
        case Waiting() as waiting:
            return _waiting(waiting)
        case _:
            assert_never(line.what)


def _said(entry: Entry, said: Said, now: datetime) -> RowWords:
    heard = next((one.what for one in entry.lines if _is_heard(one)), said)
    spoken = heard if isinstance(heard, Said) else said
    words, tone, icon = _STATES[said.state]
    meta = [Piece(translate(words), "chip", tone, icon)]
    meta.append(Piece(counted(said.message_count, translate("1 message"), translate("{0} messages"))))
    if said.author_kind is not AuthorKind.CUSTOMER:
        author = named(said.author) or translate("the team")
        last = translate("answer by {0}") if entry.count == 1 else translate("last answer by {0}, {1}")
        meta.append(Piece("· " + last.format(author, time_words(entry.newest.at))))
    if said.is_gone:
        meta.append(Piece("· " + translate("gone from the source")))
    title = Piece(named(said.subject) or translate("(no subject)"), "strong")
    count = (Piece(f"×{number_of(entry.count)}", "chip"),) if entry.count > 1 else ()
    sentence = (title, *count)
    return RowWords(CHANNEL_ICON[said.channel], "blue", sentence, "", _excerpt(spoken), "card", tuple(meta))


def _spoken(said: Said) -> RowWords:
    """A message below its conversation, whose subject stands above it."""
    verb = translate("wrote") if said.author_kind is AuthorKind.CUSTOMER else translate("answered")
    who = named(said.author) or (translate("The customer") if verb == translate("wrote") else translate("The team"))
    return RowWords(
        CHANNEL_ICON[said.channel], "blue", (Piece(who, "strong"), Piece(verb)), "", _excerpt(said), "quote"
    )


def _is_heard(line: Line) -> bool:
    return isinstance(line.what, Said) and line.what.author_kind is AuthorKind.CUSTOMER


def _rated(line: Line, rated: Rated) -> RowWords:
    source, score = named(line.source), rated.score
    is_review = rated.channel is Channel.REVIEW
    if score is None:
        title = named(rated.subject) or (translate("Review") if is_review else translate("Survey answer"))
        icon: tuple[str, Tone] = ("star", "amber") if is_review else ("gauge", "teal")
        return RowWords(*icon, (Piece(title, "strong"),), "", _excerpt(rated), "quote", aside=source)
    if is_review:
        title = translate("{0} review").format(source) if source else translate("Review")
        pieces = (Piece(title, "strong"),)
        of = Piece(translate("{0} of {1}").format(score.value, score.highest))
        return RowWords("star", "amber", pieces, "", _excerpt(rated), "quote", (of,), score=score)
    verdict, tone = _VERDICTS[score.verdict]
    title = translate("{0} answer").format({Scale.NPS: "NPS", Scale.CSAT: "CSAT", Scale.CES: "CES"}[score.scale])
    chip = Piece(f"{score.value} · {translate(verdict)}", "chip", tone)
    pieces = (Piece(title, "strong"), chip)
    return RowWords("gauge", tone, pieces, "", _excerpt(rated), "quote", aside=source, score=score)


def _happened(entry: Entry, happened: Happened) -> RowWords:
    name = named(happened.name)
    icon = next((icon for sign, icon in _EVENT_ICONS if sign in name.lower()), "mouse-pointer-click")
    sentence = [Piece(name, "strong")]
    if entry.count > 1:
        sentence.append(Piece(f"×{number_of(entry.count)}", "chip"))
        return RowWords(icon, "grey", tuple(sentence), "", bars=bars(entry))
    facts = tuple((property_words(fact), value_words(value)) for fact, value in happened.facts)
    if facts:
        shown = " · ".join(f"{fact} {_short(value)}" for fact, value in facts[:_MOST_FACTS])
        sentence.append(Piece(shown, "faint"))
    is_whole = len(facts) <= _MOST_FACTS and sum(len(value) for _, value in facts) < _LONG
    return RowWords(icon, "grey", tuple(sentence), "", details=() if is_whole else facts)


def _tagged(entry: Entry) -> RowWords:
    said = [line.what for line in entry.lines if isinstance(line.what, Tagged)]
    by = said[0].by
    sentence = [who(by)] if by else []
    for is_added, verb in ((True, translate("added")), (False, translate("removed"))):
        tags = list(dict.fromkeys(one.tag for one in reversed(said) if one.is_added is is_added))
        if not tags:
            continue
        if len(sentence) > 1:
            sentence.append(Piece(translate("and")))
        sentence.append(Piece(verb if by else verb.capitalize()))
        sentence += [Piece(named(tag), "chip", tone_of(tag) if is_added else "grey") for tag in tags[:_MOST_CHIPS]]
        if len(tags) > _MOST_CHIPS:
            sentence.append(Piece(f"+{number_of(len(tags) - _MOST_CHIPS)}", "faint"))
    return RowWords("tag", "violet", tuple(sentence), "")


def _changed(entry: Entry, changed: Changed) -> RowWords:
    words, tone, icon = origin_look(changed.origin)
    by = Piece(translate("by"))
    origin = who(changed.origin.name) if changed.origin.kind.value == "manual" else Piece(words, "chip", tone, icon)
    if entry.count > 1:
        said = [one.what for one in entry.lines if isinstance(one.what, Changed)]
        names = dict.fromkeys(property_words(one.name) for one in said)
        title = translate("{0} properties").format(number_of(entry.count))
        verb = translate("changed") if any(one.old for one in said) else translate("added")
        sentence = (Piece(title, "strong"), Piece(verb), by, origin, Piece(", ".join(names), "faint"))
        return RowWords(icon, tone, sentence, "")
    name = Piece(property_words(changed.name), "strong")
    if changed.state is ClaimState.REMOVED:
        return RowWords(icon, tone, (name, Piece(translate("was taken off")), by, origin), "")
    if changed.state is ClaimState.MASKED:
        return RowWords(icon, tone, (name, Piece(translate("was hidden")), by, origin), "")
    old = (Piece(_short(value_words(changed.old)), "struck"),) if changed.old else ()
    new = Piece(_short(value_words(changed.new)), "strong") if changed.new else Piece(translate("nothing"), "faint")
    sentence = (name, *old, Piece("", icon="arrow-right"), new, by, origin)
    return RowWords(icon, tone, sentence, "", details=_both(changed.old, changed.new))


def _waiting(waiting: Waiting) -> RowWords:
    sentence = (Piece(named(waiting.subject) or translate("(no subject)"), "strong"),)
    state = _standing(waiting.state)
    by = Piece(translate("answer by {0}").format(named(waiting.by)))
    reason = (Piece("· " + named(waiting.reason)),) if waiting.reason else ()
    return RowWords("send", "amber", sentence, "", _lines(waiting.text), "card", (state, by, *reason))


def _standing(state: str) -> Piece:
    match state:
        case "sent":
            return Piece(translate("Sent"), "chip", "green", "check-check")
        case "refused":
            return Piece(translate("Not accepted"), "chip", "red", "circle-alert")
        case "unknown":
            return Piece(translate("Not known whether sent"), "chip", "amber", "circle-question-mark")
        case _:
            return Piece(translate("Queued, not sent yet"), "chip", "amber", "clock")


def _excerpt(said: Said | Rated) -> str:
    words = named(said.excerpt)
    return f"{words}…" if said.is_cut and not words.endswith("…") else words


def _lines(text: str) -> str:
    """A text with its line breaks, without signs that turn the direction."""
    return "\n".join(named(line) for line in text.strip().splitlines())


def _whose(entry: Entry) -> Piece:
    names = list(dict.fromkeys(line.customer_name for line in entry.lines))
    first = "· " + named(names[0])
    if len(names) == 1:
        return Piece(first, "faint")
    others = counted(len(names) - 1, translate("and 1 other"), translate("and {0} others"))
    return Piece(f"{first} {others}", "faint")


def _both(old: Value | None, new: Value | None) -> tuple[tuple[str, str], ...]:
    """Both values whole, where one of them is too long for the sentence."""
    shown = (translate("Before"), value_words(old) if old else ""), (translate("Now"), value_words(new) if new else "")
    return shown if any(len(words) > _LONG for _, words in shown) else ()


def _has_more(told: RowWords) -> bool:
    return bool(told.details) or len(told.body) > _LONG or "\n" in told.body


def _short(words: str) -> str:
    return words if len(words) <= _LONG else words[: _LONG - 1] + "…"
