"""Everything that takes the keyboard says what it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QScrollArea, QTextBrowser, QWidget
from tests.ui.desk import Desk

from console.ui.conversation import states as conversation_states
from console.ui.profile import states as profile_states


def test_every_control_has_a_name_in_every_state(desk: Desk) -> None:
    assert _nameless(desk.window) == []
    for name, state in {**conversation_states.states(), **profile_states.states()}.items():
        if name == "conversation-none":
            continue
        state(desk.pane if name.startswith("conversation") else desk.panel)  # pyright: ignore[reportArgumentType]  # each gets its own
        desk.qtbot.waitUntil(desk.session.background.is_idle)
        assert _nameless(desk.window) == [], name
        for dialog in [one for one in desk.window.findChildren(QWidget) if one.isWindow() and one.isVisible()]:
            assert _nameless(dialog) == [], name
            dialog.close()
        conversation_states.settle(desk.pane)
        profile_states.settle(desk.panel)
        if desk.panel.view() is None:
            desk.panel.show_customer(desk.customer)


def test_a_row_says_name_value_and_origin_in_one_breath(desk: Desk) -> None:
    assert desk.row("plan").accessibleName() == "Plan: Enterprise, from API"


def _nameless(root: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in root.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if not isinstance(widget, QTextBrowser | QScrollArea) and not _name(widget)
    ]


def _name(widget: QWidget) -> str:
    known = QAccessible.queryAccessibleInterface(widget)
    return widget.accessibleName() or (known.text(QAccessible.Text.Name) if known else "")
