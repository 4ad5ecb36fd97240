"""On a profile: segments by rule and given ones apart, why on a press, and what a tag would start before it is applied."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.desk import Desk

from console.domain.edits import DefineSegment, Owner
from console.domain.records import OwnerKind
from console.domain.segment_rules import Condition, Not, Subject, Verb, rule_to_json
from console.ui.segments.explained import WhyCard
from console.ui.widgets.popover import Popover

KEY = Condition(Subject.TAG, Verb.IS, ("key",))


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Desk:
    return Desk(tmp_path / "workspace", qtbot)


def test_a_tag_says_what_it_starts_while_it_is_typed(desk: Desk, qtbot: QtBot) -> None:
    desk.session.submit(DefineSegment(1, "Key people", OwnerKind.CUSTOMER, rule_to_json(KEY)))
    desk.session.submit(DefineSegment(2, "Small fry", OwnerKind.CUSTOMER, rule_to_json(Not(KEY))))
    desk.look()
    row = desk.panel.tags
    row.begin()

    qtbot.keyClicks(row.field, "key")
    qtbot.waitUntil(lambda: bool(row.effect()))
    assert row.effect() == "Joins Key people · leaves Small fry"

    qtbot.keyClicks(row.field, "board")
    qtbot.waitUntil(lambda: not row.effect())
    row.stop()


def test_segments_by_rule_and_given_ones_say_why(desk: Desk, qtbot: QtBot) -> None:
    desk.session.submit(DefineSegment(1, "Everybody here", OwnerKind.CUSTOMER, rule_to_json(Not(KEY))))
    desk.look()
    chip = desk.panel.tags.segment_chip("Everybody here")
    assert chip is not None
    assert chip.accessibleName().startswith("Segment by rule: ")

    chip.clicked.emit()
    qtbot.waitUntil(lambda: any(one.is_open() for one in desk.window.findChildren(Popover)))

    (popover,) = [one for one in desk.window.findChildren(Popover) if one.is_open()]
    (card,) = popover.findChildren(WhyCard)
    assert card.accessibleName().startswith("Why is ")
    assert Owner(OwnerKind.CUSTOMER, desk.customer) == desk.panel.owner()
    popover.close_it()
