"""The moments that one means when one snoozes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.ui.desk import Desk

from console.ui.conversation.snoozing import SnoozePicker, choices


@given(st.integers(0, 47_000_000))
def test_every_choice_is_later_than_now_and_within_eight_days(minutes: int) -> None:
    now = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    until = [choice.until for choice in choices(now)]

    assert until
    assert all(now < at <= now + timedelta(days=8) for at in until)
    assert len(set(until)) == len(until)


def test_mornings_begin_at_nine_on_this_desktops_clock() -> None:
    now = datetime(2026, 11, 20, 22, tzinfo=UTC)

    assert all(choice.until.astimezone().hour == 9 for choice in choices(now))


def test_a_moment_that_has_passed_is_refused(desk: Desk) -> None:
    picker = SnoozePicker(desk.session.now())
    desk.qtbot.addWidget(picker)
    picker.show()
    picker.field.setDateTime(picker.field.dateTime().addDays(-5))

    with desk.qtbot.assertNotEmitted(picker.picked):
        picker._pick()
    assert picker._problem.isVisible()

    picker.field.setDateTime(picker.field.dateTime().addDays(9))
    with desk.qtbot.waitSignal(picker.picked) as told:
        picker._pick()
    assert told.args is not None
    assert told.args[0] > desk.session.now()
