"""Values are edited where they stand, each kind in its own way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from tests.ui.desk import Desk

from console.domain.edits import SetProperty
from console.domain.profile import OriginKind
from console.domain.values import Money, Value, ValueKind
from console.ui.profile.editor_card import EditorCard


def test_a_number_is_edited_in_place_and_painted_only_by_the_feed(desk: Desk) -> None:
    card = _edit(desk, "purchases")
    _type(desk, card, "19")

    assert desk.submitted == [SetProperty(desk.panel.owner(), "purchases", Value(ValueKind.NUMBER, Decimal(19)))]
    assert "17" in desk.row("purchases").accessibleName()
    desk.look()
    assert "19" in desk.row("purchases").accessibleName()
    assert desk.shown("purchases").winner.origin.kind is OriginKind.MANUAL
    assert desk.row("purchases").hasFocus()


def test_a_wrong_number_is_said_in_a_sentence_and_nothing_is_submitted(desk: Desk) -> None:
    card = _edit(desk, "purchases")
    _type(desk, card, "many")

    assert "not a number" in card.problem()
    assert desk.submitted == []
    desk.qtbot.keyClick(card.field.focusProxy(), Qt.Key.Key_Escape)
    assert desk.panel.properties.editor() is None
    assert desk.row("purchases").isVisible()


def test_a_value_that_did_not_change_makes_no_edit(desk: Desk) -> None:
    card = _edit(desk, "purchases")

    assert card.save()
    assert desk.submitted == []


def test_leaving_the_editor_saves_what_is_valid(desk: Desk) -> None:
    card = _edit(desk, "language")
    line = card.field.findChildren(QLineEdit)[0]
    line.setText("Dutch")

    desk.pane.composer.field.setFocus()

    desk.qtbot.waitUntil(lambda: len(desk.submitted) == 1)
    assert desk.submitted == [SetProperty(desk.panel.owner(), "language", Value(ValueKind.STRING, "Dutch"))]


def test_leaving_the_editor_with_nonsense_restores_the_value(desk: Desk) -> None:
    card = _edit(desk, "purchases")
    card.field.findChildren(QLineEdit)[0].setText("nonsense")

    desk.pane.composer.field.setFocus()

    desk.qtbot.waitUntil(lambda: desk.panel.properties.editor() is None)
    assert desk.submitted == []


def test_tab_saves_and_goes_on_to_the_next_property(desk: Desk) -> None:
    card = _edit(desk, "language")
    line = card.field.findChildren(QLineEdit)[0]
    line.setText("Dutch")

    desk.qtbot.keyClick(line, Qt.Key.Key_Tab)

    assert isinstance(desk.submitted[-1], SetProperty)
    assert desk.panel.properties.editor() is None
    names = [shown.name for shown in desk.panel.properties.shown()]
    after = names[names.index("language") + 1]
    assert desk.row(after).hasFocus()


@pytest.mark.parametrize("name", ["mrr", "renewal", "is_partner", "interests", "site", "phone", "plan", "purchases"])
def test_every_kind_has_an_editor_that_gives_back_the_value_it_was_given(desk: Desk, name: str) -> None:
    card = _edit(desk, name)

    assert card.field.value() == desk.shown(name).value
    card.cancel()


def test_an_amount_keeps_its_currency(desk: Desk) -> None:
    card = _edit(desk, "mrr")
    _type(desk, card, "12.5")

    desk.look()
    assert desk.shown("mrr").value == Value(ValueKind.MONEY, Money(Decimal("12.5"), "EUR"))


def _edit(desk: Desk, name: str) -> EditorCard:
    card = desk.panel.properties.edit(desk.row(name))
    assert card is not None
    return card


def _type(desk: Desk, card: EditorCard, words: str) -> None:
    line = card.field.findChildren(QLineEdit)[0]
    line.selectAll()
    desk.qtbot.keyClicks(line, words)
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
