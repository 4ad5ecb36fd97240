"""The inbox is narrowed to any tag and any company there is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import SyncSide

from console.domain.edits import AddTag, Owner
from console.domain.records import OwnerKind
from console.ui.inbox.choice import InboxChoice
from console.ui.inbox.column import InboxColumn
from console.ui.inbox.filter_menu import FilterMenu
from console.ui.session import Session
from console.ui.widgets.choice_list import ChoiceList


def _column(session: Session, qtbot: QtBot) -> InboxColumn:
    made = InboxColumn(session)
    qtbot.addWidget(made)
    made.resize(360, 700)
    made.show()
    return made


def _open(column: InboxColumn, session: Session, qtbot: QtBot, what: str) -> ChoiceList:
    found = column.lists.open(what, column.choice)
    qtbot.waitUntil(session.background.is_idle, timeout=5_000)
    return found


def _words(choices: ChoiceList) -> list[str]:
    return [choices.model.index(at).data() for at in range(choices.model.rowCount())]


def test_more_tags_than_a_menu_holds_are_all_there_and_one_narrows_the_list(
    session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    column = _column(session, qtbot)
    first = column.rows.id_at(0)
    assert first is not None
    for number in range(40):
        session.submit(AddTag(Owner(OwnerKind.CONVERSATION, first), f"word {number}"))
    choices = _open(column, session, qtbot, "tag")
    assert len(_words(choices)) == 42

    choices.search("word 37")
    qtbot.keyClick(choices.field, Qt.Key.Key_Return)

    assert column.choice.tag == "word 37"
    assert column.rows.rowCount() == 1


def test_a_company_is_chosen_by_name_and_the_same_again_takes_it_away(session: Session, qtbot: QtBot) -> None:
    column = _column(session, qtbot)
    choices = _open(column, session, qtbot, "company")
    choices.search("cob")
    assert _words(choices) == ["Cobalto"]
    choices.choose()
    assert column.choice.company_name == "Cobalto"
    assert column.rows.rowCount() == 3

    again = _open(column, session, qtbot, "company")
    current = again.current()
    assert current is not None
    assert (current.words, current.count, current.is_chosen) == ("Cobalto", 3, True)
    again.choose()

    assert column.choice == InboxChoice()


def test_the_menu_leads_to_the_lists_and_ticks_what_holds(session: Session, qtbot: QtBot) -> None:
    column = _column(session, qtbot)
    menu = column.findChild(FilterMenu)
    assert menu is not None
    column.show_choice(InboxChoice(tag="VIP"))
    menu.aboutToShow.emit()
    by_words = {action.text(): action for action in menu.actions()}
    assert by_words["Tag…"].isChecked()
    assert not by_words["Company…"].isCheckable()

    wanted: list[str] = []
    menu.list_wanted.connect(wanted.append)
    by_words["Company…"].trigger()

    assert wanted == ["company"]
    column.lists.close()
    qtbot.waitUntil(session.background.is_idle, timeout=5_000)
