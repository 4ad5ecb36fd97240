"""The views at the left of the directory: those that are always there, and the teammate's own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.directory_views import View
from console.ui.overriding import override
from console.ui.style import theme, tokens
from console.ui.widgets.cards import empty
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.menu import passing_menu
from console.ui.widgets.scrolled import scrolled

WIDTH = 216
_ICONS = {
    "all": "users", "new": "sparkles", "active": "zap", "slipping": "trending-down", "away": "moon", "mine": "user-check",
    "no company": "building-2", "nobody": "user-round-x",
}  # fmt: skip


class ViewButton(QPushButton):
    """One view; `clicked` shows it."""

    def __init__(self, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.setProperty("kind", "entry")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(theme.current().pixels(tokens.ROW_HEIGHT))
        self.setAccessibleName(view.name)
        inner = QHBoxLayout(self)
        inner.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        inner.setSpacing(tokens.SPACE_2)
        icon = _ICONS.get(view.key, "list-filter") if view.is_built_in else "list-filter"
        for part, stretch in ((IconLabel(icon, "text2", 16), 0), (ElidedLabel(view.name), 1)):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inner.addWidget(part, stretch)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.current().pixels(WIDTH - 2 * tokens.SPACE_2), self.height())


class ViewList(QFrame):
    """The column of views; Up and Down go through them, Delete takes one of one's own away.

    Signals:
        chosen: (View) it is to be shown.
        renamed: (View) one of one's own is to have another name.
        removed: (View) one of one's own is to go.
    """

    chosen = Signal(object)
    renamed = Signal(object)
    removed = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "sunken")
        self.setProperty("line", "right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.current().pixels(WIDTH))
        self.setAccessibleName(self.tr("Views"))
        self.buttons: list[ViewButton] = []
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE_2)
        self._column.setSpacing(2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, tokens.SPACE_4, 0, 0)
        whole.setSpacing(tokens.SPACE_3)
        head = QHBoxLayout()
        head.setContentsMargins(tokens.SPACE_4, 0, tokens.SPACE_3, 0)
        head.addWidget(label(title, "title"))
        whole.addLayout(head)
        whole.addWidget(scrolled(self._body, self.tr("Views")), 1)

    def show_views(self, views: Sequence[View], current: str) -> None:
        """These views, of which the one with the key `current` is shown."""
        empty(self._column)
        self.buttons = []
        own = [view for view in views if not view.is_built_in]
        for view in (one for one in views if one.is_built_in):
            self._add(view, current)
        if own:
            heading = label(self.tr("Your views"), "section")
            heading.setContentsMargins(tokens.SPACE_2, tokens.SPACE_3, 0, tokens.SPACE_1)
            self._column.addWidget(heading)
            for view in own:
                self._add(view, current)
        self._column.addStretch(1)

    def show_current(self, key: str) -> None:
        """Which one is shown."""
        for button in self.buttons:
            button.setChecked(button.view.key == key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = next((place for place, one in enumerate(self.buttons) if one.hasFocus()), None)
        if here is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            to = here + (1 if event.key() == Qt.Key.Key_Down else -1)
            if 0 <= to < len(self.buttons):
                self.buttons[to].setFocus(Qt.FocusReason.TabFocusReason)
                self.buttons[to].click()
        elif event.key() == Qt.Key.Key_Delete and not self.buttons[here].view.is_built_in:
            self.removed.emit(self.buttons[here].view)
        elif event.key() == Qt.Key.Key_F2 and not self.buttons[here].view.is_built_in:
            self.renamed.emit(self.buttons[here].view)
        else:
            super().keyPressEvent(event)

    def _add(self, view: View, current: str) -> None:
        button = ViewButton(view)
        button.setChecked(view.key == current)
        button.clicked.connect(lambda _=False: self.chosen.emit(view))
        if not view.is_built_in:
            button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            button.customContextMenuRequested.connect(lambda at: self._open_menu(button, at))
        self.buttons.append(button)
        self._column.addWidget(button)

    def _open_menu(self, button: ViewButton, at: QPoint) -> None:
        menu = passing_menu(button.view.name, self)
        menu.offer("pen-line", self.tr("Rename…"), lambda: self.renamed.emit(button.view))
        menu.offer("trash-2", self.tr("Remove"), lambda: self.removed.emit(button.view))
        menu.popup(button.mapToGlobal(at))
