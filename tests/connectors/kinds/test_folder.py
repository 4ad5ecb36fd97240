"""A watched folder: files come in when they appear, only what changed comes in when they change, damaged ones are put aside."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from tests.connectors.contract.test_contract import take
from tests.connectors.rest.pulled import Puller
from tests.store.conftest import KEY, opened
from tests.store.seen import check
from tests.store.world import World

from console.connectors.errors import SourceError
from console.connectors.kinds.folder import CONNECTOR, Reading
from console.connectors.kinds.folder_files import Sort, files_in
from console.domain.records import ConversationRecord, CustomerRecord, MailRecord
from console.store.workspace import create

MAIL = "From: Ari <ari{n}@example.com>\nTo: help@example.com\nSubject: Help {n}\nDate: Mon, 2 Nov 2026 10:00:00 +0000\nMessage-ID: <{n}@x>\n\nHello {n}\n"
TABLE = "email,name,plan\nari@example.com,Ari,{plan}\nbo@example.com,Bo,free\n"
SURVEY = "Response ID,Score,Comment,Email,Responded At\nr1,9,Good,ari@example.com,2026-05-01 10:00:00 UTC\n"


def put(folder: Path, name: str, content: str | bytes, *, age: float = 60) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    at = time.time() - age
    os.utime(path, (at, at))
    return path


def puller_of(folder: Path) -> Puller:
    settings, own = CONNECTOR.settings_of({"folder": str(folder), "own_addresses": "help@example.com"})
    assert own == ("help@example.com",)
    return Puller(CONNECTOR, settings, secret="")


def records_by_kind(records: list[Any]) -> dict[str, int]:
    kinds = [type(one).__name__ for one in records]
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "watched").mkdir()
    return tmp_path / "watched"


def test_mail_tables_and_surveys_come_in_once_and_again_only_when_they_change(folder: Path) -> None:
    put(folder, "one.eml", MAIL.format(n=1))
    put(folder, "below/two.eml", MAIL.format(n=2))
    put(folder, "box.mbox", f"From ari Mon Nov  2 10:00:00 2026\n{MAIL.format(n=3)}\n")
    put(folder, "people.csv", TABLE.format(plan="pro"))
    put(folder, "delighted.csv", SURVEY)
    put(folder, "picture.png", b"\x89PNG")
    puller = puller_of(folder)

    first = puller.records()
    put(folder, "below/two.eml", MAIL.format(n=4), age=30)
    put(folder, "three.eml", MAIL.format(n=5), age=30)

    assert records_by_kind(first) == {"ConversationRecord": 1, "CustomerRecord": 3, "MailRecord": 3}
    assert records_by_kind(puller.records()) == {"MailRecord": 2}
    assert puller.records() == []
    assert isinstance(next(one for one in first if isinstance(one, ConversationRecord)), ConversationRecord)


def test_a_changed_table_changes_only_the_changed_values_and_no_other_files(folder: Path, tmp_path: Path) -> None:
    create(tmp_path / "empty", KEY)
    put(folder, "people.csv", TABLE.format(plan="free"), age=90)
    put(folder, "phones.csv", "email,phone\nari@example.com,+4930123456\n", age=80)
    puller = puller_of(folder)
    with opened(tmp_path / "empty", tmp_path / "open") as workspace:
        world = World(workspace)
        take(world, list(puller.pages()))
        before = world.rows("SELECT id FROM claims")
        put(folder, "people.csv", TABLE.format(plan="pro"), age=30)
        take(world, list(puller.pages()))
        new = world.rows(f"SELECT value FROM claims WHERE id NOT IN ({','.join(str(row[0]) for row in before)})")
        shown = world.rows(
            "SELECT c.email, p.name, w.text FROM winners w JOIN properties p ON p.id = w.property_id JOIN customers c ON c.id = w.owner_id"
            " WHERE p.name IN ('plan', 'phone') ORDER BY 1, 2"
        )
        check(world)

    assert [row[0] for row in new] == ["pro"]
    assert [tuple(row)[:2] for row in shown] == [
        ("ari@example.com", "phone"), ("ari@example.com", "plan"), ("bo@example.com", "plan"),
    ]  # fmt: skip
    assert [row[2] for row in shown if row[1] == "plan"] == ["pro", "free"]


def test_a_damaged_file_is_put_aside_and_the_others_come_in(folder: Path) -> None:
    put(folder, "people.csv", TABLE.format(plan="pro"))
    put(folder, "no key.csv", "colour,size\nred,5\n")
    put(folder, "book.xlsx", b"PK\x03\x04 broken off")
    puller = puller_of(folder)

    pages = list(puller.pages())

    assert {one.external_id for page in pages for one in page.rejected} == {"file:no key.csv", "file:book.xlsx"}
    assert len([one for page in pages for one in page.records if isinstance(one, CustomerRecord)]) == 2
    assert puller.records() == []


def test_a_mail_that_went_away_meanwhile_keeps_no_other_from_coming_in(folder: Path) -> None:
    put(folder, "one.eml", MAIL.format(n=1))
    put(folder, "gone.eml", MAIL.format(n=2))
    lying = files_in(folder)
    (folder / "gone.eml").unlink()
    reading = Reading(puller_of(folder)._pulling(), {})

    pages = list(reading.read(list(lying), Sort.MAIL))

    assert [one.message_id for page in pages for one in page.records if isinstance(one, MailRecord)] == ["1@x"]
    assert [one.external_id for page in pages for one in page.rejected] == ["file:gone.eml"]


def test_a_file_that_is_being_written_waits_until_it_rests(folder: Path) -> None:
    put(folder, "people.csv", TABLE.format(plan="pro"), age=0)
    puller = puller_of(folder)

    assert puller.records() == []
    put(folder, "people.csv", TABLE.format(plan="pro"), age=5)
    assert len(puller.records()) == 2


def test_links_and_hidden_files_are_left_alone(folder: Path, tmp_path: Path) -> None:
    outside = put(tmp_path, "outside.csv", TABLE.format(plan="secret"))
    (folder / "link.csv").symlink_to(outside)
    (folder / "links").symlink_to(tmp_path)
    put(folder, ".hidden.csv", TABLE.format(plan="x"))

    assert puller_of(folder).records() == []


def test_waiting_ends_soon_after_a_file_appears(folder: Path) -> None:
    settings, _own = CONNECTOR.settings_of({"folder": str(folder)})
    timer = threading.Timer(0.5, lambda: put(folder, "new.csv", TABLE.format(plan="pro"), age=0))
    timer.start()
    started = time.monotonic()
    CONNECTOR.wait_for_news(settings, "", Event(), 60)
    timer.join()

    assert time.monotonic() - started < 10


def test_a_folder_that_is_gone_says_so(folder: Path) -> None:
    puller = puller_of(folder)
    folder.rmdir()

    with pytest.raises(SourceError, match="cannot be read"):
        puller.records()
    with pytest.raises(SourceError, match="no such folder"):
        CONNECTOR.settings_of({"folder": str(folder)})


def test_a_trial_counts_what_can_be_read(folder: Path) -> None:
    put(folder, "people.csv", TABLE.format(plan="pro"))
    put(folder, "one.eml", MAIL.format(n=1))
    put(folder, "notes.docx", b"PK\x03\x04")

    found = CONNECTOR.check({"folder": str(folder)}, "")

    assert found.sentence.startswith("2 of 3 files can be read")
    assert dict(found.facts) == {"Mail": "1", "Tables": "1"}
