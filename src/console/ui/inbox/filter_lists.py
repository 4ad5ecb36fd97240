"""The lists from which a tag or a company is chosen to narrow the inbox: all of them, found by typing."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.domain.ids import CompanyId
from console.domain.tags import TagCount
from console.store.filter_words import companies_of_conversations, tags_of_conversations
from console.ui.inbox.choice import InboxChoice
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.choice_list import ChoiceList, Offered
from console.ui.widgets.popover import Popover

What = Literal["tag", "company"]


class FilterLists(QObject):
    """Opens them in a popover at the filter button.

    Signals:
        chosen: another `InboxChoice`.
    """

    chosen = Signal(object)

    def __init__(self, session: Session, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._session, self._anchor = session, anchor
        self._choice = InboxChoice()
        self._name_by_company: dict[CompanyId, str] = {}
        self._popover: Popover | None = None

    def open(self, what: str, choice: InboxChoice) -> ChoiceList:
        """Lets one choose a `tag` or a `company` on top of what is chosen already."""
        self.close()
        self._choice = choice
        is_tag = what == "tag"
        hint = self.tr("Search tags") if is_tag else self.tr("Search companies")
        found = ChoiceList(hint)
        name = self.tr("Choose a tag") if is_tag else self.tr("Choose a company")
        self._popover = Popover(name, found, self._anchor.window(), margin=tokens.SPACE_3)
        found.left.connect(self.close)
        if is_tag:
            found.chosen.connect(self._choose_tag)
            self._session.ask(tags_of_conversations, lambda rows: self._show_tags(found, rows), asker=found)
        else:
            found.chosen.connect(self._choose_company)
            self._session.ask(companies_of_conversations, lambda rows: self._show_companies(found, rows), asker=found)
        self._popover.open_at(self._anchor, "below")
        return found

    def close(self) -> None:
        """Closes what stands open."""
        if self._popover is not None:
            self._popover.close_it()
            self._popover.deleteLater()
            self._popover = None

    def _show_tags(self, found: ChoiceList, rows: tuple[TagCount, ...]) -> None:
        held = self._choice.tag
        found.show_choices([Offered(tag.name, tag.name, tag.count, is_chosen=tag.name == held) for tag in rows])

    def _show_companies(self, found: ChoiceList, rows: tuple[tuple[CompanyId, str, int], ...]) -> None:
        held = self._choice.company
        self._name_by_company = {key: name for key, name, _ in rows}
        found.show_choices([Offered(key, name, count, is_chosen=key == held) for key, name, count in rows])

    def _choose_tag(self, tag: str) -> None:
        self.close()
        self.chosen.emit(replace(self._choice, tag=None if tag == self._choice.tag else tag))

    def _choose_company(self, key: CompanyId) -> None:
        self.close()
        name = self._name_by_company.get(key, "")
        is_held = key == self._choice.company
        self.chosen.emit(replace(self._choice, company=None if is_held else key, company_name="" if is_held else name))
