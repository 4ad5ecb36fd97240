"""The check-up finds what is wrong and nothing else; backups open, and come back paused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.store import rows as put
from tests.store.rows import NOW

from console.domain.edits import AddTag, Entry, Owner
from console.domain.health import Severity
from console.domain.ids import new_edit_id
from console.domain.records import OwnerKind
from console.store import backups, search
from console.store.connection import Connection
from console.store.errors import StoreError
from console.store.health import doctor
from console.store.workspace import Role, Workspace, create


@pytest.fixture
def key() -> bytes:
    return os.urandom(32)


@pytest.fixture
def filled(tmp_path: Path, key: bytes) -> Iterator[Workspace]:
    """A workspace with a customer of a company, a conversation, claims, tags, notes, events; indexed."""
    create(tmp_path / "filled", key)
    opened = Workspace(tmp_path / "filled", key, Role.SCRIPT)
    with opened.database.write() as connection:
        _fill(connection)
    while search.index(opened, 100):
        pass
    yield opened
    opened.close()


def test_a_healthy_workspace_has_no_findings_but_fine_ones(filled: Workspace) -> None:
    findings = doctor(filled)

    assert [one.check for one in findings if one.severity is not Severity.FINE] == ["last backup"]
    assert len(findings) > 15


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("UPDATE taggings SET owner_id = 5", "owners of tags"),
        ("UPDATE notes SET owner_id = 5", "owners of notes"),
        ("UPDATE events SET owner_id = 5", "owners of events"),
        ("UPDATE memberships SET customer_id = 5", "owners of memberships"),
        ("UPDATE conversations SET customer_id = NULL", "customers of conversations"),
        ("UPDATE conversations SET company_id = 5", "companies of conversations"),
        ("UPDATE conversations SET message_count = 9", "counts of messages"),
        ("UPDATE customers SET conversation_count = 9", "counts of conversations"),
        ("UPDATE companies SET member_count = 9", "counts of members"),
        ("UPDATE messages SET conversation_id = 5", "messages"),
        ("DELETE FROM winners", "winners"),
        ("UPDATE winners SET claim_id = claim_id + 1", "winners"),
        ("DELETE FROM customers", "owners of identities"),
    ],
)
def test_what_does_not_agree_is_found(filled: Workspace, statement: str, check: str) -> None:
    with filled.database.write() as connection:
        connection.exec_driver_sql(statement)

    assert check in {one.check for one in doctor(filled) if one.severity is Severity.BROKEN}


def test_a_file_that_others_may_read_is_a_notice(filled: Workspace) -> None:
    filled.database.path.chmod(0o644)

    found = [one for one in doctor(filled) if one.severity is Severity.NOTICE]

    assert [one.check for one in found] == ["permissions of workspace.db", "last backup"]


def test_when_the_last_backup_was_written_is_said_wherever_it_lies(
    filled: Workspace, key: bytes, tmp_path: Path
) -> None:
    def said() -> tuple[Severity, str]:
        found = doctor(filled)[-1]
        return found.severity, found.sentence

    assert said() == (Severity.NOTICE, "There is no backup yet. Write one with “support-console backup”")
    backups.back_up(filled, key, NOW)
    backups.back_up(filled, key, NOW + timedelta(days=2), tmp_path / "elsewhere")
    words = f"The last backup was written on {NOW + timedelta(days=2):%Y-%m-%d at %H:%M} UTC"
    assert said() == (Severity.FINE, words)


def test_a_damaged_page_is_found(filled: Workspace) -> None:
    filled.database.checkpoint()
    with filled.database.path.open("r+b") as stream:
        stream.seek(4096 * 20 + 100)
        stream.write(b"\x00" * 64)

    broken = [one.check for one in doctor(filled) if one.severity is Severity.BROKEN]

    assert broken == ["pages of workspace.db"]


def test_an_index_that_lost_words_is_found(filled: Workspace) -> None:
    with filled.search.write() as connection:
        connection.exec_driver_sql("DELETE FROM message_rows")

    assert [one.check for one in doctor(filled) if one.severity is Severity.BROKEN] == ["search"]


def test_edits_that_wait_are_a_notice_and_a_journal_older_than_the_workspace_is_broken(filled: Workspace) -> None:
    filled.journal.append(_entry())
    waiting = [one for one in doctor(filled) if one.check == "journal"]
    with filled.database.write() as connection:
        connection.exec_driver_sql("INSERT OR REPLACE INTO meta (name, value) VALUES ('folded_through', '7')")
    older = [one for one in doctor(filled) if one.check == "journal"]

    assert (waiting[0].severity, older[0].severity) == (Severity.NOTICE, Severity.BROKEN)


def test_a_backup_comes_back_with_everything_and_its_sources_paused(
    filled: Workspace, key: bytes, tmp_path: Path
) -> None:
    filled.journal.append(_entry())
    with filled.database.read() as connection:
        before = connection.exec_driver_sql("SELECT count(*), sum(length(text)) FROM messages").one()

    backup = backups.back_up(filled, key, NOW)
    backups.restore(backup, key, tmp_path / "restored", lambda: NOW)

    opened = Workspace(tmp_path / "restored", key, Role.SCRIPT)
    with opened.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*), sum(length(text)) FROM messages").one() == before
        assert connection.exec_driver_sql("SELECT min(is_paused) FROM sources").scalar_one() == 1
    assert opened.journal.last_seq() == 1
    assert not [one for one in doctor(opened) if one.severity is Severity.BROKEN]
    opened.close()


def test_a_backup_is_encrypted_and_readable_by_nobody_else(filled: Workspace, key: bytes) -> None:
    backup = backups.back_up(filled, key, NOW)

    for path in backup.iterdir():
        assert b"north.example" not in path.read_bytes()
        assert not path.read_bytes().startswith(b"SQLite format")
        assert path.stat().st_mode & 0o777 == 0o600
    assert [one.severity for one in backups.check_backup(backup, os.urandom(32))][:1] == [Severity.BROKEN]


def test_a_damaged_backup_is_not_restored_and_a_workspace_is_never_overwritten(
    filled: Workspace, key: bytes, tmp_path: Path
) -> None:
    backup = backups.back_up(filled, key, NOW)

    with pytest.raises(StoreError, match="holds a workspace"):
        backups.restore(backup, key, filled.folder, lambda: NOW)
    (backup / "journal.db").write_bytes(b"\x00" * 8192)
    with pytest.raises(StoreError, match="cannot be restored"):
        backups.restore(backup, key, tmp_path / "restored", lambda: NOW)

    assert not (tmp_path / "restored").exists()


def _entry() -> Entry:
    return Entry(new_edit_id(NOW, os.urandom(10)), NOW, "Marta", AddTag(Owner(OwnerKind.CUSTOMER, 1), "vip"))


def _fill(connection: Connection) -> None:
    put.source(connection)
    ada = put.customer(connection, "Ada", "ada@north.example")
    north = put.company(connection, "North")
    known = put.stable_id("identity", "1", "customer", "ada@north.example")
    put.claim(connection, known, "plan", "pro")
    put.claim(connection, known, "plan", "free", rank=2, origin="api", origin_name="api", at=NOW - timedelta(days=1))
    put.claim(connection, known, "company.tier", "gold")
    put.member(connection, ada, north)
    put.conversation(connection, "Lamp", "broken", "really", customer_id=ada)
    put.tag(connection, OwnerKind.CUSTOMER, ada, "vip")
    put.note(connection, OwnerKind.CUSTOMER, ada, "n1", "tea")
    put.event(connection, ada, "login", NOW)
