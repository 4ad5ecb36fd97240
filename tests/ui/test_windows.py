"""The windows beside the main one: one for each customer, raised where it is open, reached by name, search and link."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from pytestqt.qtbot import QtBot

from console.domain.edits import Owner
from console.domain.records import OwnerKind
from console.ui.profile.window import ProfileWindow
from console.ui.session import Session
from console.ui.workspace_view import WorkspaceView


def customers(session: Session) -> list[int]:
    """The customers in the order of their names."""
    found = session.read(lambda c: c.exec_driver_sql("SELECT id FROM customers ORDER BY name").fetchall())
    return [row[0] for row in found]


def test_a_customer_has_one_window_and_another_customer_another(view: WorkspaceView, session: Session) -> None:
    first, second, *_ = customers(session)
    session.open_customer(first)
    session.open_customer(second)
    session.open_customer(first)
    shown = [window.shown_owner().id for window in view.windows.open_windows()]
    assert shown == [first, second]


def test_ctrl_w_closes_it_and_its_size_is_kept(view: WorkspaceView, session: Session, qtbot: QtBot) -> None:
    first, second, *_ = customers(session)
    window = view.windows.open(Owner(OwnerKind.CUSTOMER, first))
    assert window is not None
    window.resize(800, 640)
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert view.windows.open_windows() == ()
    again = view.windows.open(Owner(OwnerKind.CUSTOMER, second))
    assert again is not None
    assert again.size() == QSize(800, 640)


def test_ctrl_tab_goes_round_all_windows(view: WorkspaceView, session: Session, qtbot: QtBot) -> None:
    first, second, *_ = customers(session)
    one = view.windows.open(Owner(OwnerKind.CUSTOMER, first))
    two = view.windows.open(Owner(OwnerKind.CUSTOMER, second))
    assert one is not None
    assert two is not None
    qtbot.waitUntil(two.isActiveWindow)
    qtbot.keyClick(two, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(view.window().isActiveWindow)
    view.windows.step(1)
    qtbot.waitUntil(one.isActiveWindow)


def test_a_link_opens_the_window_and_a_wrong_one_says_why(view: WorkspaceView, session: Session) -> None:
    first = customers(session)[0]
    assert view.windows.open_link(f"console://customer/{first}")
    assert [one.shown_owner().id for one in view.windows.open_windows()] == [first]
    assert not view.windows.open_link("console://customer/one")
    assert not view.windows.open_link("https://example.com/")
    assert "leads nowhere" in view.toasts.shown()[-1].words


def test_a_link_to_a_conversation_goes_to_the_inbox(view: WorkspaceView, session: Session) -> None:
    key = view.inbox.column.rows.id_at(2)
    assert view.windows.open_link(f"console://conversation/{key}")
    assert view.inbox.column.list.current_key() == key


def test_the_face_in_the_profile_opens_the_window(view: WorkspaceView, qtbot: QtBot) -> None:
    view.inbox.column.list.step(1)
    qtbot.waitUntil(lambda: view.inbox.panel.view() is not None)
    qtbot.mouseClick(view.inbox.panel.header._name, Qt.MouseButton.LeftButton)
    shown = view.inbox.panel.view()
    assert shown is not None
    assert [one.shown_owner() for one in view.windows.open_windows()] == [shown.owner]
    assert view.windows.open_windows()[0].windowTitle() == shown.name


def test_what_is_done_in_a_window_is_told_there_and_undone_there(
    view: WorkspaceView, session: Session, qtbot: QtBot
) -> None:
    window = view.windows.open(Owner(OwnerKind.CUSTOMER, customers(session)[0]))
    assert isinstance(window, ProfileWindow)
    qtbot.waitUntil(window.isActiveWindow)
    window.deeds.add_tag("vip")
    assert [toast.button is not None for toast in window.toasts.shown()] == [True]
    assert view.toasts.shown() == ()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.toasts.shown()[0].words.startswith("Undone")


def test_the_chips_menu_and_its_key_open_the_window(view: WorkspaceView, qtbot: QtBot) -> None:
    view.inbox.column.list.step(1)
    qtbot.waitUntil(lambda: view.inbox.pane.customer() is not None)
    card = view.inbox.pane.customer()
    assert card is not None
    view.actions_by_key.action("window").trigger()
    assert [one.shown_owner().id for one in view.windows.open_windows()] == [card.id]
    view.windows.close_all()

    view.inbox.pane.menus._choose("window")

    assert [one.shown_owner().id for one in view.windows.open_windows()] == [card.id]


def test_the_windows_close_with_the_session(view: WorkspaceView, session: Session) -> None:
    for key in customers(session)[:3]:
        session.open_customer(key)
    assert len(view.windows.open_windows()) == 3
    session.closing.emit()
    assert view.windows.open_windows() == ()
