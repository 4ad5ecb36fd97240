"""What a tag starts, said while it is typed and before it is applied: which segments are joined and left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from console.domain.edits import Owner
from console.domain.records import OwnerKind
from console.ui.profile.tags import TagRowOfChips
from console.ui.session import Session

if TYPE_CHECKING:
    from console.store.segment_effects import TagEffect

# What a profile needs only once somebody types a tag, or asks why, is imported then.
_PAUSE_MS, _MOST = 150, 4


class TagEffects(QObject):
    """Stands behind a row of tags: answers what is typed, and why a segment that is pressed is there."""

    def __init__(self, session: Session, row: TagRowOfChips, owner: Callable[[], Owner | None]) -> None:
        """`owner` says whose tags they are."""
        super().__init__(row)
        self._session, self._row, self._owner = session, row, owner
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        row.field.textChanged.connect(self._wait)
        row.segment_chosen.connect(self._open)

    def _wait(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._session.background.forget(self, "effect")
            self._row.show_effect("")

    def _ask(self) -> None:
        from console.store.segment_effects import effect_of_tag

        owner, tag, now = self._owner(), self._row.field.text(), self._session.now()
        if owner is not None and self._row.field.isVisible():
            self._session.ask(lambda c: effect_of_tag(c, owner, tag, now=now), self._show, asker=self, about="effect")

    def _show(self, effects: tuple[TagEffect, ...]) -> None:
        self._row.show_effect(self.words(effects))

    def words(self, effects: tuple[TagEffect, ...]) -> str:
        """What the effects come to: “Joins Key people (3 members) · leaves Small fry”."""
        owner = self._owner()
        is_company = owner is not None and owner.kind is OwnerKind.COMPANY
        parts = []
        for effect in effects[:_MOST]:
            of_members = is_company and effect.owner_kind is OwnerKind.CUSTOMER
            for count, told in ((effect.joined, self.tr("joins {0}")), (effect.left, self.tr("leaves {0}"))):
                if count:
                    members = self.tr("1 member") if count == 1 else self.tr("{0} members").format(count)
                    parts.append(told.format(effect.name) + (f" ({members})" if of_members else ""))
        if len(effects) > _MOST:
            parts.append(self.tr("{0} more").format(len(effects) - _MOST))
        words = " · ".join(parts)
        return words[:1].upper() + words[1:]

    def _open(self, name: str, chip: QWidget) -> None:
        from console.ui.segments.chips import open_why

        owner = self._owner()
        if owner is not None:
            open_why(self._session, chip, owner, name)
