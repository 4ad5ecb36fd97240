"""Who stays in view is asked for at the sources; who only passes by is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain.edits import Owner
from console.domain.records import OwnerKind
from console.ui.profile.looking_up import STAY_MS, LookingUp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytestqt.qtbot import QtBot
    from tests.ui.desk import Desk


def _asked(commands: list[Mapping[str, object]]) -> list[object]:
    return [command["customer"] for command in commands if command.get("command") == "look up"]


def test_only_who_stays_in_view_for_a_second_is_asked_for(desk: Desk, qtbot: QtBot) -> None:
    looking, commands = LookingUp(desk.session, desk.panel), desk.side.commands
    commands.clear()

    looking.begin(Owner(OwnerKind.CUSTOMER, 11))
    looking.begin(Owner(OwnerKind.CUSTOMER, 12))
    qtbot.waitUntil(lambda: 12 in _asked(commands), timeout=STAY_MS * 5)
    looking.begin(Owner(OwnerKind.CUSTOMER, 13))
    looking.begin(Owner(OwnerKind.COMPANY, 14))
    qtbot.wait(STAY_MS + 200)

    assert not {11, 13, 14} & set(_asked(commands))


def test_the_panel_and_the_window_of_a_customer_ask(desk: Desk, qtbot: QtBot) -> None:
    owner = desk.panel.owner()

    qtbot.waitUntil(lambda: owner.id in _asked(desk.side.commands), timeout=STAY_MS * 5)
