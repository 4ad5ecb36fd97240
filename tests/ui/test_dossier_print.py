"""A dossier on paper: long ones are set in pieces, and no table ever stands inside another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from console.domain.dossier import Dossier, Field, Item, Part, Shape
from console.ui.dossier_print import pieces, write_pdf

AT = datetime(2026, 11, 20, 11, tzinfo=UTC)


def test_a_piece_never_opens_a_table_inside_another(qapp: QApplication) -> None:
    found = list(pieces(_long()))

    assert len(found) > 3
    for piece in found:
        depth = 0
        for tag in re.findall(r"</?table", piece):
            depth += 1 if tag == "<table" else -1
            assert 0 <= depth <= 1
        assert depth == 0


def test_a_long_dossier_becomes_many_pages(qapp: QApplication, tmp_path: Path) -> None:
    write_pdf(_long(), tmp_path / "long.pdf")

    assert (tmp_path / "long.pdf").read_bytes().count(b"/Type /Page\n") > 30


def _long() -> Dossier:
    table = Part("events", "Events", Shape.TABLE, _rows(), 1_000)
    said = Part("conversations", "Conversations", Shape.ENTRIES, _entries(), 200)
    return Dossier("Ada", 1, "Marta", AT, ("Helpdesk",), (), (table, said))


def _rows() -> Iterator[Item]:
    for number in range(1_000):
        yield Item((Field("at", "When", AT), Field("event", "Event", f"Exported report {number} " * 3)))


def _entries() -> Iterator[Item]:
    files = [Item((Field("name", "Name", "a.txt"), Field("size", "Bytes", 3)))]
    for number in range(200):
        parts = (Part("attachments", "Attachments", Shape.TABLE, files, 1),)
        yield Item((Field("at", "On", AT),), f"Subject {number}", "Hello there. " * 40, parts=parts)
