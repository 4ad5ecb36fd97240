"""The full-text index: brought up to date step by step, in the pauses of the sync process.

What changed is read from the change feed; where the feed cannot say (a first start, a big import, pruned changes) everything
is compared with the index once, the newest messages first. Every step can be done twice, so a crash between steps loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from console.domain.search_query import spaced
from console.store import search_rows
from console.store.changes import Stale, last_change
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.schema.search import DROPPED, STATEMENTS, TABLES, VERSION, is_of_this_version, segments
from console.store.search_rows import COMPANIES, CUSTOMERS, Entry
from console.store.workspace import Workspace

_THROUGH, _SWEEP = "changes_through", "sweep"
_ROWS_A_WRITE, _CHARACTERS_A_WRITE = 200, 150_000
_CHANGES_A_STEP = 200
_MERGED_PAGES = 32
_SEGMENTS_A_STEP = 12
_NEWEST = 0x7FFF_FFFF_FFFF_FFFF
_SWEEPS = ("customer", "company", "note", "message")


@dataclass(frozen=True, slots=True)
class _State:
    """How far the index is: the last change it knows, and which sweep stands where (None: none under way)."""

    through: int
    sweep: tuple[str, int] | None


@dataclass(slots=True)
class _Changed:
    """What became stale: keys by kind; ``is_unknown`` where the feed cannot say what."""

    through: int
    is_unknown: bool = False
    keys: dict[Stale, set[int]] = field(default_factory=dict)

    def of(self, kind: Stale) -> set[int]:
        return self.keys.get(kind, set())


def index(workspace: Workspace, budget_rows: int) -> bool:
    """Do one bounded step, about ``budget_rows`` rows; whether there is more to do. Each write holds its lock for a few ms."""
    state = _state(workspace)
    if state is None:
        rebuild(workspace)
        return True
    if state.sweep is not None:
        _sweep(workspace, state, *state.sweep, max(1, budget_rows))
        return True
    changed = _changed_since(workspace, state.through)
    if changed.is_unknown:
        _keep(workspace, {_THROUGH: str(changed.through), _SWEEP: f"{_SWEEPS[0]} 0"})
        return True
    if changed.through > state.through:
        _take_in(workspace, changed)
        _keep(workspace, {_THROUGH: str(changed.through)})
        return True
    return _clean(workspace) or _merge(workspace)


def rebuild(workspace: Workspace) -> None:
    """Forget the index and begin anew; ``index`` then fills it."""
    with workspace.search.write() as connection:
        for statement in (*DROPPED, *STATEMENTS):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES ('version', ?)", (VERSION,))
    with workspace.database.read() as connection:
        through = last_change(connection)
    _keep(workspace, {_THROUGH: str(through), _SWEEP: f"{_SWEEPS[0]} 0"})


def _clean(workspace: Workspace) -> bool:
    """Once after somebody was erased: words that went are only marked in the index until their segments are written anew."""
    with workspace.database.read() as connection:
        if not connection.exec_driver_sql("SELECT 1 FROM meta WHERE name = 'search_to_clean'").scalar():
            return False
    for table in TABLES:
        with workspace.search.write() as connection:
            # One segment alone would be left as it is; with a second one both are written anew, without what went.
            connection.exec_driver_sql(f"INSERT INTO {table}_words (rowid, {TABLES[table][0]}) VALUES (-1, 'cleaned')")
        with workspace.search.write() as connection:
            connection.exec_driver_sql(f"INSERT INTO {table}_words ({table}_words) VALUES ('optimize')")
            connection.exec_driver_sql(f"DELETE FROM {table}_words WHERE rowid = -1")
    workspace.search.checkpoint()
    with workspace.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM meta WHERE name = 'search_to_clean'")
    workspace.database.checkpoint()
    return True


def _state(workspace: Workspace) -> _State | None:
    with workspace.search.read() as connection:
        if not is_of_this_version(connection):
            return None
        kept = dict(map(tuple, connection.exec_driver_sql("SELECT name, value FROM meta").fetchall()))
    if _THROUGH not in kept:
        return None
    kind, _, at = kept.get(_SWEEP, "").partition(" ")
    return _State(int(kept[_THROUGH]), (kind, int(at)) if kind else None)


def _keep(workspace: Workspace, values: Mapping[str, str]) -> None:
    with workspace.search.write() as connection:
        connection.exec_driver_sql("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", list(values.items()))


def _changed_since(workspace: Workspace, through: int) -> _Changed:
    """The next changes, oldest first. Their numbers go up by one, so a gap behind ``through`` means pruned ones."""
    with workspace.database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT seq, kind, key FROM changes WHERE seq > ? ORDER BY seq LIMIT ?", (through, _CHANGES_A_STEP)
        ).fetchall()
        newest = last_change(connection)
    if newest < through or (rows and rows[0][0] > through + 1):
        return _Changed(newest, is_unknown=True)
    changed = _Changed(rows[-1][0] if rows else through)
    for _, kind, key in rows:
        if kind in (Stale.CONVERSATION, Stale.CUSTOMER, Stale.COMPANY):
            if key is None:
                return _Changed(newest, is_unknown=True)
            changed.keys.setdefault(Stale(kind), set()).add(key)
    return changed


def _take_in(workspace: Workspace, changed: _Changed) -> None:
    conversations, owners = changed.of(Stale.CONVERSATION), changed.of(Stale.CUSTOMER) | changed.of(Stale.COMPANY)
    with workspace.database.read() as connection:
        messages = search_rows.messages_of(connection, conversations)
        found = search_rows.customers_among(connection, owners) + search_rows.companies_among(connection, owners)
        notes = search_rows.notes_on(connection, conversations | owners)
    _reconcile(workspace, "message", messages, "scope", conversations)
    _reconcile(workspace, "owner", found, "id", owners)
    _reconcile(workspace, "note", notes, "scope", conversations | owners)


def _sweep(workspace: Workspace, state: _State, kind: str, at: int, limit: int) -> None:
    """Compare the next rows of one kind with the index; then stand behind them, or before the next kind."""
    with workspace.database.read() as connection:
        match kind:
            case "customer":
                entries = search_rows.customers_after(connection, at, limit)
            case "company":
                entries = search_rows.companies_after(connection, at, limit)
            case "note":
                entries = search_rows.all_notes(connection)
            case _:
                entries = search_rows.messages_below(connection, at, limit)
    is_last = kind == "note" or len(entries) < limit
    if kind == "message":
        first, last = (0 if is_last else entries[-1].id), at - 1
        following = first
    else:
        first, last = (at + 1 if kind != "note" else 0), (_NEWEST if is_last else entries[-1].id)
        following = last
    scope = {"customer": CUSTOMERS, "company": COMPANIES}.get(kind)
    table = "owner" if scope else kind
    existing = _marks_between(workspace, table, first, last, scope)
    _write(workspace, table, entries, existing)
    _keep(workspace, {_SWEEP: _next_sweep(kind) if is_last else f"{kind} {following}"})


def _next_sweep(kind: str) -> str:
    place = _SWEEPS.index(kind) + 1
    if place == len(_SWEEPS):
        return ""
    return f"{_SWEEPS[place]} {_NEWEST if _SWEEPS[place] == 'message' else 0}"


def _marks_between(workspace: Workspace, table: str, first: int, last: int, scope: int | None) -> dict[int, int]:
    condition, arguments = ("", (first, last)) if scope is None else (" AND scope = ?", (first, last, scope))
    with workspace.search.read() as connection:
        rows = connection.exec_driver_sql(
            f"SELECT id, mark FROM {table}_rows WHERE id BETWEEN ? AND ?{condition}", arguments
        ).fetchall()
    return {row[0]: row[1] for row in rows}


def _reconcile(workspace: Workspace, table: str, entries: Sequence[Entry], column: str, keys: Iterable[int]) -> None:
    """Make the index hold exactly ``entries`` among the rows whose ``column`` is one of ``keys``."""
    with workspace.search.read() as connection:
        rows = connection.exec_driver_sql(
            f"SELECT id, mark FROM {table}_rows WHERE {column} IN {IN_LIST} OR id IN {IN_LIST}",
            (listed(keys), listed(entry.id for entry in entries)),
        ).fetchall()
    _write(workspace, table, entries, {row[0]: row[1] for row in rows})


def _write(workspace: Workspace, table: str, entries: Sequence[Entry], existing: Mapping[int, int]) -> None:
    wanted = {entry.id: (entry, entry.mark) for entry in entries}
    gone = sorted(existing.keys() - wanted.keys())
    changed = sorted(key for key, (_, mark) in wanted.items() if existing.get(key) != mark)
    for start in range(0, len(gone), _ROWS_A_WRITE):
        with workspace.search.write() as connection:
            _forget(connection, table, gone[start : start + _ROWS_A_WRITE])
    for batch in _batches([wanted[key] for key in changed]):
        # Before, so that an index which FTS5 takes no more for can be written again.
        for touched in (table, *(("spelling",) if table == "owner" else ())):
            _keep_up(workspace, touched)
        with workspace.search.write() as connection:
            _forget(connection, table, [entry.id for entry, _ in batch if entry.id in existing])
            _insert(connection, table, batch)


def _batches(changed: Sequence[tuple[Entry, int]]) -> Iterable[list[tuple[Entry, int]]]:
    """Batches small enough in rows and in characters that the lock is held for a few ms only."""
    batch: list[tuple[Entry, int]] = []
    size = 0
    for entry, mark in changed:
        length = sum(map(len, entry.texts))
        if batch and (len(batch) == _ROWS_A_WRITE or size + length > _CHARACTERS_A_WRITE):
            yield batch
            batch, size = [], 0
        batch.append((entry, mark))
        size += length
    if batch:
        yield batch


def _forget(connection: Connection, table: str, keys: Sequence[int]) -> None:
    if keys:
        arguments = [(key,) for key in keys]
        connection.exec_driver_sql(f"DELETE FROM {table}_words WHERE rowid = ?", arguments)
        connection.exec_driver_sql(f"DELETE FROM {table}_rows WHERE id = ?", arguments)
        if table == "owner":
            connection.exec_driver_sql("DELETE FROM spelling_words WHERE rowid = ?", arguments)


def _insert(connection: Connection, table: str, batch: Sequence[tuple[Entry, int]]) -> None:
    columns = TABLES[table]
    places = ", ".join("?" for _ in columns)
    connection.exec_driver_sql(
        f"INSERT INTO {table}_words (rowid, {', '.join(columns)}) VALUES (?, {places})",
        [(entry.id, *map(spaced, entry.texts)) for entry, _ in batch],
    )
    connection.exec_driver_sql(
        f"INSERT INTO {table}_rows (id, scope, mark, key) VALUES (?, ?, ?, ?)",
        [(entry.id, entry.scope, mark, entry.key) for entry, mark in batch],
    )
    if table == "owner":
        keys = ((entry.id, " ".join(search_rows.spelling_keys(entry))) for entry, _ in batch)
        connection.exec_driver_sql("INSERT INTO spelling_words (rowid, keys) VALUES (?, ?)", list(keys))


def _merge(workspace: Workspace) -> bool:
    """One small merge of each index; whether another one would find something to do."""
    return sum(_merge_step(workspace, table) for table in TABLES) > 0


def _keep_up(workspace: Workspace, table: str) -> None:
    """Merge as much as writes make necessary: the more segments there are, the more steps, so that they grow no more.

    A merge goes through the levels from the smallest segments on; with one step for each write the large ones would never
    have their turn, and after three million messages there would be 2,000 of them, which is where FTS5 takes no more.
    """
    with workspace.search.read() as connection:
        count = connection.exec_driver_sql(segments(table)).scalar_one()
    for _ in range(1 + count // _SEGMENTS_A_STEP):
        if not _merge_step(workspace, table):
            break


def _merge_step(workspace: Workspace, table: str) -> bool:
    """Merge some pages of segments; whether there was something to merge (SQLite: else fewer than two rows are written)."""
    with workspace.search.write() as connection:
        before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
        connection.exec_driver_sql(
            f"INSERT INTO {table}_words ({table}_words, rank) VALUES ('merge', ?)", (_MERGED_PAGES,)
        )
        return connection.exec_driver_sql("SELECT total_changes()").scalar_one() - before >= 2
