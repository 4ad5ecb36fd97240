"""Counts and moments that a rule asks for, as SQL: when somebody was seen, wrote or signed up, how often they did what."""

from __future__ import annotations

from console.domain.customer_figures import SIGNED_UP
from console.domain.segment_rules import Subject
from console.domain.segment_tests import Test, ago, instant
from console.store.claims import property_id
from console.store.segment_asking import About, Asked, Rows, among, joined
from console.store.segment_tests import Clause, amount, of_column, of_scalar

_MOST_COUNTED = 1 << 40


def of_winner(asked: Asked) -> str:
    """The number of a winner. Who asks one owner finds it by its key: the index of numbers holds everybody's in the range."""
    return "+w.number" if asked.is_narrow else "w.number"


def column(about: About) -> Clause:
    name = {Subject.FIRST_SEEN: "first_seen", Subject.LAST_SEEN: "last_seen", Subject.MEMBERS: "member_count"}.get(
        about.condition.subject, "conversation_count"
    )
    return of_column(f"{about.row}.{name}", about.test)


def first_seen(about: About) -> Clause:
    if not about.is_company:
        return column(about)
    sql = f"""(SELECT min(n.first_seen) FROM memberships m JOIN customers n ON n.id = m.customer_id
        WHERE m.company_id = {about.row}.id AND m.until IS NULL)"""
    return of_scalar(Clause(sql), about.test)


def conversations(about: About) -> Clause:
    return column(about) if not about.is_company else talks(about, "count(*)", "")


def talks(about: About, what: str, where: str) -> Clause:
    sql = f"""(SELECT {what} FROM conversations c WHERE c.{about.owner_kind.value}_id = {about.row}.id
        AND c.merged_into IS NULL{where})"""
    return of_scalar(Clause(sql), about.test)


def signed_up(about: About) -> Clause:
    """The first of the properties that say so; a day begins at midnight UTC."""
    keys = [property_id(about.owner_kind, name) for name in SIGNED_UP]
    each = f"""(SELECT CAST(w.number AS INTEGER) * 1000000 FROM winners w WHERE w.owner_id = {about.row}.id AND w.property_id = ?
        AND w.kind IN ('date', 'datetime') AND w.text IS NOT NULL)"""
    exact = of_scalar(Clause(f"coalesce({', '.join([each] * len(keys))})", tuple(keys)), about.test)
    some = Rows("winners w", "w.owner_id", f"w.property_id IN ({', '.join('?' * len(keys))})", "w.text", tuple(keys))
    # Few have a date in the range: the others are not asked which of the properties it is that counts.
    return joined([among(some, about.row, amount(of_winner(about.asked), about.test), about.asked), exact], "AND", "1")


def spoken(about: About) -> Clause:
    by = "teammate" if about.condition.subject is Subject.LAST_CONTACTED else "customer"
    sql = f"""(SELECT a.at FROM activities a JOIN messages m ON m.id = a.ref WHERE a.owner_id = {about.row}.id AND a.kind IN (1, 2)
        AND m.author_kind = '{by}' ORDER BY a.at DESC, a.kind DESC, a.ref DESC LIMIT 1)"""
    return of_scalar(Clause(sql), about.test)


def events(about: About) -> Clause:
    """Events are asked owner by owner: their index begins with the owner."""
    condition, asked = about.condition, about.asked
    source, at = (
        (f"activities a JOIN events e ON e.id = a.ref WHERE a.owner_id = {about.row}.id AND a.kind = 3", "a.at")
        if about.is_company
        else (f"events e WHERE e.owner_id = {about.row}.id", "e.at")
    )
    where, arguments = f"{source} AND e.name = ?", (condition.name,)
    if condition.window:
        where, arguments = (
            f"{where} AND {at} >= ?",
            (condition.name, instant(ago(asked.now, condition.window, asked.zone))),
        )
    if condition.subject is Subject.EVENT_COUNT:
        counted = f"(SELECT count(*) FROM (SELECT 1 FROM {where} LIMIT {_enough(about.test)}))"
        return of_scalar(Clause(counted, arguments), about.test)
    least = "min" if condition.subject is Subject.EVENT_FIRST else "max"
    return of_scalar(Clause(f"(SELECT {least}({at}) FROM {where})", arguments), about.test)


def _enough(test: Test) -> int:
    """So many are counted: one more than any end of the range tells as much as all of them."""
    ends = [end for one in test for end in (one.low, one.high) if end is not None] if isinstance(test, tuple) else []
    return int(min(max([*ends, 0]) + 2, _MOST_COUNTED)) if ends else 1
