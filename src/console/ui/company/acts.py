"""What can be done with a whole company: owner, message, check-in, merge, split, suggested members, its link."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from console.domain.company_members import SuggestedMember
from console.domain.edits import (
    JoinCompany,
    NeverMergeCompanies,
    Owner,
    Several,
    SplitCompany,
)
from console.domain.ids import CompanyId, IdentityId, new_edit_id, stable_id
from console.domain.records import OwnerKind
from console.store.company_audience import audience_of
from console.store.company_suggestions import company_cards
from console.ui.company.frame import CompanyFrame
from console.ui.company.health_card import HealthCard
from console.ui.company.message_card import MessageCard
from console.ui.compare.opening import open_comparison
from console.ui.profile.split_dialog import SplitDialog
from console.ui.profile.window import ProfileWindow
from console.ui.profile.window_acts import WindowActs
from console.ui.profile.wording import named
from console.ui.widgets.choice_list import ChoiceList, Offered
from console.ui.widgets.menu import Menu, passing_menu
from console.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from console.ui.compare.dialog import CompareDialog


class CompanyActs(WindowActs):
    """Opens what asks, and submits what was decided."""

    def __init__(self, window: ProfileWindow, frame: CompanyFrame) -> None:
        super().__init__(window)
        self._frame = frame
        self._popover: Popover | None = None

    def open_more(self, anchor: QWidget) -> Menu:
        """Everything else that can be done."""
        menu = passing_menu(self.tr("More"), self._window)
        view = self._window.view()
        can_split = view is not None and sum(not one.is_home for one in view.identities) > 1
        for icon, words, deed, can in (
            ("git-merge", self.tr("Merge with…"), lambda: self.ask_merge(anchor), True),
            ("split", self.tr("Not the same company…"), self.open_split, can_split),
            ("link", self.tr("Copy the link to this window"), self._copy_link, True),
        ):
            menu.offer(icon, words, deed, is_possible=can)
        menu.open_below_right(anchor)
        return menu

    def ask_merge(self, anchor: QWidget) -> ChoiceList:
        """Asks which other company is the same."""
        mine = self._window.owner().id
        found = ChoiceList(self.tr("Search companies"))
        found.chosen.connect(self.open_merge)
        popover = self._open(self.tr("Merge with"), found, anchor)
        found.left.connect(popover.close_it)
        self._session.ask(
            lambda connection: company_cards(connection, mine),
            lambda rows: found.show_choices([Offered(key, named(name), count) for key, name, count in rows]),
            asker=found,
        )
        return found

    def open_merge(self, other: CompanyId, because: str = "") -> CompareDialog | None:
        """Shows both side by side before they become one; `because` says why they are thought to be one."""
        self.close_all()
        if self._window.view() is None:
            return None
        goes = Owner(OwnerKind.COMPANY, other)
        return open_comparison(
            self._session, self._window.owner(), goes, self._window.deeds.submit, self._window, because
        )

    def part(self, first: CompanyId, second: CompanyId) -> None:
        """Says for good that two companies are not the same."""
        self._window.deeds.submit(NeverMergeCompanies(first, second))

    def open_split(self) -> SplitDialog | None:
        """Asks which records are another company."""
        view = self._window.view()
        if view is None:
            return None
        dialog = SplitDialog(view, self._window)
        dialog.decided.connect(self._split)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def plan_check_in(self) -> None:
        """Begins a note with a first line, where none is being written already."""
        view, field = self._window.view(), self._frame.notes.field
        if view is not None and view.as_of is None:
            self._window.write_note()
            if not field.toPlainText().strip():
                field.setPlainText(self.tr("Check in with {0}: ").format(self._window.name()))
                field.moveCursor(QTextCursor.MoveOperation.End)

    def explain(self, anchor: QWidget) -> HealthCard | None:
        """How health is worked out."""
        usage = self._frame.banner.usage()
        if usage is None:
            return None
        card = HealthCard(usage)
        self._open(self.tr("How is this worked out?"), card, anchor, side="below")
        return card

    def message(self, anchor: QWidget, chosen: tuple[int, ...] | None = None) -> MessageCard:
        """Says who would get a message, all members or those who are selected, and who would not."""
        mine = self._window.owner().id
        audience = self._session.read(lambda connection: audience_of(connection, mine, chosen))
        card = MessageCard(audience)
        self._open(self.tr("Message"), card, anchor, side="below")
        return card

    def add_member(self, one: SuggestedMember) -> None:
        """Puts a suggested member into the company."""
        self._window.deeds.submit(JoinCompany(one.id, CompanyId(self._window.owner().id)))

    def close_all(self) -> None:
        """Closes whatever stands open."""
        if self._popover is not None:
            popover, self._popover = self._popover, None
            popover.close_it()
            popover.deleteLater()

    def _split(self, identities: tuple[IdentityId, ...], into: CompanyId | None, is_never: bool) -> None:
        mine = CompanyId(self._window.owner().id)
        made = new_edit_id(self._session.now(), os.urandom(10))
        target = into if into is not None else CompanyId(stable_id("company", f"split {mine} {made}"))
        split = SplitCompany(mine, identities, target)
        if is_never:
            never = NeverMergeCompanies(mine, target)
            self._window.deeds.submit(Several(self.tr("Split a company for good"), (split, never)))
        else:
            self._window.deeds.submit(split)

    def _open(self, name: str, content: QWidget, anchor: QWidget, *, side: str = "left") -> Popover:
        self.close_all()
        self._popover = Popover(name, content, self._window)
        self._popover.open_at(anchor, "below" if side == "below" else "left")
        return self._popover
