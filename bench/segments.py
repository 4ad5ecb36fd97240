"""Segments: five conditions over everybody beside a scan of JSON documents, and one customer asked again beside everybody."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.generate import KEY, NOW, folder
from bench.measuring import Figure, Goal, Spent, in_turn, timed

from bench import bare
from console.domain.records import OwnerKind
from console.domain.segment_rules import AllOf, Condition, Subject, Verb
from console.domain.values import ValueKind
from console.store.connection import Connection
from console.store.own_clock import zone_of
from console.store.segment_asking import Asked
from console.store.segment_planning import planned
from console.store.segment_sql import clause_of
from console.store.workspace import WORKSPACE_FILE, Role, Workspace

_REPETITIONS, _CUSTOMERS = 7, 200
_PLAN, _EVENT = "Pro", "Exported report"
_RULE = AllOf(
    (
        Condition(Subject.PROPERTY, Verb.IS, (_PLAN,), "plan", ValueKind.CHOICE),
        Condition(Subject.PROPERTY, Verb.ABOVE, ("300",), "mrr", ValueKind.MONEY),
        Condition(Subject.PROPERTY, Verb.AT_LEAST, ("9",), "nps", ValueKind.NUMBER),
        Condition(Subject.PROPERTY, Verb.IS, ("yes",), "newsletter", ValueKind.BOOLEAN),
        Condition(Subject.EVENT_COUNT, Verb.AT_LEAST, ("1",), _EVENT),
    )
)
_DOCUMENTS = """SELECT u.id, json_object(
    'properties', json((SELECT json_group_object(p.name, CASE WHEN w.number IS NULL THEN w.text ELSE w.number END)
        FROM winners w JOIN properties p ON p.id = w.property_id WHERE w.owner_id = u.id)),
    'tags', json((SELECT json_group_array(g.name) FROM taggings t JOIN tags g ON g.id = t.tag_id WHERE t.owner_id = u.id)),
    'events', json((SELECT json_group_object(name, n) FROM (SELECT name, count(*) AS n FROM events WHERE owner_id = u.id GROUP BY name))))
FROM customers u WHERE u.merged_into IS NULL"""
_SCAN = f"""SELECT id FROM people WHERE json_extract(body, '$.properties.plan') = '{_PLAN}'
    AND json_extract(body, '$.properties.mrr') > 300 AND json_extract(body, '$.properties.nps') >= 9
    AND json_extract(body, '$.properties.newsletter') = 1
    AND json_extract(body, '$.events."{_EVENT}"') >= 1"""


def run(scale: float) -> Iterator[Figure]:
    """The segment over everybody, then one customer at a time."""
    workspace = Workspace(folder(scale), KEY, Role.WINDOW)
    with tempfile.TemporaryDirectory(prefix="bench-segments-") as passing:
        documents = _documents(folder(scale) / WORKSPACE_FILE, Path(passing) / "people.db")
        try:
            yield from _figures(workspace, documents)
        finally:
            documents.close()
            workspace.close()


def _figures(workspace: Workspace, documents: Any) -> Iterator[Figure]:
    with workspace.database.read() as connection:
        found = _meeting(connection, ())
        scanned = {row[0] for row in documents.execute(_SCAN).fetchall()}
        if found != scanned:
            raise AssertionError(f"The two ways find {len(found)} and {len(scanned)} customers")
        everybody = [row[0] for row in connection.exec_driver_sql("SELECT id FROM customers ORDER BY id").fetchall()]
        some = random.Random("segments").sample(everybody, min(_CUSTOMERS, len(everybody)))

        def whole() -> Spent:
            return timed(lambda: _meeting(connection, ()))

        def scan() -> Spent:
            return timed(lambda: documents.execute(_SCAN).fetchall())

        def one_by_one() -> Spent:
            spent = timed(lambda: [_meeting(connection, (key,)) for key in some])
            return Spent(spent.seconds / len(some), spent.cpu / len(some))

        title = f"segment of five conditions, {len(found):,} of {len(everybody):,}"
        yield in_turn(whole, scan, _REPETITIONS).as_times("segments", title, "a scan of JSON documents", Goal(0.25))
        again = in_turn(one_by_one, whole, _REPETITIONS)
        yield again.as_times("segments", "one customer asked again", "the whole segment", Goal(1 / 200))


def _meeting(connection: Connection, owners: tuple[int, ...]) -> set[int]:
    """Who meets the rule: of everybody, or of these."""
    if owners:
        clause = clause_of(_RULE, OwnerKind.CUSTOMER, "u", Asked(NOW, zone_of(connection), is_narrow=True))
    else:
        clause = planned(connection, _RULE, OwnerKind.CUSTOMER, Asked(NOW, zone_of(connection)))
    among = "u.id IN (SELECT value FROM json_each(?)) AND " if owners else ""
    rows = connection.exec_driver_sql(
        f"SELECT u.id FROM customers u WHERE {among}u.merged_into IS NULL AND {clause.sql}",
        (*((json.dumps(owners),) if owners else ()), *clause.arguments),
    ).fetchall()
    return {row[0] for row in rows}


def _documents(workspace: Path, place: Path) -> Any:
    """A file under the same key with one document for each customer: properties, tags, counts of events."""
    source = bare.connect(workspace)
    rows = source.execute(_DOCUMENTS).fetchall()
    source.close()
    made = bare.connect(place)
    made.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
    made.execute("BEGIN")
    made.executemany("INSERT INTO people VALUES (?, ?)", sorted(rows))
    made.execute("COMMIT")
    return made
