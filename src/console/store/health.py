"""The check-up: whether the files are whole, closed to others, and agree with themselves and with each other.

Every check reads on connections of its own: FTS5 calls an index damaged where a connection's cache is stale.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from console.domain.health import Finding, Severity
from console.store.backups import last_backup
from console.store.connection import Connection
from console.store.database import Access, Database
from console.store.errors import StoreError
from console.store.health_relations import BROKEN_RELATIONS, winners_that_disagree
from console.store.migrating import HEADS, revision
from console.store.outcomes import folded_through
from console.store.schema.search import TABLES, is_of_this_version
from console.store.workspace import JOURNAL_FILE, SEARCH_FILE, WORKSPACE_FILE, Workspace

_MEGABYTE = 1_000_000
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class _Opened:
    """The three files, each behind fresh connections."""

    journal: Database
    workspace: Database
    search: Database

    def all(self) -> tuple[Database, ...]:
        return (self.journal, self.workspace, self.search)


def doctor(workspace: Workspace) -> tuple[Finding, ...]:
    """Check everything; the findings in the order of the checks, also those where all is well."""
    with _opened(workspace) as files:
        findings = [_versions(files)]
        for database in files.all():
            findings += [_permissions(database), _whole(database)]
        if any(one.severity is Severity.BROKEN for one in findings):
            return tuple(findings)
        findings += _relations(files.workspace)
        findings.append(_folded(files))
        findings += _index(files)
    return (*findings, _backed_up(workspace.folder))


def _backed_up(folder: Path) -> Finding:
    last = last_backup(folder)
    if last is None:
        return Finding(
            "last backup", Severity.NOTICE, "There is no backup yet. Write one with “support-console backup”"
        )
    return Finding("last backup", Severity.FINE, f"The last backup was written on {last:%Y-%m-%d at %H:%M} UTC")


def check_files(folder: Path, key: bytes) -> tuple[Finding, ...]:
    """Check each file for itself, where they do not open together; the key is the workspace's."""
    return tuple(_alone(folder / name, key) for name in (JOURNAL_FILE, WORKSPACE_FILE, SEARCH_FILE))


def _alone(path: Path, key: bytes) -> Finding:
    name = f"pages of {path.name}"
    if not path.exists():
        return Finding(name, Severity.BROKEN, f"The file is missing. {_hint(path)}")
    database = Database(path, key, Access.READ)
    try:
        with database.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    except StoreError:
        return Finding(name, Severity.BROKEN, f"The file cannot be read: it is damaged or cut short. {_hint(path)}")
    else:
        return _whole(database)
    finally:
        database.close()


def _hint(path: Path) -> str:
    return "Delete it, it is built again" if path.name == SEARCH_FILE else "Restore the newest backup"


@contextlib.contextmanager
def _opened(workspace: Workspace) -> Iterator[_Opened]:
    files = _Opened(
        workspace.journal.database.opened_anew(), workspace.database.opened_anew(), workspace.search.opened_anew()
    )
    try:
        yield files
    finally:
        for database in files.all():
            database.close()


def _versions(files: _Opened) -> Finding:
    with files.workspace.read() as connection:
        cipher = connection.exec_driver_sql("PRAGMA cipher_version").scalar()
        sqlite = connection.exec_driver_sql("SELECT sqlite_version()").scalar()
        found = {"workspace": revision(connection)}
    with files.journal.read() as connection:
        found["journal"] = revision(connection)
    sizes = ", ".join(f"{one.path.name} {_size(one) / _MEGABYTE:.1f} MB" for one in files.all())
    said = f"SQLite {sqlite}, SQLCipher {cipher}, tables {found['workspace']} and {found['journal']}; {sizes}"
    if found != HEADS:
        return Finding(
            "versions", Severity.BROKEN, f"{said}. The tables are of another version; start the console once"
        )
    return Finding("versions", Severity.FINE, said)


def _size(database: Database) -> int:
    """The file with its write-ahead log, in bytes."""
    parts = (database.path, database.path.with_name(database.path.name + "-wal"))
    return sum(path.stat().st_size for path in parts if path.exists())


