"""What became of a customer or a company: properties that changed, sources that came, records merged and split away."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.activity import Arrived, Changed, Line, LineKey, LineKind, Linked, LinkKind
from console.domain.profile import ClaimState, Origin, OriginKind
from console.domain.records import OwnerKind
from console.domain.values import Value, ValueKind, restored
from console.store.activity_reach import GREATEST_NUMBER, LEAST_NUMBER, Found, Part, Reach, Reading
from console.store.connection import Row
from console.store.dialect import IN_LIST, listed
from console.store.kinds import by_value
from console.store.moments import moment

_SPARE = 8
_STATES, _ORIGINS, _VALUES, _LINKS = by_value(ClaimState), by_value(OriginKind), by_value(ValueKind), by_value(LinkKind)

# What the same origin said of the same property until that very moment.
_BEFORE = """(SELECT b.kind || ':' || b.value FROM claims b WHERE b.identity_id = c.identity_id AND b.until = c.since
    AND b.property_id = c.property_id AND b.origin_key = c.origin_key AND b.id <> c.id ORDER BY b.id DESC LIMIT 1)"""
# By hand: what another origin says, so that one sees what was overruled, and what shows again.
_OTHERS = """CASE WHEN i.source_id = 0 THEN (SELECT b.kind || ':' || b.value FROM identities j JOIN claims b ON b.identity_id = j.id
    WHERE j.owner_id = i.owner_id AND b.property_id = c.property_id AND b.since <= {at} AND (b.until IS NULL OR b.until > {at})
    AND b.origin_key <> c.origin_key AND b.state = 'value' ORDER BY b.rank DESC, b.trust DESC, b.acted_at DESC, b.origin_key DESC LIMIT 1) END"""
_AFTER = """SELECT 1 FROM claims a WHERE a.identity_id = c.identity_id AND a.since = c.until AND a.property_id = c.property_id
    AND a.origin_key = c.origin_key AND a.id <> c.id"""
_COLUMNS = "c.id, p.name, c.state, c.origin_kind, c.origin_name, c.origin_key, s.name AS source"
_JOINED = """JOIN identities i ON i.id = c.identity_id JOIN properties p ON p.id = c.property_id
    LEFT JOIN sources s ON s.id = i.source_id"""
_FIRST = "(SELECT min(f.since) FROM claims f WHERE f.identity_id = i.id)"
CAME = f"coalesce({_FIRST}, i.created_at)"
"""When a source's first visit was: with its first values, else when it was first heard of."""

SAID = f"(i.source_id = 0 OR c.since > {_FIRST})"
"""A claim that is a change: a source's first visit is told by one line, not by one for each property."""

ENDED = f"NOT EXISTS ({_AFTER})"
"""A claim that ended without another in its place."""

_SAID = f"""SELECT {_COLUMNS}, c.since AS at, c.kind || ':' || c.value AS new, coalesce({_BEFORE}, {_OTHERS.format(at="c.since")}) AS old
FROM claims c {_JOINED} WHERE c.identity_id = ? AND (c.since, c.id) {{sign}} (?, ?) AND {SAID}
ORDER BY c.since {{order}}, c.id {{order}} LIMIT ?"""
# Nearly every claim that ended made room for another one, so that of many looked through few may be told.
_CLOSED = """WHERE identity_id = ? AND until IS NOT NULL AND (until, id) {sign} (?, ?)
ORDER BY until {order}, id {order} LIMIT ?"""
_ENDED = f"""SELECT {_COLUMNS}, c.until AS at, {_OTHERS.format(at="c.until")} AS new, c.kind || ':' || c.value AS old
FROM (SELECT * FROM claims {_CLOSED}) c {_JOINED} WHERE {ENDED} ORDER BY c.until {{order}}, c.id {{order}} LIMIT ?"""
_LAST_CLOSED = f"SELECT until, id FROM claims {_CLOSED} OFFSET ?"
# Of an owner with many identities few have changed at all: those alone are asked what.
_WITHIN = f"""SELECT i.id, EXISTS (SELECT 1 FROM claims c WHERE c.identity_id = i.id AND c.since {{sign}}= ?1 AND {SAID}) AS began,
    EXISTS (SELECT 1 FROM claims c WHERE c.identity_id = i.id AND c.until IS NOT NULL AND c.until {{sign}}= ?1) AS ended
FROM identities i WHERE i.id IN (SELECT value FROM json_each(?2))"""
_ARRIVALS = f"""SELECT i.id, {CAME} AS at, i.external_id, s.name AS source, i.source_id,
    (SELECT count(*) FROM claims c WHERE c.identity_id = i.id AND c.since <= {_FIRST}) AS property_count
FROM identities i JOIN sources s ON s.id = i.source_id WHERE i.id IN {IN_LIST}"""
_LINKED = """SELECT min(h.id) AS id, h.at, h.from_id, h.to_id, h.reason, count(nullif(i.source_id, 0)) AS record_count, coalesce(o.by, '') AS by,
    coalesce((SELECT coalesce(nullif(u.name, ''), u.email) FROM customers u WHERE u.id = h.{other}),
             (SELECT n.name FROM companies n WHERE n.id = h.{other}), '') AS name
FROM identity_history h JOIN identities i ON i.id = h.identity_id LEFT JOIN edit_outcomes o ON o.edit_id = h.edit_id
WHERE h.{mine} = ? AND h.{other} IS NOT NULL GROUP BY h.at, h.from_id, h.to_id, h.reason, h.edit_id"""

