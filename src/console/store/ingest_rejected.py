"""What could not be understood: kept aside with the reason as it came, until the source says it in a way that can be."""

from __future__ import annotations

from console.domain.records import Page, Record
from console.store.dialect import IN_LIST, listed
from console.store.record_json import packed
from console.store.taking import Taking


def quarantine(taking: Taking, page: Page) -> None:
    """Put the rejected records of a page aside, and let go of those that came in whole this time."""
    _let_go(taking, page.records)
    rows = [
        (taking.intake.source_id, one.external_id, one.reason, packed(one.raw), taking.now, taking.intake.batch_id, page.stream)
        for one in page.rejected
    ]  # fmt: skip
    if not rows:
        return
    taking.connection.exec_driver_sql(
        """UPDATE quarantine SET reason = ?3, raw = ?4, at = ?5, stream = ?7
           WHERE source_id = ?1 AND external_id = ?2 AND batch_id IS ?6 AND (reason, raw) IS NOT (?3, ?4)""",
        rows,
    )
    taking.connection.exec_driver_sql(
        """INSERT INTO quarantine (source_id, external_id, reason, raw, at, batch_id, stream) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
           WHERE NOT EXISTS (SELECT 1 FROM quarantine WHERE source_id = ?1 AND external_id = ?2 AND batch_id IS ?6)""",
        rows,
    )


def _let_go(taking: Taking, records: tuple[Record, ...]) -> None:
    """A source may name what it could not say by its own id alone, or by the place of the record."""
    if taking.intake.batch_id is not None or not records:
        return
    known = taking.connection.exec_driver_sql(
        "SELECT 1 FROM quarantine WHERE source_id = ? AND batch_id IS NULL LIMIT 1", (taking.intake.source_id,)
    ).scalar()
    if known:
        taking.connection.exec_driver_sql(
            f"DELETE FROM quarantine WHERE source_id = ? AND batch_id IS NULL AND external_id IN {IN_LIST}",
            (taking.intake.source_id, listed(name for record in records for name in names_of(record))),
        )


def names_of(record: Record) -> tuple[str, str]:
    """The id of a record, and its place in its source."""
    kind = type(record).__name__.removesuffix("Record").lower()
    return record.external_id, f"{kind}:{record.external_id}"
