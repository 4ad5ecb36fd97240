"""What goes out with an edit: rows of the outbox for each source that is chosen, in the transaction that folds the edit.

What takes an edit back (an undo, a redo) drops what still waits; where the source was told already it is told the old
value instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.domain import edits as e
from console.domain.channels import OwnerKind
from console.domain.outbox import SendingState, WriteKind
from console.store.changes import Stale
from console.store.claims import property_id
from console.store.connection import Connection, Row
from console.store.dialect import IN_LIST, listed
from console.store.folding import Folding
from console.store.outbox_keys import next_sending
from console.store.outbox_steps import Told, as_json, told_by

_OUTBOX_EDITS = frozenset((
    "HoldSending", "ReleaseSending", "RetrySending", "CheckSending", "DropSending", "MarkSent", "EditSending", "ResolveConflict", "SetWriteBack",
))  # fmt: skip
_TAKEN_BACK = "It was taken back before it was sent"


@dataclass(frozen=True, slots=True)
class _Place:
    """Who is meant at a source: its own ID of the conversation, customer or company, and what it says of the property."""

    source: int
    external_id: str
    conversation: int | None = None
    base: Mapping[str, object] | None = None


def send_back(folding: Folding, edit: e.Edit) -> None:
    """Put what the edit changed on its way to every source that is chosen for it."""
    chosen = _chosen(folding.connection)
    if not chosen or type(edit).__name__ in _OUTBOX_EDITS:
        return
    chain = _chain(folding, edit)
    if chain is not None and chain.kind in _OUTBOX_EDITS:
        return
    told = told_by(folding.connection, folding.recorder.steps)
    for one in told:
        for place in _places(folding.connection, one, chosen):
            if chain is not None:
                _answer(folding, one, place, chain)
            elif one.is_withdrawn or one.is_gone:
                _drop_waiting(folding, one, place)
            elif not one.is_changed or not _is_known_note(folding, one, place):
                _make(folding, one, place)


def _chosen(connection: Connection) -> dict[str, set[int]]:
    """The sources by what goes back to them; replies go their own way."""
    found: dict[str, set[int]] = {}
    for what, source in connection.exec_driver_sql(
        """SELECT w.what, w.source_id FROM write_backs w JOIN sources s ON s.id = w.source_id
           WHERE w.what <> 'reply' AND s.state <> 'removed'"""
    ).fetchall():
        found.setdefault(what, set()).add(source)
    return found


def _places(connection: Connection, one: Told, chosen: Mapping[str, set[int]]) -> Iterator[_Place]:
    sources = chosen.get(one.what)
    if not sources:
        return
    if one.target.kind is OwnerKind.CONVERSATION:
        for source, external_id in connection.exec_driver_sql(
            f"SELECT source_id, external_id FROM conversations WHERE id = ? AND source_id IN {IN_LIST}",
            (one.target.id, listed(sources)),
        ).fetchall():
            yield _Place(source, external_id, one.target.id, one.base)
        return
    rows = connection.exec_driver_sql(
        f"""SELECT id, source_id, external_id FROM identities
            WHERE owner_id = ? AND kind = ? AND gone_at IS NULL AND source_id IN {IN_LIST} ORDER BY source_id, id""",
        (one.target.id, one.target.kind.value, listed(sources)),
    ).fetchall()
    for identity, source, external_id in rows:
        said = _said_by_source(connection, one, identity, source) if one.kind is WriteKind.PROPERTY else None
        yield _Place(source, external_id, None, said)


def _said_by_source(connection: Connection, one: Told, identity: int, source: int) -> dict[str, object]:
    row = connection.exec_driver_sql(
        """SELECT value, kind FROM claims WHERE identity_id = ? AND property_id = ? AND origin_key = ?
           AND until IS NULL AND state = 'value'""",
        (identity, property_id(one.target.kind, one.name), f"source:{source}"),
    ).first()
    if row is None:
        return {"value": None, "version": None}
    return {"value": row.value, "kind": row.kind, "version": None}


def _make(folding: Folding, one: Told, place: _Place, said: Mapping[str, object] | None = None) -> None:
    key = next_sending(folding.connection)
    folding.connection.exec_driver_sql(
        """INSERT INTO outbox (id, edit_id, source_id, conversation_id, kind, target_kind, target_id, external_id, body, base, state, at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)""",
        (
            key, folding.entry.id, place.source, place.conversation, one.kind.value, one.target.kind.value, one.target.id,
            place.external_id, as_json(one.body), as_json(said or place.base), folding.recorder.now,
        ),
    )  # fmt: skip
    folding.touched.also(Stale.OUTBOX, key)


@dataclass(frozen=True, slots=True)
class _Chain:
    """An edit that is taken back or done again, with all undos and redos of it; ``kind``: what edit it is."""

    edits: Sequence[str]
    kind: str
    is_undo: bool


def _chain(folding: Folding, edit: e.Edit) -> _Chain | None:
    if not isinstance(edit, e.Undo | e.Redo):
        return None
    rows = folding.connection.exec_driver_sql(
        "SELECT edit_id, kind FROM edit_outcomes WHERE edit_id = ?1 OR target = ?1 ORDER BY seq", (edit.edit,)
    ).fetchall()
    kind = next((row.kind for row in rows if row.edit_id == edit.edit), "")
    return _Chain([row.edit_id for row in rows], kind, isinstance(edit, e.Undo))


def _answer(folding: Folding, one: Told, place: _Place, chain: _Chain) -> None:
    """Take back what still waits; tell the source again where it was told, or may have been."""
    last = _last_of(folding.connection, chain.edits, one, place)
    if last is None or last.state == SendingState.DROPPED.value:
        if not chain.is_undo and not one.is_gone and not one.is_withdrawn:
            _make(folding, one, place)
    elif _is_untold(last):
        _drop(folding, [last.id])
    elif one.kind is WriteKind.NOTE:
        if one.is_gone:
            folding.remark = "The note is at the source already and stays there"
    else:
        former = json.loads(last.base) if last.base else {}
        again = _former(one, former) if one.is_withdrawn else one
        _make(
            folding, again, place, {"value": json.loads(last.body).get(_FIELD.get(one.kind, "value")), "version": None}
        )


_FIELD = {WriteKind.STATE: "state", WriteKind.ASSIGNMENT: "teammate"}


def _former(one: Told, former: Mapping[str, object]) -> Told:
    """Nothing is said by hand any more: the source is told what it had said before."""
    body = {**one.body, "value": former.get("value"), "kind": former.get("kind", one.body["kind"])}
    return Told(one.kind, one.target, body, name=one.name)


def _is_untold(row: Row) -> bool:
    """Whether the source cannot know of it: it waits and was never tried, or the source said no."""
    if row.state in (SendingState.REFUSED.value, SendingState.CONFLICT.value):
        return True
    return row.state in (SendingState.QUEUED.value, SendingState.HELD.value) and not row.attempts


def _last_of(connection: Connection, edits: Iterable[str], one: Told, place: _Place) -> Row | None:
    keys = listed(edits)
    rows = _rows_about(connection, one, place, f"AND target_id = ? AND +edit_id IN {IN_LIST}", one.target.id, keys)
    # Whoever was merged since stands under another key.
    rows = rows or _rows_about(connection, one, place, f"AND edit_id IN {IN_LIST}", keys)
    return rows[-1] if rows else None


def _drop_waiting(folding: Folding, one: Told, place: _Place) -> None:
    """What was said by hand no longer stands: what still waits to tell it does not go either."""
    rows = _rows_about(folding.connection, one, place, "AND state IN ('queued', 'held', 'refused', 'conflict')")
    _drop(folding, [row.id for row in rows if _is_untold(row)])


def _is_known_note(folding: Folding, one: Told, place: _Place) -> bool:
    """Another text for a note: one that still waits goes out with it, one that went stays at the source as it was."""
    rows = [row for row in _rows_about(folding.connection, one, place) if row.state != SendingState.DROPPED.value]
    for row in rows:
        if _is_untold(row):
            folding.connection.exec_driver_sql("UPDATE outbox SET body = ? WHERE id = ?", (as_json(one.body), row.id))
            folding.touched.also(Stale.OUTBOX, row.id)
    return bool(rows)


def _rows_about(connection: Connection, one: Told, place: _Place, more: str = "", *arguments: str | int) -> list[Row]:
    """The rows of one source about the same thing of the same customer, company or conversation, oldest first.

    ``more`` is the condition whose index is used: a source may have told a hundred thousand things.
    """
    field, value = {
        WriteKind.PROPERTY.value: ("$.name", one.name),
        WriteKind.TAG.value: ("$.tag", one.name),
        WriteKind.NOTE.value: ("$.message_key", str(one.body.get("message_key", ""))),
    }.get(one.family, ("$", None))
    kinds = [one.kind.value] if one.family != WriteKind.TAG.value else [WriteKind.TAG.value, WriteKind.UNTAG.value]
    return connection.exec_driver_sql(
        f"""SELECT id, state, attempts, body, base FROM outbox WHERE +source_id = ? AND target_kind = ? AND external_id = ?
            AND kind IN {IN_LIST} AND (? IS NULL OR json_extract(body, ?) = ?) {more} ORDER BY id""",
        (place.source, one.target.kind.value, place.external_id, listed(kinds), value, field, value, *arguments),
    ).fetchall()


def _drop(folding: Folding, keys: Sequence[int]) -> None:
    folding.connection.exec_driver_sql(
        f"UPDATE outbox SET state = 'dropped', reason = ?, settled_at = ?, next_at = NULL WHERE id IN {IN_LIST}",
        (_TAKEN_BACK, folding.recorder.now, listed(keys)),
    )
    folding.touched.also(Stale.OUTBOX, *keys)
