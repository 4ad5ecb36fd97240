"""Real mail, 4,150 of them: from a file and from a mailbox the same customers and the same conversations."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.peers.corpus import DOVECOT_THREADS, HAM_COUNT, ham, write_mbox
from tests.peers.dovecot import HOST, PASSWORD, Dovecot

from console.domain.edits import AddSource, Entry, StartImport
from console.domain.ids import new_edit_id
from console.domain.importing import ImportKind, ImportPlan, plan_to_json
from console.store import workspace as files
from console.store.imports import counts_of
from console.store.source_writes import source_id
from console.store.workspace import Role, Workspace
from console.sync.process import SyncProcess
from console.system import clock

pytestmark = [pytest.mark.peer, pytest.mark.slow, pytest.mark.timeout(900)]

_CUSTOMERS = "SELECT email, name FROM customers WHERE merged_into IS NULL ORDER BY 1, 2"
_CONVERSATIONS = """SELECT c.subject, c.message_count, c.last_at, u.email FROM conversations c
    LEFT JOIN customers u ON u.id = c.customer_id WHERE c.merged_into IS NULL ORDER BY 1, 2, 3, 4"""
_MESSAGES = "SELECT key, author_address, text FROM messages ORDER BY key"


def test_the_same_mails_from_a_file_and_from_a_server_are_the_same_workspace(
    tmp_path: Path, dovecot: Dovecot, dovecot_user: str
) -> None:
    mails = list(ham())
    mbox = write_mbox(tmp_path / "ham.mbox", mails)
    dovecot.load(mails, user=dovecot_user)

    with _workspace(tmp_path / "from-file") as imported, _workspace(tmp_path / "from-server") as synced:
        first = _import(imported, mbox)
        _connect(synced, dovecot, dovecot_user)
        _run(synced)

        assert first == {"new": HAM_COUNT, "updated": 0, "unchanged": 0, "left_out": 0}
        assert len(_rows(imported, _MESSAGES)) == HAM_COUNT
        assert _rows(imported, _MESSAGES) == _rows(synced, _MESSAGES)
        assert _rows(imported, _CUSTOMERS) == _rows(synced, _CUSTOMERS)
        assert _rows(imported, _CONVERSATIONS) == _rows(synced, _CONVERSATIONS)
        conversations = len(_rows(imported, _CONVERSATIONS))
        assert abs(conversations - DOVECOT_THREADS) <= DOVECOT_THREADS * 0.02

        again = _import(imported, mbox)
        before = _rows(synced, _CONVERSATIONS)
        _run(synced)
        across = _import(synced, mbox)

        assert again == across == {"new": 0, "updated": 0, "unchanged": HAM_COUNT, "left_out": 0}
        assert len(_rows(synced, _MESSAGES)) == HAM_COUNT
        assert _rows(synced, _CONVERSATIONS) == before


@contextmanager
def _workspace(folder: Path) -> Iterator[Workspace]:
    key = os.urandom(32)
    files.create(folder, key)
    workspace = Workspace(folder, key, Role.SCRIPT)
    yield workspace
    workspace.close()


def _run(workspace: Workspace) -> None:
    said: list[str] = []
    SyncProcess(
        workspace,
        lambda _source: PASSWORD,
        clock.now,
        clock.monotonic,
        clock.wait,
        lambda progress: said.append(progress.problem) if progress.problem else None,
        once=True,
    ).run()
    assert said == []


def _import(workspace: Workspace, mbox: Path) -> dict[str, int]:
    plan = ImportPlan((str(mbox),), ImportKind.CONVERSATIONS, (), None, mbox.name)
    at = clock.now()
    batch = new_edit_id(at, os.urandom(10))
    workspace.journal.append(Entry(batch, at, "Nadia", StartImport(batch, plan_to_json(plan))))
    _run(workspace)
    with workspace.database.read() as connection:
        state, problem, counts = counts_of(connection, batch)
    assert (state, problem) == ("done", "")
    return {name: getattr(counts, name) for name in ("new", "updated", "unchanged", "left_out")}


def _connect(workspace: Workspace, dovecot: Dovecot, user: str) -> None:
    settings = {
        "host": HOST,
        "port": str(dovecot.tls_port),
        "security": "tls",
        "username": user,
        "ca_file": str(dovecot.certificate),
    }
    at = clock.now()
    edit = AddSource(source_id("imap", "Mail"), "imap", "Mail", json.dumps(settings))
    workspace.journal.append(Entry(new_edit_id(at, os.urandom(10)), at, "Nadia", edit))


def _rows(workspace: Workspace, statement: str) -> list[tuple[object, ...]]:
    with workspace.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement).fetchall()]
