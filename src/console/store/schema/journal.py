"""The tables of ``journal.db``: what teammates did, written by the window and the command line only."""

from __future__ import annotations

from sqlalchemy import MetaData, Table, UniqueConstraint

from console.store.schema.columns import counted, text, time

metadata = MetaData()

edits = Table(
    "edits",
    metadata,
    counted("seq"),
    text("id"),
    time("at"),
    text("teammate"),
    text("body"),
    UniqueConstraint("id"),
    sqlite_autoincrement=True,
)
drafts = Table("drafts", metadata, text("place"), text("text"), time("at"), UniqueConstraint("place"))
window_state = Table("window_state", metadata, text("name"), text("value"), UniqueConstraint("name"))
settings = Table("settings", metadata, text("name"), text("value"), UniqueConstraint("name"))
