"""Short lists: tags, definitions, sources, imports, outcomes of edits."""

from __future__ import annotations

import json
import zlib

from tests.store import rows as put
from tests.store.rows import NOW

from console.domain.edits import Owner
from console.domain.outcomes import OutcomeState
from console.domain.records import OwnerKind
from console.domain.values import ValueKind
from console.store import imports, outcomes, property_defs, sources, tags
from console.store.moments import micros
from console.store.refreshing import Touched, refresh
from console.store.schema import workspace as tables
from console.store.workspace import Workspace


def test_tags_are_counted_over_everything_they_stick_on(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        ada = put.customer(connection, "Ada")
        talk = put.conversation(connection, "Lamp", "x")
        put.tag(connection, OwnerKind.CUSTOMER, ada, "vip", by="Bo")
        put.tag(connection, OwnerKind.CONVERSATION, talk, "vip")
        put.tag(connection, OwnerKind.CONVERSATION, talk, "Bug")
        connection.exec_driver_sql("INSERT INTO tags (id, name, created_at) VALUES (1, 'unused', 0)")

    with workspace.database.read() as connection:
        counted = tags.all_tags(connection)
        on_ada = tags.tags_on(connection, Owner(OwnerKind.CUSTOMER, ada))

    assert [(one.name, one.count) for one in counted] == [("Bug", 1), ("vip", 2)]
    assert [(one.name, one.by, one.at) for one in on_ada] == [("vip", "Bo", NOW)]


def test_definitions_come_with_how_many_have_a_value(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        ada = put.customer(connection, "Ada")
        put.claim(connection, put.stable_id("identity", "1", "customer", "Ada"), "mrr", "5", kind="number")
        connection.exec_driver_sql("UPDATE properties SET is_on_top = 1, choices = '[\"a\"]' WHERE name = 'mrr'")
        refresh(connection, Touched(customers={ada}))

    with workspace.database.read() as connection:
        found = property_defs.definitions(connection, OwnerKind.CUSTOMER)

    assert [(one.name, one.kind, one.is_on_top, one.choices, one.use_count) for one in found] == [
        ("mrr", ValueKind.NUMBER, True, ("a",), 1),
        ("name", ValueKind.STRING, False, (), 1),
    ]


def test_a_source_shows_its_streams_and_what_it_brought_but_no_secret(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        connection.exec_driver_sql('UPDATE sources SET settings = \'{"host": "x", "port": 993}\', secret = \'canary\'')
        put.put(connection, tables.streams, source_id=1, stream="INBOX", done=3, total=9, synced_at=micros(NOW))
        row = {"source_id": 1, "raw": zlib.compress(b"{}"), "fetched_at": 1, "hash": b"h", "kind": "MailRecord"}
        put.put(connection, tables.records, external_id="1", **row)
        put.put(connection, tables.records, external_id="2", gone_at=1, **row)
        put.put(connection, tables.quarantine, source_id=1, external_id="q", reason="odd", raw=b"", at=1)

    with workspace.database.read() as connection:
        found = sources.sources(connection)[0]

    assert dict(found.settings) == {"host": "x", "port": "993"}
    assert dict(found.counts) == {"MailRecord": 1, "quarantined": 1}
    assert [(one.stream, one.done, one.total, one.synced_at) for one in found.streams] == [("INBOX", 3, 9, NOW)]
    assert "canary" not in repr(found)


def test_imports_come_newest_first_with_what_they_left_out(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        for place, key in enumerate(("a", "b")):
            counts = json.dumps({"new": 3, "changes_by_property": {"plan": 2}})
            row = {"kind": "customers", "plan": "{}", "state": "done", "counts": counts}
            put.put(connection, tables.import_batches, id=key, name=f"{key}.csv", started_at=place, **row)
        put.put(
            connection,
            tables.quarantine,
            source_id=1,
            external_id="row 3",
            reason="No e-mail",
            raw=zlib.compress(b"x"),
            at=1,
            batch_id="a",
        )

    with workspace.database.read() as connection:
        found = imports.batches(connection)
        problems = imports.problems(connection, "a")

    assert [one.id for one in found] == ["b", "a"]
    assert dict(found[0].counts) == {"new": 3, "changes:plan": 2}
    assert [(one.external_id, one.reason, one.raw) for one in problems] == [("row 3", "No e-mail", b"x")]


def test_what_became_of_an_edit_is_known_once_it_was_folded(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        assert outcomes.folded_through(connection) == 0
        put.put(connection, tables.meta, name="folded_through", value="2")
        for seq, state in ((1, "folded"), (2, "refused")):
            row = {"title": "Tag", "reason": "Gone", "at": micros(NOW), "by": "Bo"}
            put.put(connection, tables.edit_outcomes, edit_id=f"e{seq}", seq=seq, state=state, **row)

    with workspace.database.read() as connection:
        assert outcomes.folded_through(connection) == 2
        assert outcomes.outcome(connection, "unknown") is None
        folded = outcomes.outcome(connection, "e1")
        refused = outcomes.refused(connection, 0)

    assert folded is not None
    assert (folded.state, folded.by, folded.at) == (OutcomeState.FOLDED, "Bo", NOW)
    assert [one.seq for one in refused] == [2]
