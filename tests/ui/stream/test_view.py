"""The stream in its window: read by scrolling, walked by keys, narrowed, searched, jumped in, kept up to date."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from tests.ui.stream.shown import events, key_of, press, said, settle, show
from tests.ui.workspaces import NOW, SyncSide, conversation

from console.domain import edits as e
from console.domain.activity import Chip, Happened, Said, StreamFilter
from console.domain.edits import Owner
from console.domain.ids import ConversationId
from console.domain.records import OwnerKind
from console.store import activity
from console.ui.session import Session
from console.ui.stream.reading import MOST_LOADED
from console.ui.stream.rows import DayRow, EntryRow, PartRow
from console.ui.stream.view import StreamView


def test_every_row_says_what_it_shows_and_the_chips_count(
    stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    side.take(*events(1))
    show(qtbot, session, stream)

    spoken = said(stream)

    assert spoken[0] == "Today"
    assert any("CSV export drops custom fields" in words and "Message number 0" in words for words in spoken)
    assert any(words.startswith("Logged in") for words in spoken)
    labels = [button.text() for button in stream.bar.chips._buttons.values()]
    assert labels[:2] == [f"All {len(stream.reading.lines)}", "Messages 1"]
    assert all(words for words in spoken)


def test_the_model_keeps_qts_rules_while_lines_fold_come_and_go(
    stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    side.take(*events(4))
    show(qtbot, session, stream)
    qtmodeltester.check(stream.rows)
    stream.list.go_to_first()
    press(qtbot, stream, Qt.Key.Key_Down, Qt.Key.Key_Right)
    side.take(*events(2, name="Exported report", minutes=7))
    session.feed.look()
    settle(qtbot, session)
    qtmodeltester.check(stream.rows)


def test_the_keyboard_walks_entries_unfolds_folds_and_opens_the_conversation(
    stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    side.take(*events(3, minutes=1))
    show(qtbot, session, stream)
    opened: list[ConversationId] = []
    stream.conversation_wanted.connect(opened.append)
    press(qtbot, stream, Qt.Key.Key_Home)
    row = stream.rows.row_at(stream.list.currentIndex().row())
    while not (isinstance(row, EntryRow) and isinstance(row.entry.newest.what, Happened)):
        press(qtbot, stream, Qt.Key.Key_Down)
        row = stream.rows.row_at(stream.list.currentIndex().row())
        assert not isinstance(row, DayRow)
    before = stream.rows.rowCount()

    press(qtbot, stream, Qt.Key.Key_Right)
    assert row.entry.count >= 2
    assert stream.rows.rowCount() == before + row.entry.count
    press(qtbot, stream, Qt.Key.Key_Down)
    assert isinstance(stream.rows.row_at(stream.list.currentIndex().row()), PartRow)
    press(qtbot, stream, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert stream.rows.rowCount() == before

    line = stream.list.current_line()
    while line is not None and not isinstance(line.what, Said):
        press(qtbot, stream, Qt.Key.Key_Down)
        line = stream.list.current_line()
    press(qtbot, stream, Qt.Key.Key_Return)
    assert line is not None
    assert isinstance(line.what, Said)
    assert opened == [line.what.conversation_id]


def test_a_chip_narrows_the_stream_and_an_empty_one_says_which_and_offers_all(
    stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    side.take(*events(2))
    show(qtbot, session, stream)
    whole = len(stream.reading.lines)
    buttons = stream.bar.chips._buttons
    qtbot.mouseClick(buttons[Chip.EVENTS.value], Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert {type(line.what) for line in stream.reading.lines} == {Happened}

    qtbot.mouseClick(buttons[Chip.NOTES.value], Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert stream.empty.isVisible()
    assert "note" in stream.empty.accessibleName()
    qtbot.mouseClick(stream.empty.button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert len(stream.reading.lines) == whole
    assert stream.list.isVisible()


def test_the_search_finds_what_was_said_and_control_f_leads_to_it(
    stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    side.take(*events(2))
    show(qtbot, session, stream)
    stream.list.setFocus()
    qtbot.keyClick(stream.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert stream.bar.search.hasFocus()
    qtbot.keyClicks(stream.bar.search, "logged")
    stream.bar.search.tell()
    settle(qtbot, session)
    assert [type(line.what) for line in stream.reading.lines] == [Happened, Happened]
    stream.bar.search.setText("nobody ever said this")
    stream.bar.search.tell()
    settle(qtbot, session)
    assert stream.empty.isVisible()


def test_a_long_stream_is_read_by_scrolling_down_and_up_again_and_memory_stays_bounded(
    stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    """Promise P34 in small: however long the thread, a page is read at a time and little is held."""
    side.take(*[event for n, name in enumerate("ABCDEF") for event in events(250, name=name, minutes=11 + n)])
    show(qtbot, session, stream)
    first, seen = stream.reading.lines[0].key, set[object]()
    assert len(stream.reading.lines) <= 60

    def scroll(step: int, is_done) -> None:
        for _ in range(4_000):
            seen.update(line.key for line in stream.reading.lines)
            assert len(stream.reading.lines) <= MOST_LOADED
            bar = stream.list.verticalScrollBar()
            bar.setValue(bar.value() + step)
            settle(qtbot, session)
            if is_done():
                seen.update(line.key for line in stream.reading.lines)
                return
        raise AssertionError("the end was never reached")

    scroll(2_000, lambda: not stream.reading.has_older)
    assert stream.reading.has_newer
    with session.workspace.database.read() as connection:
        owner = Owner(OwnerKind.CUSTOMER, key_of(session))
        assert seen == {line.key for line in activity.page(connection, owner, StreamFilter(), limit=10_000).lines}
    scroll(-2_000, lambda: not stream.reading.has_newer)
    assert stream.reading.lines[0].key == first


def test_a_jump_puts_the_day_on_top_and_what_is_later_above_it(
    stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    side.take(*events(300, minutes=120))
    show(qtbot, session, stream)
    day = (NOW - timedelta(days=10)).astimezone().date()
    stream.list.setFocus()
    qtbot.keyClick(stream.list, Qt.Key.Key_G)
    assert stream._jump is not None
    assert stream._jump.is_open()
    stream.jump_to(day)
    settle(qtbot, session)
    assert stream.reading.has_newer
    newest = stream.reading.lines[0].at.astimezone().date()
    assert newest == day
    stream.reading.read_newer()
    settle(qtbot, session)
    assert stream.reading.lines[0].at.astimezone().date() > day
    keys = [line.key for line in stream.reading.lines]
    assert keys == sorted(set(keys), reverse=True)


def test_what_comes_in_appears_and_the_place_stays(
    stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    side.take(*events(120, minutes=90))
    show(qtbot, session, stream)
    bar = stream.list.verticalScrollBar()
    bar.setValue(400)
    top = stream.rows.row_at(stream.list.rowAt(60))
    stream.list.setCurrentIndex(stream.rows.index(stream.list.rowAt(60), 0))
    at = stream.list.rowViewportPosition(stream.list.rowAt(60))
    side.take(conversation(0, minutes=1, text="Are you there?"))
    session.feed.look()
    settle(qtbot, session)
    assert any(isinstance(line.what, Said) and line.what.excerpt == "Are you there?" for line in stream.reading.lines)
    place = stream.list.currentIndex().row()
    assert top is not None
    now = stream.rows.row_at(place)
    assert now is not None
    assert now.key == top.key
    assert stream.list.rowViewportPosition(place) == at


def test_a_note_of_a_teammate_appears_when_it_is_folded(stream: StreamView, session: Session, qtbot: QtBot) -> None:
    show(qtbot, session, stream)
    session.submit(e.WriteNote(Owner(OwnerKind.CUSTOMER, key_of(session)), "n1", "Likes <b>short</b> answers"))
    session.feed.look()
    settle(qtbot, session)
    assert any("Likes <b>short</b> answers" in words for words in said(stream))
