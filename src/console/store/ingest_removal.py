"""What a source no longer has: hidden, said so, and never taking a teammate's notes or tags with it."""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.records import DeletionRecord
from console.store.dialect import IN_LIST, listed
from console.store.taking import Taking


def take_deletions(taking: Taking, records: Sequence[DeletionRecord]) -> int:
    """Mark records as gone; a message with no place left in any source is gone too. Gives how many were there."""
    if not records:
        return 0
    places = listed(record.external_id for record in records)
    source = taking.intake.source_id
    targets = [
        row[0]
        for row in taking.connection.exec_driver_sql(
            f"""SELECT DISTINCT target_id FROM records WHERE source_id = ? AND external_id IN {IN_LIST} AND gone_at IS NULL
                AND kind = 'MailRecord' AND target_id IS NOT NULL""",
            (source, places),
        ).fetchall()
    ]
    gone = taking.connection.exec_driver_sql(
        f"UPDATE records SET gone_at = ? WHERE source_id = ? AND external_id IN {IN_LIST} AND gone_at IS NULL",
        (taking.now, source, places),
    ).rowcount
    rows = taking.connection.exec_driver_sql(
        f"""SELECT m.id, m.conversation_id FROM messages m WHERE m.id IN {IN_LIST} AND m.gone_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM records r WHERE r.target_id = m.id AND r.gone_at IS NULL)""",
        (listed(targets),),
    ).fetchall()
    if rows:
        taking.connection.exec_driver_sql(
            "UPDATE messages SET gone_at = ? WHERE id = ?", [(taking.now, row[0]) for row in rows]
        )
        taking.touched.conversations.update(row[1] for row in rows)
    return gone
