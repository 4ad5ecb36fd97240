"""What a tag for many starts, said while it is typed: how many join and leave which segment."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QLocale, QObject, QTimer

from console.domain.records import OwnerKind
from console.store.segment_effects import MOST_ASKED, TagEffect, effects_of_tag
from console.ui.profile.tag_card import TagCard
from console.ui.session import Session

_PAUSE_MS, _MOST = 150, 6


class TagEffectsOfMany(QObject):
    """Stands behind the card that asks for a tag; call `take` with whom it is for, at once or once they are known."""

    def __init__(self, session: Session, card: TagCard, owner_kind: OwnerKind) -> None:
        super().__init__(card)
        self._session, self._card, self._owner_kind = session, card, owner_kind
        self._owners: Sequence[int] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        card.field.textChanged.connect(self._wait)

    def take(self, owners: Sequence[int]) -> None:
        """Whom the tag is for; nothing happens where the card is gone by then."""
        if not shiboken6.isValid(self._card):
            return
        self._owners = owners
        self._wait(self._card.field.text())

    def _wait(self, text: str) -> None:
        if text.strip() and self._owners:
            self._pause.start()
        else:
            self._pause.stop()
            self._session.background.forget(self, "effect")
            self._card.show_effect("")

    def _ask(self) -> None:
        kind, owners, tag, now = (
            self._owner_kind,
            self._owners[:MOST_ASKED],
            self._card.field.text(),
            self._session.now(),
        )
        self._session.ask(
            lambda c: effects_of_tag(c, kind, owners, tag, now=now), self._show, asker=self, about="effect"
        )

    def _show(self, effects: tuple[TagEffect, ...]) -> None:
        lines = [self._line(effect) for effect in effects[:_MOST]]
        if len(effects) > _MOST:
            lines.append(self.tr("{0} more segments").format(len(effects) - _MOST))
        if not effects:
            lines.append(self.tr("No segment is joined or left"))
        if len(self._owners) > MOST_ASKED:
            lines.append(self.tr("Counted for the first {0}").format(QLocale().toString(MOST_ASKED)))
        self._card.show_effect("\n".join(lines))

    def _line(self, effect: TagEffect) -> str:
        of_members = self._owner_kind is OwnerKind.COMPANY and effect.owner_kind is OwnerKind.CUSTOMER
        one, many = (self.tr("1 member"), self.tr("{0} members")) if of_members else (self.tr("1"), self.tr("{0}"))
        parts = []
        for count, single, plural in (
            (effect.joined, self.tr("{0} joins {1}"), self.tr("{0} join {1}")),
            (effect.left, self.tr("{0} leaves {1}"), self.tr("{0} leave {1}")),
        ):
            if count:
                who = one if count == 1 else many.format(QLocale().toString(count))
                parts.append((single if count == 1 else plural).format(who, effect.name))
        return ", ".join(parts)
