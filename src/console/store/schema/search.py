"""The tables of ``search.db``: the full-text index, which can always be built again. FTS5 stands here and nowhere else.

Each index has a table of its rows beside it: ``scope`` is what a row belongs to (a conversation, an owner, a kind), and
``mark`` changes with the text, so that what is indexed already is known without reading the index.
"""

from __future__ import annotations

from console.store.connection import Connection

_CONTENTLESS = "content='', contentless_delete=1"
_OPTIONS = f"""{_CONTENTLESS}, prefix='2 3', tokenize="unicode61 remove_diacritics 2\""""
# Keys are looked for whole and anywhere in a row, so neither their places nor their beginnings are kept.
_KEYED = f"""{_CONTENTLESS}, detail=none, tokenize="unicode61 remove_diacritics 0\""""

TABLES = {
    "message": ("subject", "author", "body"),
    "owner": ("name", "emails", "company", "words"),
    "note": ("body",),
    "spelling": ("keys",),
}
"""The columns of the full-text table ``…_words`` of each kind. A row of ``spelling`` belongs to the one of ``owner``."""


def _options(kind: str) -> str:
    return _KEYED if kind == "spelling" else _OPTIONS


STATEMENTS = (
    "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    *(
        statement
        for kind, columns in TABLES.items()
        for statement in (
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {kind}_words USING fts5({', '.join(columns)}, {_options(kind)})",
            # Merging inside an insert would hold the lock for seconds; the sync process merges in its pauses instead.
            f"INSERT INTO {kind}_words ({kind}_words, rank) VALUES ('automerge', 0), ('crisismerge', 1000)",
            f"""CREATE TABLE IF NOT EXISTS {kind}_rows
                (id INTEGER PRIMARY KEY, scope INTEGER NOT NULL, mark INTEGER NOT NULL, key TEXT NOT NULL DEFAULT '')""",
            f"CREATE INDEX IF NOT EXISTS {kind}_rows_scope ON {kind}_rows (scope)",
        )
    ),
)
DROPPED = (
    *(f"DROP TABLE IF EXISTS {kind}_{part}" for kind in TABLES for part in ("words", "rows")),
    "DROP TABLE IF EXISTS meta",
)
VERSION = "3"


def segments(kind: str) -> str:
    """The SELECT that counts the segments of one index: each has the first word of its first page in FTS5's own list."""
    next_one = f"SELECT min(segid) FROM {kind}_words_idx"
    return f"""WITH RECURSIVE s(id) AS ({next_one} UNION ALL SELECT ({next_one} WHERE segid > s.id) FROM s WHERE s.id IS NOT NULL)
        SELECT count(id) FROM s"""


def is_of_this_version(connection: Connection) -> bool:
    """Whether the file's tables are those of this version; an older index is thrown away and built again."""
    if not connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'meta'").scalar():
        return False
    return connection.exec_driver_sql("SELECT value FROM meta WHERE name = 'version'").scalar() == VERSION
