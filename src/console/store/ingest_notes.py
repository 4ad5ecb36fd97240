"""Taking in notes that teammates wrote in the source itself, on customers, companies and conversations."""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.ids import stable_id
from console.domain.records import NoteRecord, OwnerKind
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.identities import Wanted, settle
from console.store.ingest_conversations import conversation_id
from console.store.moments import micros
from console.store.taking import Taking


def take_notes(taking: Taking, records: Sequence[NoteRecord]) -> None:
    """Notes with their authors; a note that came from here and was sent to the source is here already."""
    if not records:
        return
    source, batch = taking.intake.source_id, taking.intake.batch_id
    own = _sent_from_here(taking.connection, source, [record.external_id for record in records])
    subjects = _subjects(taking, records)
    rows = []
    for record in records:
        if record.external_id in own:
            continue
        subject, owner = subjects[record.owner_kind, record.owner_id]
        taking.target_by_external_id[record.external_id] = subject
        rows.append((
            note_id(source, record.external_id), record.owner_kind.value, subject, owner, record.text, record.author,
            micros(record.at), batch,
        ))  # fmt: skip
    if rows:
        # A note that a teammate changed here says what they wrote; one they deleted stays deleted.
        taking.connection.exec_driver_sql(
            """INSERT INTO notes (id, owner_kind, subject_id, owner_id, text, author, at, is_pinned, batch_id)
               VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT (id) DO UPDATE SET text = excluded.text WHERE edited_at IS NULL""",
            sorted(rows),
        )
    for kind, places in (
        (OwnerKind.CUSTOMER, taking.touched.seen),
        (OwnerKind.COMPANY, taking.touched.companies),
        (OwnerKind.CONVERSATION, taking.touched.conversations),
    ):
        places.update(row[3] for row in rows if row[1] == kind.value)


def note_id(source_id: int, external_id: str) -> str:
    """The key of a note that its source names."""
    return f"note-{stable_id('note', str(source_id), external_id)}"


def _sent_from_here(connection: Connection, source: int, external_ids: Sequence[str]) -> set[str]:
    rows = connection.exec_driver_sql(
        f"SELECT receipt FROM outbox WHERE source_id = ? AND kind = 'note' AND receipt IN {IN_LIST}",
        (source, listed(external_ids)),
    ).fetchall()
    return {row[0] for row in rows}


def _subjects(taking: Taking, records: Sequence[NoteRecord]) -> dict[tuple[OwnerKind, str], tuple[int, int]]:
    """What each note hangs on, and whose that is: an identity and its owner, or a conversation twice."""
    source = taking.intake.source_id
    places = sorted({(record.owner_kind, record.owner_id) for record in records})
    wanted = {place: Wanted(place[0], source, place[1]) for place in places if place[0] is not OwnerKind.CONVERSATION}
    settled = settle(taking.connection, list(wanted.values()), taking.now, taking.intake.batch_id)
    customers = {one.id for one in wanted.values() if one.kind is OwnerKind.CUSTOMER}
    created = settled.created | settled.touched
    owners = settled.owner_by_identity
    taking.touched.customers |= {owners[one] for one in customers} & created
    talks = {place: conversation_id(source, place[1]) for place in places if place not in wanted}
    return {place: (one.id, owners[one.id]) for place, one in wanted.items()} | {
        place: (key, key) for place, key in talks.items()
    }
