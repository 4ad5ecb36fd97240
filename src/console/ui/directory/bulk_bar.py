"""The line over the rows: how many are chosen, and what can be done with all of them at once. It keeps its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.labels import label
from console.ui.widgets.menu import Menu, passing_menu
from console.ui.widgets.painted import REMEASURED

if TYPE_CHECKING:
    from console.ui.directory.page import DirectoryPage

_HEIGHT = 40


class BulkBar(QFrame):
    """As high with something chosen as without, so that the rows do not jump."""

    def __init__(self, page: DirectoryPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self.setAccessibleName(self.tr("Chosen rows"))
        self._can_compare = False
        self._measure()
        self._stack = QStackedWidget()
        self._hint = label(
            self.tr("Space chooses, Shift with the arrows more, Ctrl+A all that match, Enter opens"), "small"
        )
        self.words = label("", "strong")
        self.clear = Button(self.tr("Choose none"), "link", is_small=True)
        self.clear.clicked.connect(self._clear)
        idle, busy = QWidget(), QWidget()
        line = QHBoxLayout(idle)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._hint)
        line.addStretch(1)
        self._line = QHBoxLayout(busy)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(tokens.SPACE_2)
        self._line.addWidget(self.words)
        self._line.addSpacing(tokens.SPACE_2)
        self._buttons = self._make_buttons()
        self.more = IconButton("ellipsis", self.tr("More that can be done"), is_small=True)
        self.more.clicked.connect(self.open_more)
        for button in (*self._buttons, self.more):
            self._line.addWidget(button)
        self._line.addStretch(1)
        self._line.addWidget(self.clear)
        for one in (idle, busy):
            self._stack.addWidget(one)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_4, 0, tokens.SPACE_4, 0)
        whole.addWidget(self._stack)

    def show_chosen(self) -> None:
        """How many are chosen now."""
        chosen, total = self._page.rows.chosen, self._page.reading.count
        count = chosen.count(total)
        is_open = self._page.total() is None and chosen.is_all
        shown = QLocale().toString(count) + ("+" if is_open else "")
        if chosen.is_all and not chosen.some():
            self.words.setText(self.tr("All {0} that match").format(shown))
        else:
            self.words.setText(self.tr("{0} chosen").format(shown))
        self._stack.setCurrentIndex(1 if count else 0)
        self._hint.setVisible(total > 0)
        self._can_compare = count == 2 and not chosen.is_all
        self._fit()

    def open_more(self) -> Menu:
        """What has no room in the line, in a menu."""
        menu = passing_menu(self.tr("More that can be done"), self)
        for button in self._offered():
            if button.isHidden():
                menu.addAction(button.text()).triggered.connect(lambda _=False, button=button: button.click())
        menu.open_below(self.more)
        return menu

    def _make_buttons(self) -> tuple[Button, ...]:
        page = self._page
        self.tag = Button(self.tr("Tag…"), icon="tag", is_small=True)
        self.untag = Button(self.tr("Remove tag…"), is_small=True)
        self.set_property = Button(self.tr("Set property…"), icon="pen-line", is_small=True)
        self.owner = Button(self.tr("Owner…"), icon="user-check", is_small=True)
        self.compare = Button(self.tr("Compare"), icon="git-compare", is_small=True)
        self.message = Button(self.tr("Message…"), icon="mail", is_small=True)
        self.export = Button(self.tr("Export…"), icon="download", is_small=True)
        self.tag.clicked.connect(lambda: page.deeds.ask_tag(self.tag))
        self.untag.clicked.connect(lambda: page.deeds.ask_untag(self.untag))
        self.set_property.clicked.connect(lambda: page.deeds.ask_property(self.set_property))
        self.owner.clicked.connect(lambda: page.deeds.ask_owner(self.owner))
        self.compare.clicked.connect(lambda: page.deeds.compare())
        self.message.clicked.connect(lambda: page.deeds.message())
        self.export.clicked.connect(lambda: page.exports.ask())
        return self.tag, self.untag, self.set_property, self.owner, self.message, self.compare, self.export

    def _offered(self) -> list[Button]:
        return [button for button in self._buttons if button is not self.compare or self._can_compare]

    def _fit(self) -> None:
        """As many buttons as there is room for; the others stand in the menu. A line that is too long would widen the window."""
        gap, offered = self._line.spacing(), self._offered()
        fixed = (self.words, self.clear, self.more)
        room = self.width() - 4 * tokens.SPACE_4 - sum(one.sizeHint().width() + gap for one in fixed)
        for button in self._buttons:
            room -= button.sizeHint().width() + gap if button in offered else 0
            button.setVisible(button in offered and room >= 0)
        self.more.setVisible(any(button.isHidden() for button in offered))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in REMEASURED:
            self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(theme.current().pixels(_HEIGHT))
        self.setMinimumWidth(1)

    def _clear(self) -> None:
        self._page.rows.chosen.clear()
        self._page.rows.tell()
        self.show_chosen()
        self._page.focus_table()