_MEMBER = f"""SELECT m.id, m.since, m.until, m.company_id, f.name, coalesce(o.by, '') AS by, m.origin = 'manual' OR m.since > {CAME} AS is_told
FROM memberships m JOIN companies f ON f.id = m.company_id JOIN identities i ON i.id = m.customer_identity
LEFT JOIN edit_outcomes o ON o.edit_id = m.edit_id WHERE m.customer_id = ?"""


def changes_found(reading: Reading, reach: Reach) -> Part:
    """Properties that say something else, one line for each claim that began or ended without another."""
    if not reading.wanted.wants(LineKind.PROPERTY):
        return Part(())
    at, ref = reach.edge(LineKind.PROPERTY, LEAST_NUMBER, GREATEST_NUMBER)
    # Two lines can come of one claim, so a line's key is twice the claim's, and one more where it ended.
    is_up = reach.is_up
    began, ended = (ref + 1) // 2 if not is_up else ref // 2, ref // 2 if not is_up else (ref - 1) // 2
    found: list[Found] = []
    floors: list[LineKey] = []
    within = reading.connection.exec_driver_sql(
        _WITHIN.format(sign=reach.sign), (at, listed(identities_wanted(reading)))
    ).fetchall()
    for identity, has_begun, has_ended in within:
        if has_begun:
            rows = reading.connection.exec_driver_sql(
                _SAID.format(sign=reach.sign, order=reach.order), (identity, at, began, reach.limit)
            ).fetchall()
            found += [_changed(row, is_end=False) for row in rows]
        if has_ended:
            floors += _ended(reading, reach, (identity, at, ended), found)
    floor = reach.floor_of(floors)
    return Part(reach.nearest(found), floor)


def _ended(reading: Reading, reach: Reach, start: tuple[int, int, int], found: list[Found]) -> list[LineKey]:
    """Adds the claims that ended without another; gives how far it looked where there may be more."""
    looked_at, how = reach.limit + _SPARE, {"sign": reach.sign, "order": reach.order}
    rows = reading.connection.exec_driver_sql(_ENDED.format(**how), (*start, looked_at, reach.limit)).fetchall()
    found += [_changed(row, is_end=True) for row in rows]
    if len(rows) == reach.limit:
        return []
    last = reading.connection.exec_driver_sql(_LAST_CLOSED.format(**how), (*start, 1, looked_at - 1)).one_or_none()
    return [] if last is None else [LineKey(moment(last.until), LineKind.PROPERTY, last.id * 2 + 1)]


def arrivals_found(reading: Reading, reach: Reach) -> Part:
    """The first visit of each source."""
    if not reading.wanted.wants(LineKind.ARRIVAL):
        return Part(())
    rows = reading.connection.exec_driver_sql(_ARRIVALS, (listed(key for key, _ in reading.identities),)).fetchall()
    wanted = reading.wanted.source_id
    return Part(reach.nearest([_arrived(row) for row in rows if wanted in (None, row.source_id)]))


def links_found(reading: Reading, reach: Reach) -> Part:
    """Records that came from another owner, by a merge, a split or a common key, and records that went; and the
    companies that a customer joined after a source's first visit, or left."""
    if not reading.wanted.wants(LineKind.LINK) or reading.wanted.source_id is not None:
        return Part(())
    found = []
    for mine, other in (("to_id", "from_id"), ("from_id", "to_id")):
        rows = reading.connection.exec_driver_sql(
            _LINKED.format(mine=mine, other=other), (reading.owner.id,)
        ).fetchall()
        found += [_linked(row, is_arrival=mine == "to_id") for row in rows]
    if reading.owner.kind is OwnerKind.CUSTOMER:
        for row in reading.connection.exec_driver_sql(_MEMBER, (reading.owner.id,)).fetchall():
            found += _member(row)
    return Part(reach.nearest(found))


def identities_wanted(reading: Reading) -> Iterable[int]:
    """The owner's identities, of one source where that is wanted."""
    wanted = reading.wanted.source_id
    return [identity for identity, source in reading.identities if wanted in (None, source)]


def _changed(row: Row, *, is_end: bool) -> Found:
    key = LineKey(moment(row.at), LineKind.PROPERTY, row.id * 2 + is_end)
    said = Changed(
        name=row.name,
        old=_value(row.old),
        new=_value(row.new),
        state=ClaimState.VALUE if is_end else _STATES[row.state],
        origin=Origin(_ORIGINS[row.origin_kind], row.origin_name, row.origin_key),
    )
    return Found(key, Line(key, said, row.source or ""))


def _value(said: str | None) -> Value | None:
    """The value in "kind:stored text"."""
    if said is None:
        return None
    kind, _, text = said.partition(":")
    return restored(_VALUES[kind], text)


def _arrived(row: Row) -> Found:
    key = LineKey(moment(row.at), LineKind.ARRIVAL, row.id)
    return Found(key, Line(key, Arrived(row.source, row.external_id, row.property_count), row.source))


def _linked(row: Row, *, is_arrival: bool) -> Found:
    key = LineKey(moment(row.at), LineKind.LINK, row.id * 2 + is_arrival)
    other = row.from_id if is_arrival else row.to_id
    return Found(key, Line(key, Linked(_LINKS[row.reason], is_arrival, other, row.name, row.record_count, row.by)))


def _member(row: Row) -> list[Found]:
    """Keys of memberships fill 62 bits: the end of one has the negative key, so that both fit into a number of SQLite."""
    moments = [(row.since, row.id, True)] if row.is_told else []
    moments += [(row.until, -row.id - 1, False)] if row.until is not None else []
    return [
        Found(key := LineKey(moment(at), LineKind.LINK, ref),
              Line(key, Linked(LinkKind.MEMBER, is_joined, row.company_id, row.name, 0, row.by if is_joined else "")))
        for at, ref, is_joined in moments
    ]  # fmt: skip