def _permissions(database: Database) -> Finding:
    name = f"permissions of {database.path.name}"
    places = [database.path.parent, database.path, *database.path.parent.glob(f"{database.path.name}-*")]
    loose = [path.name for path in places if path.stat().st_mode & _OTHERS]
    if loose:
        sentence = (
            f"Others may read {', '.join(loose)}. Run chmod go= on them; what is inside is encrypted all the same"
        )
        return Finding(name, Severity.NOTICE, sentence)
    return Finding(name, Severity.FINE, "Closed to others")


def _whole(database: Database) -> Finding:
    name = f"pages of {database.path.name}"
    try:
        with database.bare() as connection:
            damaged = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
            said = [row[0] for row in connection.exec_driver_sql("PRAGMA quick_check").fetchall()]
    except StoreError as error:
        return Finding(name, Severity.BROKEN, str(error))
    if damaged or said != ["ok"]:
        found = "; ".join([str(row[0]) for row in damaged] + [one for one in said if one != "ok"])
        places = f"{len(damaged) + len(said)} damaged places: {found[:300]}"
        return Finding(name, Severity.BROKEN, f"{places}. {_hint(database.path)}")
    return Finding(name, Severity.FINE, "Every page passes its check")


def _relations(database: Database) -> list[Finding]:
    with database.read() as connection:
        findings = [_counted(connection, name, sentence, statement) for name, sentence, statement in BROKEN_RELATIONS]
        wrong = winners_that_disagree(connection)
    findings.append(_finding("winners", wrong, "properties do not show what their claims say"))
    return findings


def _counted(connection: Connection, name: str, sentence: str, statement: str) -> Finding:
    return _finding(name, connection.exec_driver_sql(statement).scalar_one(), sentence)


def _finding(name: str, wrong: int, sentence: str) -> Finding:
    if wrong:
        return Finding(name, Severity.BROKEN, f"{wrong} {sentence}. Keep the workspace as it is and report this")
    return Finding(name, Severity.FINE, "Agrees")


def _folded(files: _Opened) -> Finding:
    with files.workspace.read() as connection:
        folded = folded_through(connection)
    with files.journal.read() as connection:
        last = connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM edits").scalar_one()
    if folded > last:
        sentence = (
            f"{folded} edits were folded, but the journal holds {last}: it is older than the workspace. Restore both"
        )
        return Finding("journal", Severity.BROKEN, f"{sentence} from one backup")
    if folded < last:
        return Finding("journal", Severity.NOTICE, f"{last - folded} edits wait to be folded; the sync process does it")
    return Finding("journal", Severity.FINE, f"All {last} edits are folded")


def _index(files: _Opened) -> list[Finding]:
    with files.search.read() as connection:
        if not is_of_this_version(connection):
            return [Finding("search", Severity.NOTICE, "The full-text index is built again by the next sync")]
        indexed = connection.exec_driver_sql("SELECT count(*) FROM message_rows").scalar_one()
        counted = connection.exec_driver_sql("SELECT count(*) FROM message_words_docsize").scalar_one()
    with files.workspace.read() as connection:
        there = connection.exec_driver_sql("SELECT count(*) FROM messages WHERE gone_at IS NULL").scalar_one()
    if indexed != counted:
        sentence = (
            f"The full-text index holds {counted} messages but lists {indexed}. Delete search.db, it is built again"
        )
        return [Finding("search", Severity.BROKEN, sentence)]
    findings = [
        Finding("search", Severity.FINE, f"All {there} messages are indexed")
        if indexed == there
        else Finding("search", Severity.NOTICE, f"{indexed} of {there} messages are indexed; the rest follows")
    ]
    return findings + ([_words(files.search)] if files.search.access is not Access.READ else [])


def _words(database: Database) -> Finding:
    """FTS5's own check is an INSERT, so only who may write can ask for it; nothing is changed."""
    checks: tuple[Callable[[Connection], object], ...] = tuple(_word_check(kind) for kind in TABLES)
    try:
        with database.write() as connection:
            for check in checks:
                check(connection)
    except StoreError as error:
        return Finding("search words", Severity.BROKEN, f"{error}. Delete search.db, it is built again")
    return Finding("search words", Severity.FINE, "The index agrees with itself")


def _word_check(kind: str) -> Callable[[Connection], object]:
    statement = f"INSERT INTO {kind}_words ({kind}_words) VALUES ('integrity-check')"
    return lambda connection: connection.exec_driver_sql(statement)
