"""Which kind of source: every kind with its icon, what it brings, and a search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from console.domain.source_kinds import SourceKind
from console.ui.overriding import override
from console.ui.sources import looks
from console.ui.style import theme, tokens
from console.ui.widgets.cards import empty
from console.ui.widgets.choice_list import folded
from console.ui.widgets.empty_state import EmptyState, Seal
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel
from console.ui.widgets.scrolled import scrolled
from console.ui.widgets.search_field import SearchField

FILES = "files"


class KindButton(QPushButton):
    """One kind, pressed as a whole."""

    def __init__(self, icon: str, tone: tokens.Tone, title: str, brings: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "entry")
        # Its least height is the sheet's: a list longer than its room would be pressed together instead of scrolled.
        self.setProperty("tall", "true")
        self.setAutoDefault(False)
        self.setAccessibleName(title)
        self.setAccessibleDescription(brings)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        parts = (ElidedLabel(title, "strong"), ElidedLabel(brings, "body2"))
        for part in parts:
            texts.addWidget(part)
        line = QHBoxLayout(self)
        line.setContentsMargins(tokens.SPACE_2, tokens.SPACE_2, tokens.SPACE_3, tokens.SPACE_2)
        line.setSpacing(tokens.SPACE_3)
        line.addWidget(Seal(icon, tone, 36, is_round=False))
        line.addLayout(texts, 1)
        line.addWidget(IconLabel("chevron-right", "text3"))
        for inner in self.findChildren(QWidget):
            inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, theme.current().pixels(tokens.TWO_LINES_HEIGHT))


class KindPicker(QWidget):
    """The kinds by title; files that are imported once stand at the end.

    Signals:
        chosen: the name of a kind, or `FILES`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: Sequence[SourceKind] = ()
        self._buttons: list[KindButton] = []
        self.field = SearchField(self.tr("Search kinds of source"))
        self.field.searched.connect(self._narrow)
        self.field.returnPressed.connect(self._take_first)
        self._body = QWidget()
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, tokens.SPACE_2, 0)
        self._list.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_3)
        column.addWidget(self.field)
        column.addWidget(scrolled(self._body, self.tr("Kinds of source")), 1)
        self.setFocusProxy(self.field)

    def show_kinds(self, kinds: Sequence[SourceKind]) -> None:
        """What can be connected."""
        self._kinds = kinds
        self._narrow(self.field.text().strip())

    def buttons(self) -> list[KindButton]:
        """Those that are offered now."""
        return list(self._buttons)

    def _narrow(self, words: str) -> None:
        wanted = folded(words).split()
        self._buttons.clear()
        empty(self._list)
        for kind in self._kinds:
            if all(word in _searched(kind) for word in wanted):
                icon, tone = looks.look_of(kind.name, kind)
                self._add(kind.name, KindButton(icon, tone, kind.title, kind.brings))
        files = self.tr("Files, once")
        brings = self.tr("Spreadsheets (CSV, XLSX) and mailbox files (mbox, Maildir, eml)")
        if all(word in folded(f"{files} {brings}") for word in wanted):
            self._add(FILES, KindButton("folder-open", "grey", files, brings))
        if not self._buttons:
            none = self.tr("No kind of source is called so")
            words = self.tr("Generic REST reads any server that answers in JSON, as a manifest of yours describes it.")
            self._list.addWidget(EmptyState("search", none, words, is_small=True))
        self._list.addStretch(1)

    def _add(self, name: str, button: KindButton) -> None:
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._list.addWidget(button)
        self._buttons.append(button)

    def _take_first(self) -> None:
        if self.field.text().strip() and self._buttons:
            self._buttons[0].click()


def _searched(kind: SourceKind) -> str:
    return folded(" ".join((kind.title, kind.name, kind.brings, *kind.search_words)))
