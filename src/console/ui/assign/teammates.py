"""Giving a conversation to any teammate: all who are known, found by typing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from console.domain.conversation import ConversationHead
from console.domain.edits import AssignTeammate
from console.store.filter_words import teammates
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.choice_list import ChoiceList, Offered
from console.ui.widgets.popover import Popover

_NOBODY = ""
translate = QCoreApplication.translate


class TeammatePopover(Popover):
    """Assigns the conversation to whom one chooses; closes when it has."""

    def __init__(self, session: Session, head: ConversationHead, window: QWidget) -> None:
        self.list = ChoiceList(translate("TeammatePopover", "Search teammates"))
        super().__init__(translate("TeammatePopover", "Choose the teammate"), self.list, window, margin=tokens.SPACE_3)
        self._session, self._head = session, head
        self.list.chosen.connect(self._assign)
        self.list.left.connect(self.close_it)
        me = session.teammate
        session.ask(lambda connection: teammates(connection, me), self._show, asker=self)

    def _show(self, names: tuple[str, ...]) -> None:
        me, *others = names
        held = self._head.assignee
        mine = Offered(me, self.tr("{0} (me)").format(me), is_chosen=me == held)
        rest = [Offered(name, name, is_chosen=name == held) for name in others]
        free = [Offered(_NOBODY, self.tr("Nobody"))] if held else []
        self.list.show_choices([mine, *rest, *free])

    def _assign(self, name: str) -> None:
        if (name or None) != self._head.assignee:
            self._session.submit(AssignTeammate(self._head.id, name or None))
        self.close_it()
