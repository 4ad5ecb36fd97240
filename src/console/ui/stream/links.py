"""What a line says of records that came or went: a source's first visit, merges, splits, companies joined and left."""

from __future__ import annotations

from console.domain.activity import Arrived, Linked, LinkKind
from console.ui.profile.wording import named
from console.ui.stream.words import Piece, RowWords, counted, translate, who


def arrival_words(arrived: Arrived) -> RowWords:
    """The first visit of a source."""
    sentence = [Piece(translate("Came in from")), Piece(named(arrived.source), "chip", "teal", "plug")]
    if arrived.property_count:
        with_one, with_many = translate("with 1 property"), translate("with {0} properties")
        sentence.append(Piece(counted(arrived.property_count, with_one, with_many)))
    record = ((translate("Record"), named(arrived.external_id)),)
    return RowWords("plug", "teal", tuple(sentence), "", details=record)


def link_words(linked: Linked) -> RowWords:
    """Records that came from somebody else or went there; a company joined or left."""
    other = Piece(named(linked.other_name) or translate("somebody without a name"), "strong")
    by = (who(linked.by),) if linked.by else ()
    if linked.kind is LinkKind.MEMBER:
        verb = translate("Joined the company") if linked.is_arrival else translate("Left the company")
        hand = (Piece(translate("by")), *by) if by else ()
        return RowWords("building-2", "blue", (Piece(verb), other, *hand), "")
    records = Piece(counted(linked.record_count, translate("1 record"), translate("{0} records")), "faint")
    said = _moved(linked, other, by)
    icon = {LinkKind.SPLIT: "split", LinkKind.UNDONE: "undo-2"}.get(linked.kind, "git-merge")
    return RowWords(icon, "violet", (*said, records) if linked.record_count else said, "")


def _moved(linked: Linked, other: Piece, by: tuple[Piece, ...]) -> tuple[Piece, ...]:
    match linked.kind, linked.is_arrival:
        case LinkKind.MERGED, True:
            return (*by, Piece(translate("merged")), other, Piece(translate("into this one")))
        case LinkKind.MERGED, False:
            return (*by, Piece(translate("merged this one into")), other)
        case LinkKind.SPLIT, True:
            return (*by, Piece(translate("split this one off from")), other)
        case LinkKind.SPLIT, False:
            return (*by, Piece(translate("split off")), other)
        case LinkKind.SAME_KEY, True:
            return (Piece(translate("Same address: joined with")), other)
        case LinkKind.SAME_KEY, False:
            return (Piece(translate("Same address: went to")), other)
        case _, True:
            return (Piece(translate("Taken back: came from")), other)
        case _:
            return (Piece(translate("Taken back: went to")), other)
