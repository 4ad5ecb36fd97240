"""The tables of ``search.db``: the full-text index, which can always be built again. FTS5 stands here and nowhere else."""

from __future__ import annotations

STATEMENTS = (
    "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE VIRTUAL TABLE IF NOT EXISTS message_words USING fts5(
        subject, author, body, content='', contentless_delete=1, prefix='2 3', tokenize="unicode61 remove_diacritics 2")""",
    """CREATE VIRTUAL TABLE IF NOT EXISTS owner_words USING fts5(
        name, emails, company, words, content='', contentless_delete=1, prefix='2 3', tokenize="unicode61 remove_diacritics 2")""",
    "CREATE TABLE IF NOT EXISTS owner_rows (id INTEGER PRIMARY KEY, kind TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS note_rows (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)",
    """CREATE VIRTUAL TABLE IF NOT EXISTS note_words USING fts5(
        body, content='', contentless_delete=1, prefix='2 3', tokenize="unicode61 remove_diacritics 2")""",
)
VERSION = "1"
