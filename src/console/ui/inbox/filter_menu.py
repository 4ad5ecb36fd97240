"""The filter menu of the inbox, and the chips that say what it holds back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from console.domain.channels import Channel
from console.ui.inbox.choice import InboxChoice
from console.ui.inbox.row_words import ICON_BY_CHANNEL, channel_words
from console.ui.style import icons, tokens
from console.ui.style.tokens import Tone
from console.ui.widgets.chip import ChipButton
from console.ui.widgets.flow import FlowLayout


class FilterMenu(QMenu):
    """Conditions on the inbox.

    Signals:
        chosen: another `InboxChoice`.
        list_wanted: "tag" or "company" is to be chosen from all there are.
    """

    chosen = Signal(object)
    list_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = InboxChoice()
        self.setAccessibleName(self.tr("Filter conversations"))
        self.aboutToShow.connect(self._fill)

    def set_choice(self, choice: InboxChoice) -> None:
        """What holds now."""
        self._choice = choice

    def _fill(self) -> None:
        self.clear()
        choice = self._choice
        self._tick(self.tr("Unread"), replace(choice, is_unread=not choice.is_unread), is_on=choice.is_unread)
        self._tick(
            self.tr("Nobody assigned"),
            replace(choice, is_unassigned=not choice.is_unassigned),
            is_on=choice.is_unassigned,
        )
        self._tick(
            self.tr("No customer"),
            replace(choice, has_no_customer=not choice.has_no_customer),
            is_on=choice.has_no_customer,
        )
        self.addSeparator()
        self._add_channels(choice)
        self._add_lists(choice)
        self.addSeparator()
        clear = self._tick(self.tr("Show all"), choice.without_conditions(), is_on=False)
        clear.setCheckable(False)
        clear.setEnabled(choice.is_narrowed())

    def _add_channels(self, choice: InboxChoice) -> None:
        menu = self.addMenu(icons.icon("mail"), self.tr("Channel"))
        for channel in Channel:
            other = None if channel is choice.channel else channel
            tick = self._tick(
                channel_words(channel), replace(choice, channel=other), is_on=channel is choice.channel, menu=menu
            )
            tick.setIcon(icons.icon(ICON_BY_CHANNEL[channel]))

    def _add_lists(self, choice: InboxChoice) -> None:
        """Tags and companies are many: they are chosen from a list of their own."""
        tag = self.addAction(icons.icon("tag"), self.tr("Tag…"))
        company = self.addAction(icons.icon("building-2"), self.tr("Company…"))
        for action, what, is_on in ((tag, "tag", choice.tag), (company, "company", choice.company)):
            action.setCheckable(is_on is not None)
            action.setChecked(is_on is not None)
            action.triggered.connect(partial(self._ask, what))

    def _tick(self, words: str, wanted: InboxChoice, *, is_on: bool, menu: QMenu | None = None) -> QAction:
        action = (menu or self).addAction(words)
        action.setCheckable(True)
        action.setChecked(is_on)
        action.triggered.connect(partial(self._choose, wanted))
        return action

    def _choose(self, wanted: InboxChoice, _is_checked: bool = False) -> None:
        self.chosen.emit(wanted)

    def _ask(self, what: str, _is_checked: bool = False) -> None:
        self.list_wanted.emit(what)


class FilterChips(QWidget):
    """One chip for each condition that holds; its × takes the condition away.

    Signals:
        chosen: another `InboxChoice`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = FlowLayout(self)
        self.setAccessibleName(self.tr("Conditions"))
        self.hide()

    def set_choice(self, choice: InboxChoice) -> None:
        """Shows the conditions of this choice."""
        self._row.clear()
        for words, tone, icon, without in self._conditions(choice):
            chip = ChipButton(
                words, tone, icon, is_removable=True, name=self.tr("Remove the condition {0}").format(words)
            )
            chip.clicked.connect(partial(self._choose, without))
            chip.removed.connect(partial(self._choose, without))
            self._row.addWidget(chip)
        self.setVisible(choice.is_narrowed())

    def _conditions(self, choice: InboxChoice) -> list[tuple[str, Tone, str, InboxChoice]]:
        held: list[tuple[str, Tone, str, InboxChoice]] = []
        if choice.is_unread:
            held.append((self.tr("Unread"), "accent", "", replace(choice, is_unread=False)))
        if choice.is_unassigned:
            held.append((self.tr("Nobody assigned"), "grey", "", replace(choice, is_unassigned=False)))
        if choice.has_no_customer:
            held.append((self.tr("No customer"), "grey", "", replace(choice, has_no_customer=False)))
        if choice.channel is not None:
            icon = ICON_BY_CHANNEL[choice.channel]
            held.append((channel_words(choice.channel), "grey", icon, replace(choice, channel=None)))
        if choice.tag is not None:
            held.append((choice.tag, tokens.tone_of(choice.tag), "tag", replace(choice, tag=None)))
        if choice.company is not None:
            without = replace(choice, company=None, company_name="")
            held.append((choice.company_name, "grey", "building-2", without))
        return held

    def _choose(self, without: InboxChoice, _is_checked: bool = False) -> None:
        self.chosen.emit(without)
