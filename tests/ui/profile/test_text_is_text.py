"""Whatever stands in a name, a subject, a tag or a value: it is shown as text, everywhere (P47)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.desk import Desk, desk_in
from tests.ui.rich import conversation_called, customer_called
from tests.ui.workspaces import NOW

from console.domain.edits import AddTag, Owner, SetProperty, WriteNote
from console.domain.ids import ConversationId
from console.domain.records import (
    AttachmentRecord,
    AuthorKind,
    Channel,
    CompanyRecord,
    ConversationRecord,
    CustomerRecord,
    EventRecord,
    MessageRecord,
    OwnerKind,
    Person,
)
from console.domain.values import Value, ValueKind
from console.ui.conversation import states as conversation_states
from console.ui.profile import states as profile_states

CANARY = '<img src="/canary.png"><b>bold</b>'


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """A desk at which everything is called like the canary."""
    for made in desk_in(tmp_path / "workspace", qtbot):
        _tell(made)
        yield made


def test_no_label_and_no_tool_tip_reads_outside_text_as_markup(desk: Desk) -> None:
    _look_at(desk.window)
    for name, state in {**conversation_states.states(), **profile_states.states()}.items():
        if name == "conversation-none":
            continue
        is_pane = name.startswith("conversation")
        state(desk.pane if is_pane else desk.panel)  # pyright: ignore[reportArgumentType]  # each gets its own
        desk.qtbot.waitUntil(desk.session.background.is_idle)
        _look_at(desk.window)
        for dialog in [one for one in desk.window.findChildren(QWidget) if one.isWindow() and one.isVisible()]:
            _look_at(dialog)
            dialog.close()
        conversation_states.settle(desk.pane)
        profile_states.settle(desk.panel)
        if desk.panel.view() is None:
            desk.panel.show_customer(customer_called(desk.session, "mallory@example.com"))


def test_the_canary_is_visible_as_text(desk: Desk) -> None:
    assert desk.pane.header.subject.words() == CANARY
    assert desk.panel.header._name.words() == CANARY
    assert desk.panel.tags.chip_of(CANARY) is not None
    assert desk.bubbles()[0].text.toPlainText() == CANARY


def _look_at(root: QWidget) -> None:
    for widget in [root, *root.findChildren(QWidget)]:
        if isinstance(widget, QLabel):
            assert widget.textFormat() is Qt.TextFormat.PlainText or "canary" not in widget.text(), widget.text()
        tip = widget.toolTip()
        assert "canary" not in tip or "<img" not in tip, tip


def _tell(desk: Desk) -> None:
    person = Person("mallory@example.com", CANARY)
    part = AttachmentRecord(CANARY, CANARY, b"x")
    message = MessageRecord("x1", NOW, AuthorKind.CUSTOMER, person, CANARY, attachments=(part,), warnings=(CANARY,))
    value = Value(ValueKind.STRING, CANARY)
    desk.side.take(
        CompanyRecord("x", CANARY),
        CustomerRecord(
            CANARY,
            ("mallory@example.com",),
            {"name": value, CANARY: value, "city": value},
            ("x",),
            NOW,
            (CANARY,),
            (CANARY,),
        ),
        EventRecord("x", CANARY, NOW, customer_id=CANARY, metadata={CANARY: value}),
        ConversationRecord("x", Channel.CHAT, CANARY, (message,), CANARY, nickname=CANARY),
        source=CANARY,
    )
    conversation = conversation_called(desk.session, CANARY)
    customer = Owner(OwnerKind.CUSTOMER, customer_called(desk.session, "mallory@example.com"))
    desk.session.submit(AddTag(customer, CANARY))
    desk.session.submit(WriteNote(customer, "n1", CANARY))
    desk.session.submit(WriteNote(Owner(OwnerKind.CONVERSATION, conversation), "n2", CANARY))
    desk.session.submit(SetProperty(customer, "persona", value))
    desk.pane.open(ConversationId(conversation))
    desk.panel.show_customer(customer_called(desk.session, "mallory@example.com"))
