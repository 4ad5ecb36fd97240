"""Migrations: files of an older version brought up to date, all or nothing, with a verified backup before."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from console.store.connection import Connection
from console.store.database import Access, Database, sqlcipher
from console.store.errors import DamagedFile, NewerFile, StoreError, WrongKey
from console.store.schema import search as search_schema

HEADS = {"journal": "j0001", "workspace": "w0009"}
_BACKUPS = "backups"


def check(*databases: Database) -> None:
    """See that the files are of this version. Raises NewerFile, or StoreError where they still need ``bring_up_to_date``."""
    for database in databases:
        part = database.path.stem
        with database.read() as connection:
            found = revision(connection)
        if found != HEADS[part]:
            raise (
                _newer(database.path)
                if _is_newer(part, found)
                else StoreError(
                    f"{database.path.name} comes from an older version; start the console once so that it is brought up to date"
                )
            )


def bring_up_to_date(folder: Path, key: bytes, names: Mapping[str, str]) -> None:
    """Migrate the journal and the workspace one after the other, and make the search index's file where it is missing.

    An index that cannot be read is built again. A workspace that is gone while the journal holds edits is not made anew:
    the edits would be refused, for want of the customers that they are about. Raises DamagedFile then.
    """
    paths = {part: folder / name for part, name in names.items()}
    for part in HEADS:
        # All of them first: nothing is touched where one of them is too new.
        if _holds_anything(paths[part]):
            with _opened(paths[part], key) as database, database.read() as connection:
                if _is_newer(part, revision(connection)):
                    raise _newer(database.path)
    with _opened(paths["journal"], key) as database:
        _migrate("journal", database)
        _refuse_lost(paths["workspace"], database)
    with _opened(paths["workspace"], key) as database:
        _migrate("workspace", database)
    try:
        _bring_search(paths["search"], key)
    except (DamagedFile, WrongKey):
        # The other two opened with this key, so it is the index that is broken.
        for path in folder.glob(f"{names['search']}*"):
            path.unlink()
        _bring_search(paths["search"], key)
    for path in paths.values():
        path.chmod(0o600)


def revision(connection: Connection) -> str | None:
    """The Alembic revision of a file, None where it is empty."""
    known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").scalar()
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if known else None


def frozen(part: str, version: str) -> tuple[str, ...]:
    """The statements of a version as they were frozen (``w0002_relationships``), each on a line."""
    path = Path(__file__).parent / "migrations" / part / "versions" / f"{version}.sql"
    return tuple(path.read_text("utf-8").splitlines())


@contextlib.contextmanager
def _opened(path: Path, key: bytes) -> Iterator[Database]:
    is_new = not path.exists()
    database = Database(path, key, Access.WRITE_DURABLE)
    try:
        if is_new:
            with database.bare():
                path.chmod(0o600)
        yield database
    finally:
        database.close()


def _refuse_lost(path: Path, journal: Database) -> None:
    if _holds_anything(path):
        return
    with journal.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM edits").scalar_one()
    if count:
        raise DamagedFile(
            f"{path.name} is missing, or empty, beside a journal of {count} edits. Nothing was changed; put it back from a backup"
        )


def _holds_anything(path: Path) -> bool:
    """Whether there is more than an empty file; opening one for writing would put its first page there."""
    return path.exists() and path.stat().st_size > 0


def _bring_search(path: Path, key: bytes) -> None:
    with _opened(path, key) as database:
        _make_search(database)


def _migrate(part: str, database: Database) -> None:
    with database.read() as connection:
        found = revision(connection)
    if found == HEADS[part]:
        return
    if _is_newer(part, found):
        raise _newer(database.path)
    if found is not None:
        _back_up(database)
    _upgrade(part, database)


def _upgrade(part: str, database: Database) -> None:
    # Alembic costs 430 ms to import, SQLAlchemy 250; most starts have nothing to migrate.
    from alembic.command import upgrade
    from alembic.config import Config
    from sqlalchemy import StaticPool, create_engine

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations" / part).replace("%", "%%"))
    with database.bare() as connection:
        raw = connection.raw
        engine = create_engine(
            "sqlite://", module=sqlcipher, creator=lambda: raw, poolclass=StaticPool, pool_reset_on_return=None
        )
        with engine.connect() as migrated:
            migrated.exec_driver_sql("BEGIN IMMEDIATE")
            config.attributes["connection"] = migrated
            upgrade(config, HEADS[part])
            migrated.commit()


def _back_up(database: Database) -> None:
    folder = database.path.parent / _BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    with database.bare() as connection:
        found = revision(connection)
    target = folder / f"{database.path.stem}-{found}.db"
    target.unlink(missing_ok=True)
    database.copy_to(target)


def _make_search(database: Database) -> None:
    with database.write() as connection:
        if search_schema.is_of_this_version(connection):
            return
        for statement in (*search_schema.DROPPED, *search_schema.STATEMENTS):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES ('version', ?)", (search_schema.VERSION,))


def _is_newer(part: str, found: str | None) -> bool:
    return found is not None and found > HEADS[part]


def _newer(path: Path) -> NewerFile:
    return NewerFile(
        f"{path.name} was written by a newer version of the console. Nothing was changed; install that version"
    )
