"""Sections one below the other, in an order that the teammate chooses by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.style import tokens
from console.ui.widgets import painting
from console.ui.widgets.announce import announce
from console.ui.widgets.section import MIME, Section


class SectionColumn(QWidget):
    """Sections one below the other, in an order that the teammate chooses.

    Signals:
        reordered: the keys in their new order, as a tuple; `order` does not emit it.
        folded: (key, whether it is folded now).
    """

    reordered = Signal(object)
    folded = Signal(str, bool)

    def __init__(
        self, sections: Iterable[Section], parent: QWidget | None = None, *, gap: int = tokens.SPACE_4
    ) -> None:
        super().__init__(parent)
        self._sections: list[Section] = []
        self._drop_at: int | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap)
        self._column.addStretch(1)
        self.setAcceptDrops(True)
        for section in sections:
            self.add(section)

    def add(self, section: Section) -> None:
        """Puts a section at the end."""
        self._sections.append(section)
        self._column.insertWidget(len(self._sections) - 1, section)
        section.moved.connect(lambda step, key=section.key: self._move_by(key, step))
        section.folded.connect(lambda is_folded, key=section.key: self.folded.emit(key, is_folded))

    def keys(self) -> tuple[str, ...]:
        """The keys in their order."""
        return tuple(section.key for section in self._sections)

    def order(self, keys: Iterable[str]) -> None:
        """Puts the sections in this order, silently; keys that are not here are passed over, the others go last."""
        place = {key: at for at, key in enumerate(keys)}
        self._sections.sort(key=lambda section: place.get(section.key, len(place)))
        for at, section in enumerate(self._sections):
            self._column.insertWidget(at, section)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._section_of(event.mimeData()) is not None:
            event.acceptProposedAction()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drop_at = self._place_at(event.position().toPoint().y())
        self.update()
        event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_at = None
        self.update()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        section = self._section_of(event.mimeData())
        at = self._place_at(event.position().toPoint().y())
        self._drop_at = None
        self.update()
        if section is not None:
            event.acceptProposedAction()
            here = self._sections.index(section)
            self._move(section, at - 1 if at > here else at)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop_at is None:
            return
        last = self._drop_at >= len(self._sections)
        near = self._sections[-1 if last else self._drop_at].geometry()
        y = near.bottom() + 4 if last else near.top() - 4
        QPainter(self).fillRect(0, y - 1, self.width(), 2, painting.color_of("accent"))

    def _move_by(self, key: str, step: int) -> None:
        section = next(section for section in self._sections if section.key == key)
        self._move(section, self._sections.index(section) + step)

    def _move(self, section: Section, at: int) -> None:
        before = self.keys()
        at = max(0, min(at, len(self._sections) - 1))
        order = [key for key in before if key != section.key]
        order.insert(at, section.key)
        if tuple(order) == before:
            return
        had_focus = section.header.hasFocus()
        self.order(order)
        if had_focus:
            section.header.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(section, self.tr("{0}, place {1} of {2}").format(section.title, at + 1, len(order)))
        self.reordered.emit(self.keys())

    def _section_of(self, carried: QMimeData) -> Section | None:
        key = bytes(carried.data(MIME).data()).decode("utf-8", "replace")
        return next((section for section in self._sections if section.key == key), None)

    def _place_at(self, y: int) -> int:
        return sum(1 for section in self._sections if section.geometry().center().y() < y)
