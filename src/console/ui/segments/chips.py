"""The segments of a profile as chips: by rule and given by sources apart, each says why when it is pressed."""

from __future__ import annotations

from datetime import tzinfo
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.edits import Owner
from console.store import segments
from console.store.connection import Connection
from console.store.errors import NotFound
from console.store.own_clock import zone_of
from console.ui.profile.wording import named
from console.ui.segments import reading
from console.ui.segments.explained import WhyCard
from console.ui.segments.look import dress
from console.ui.session import Session
from console.ui.style import theme, tokens
from console.ui.widgets.chip import ChipButton
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.labels import label
from console.ui.widgets.popover import Popover

translate = QCoreApplication.translate
_WIDE = 340


class SegmentChips(QWidget):
    """The segments that a customer is in. Pressing one opens why."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        self._owner: Owner | None = None
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(tokens.SPACE_2, 0, 0, 0)

    def show_segments(self, owner: Owner, names: tuple[str, ...], by_rule: tuple[str, ...]) -> None:
        """Shows these, those by rule first."""
        self._owner = owner
        if (names, by_rule) == self._shown:
            return
        self._shown = (names, by_rule)
        self._flow.clear()
        for name in sorted(names, key=lambda one: one not in by_rule):
            chip = ChipButton(named(name))
            dress(chip, name, is_ours=name in by_rule)
            chip.clicked.connect(partial(self._open, chip, name))
            self._flow.addWidget(chip)
        if not names:
            self._flow.addWidget(label(self.tr("In no segment"), "small"))
        self.updateGeometry()

    def _open(self, chip: ChipButton, name: str, _is_checked: bool = False) -> None:
        if self._owner is not None:
            open_why(self._session, chip, self._owner, name)


def open_why(session: Session, anchor: QWidget, owner: Owner, name: str) -> None:
    """Opens why somebody is in a segment, beside its chip."""
    now = session.now()

    def read(connection: Connection) -> tuple[reading.Why | None, str, tzinfo]:
        try:
            found = segments.segment_called(connection, name, owner.kind)
        except NotFound:
            given = next((one for one in segments.given_segments(connection) if one.name == name), None)
            return None, ", ".join(given.sources) if given is not None else "", zone_of(connection)
        who = segments.member(connection, owner.kind, owner.id)
        return reading.why(connection, owner.kind, who, found.rule, found.id, now), "", zone_of(connection)

    def show(told: tuple[reading.Why | None, str, tzinfo]) -> None:
        why, sources, zone = told
        body = QWidget()
        body.setFixedWidth(theme.current().pixels(_WIDE))
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(name, "heading", is_wrapping=True))
        if why is not None:
            column.addWidget(WhyCard(why, owner.kind, now, zone))
        else:
            words = translate("Segments", "Kept by {0}. Who is in it comes from there; its rules are not known here.")
            column.addWidget(label(words.format(sources or "?"), "body2", is_wrapping=True))
        popover = Popover(translate("Segments", "Why is this customer in {0}?").format(name), body, anchor.window())
        popover.closed.connect(popover.deleteLater)
        popover.open_at(anchor, "below")

    session.ask(read, show, asker=anchor, about="why")
