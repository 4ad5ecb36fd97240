"""The dossier and erasing, from the window of a customer."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from tests.ui.customer.conftest import Room
from tests.ui.workspaces import KEY

from console.domain.edits import EraseCustomer, SetProperty
from console.domain.values import Value, ValueKind
from console.ui.customer.papers import with_kind
from console.ui.style import theme
from console.wiring import asked


def test_a_dossier_is_written_by_a_process_of_its_own_and_the_window_says_where(room: Room, tmp_path: Path) -> None:
    folder = room.session.workspace.folder
    room.session.services = replace(
        room.session.services,
        write_dossier=lambda customer, file, by: asked.write_dossier(folder, KEY, customer, file, by),
    )

    room.window.acts.papers.write_dossier(room.window.owner(), tmp_path / "dossier.json")
    room.qtbot.waitUntil(lambda: bool(room.window.toasts.shown()), timeout=30_000)

    assert "dossier.json" in room.window.toasts.shown()[-1].words
    said = json.loads((tmp_path / "dossier.json").read_text(encoding="utf-8"))
    assert (said["customer"], said["made_by"]) == ("Ariana Delacroix", room.session.teammate)


def test_a_dossier_that_cannot_be_written_says_why(room: Room, tmp_path: Path) -> None:
    room.window.acts.papers.write_dossier(room.window.owner(), tmp_path / "missing" / "dossier.html")
    room.qtbot.waitUntil(lambda: bool(room.window.toasts.shown()))
    assert "There is no folder" in room.window.toasts.shown()[-1].words


def test_a_file_without_an_ending_of_ours_gets_that_of_the_chosen_kind() -> None:
    assert with_kind(Path("a.pdf"), "Web page (*.html)") == Path("a.pdf")
    assert with_kind(Path("Dossier Dr. Who"), "PDF (*.pdf)") == Path("Dossier Dr. Who.pdf")
    assert with_kind(Path("a"), "") == Path("a.html")


def test_erasing_asks_for_the_address_and_gives_a_receipt(room: Room, tmp_path: Path) -> None:
    dialog = room.window.acts.ask_erase()
    assert dialog is not None
    assert dialog.focusWidget() is dialog.cancel
    assert not dialog.erase.isEnabled()
    room.qtbot.waitUntil(lambda: dialog.counts.count() > 0)
    dialog.field.setText("ariana@northpeak")
    dialog.begin()
    assert room.submitted == []

    dialog.field.setText(" Ariana@NorthPeak.io ")
    room.qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    room.look()

    assert [type(edit) for edit in room.submitted] == [EraseCustomer]
    receipt = dialog.receipt()
    assert receipt is not None
    assert receipt.rows["conversations"] > 0
    dialog.save_receipt(tmp_path / "receipt.txt")
    saved = (tmp_path / "receipt.txt").read_text(encoding="utf-8")
    assert receipt.id in saved
    assert "ariana" not in saved.casefold()
    assert room.window.windowTitle() == "This customer was erased"
    assert room.window.read() is None
    room.window.load(is_new=False)
    dialog.accept()


def test_what_is_counted_before_is_what_goes(room: Room) -> None:
    from console.store.erasing import receipts, would_erase

    counted = room.session.read(lambda connection: would_erase(connection, room.customer))
    room.session.submit(EraseCustomer(room.customer))  # pyright: ignore[reportArgumentType]  # the key of a customer

    (receipt,) = room.session.read(receipts)
    assert counted == dict(receipt.rows)
    assert counted["messages"] > 0


def test_the_name_in_the_question_is_text(room: Room) -> None:
    canary = '<img src="/canary.png"><b>bold</b>'
    room.session.submit(SetProperty(room.window.owner(), "name", Value(ValueKind.STRING, canary)))
    room.look()
    dialog = room.window.acts.ask_erase()
    assert dialog is not None
    named = [label for label in dialog.findChildren(QLabel) if "canary" in label.text()]
    assert named
    assert {label.textFormat() for label in named} == {Qt.TextFormat.PlainText}
    dialog.field.setText(canary)
    assert dialog.erase.isEnabled()
    dialog.reject()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_what_goes_is_readable_in_large_letters(room: Room, scale: float) -> None:
    look = theme.current()
    look.scale_text(scale)
    try:
        dialog = room.window.acts.ask_erase()
        assert dialog is not None
        room.qtbot.waitUntil(lambda: dialog.counts.count() > 1)
        room.qtbot.wait(50)
        lines = [item.widget() for place in range(dialog.counts.count()) if (item := dialog.counts.itemAt(place))]
        areas = [line.geometry() for line in lines if line is not None]
        assert not [one for one, other in combinations(areas, 2) if one.intersects(other)]
        assert dialog.height() <= dialog.screen().availableSize().height()
        assert dialog.erase.visibleRegion().boundingRect().size() == dialog.erase.size()
        dialog.close()
    finally:
        look.scale_text(1.0)
