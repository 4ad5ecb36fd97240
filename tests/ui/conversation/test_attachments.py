"""Attachments: written where one says, under safe names, and never run."""

from __future__ import annotations

from pathlib import Path

from tests.ui.desk import Desk

from console.domain.conversation import AttachmentRow
from console.ui.widgets.chip import ChipButton


def test_an_attachment_is_written_byte_for_byte(desk: Desk, tmp_path: Path) -> None:
    part = _part(desk, "weekly-export.csv")

    with desk.qtbot.waitSignal(desk.pane.said):
        assert desk.pane.attachments.write(part, tmp_path / "out.csv")

    assert (tmp_path / "out.csv").read_bytes() == b"a;b\n1;2\n"


def test_what_may_run_is_never_opened(desk: Desk) -> None:
    part = _part(desk, "invoice.exe")
    assert part.is_executable

    with desk.qtbot.waitSignal(desk.pane.failed) as told:
        assert not desk.pane.attachments.open_it(part)

    assert told.args is not None
    assert "may run a program" in told.args[0]


def test_a_name_that_only_looks_harmless_is_not_opened_either(desk: Desk) -> None:
    disguised = AttachmentRow(1, "invoice\u202efdp.exe", "application/pdf", 2, None, False, False)

    with desk.qtbot.waitSignal(desk.pane.failed):
        assert not desk.pane.attachments.open_it(disguised)


def test_the_menu_offers_to_save_and_refuses_to_open_programs(desk: Desk) -> None:
    menu = desk.pane.attachments.menu_of(_part(desk, "invoice.exe"))

    assert [action.isEnabled() for action in menu.actions()] == [True, False]
    assert [
        action.isEnabled() for action in desk.pane.attachments.menu_of(_part(desk, "weekly-export.csv")).actions()
    ] == [
        True,
        True,
    ]


def test_an_inline_picture_that_the_text_shows_is_not_listed_again(desk: Desk) -> None:
    chips = [chip.accessibleName() for chip in desk.bubbles()[0].findChildren(ChipButton)]

    assert any("weekly-export.csv" in name for name in chips)
    assert not any("logo.png" in name for name in chips)


def test_a_disk_that_refuses_is_said_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    with desk.qtbot.waitSignal(desk.pane.failed) as told:
        assert not desk.pane.attachments.write(_part(desk, "weekly-export.csv"), tmp_path / "none" / "out.csv")

    assert told.args is not None
    assert "could not be saved" in told.args[0]


def _part(desk: Desk, name: str) -> AttachmentRow:
    read = desk.pane.read()
    assert read is not None
    return next(part for turn in read.turns for part in turn.attachments if part.name == name)
