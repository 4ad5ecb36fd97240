"""Backups: the journal and the workspace as they stand together, encrypted with the same key, verified by opening.

The full-text index is left out: it is built again. Never a copy of a live file (that loses committed rows): SQLite itself
writes the backup, from one consistent state of each file.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from console.domain.health import Finding, Severity
from console.store.database import Access, Database
from console.store.erased_again import MARKS_FILE, erase_again, keep_beside, read_marks
from console.store.errors import StoreError
from console.store.fold import fold_pending
from console.store.migrating import revision
from console.store.outbox_sending import doubt_waiting
from console.store.outcomes import folded_through
from console.store.workspace import JOURNAL_FILE, WORKSPACE_FILE, Role, Workspace, create, exists
from console.system.keys import copy_key_file

FOLDER = "backups"
LAST_FILE = "last-backup"
"""Beside the workspace: when the last backup was written, wherever to."""

_NAME = "%Y-%m-%dT%H-%M-%SZ"


def back_up(workspace: Workspace, key: bytes, now: datetime, folder: Path | None = None) -> Path:
    """Write a backup and see that it opens; gives its folder, ``backups/2026-11-21T12-00-00Z`` in the workspace by default.

    Raises StoreError where it cannot be written or does not pass; then nothing is left of it.
    """
    target = (folder or workspace.folder / FOLDER) / now.strftime(_NAME)
    if target.exists():
        raise StoreError(f"There is a backup {target.name} already. Wait a second and try again")
    partial = target.with_name(f".{target.name}.partial")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.mkdir(mode=0o700)
        # The workspace first: the journal then holds at least the edits that the workspace has folded.
        for database, name in ((workspace.database, WORKSPACE_FILE), (workspace.journal.database, JOURNAL_FILE)):
            database.copy_to(partial / name)
        copy_key_file(workspace.folder, partial)
        keep_beside(workspace)
        _copy_marks(workspace.folder, partial)
        problems = [one.sentence for one in check_backup(partial, key) if one.severity is Severity.BROKEN]
        if problems:
            raise StoreError(f"The backup does not pass its check: {problems[0]}. Try again, and check the disk")
        partial.rename(target)
        (workspace.folder / LAST_FILE).write_text(now.strftime(_NAME), encoding="ascii")
    except OSError as error:
        raise StoreError(
            f"The backup could not be written: {error.strerror}. Make room or choose another folder"
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return target


def last_backup(folder: Path) -> datetime | None:
    """When the last backup of the workspace in ``folder`` was written (aware UTC); None where none is known of."""
    names = [one.name for one in (folder / FOLDER).glob("[0-9]*Z")]
    with contextlib.suppress(OSError, UnicodeError):
        names.append((folder / LAST_FILE).read_text(encoding="ascii").strip())
    found = []
    for name in names:
        with contextlib.suppress(ValueError):  # no name that a backup was given
            found.append(datetime.strptime(name, _NAME).replace(tzinfo=UTC))
    return max(found, default=None)


def check_backup(backup: Path, key: bytes) -> tuple[Finding, ...]:
    """Open a backup and check every page of it; a finding for each file, and one on whether they belong together."""
    findings = [_checked(backup / name, key) for name in (WORKSPACE_FILE, JOURNAL_FILE)]
    if all(one.severity is Severity.FINE for one in findings):
        findings.append(_together(backup, key))
    return tuple(findings)


def restore(backup: Path, key: bytes, folder: Path, now: Callable[[], datetime]) -> None:
    """Make a workspace of a backup in a folder that holds none. Its sources are paused until a teammate resumes them.
    Replies that waited when it was made are looked up then, and not sent again by themselves.

    Customers who were erased since the backup was made are erased again: their marks are looked for beside the backup, in
    the workspace whose ``backups`` it lies in, and in the folder itself.

    Raises StoreError where the folder holds a workspace or the backup does not pass its check; then nothing is written.
    """
    if exists(folder):
        raise StoreError(f"{folder} holds a workspace. Choose another folder, so that nothing is overwritten")
    problems = [one.sentence for one in check_backup(backup, key) if one.severity is Severity.BROKEN]
    if problems:
        raise StoreError(f"This backup cannot be restored: {problems[0]}. Choose an older one")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (WORKSPACE_FILE, JOURNAL_FILE):
        # A backup is no live file, so copying it is safe.
        shutil.copyfile(backup / name, folder / name)
        (folder / name).chmod(0o600)
    copy_key_file(backup, folder)
    create(folder, key)
    restored = Workspace(folder, key, Role.SCRIPT)
    try:
        with restored.database.write() as connection:
            connection.exec_driver_sql("UPDATE sources SET is_paused = 1")
        fold_pending(restored, now)
        with restored.database.write() as connection:
            doubt_waiting(connection, now())
        known = {}
        for place in (backup, backup.parent, backup.parent.parent, folder):
            known |= read_marks(place / MARKS_FILE)
        erase_again(restored, known, now)
        keep_beside(restored)
    finally:
        restored.close()


def _copy_marks(source: Path, target: Path) -> None:
    if (source / MARKS_FILE).exists():
        shutil.copyfile(source / MARKS_FILE, target / MARKS_FILE)
        (target / MARKS_FILE).chmod(0o600)


def _checked(path: Path, key: bytes) -> Finding:
    name = f"backup of {path.name}"
    if not path.exists():
        return Finding(name, Severity.BROKEN, f"{path.name} is missing in the backup")
    database = Database(path, key, Access.READ)
    try:
        with database.bare() as connection:
            damaged = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
            said = connection.exec_driver_sql("PRAGMA quick_check").scalar()
            found = revision(connection)
    except StoreError as error:
        return Finding(name, Severity.BROKEN, str(error))
    finally:
        database.close()
    if damaged or said != "ok" or found is None:
        return Finding(name, Severity.BROKEN, f"{path.name} of the backup is damaged")
    return Finding(name, Severity.FINE, f"{path.name} opens and is whole")


def _together(backup: Path, key: bytes) -> Finding:
    workspace, journal = (Database(backup / name, key, Access.READ) for name in (WORKSPACE_FILE, JOURNAL_FILE))
    try:
        with workspace.read() as connection:
            folded = folded_through(connection)
        with journal.read() as connection:
            last = connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM edits").scalar_one()
    finally:
        workspace.close()
        journal.close()
    if folded > last:
        return Finding("backup", Severity.BROKEN, "The journal of the backup is older than its workspace")
    return Finding("backup", Severity.FINE, f"The files belong together; {last - folded} edits will be folded")
