"""What is kept of the outbox: in the export, for the doctor, and nothing of an erased customer."""

from __future__ import annotations

import json
from pathlib import Path

from tests.store.sendings import ANNA, SENT, answered, claimed, helpdesk, reply, rows, sent
from tests.store.world import World

from console.domain import edits as e
from console.domain.health import Severity
from console.domain.ids import CustomerId
from console.store.exports import export
from console.store.health import doctor


def test_the_export_and_the_doctor_know_the_outbox(world: World, tmp_path: Path) -> None:
    source = helpdesk(world, "tag")
    reply(world, "On it")
    sent(world, source)
    world.do(e.AddTag(world.owner(ANNA), "vip"))

    export(world.workspace, tmp_path / "export")

    lines = (tmp_path / "export" / "tables" / "outbox.jsonl").read_text("utf-8").splitlines()
    assert [(one["state"], one["body"].get("text")) for one in map(json.loads, lines)] == [
        ("sent", "On it"),
        ("queued", None),
    ]
    assert '"what":"tag"' in (tmp_path / "export" / "tables" / "write_backs.jsonl").read_text("utf-8")
    assert [one for one in doctor(world.workspace) if one.severity is Severity.BROKEN] == []
    with world.workspace.database.write() as connection:
        connection.exec_driver_sql("UPDATE outbox SET conversation_id = 7 WHERE kind = 'reply'")
    assert [one.check for one in doctor(world.workspace) if one.severity is Severity.BROKEN] == ["outbox"]


def test_a_customer_who_is_erased_while_a_reply_is_being_sent_leaves_nothing(world: World) -> None:
    source = helpdesk(world, "tag")
    reply(world, "On it")
    world.do(e.AddTag(world.owner(ANNA), "vip"))
    found = claimed(world, source)
    assert found is not None

    world.do(e.EraseCustomer(CustomerId(world.customer(ANNA))))
    answered(world, found.id, SENT)

    assert rows(world) == ()
    assert [one for one in doctor(world.workspace) if one.severity is Severity.BROKEN] == []
