"""Trying a source out: a button, what was found, and the facts by which one knows the right account."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from console.store.errors import StoreError
from console.ui.profile.wording import named
from console.ui.services import SourceCheck, SourceDraft
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, empty, row
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label, set_look
from console.ui.widgets.progress import Spinner

EXPECTED = (StoreError, ValueError, OSError)


class Trial(QWidget):
    """Asks the sync process; an older answer is dropped where something else was asked since.

    Signals:
        tried: the `SourceCheck` that came.
    """

    tried = Signal(object)

    def __init__(self, session: Session, draft: Callable[[], SourceDraft], parent: QWidget | None = None) -> None:
        """`draft` gives what is filled in."""
        super().__init__(parent)
        self._session, self._draft = session, draft
        self.button = Button(self.tr("Test"), icon="plug-zap")
        self.button.clicked.connect(self.begin)
        self._waiting = Spinner(self.tr("Trying the source"))
        self._waiting.hide()
        self._icon = IconLabel("check", "green")
        self._icon.hide()
        self.sentence = label("", "body2", is_wrapping=True)
        self._facts_card = Card("well", tokens.SPACE_3)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(tokens.SPACE_5)
        self._facts.setVerticalSpacing(tokens.SPACE_1)
        self._facts.setColumnStretch(1, 1)
        self._facts_card.column.addLayout(self._facts)
        self._facts_card.hide()
        line = row(self._waiting, self._icon, self.sentence)
        line.setStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_2)
        column.addLayout(line)
        column.addWidget(self._facts_card)

    def begin(self) -> None:
        """Tries what is filled in."""
        draft, services = self._draft(), self._session.services
        self._waiting.show()
        self._icon.hide()
        self._facts_card.hide()
        self.say(self.tr("Trying…"), "body2")
        self._session.background.run(
            lambda: services.check_source(draft),
            self.show_check,
            asker=self,
            about="check",
            failed=lambda error: self.show_check(SourceCheck(is_good=False, sentence=str(error))),
            expected=EXPECTED,
        )

    def show_check(self, check: SourceCheck) -> None:
        """Shows what was found."""
        self._waiting.hide()
        self._icon.show()
        self._icon.set_icon("circle-check" if check.is_good else "circle-x", "green" if check.is_good else "red")
        self.say(named(check.sentence), "green" if check.is_good else "red")
        empty(self._facts)
        for place, (name, value) in enumerate(check.facts):
            self._facts.addWidget(label(named(name), "small"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(label(named(value), "value", is_wrapping=True), place, 1)
        self._facts_card.setVisible(bool(check.facts))
        self.tried.emit(check)

    def say(self, words: str, look: str) -> None:
        """Says something else in the place of the answer."""
        self.sentence.setText(words)
        set_look(self.sentence, look)

    def forget(self) -> None:
        """What was found belongs to what was filled in then."""
        self._session.background.forget(self, "check")
        for part in (self._waiting, self._icon, self._facts_card):
            part.hide()
        self.say("", "body2")
