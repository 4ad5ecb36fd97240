"""The sheet of all shortcuts, made from the actions themselves: searched, changed, given back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.search_query import fold
from console.ui import shortcuts
from console.ui.actions import Act, Actions, groups
from console.ui.settings.shortcut_line import ShortcutLine
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import empty, row
from console.ui.widgets.fitting import fitting
from console.ui.widgets.labels import label
from console.ui.widgets.scrolled import scrolled
from console.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from console.ui.shortcut_keeping import ShortcutKeeping

_ONE_COLUMN_FROM = 1.3


class ShortcutSheet(QDialog):
    """Every action with its keys, in the order of the groups. With `keeping` they can be changed, without they are shown."""

    def __init__(
        self, actions: Actions, parent: QWidget | None = None, *, keeping: ShortcutKeeping | None = None
    ) -> None:
        super().__init__(parent)
        self._actions, self._keeping = actions, keeping
        self._groups = groups()
        self._own = {act.key: act.keys for _, acts in self._groups for act in acts}
        self._words = {act.key: act.words for _, acts in self._groups for act in acts}
        self._line_by_key: dict[str, ShortcutLine] = {}
        self._refused: tuple[str, str, str] | None = None
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(fitting(self, 860, 640))
        self.search = SearchField(self.tr("Search actions and keys"))
        self.search.textChanged.connect(self._fill)
        self._body = QWidget()
        self._columns = QHBoxLayout(self._body)
        self._columns.setContentsMargins(tokens.SPACE_6, tokens.SPACE_4, tokens.SPACE_6, tokens.SPACE_4)
        self._columns.setSpacing(tokens.SPACE_8)
        self.letters = QCheckBox(self.tr("Single letters are shortcuts while you are not typing"))
        self.letters.setChecked(shortcuts.are_letters_on(self._kept()))
        self.letters.setEnabled(keeping is not None)
        self.letters.toggled.connect(self._turn_letters)
        self.reset = Button(self.tr("Reset all"), "quiet", icon="rotate-ccw")
        self.reset.clicked.connect(lambda: self._keep(shortcuts.forgotten(self._own)))
        self.like_mail = Button(self.tr("As in mail programs"), "quiet", icon="mail")
        self.like_mail.clicked.connect(lambda: self._keep(shortcuts.like_mail(self._own)))
        self._lay_out()
        self._fill()

    def line(self, key: str) -> ShortcutLine:
        """The line of an action; KeyError where it is not shown."""
        return self._line_by_key[key]

    def _kept(self) -> Mapping[str, str]:
        return {} if self._keeping is None else self._keeping.kept()

    def _fill(self) -> None:
        empty(self._columns)
        self._line_by_key.clear()
        chosen = shortcuts.chosen(self._own, self._kept())
        shown = [(name, [act for act in acts if self._is_wanted(act, chosen[act.key])]) for name, acts in self._groups]
        shown = [(name, acts) for name, acts in shown if acts]
        # Large text: one column to scroll through rather than two that are cut off.
        is_one = theme.current().text_scale > _ONE_COLUMN_FROM or len(shown) < 2
        for part in (shown,) if is_one else (shown[: len(shown) // 2], shown[len(shown) // 2 :]):
            self._columns.addWidget(self._column(part, chosen), 1)

    def _column(self, part: list[tuple[str, list[Act]]], chosen: Mapping[str, tuple[str, ...]]) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_1)
        for name, acts in part:
            column.addWidget(label(name, "section"))
            for act in acts:
                column.addWidget(self._line(act, chosen[act.key]))
            column.addSpacing(tokens.SPACE_4)
        column.addStretch(1)
        return held

    def _line(self, act: Act, keys: tuple[str, ...]) -> ShortcutLine:
        # The fixed words: an action's own say what it would do at this moment.
        line = ShortcutLine(act.words, keys, is_changed=keys != act.keys, can_change=self._keeping is not None)
        line.pressed.connect(lambda pressed: self._press(act.key, pressed))
        line.taken.connect(self._take)
        line.given_back.connect(lambda: self._keep(shortcuts.forgotten((act.key,))))
        self._line_by_key[act.key] = line
        return line

    def _is_wanted(self, act: Act, keys: tuple[str, ...]) -> bool:
        said = fold(self.search.text()).split()
        native = [QKeySequence(one).toString(QKeySequence.SequenceFormat.NativeText) for one in keys]
        there = fold(f"{act.words} {' '.join(native)}")
        return all(word in there for word in said)

    def _press(self, key: str, pressed: str) -> None:
        chosen = shortcuts.chosen(self._own, self._kept())
        refused = shortcuts.refused(key, pressed, chosen, self._words) if pressed else None
        if refused is not None:
            self._refused = (key, pressed, refused.taken_by)
            self.line(key).refuse(pressed, refused)
            return
        self._keep(shortcuts.kept_keys(key, (pressed,) if pressed else ()))

    def _take(self) -> None:
        if self._refused is None:
            return
        key, pressed, owner = self._refused
        left = tuple(one for one in shortcuts.chosen(self._own, self._kept())[owner] if one != pressed)
        self._keep({**shortcuts.kept_keys(owner, left), **shortcuts.kept_keys(key, (pressed,))})

    def _turn_letters(self, is_on: bool) -> None:
        self._keep({shortcuts.LETTERS: "1" if is_on else "0"})

    def _keep(self, values: Mapping[str, str]) -> None:
        self._refused = None
        if self._keeping is not None:
            self._keeping.keep(values)
        self._fill()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        close = Button(self.tr("Close"), "primary")
        close.clicked.connect(self.accept)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, tokens.SPACE_4, 0, 0)
        outer.setSpacing(0)
        head = row(label(self.tr("Keyboard shortcuts"), "title"), None, self.search)
        head.setContentsMargins(tokens.SPACE_6, 0, tokens.SPACE_6, tokens.SPACE_2)
        self.search.setMinimumWidth(theme.current().pixels(240))
        outer.addLayout(head)
        outer.addWidget(scrolled(self._body, self.tr("All shortcuts")), 1)
        can_change = self._keeping is not None
        self.reset.setVisible(can_change)
        self.like_mail.setVisible(can_change)
        foot = row(self.letters, None, self.like_mail, self.reset, close)
        foot.setContentsMargins(tokens.SPACE_6, tokens.SPACE_3, tokens.SPACE_6, tokens.SPACE_4)
        outer.addLayout(foot)
