"""The bar over the members: filters while nobody is selected, else what can be done with those who are. Rows never jump."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QStackedLayout, QWidget

from console.domain.company_members import MemberSight
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.segmented import Choice, Segmented

_HEIGHT = 44


class BulkBar(QFrame):
    """Always as high.

    Signals:
        filtered: (MemberSight) another filter was chosen.
        tag_wanted, owner_wanted: (the button) it is to be asked below it.
        message_wanted: (the button) who would get it is to be said.
        export_wanted: those who are selected are to be written into a file.
        all_wanted, cleared: everybody that matches is to be selected, nobody.
    """

    filtered = Signal(object)
    tag_wanted = Signal(object)
    owner_wanted = Signal(object)
    message_wanted = Signal(object)
    export_wanted = Signal()
    all_wanted = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = QStackedLayout(self)
        choices = (
            Choice(MemberSight.ALL, self.tr("All")),
            Choice(MemberSight.RECENT, self.tr("Seen in 14 days")),
            Choice(MemberSight.QUIET, self.tr("Not seen for 14 days")),
        )
        self.filters = Segmented(self.tr("Which members"), choices, "filter")
        self.filters.chosen.connect(lambda key: self.filtered.emit(MemberSight(key)))
        self.box = QCheckBox()
        self.box.setTristate(True)
        self.box.clicked.connect(self._press_box)
        self.message = Button(self.tr("Message"), icon="mail", is_small=True)
        self.tag = Button(self.tr("Tag"), icon="tag", is_small=True)
        self.owner = Button(self.tr("Owner"), icon="user", is_small=True)
        self.export = Button(self.tr("Export"), icon="download", is_small=True)
        self.clear = Button(self.tr("Clear"), "quiet", keys="Esc", is_small=True)
        for button, signal in (
            (self.message, self.message_wanted),
            (self.tag, self.tag_wanted),
            (self.owner, self.owner_wanted),
        ):
            button.clicked.connect(lambda _=False, button=button, signal=signal: signal.emit(button))
        self.export.clicked.connect(self.export_wanted)
        self.clear.clicked.connect(self.cleared)
        self._lay_out()
        self._measure()
        theme.current().changed.connect(self._measure)

    def show_choice(self, chosen: int, of: int) -> None:
        """So many are selected, of so many that match."""
        locale = QLocale()
        words = self.tr("{0} selected").format(locale.toString(chosen))
        if 0 < chosen < of:
            self.box.setText(self.tr("{0} of {1}").format(words, locale.toString(of)))
        else:
            self.box.setText(self.tr("All {0}").format(words) if chosen > 1 else words)
        self.box.setCheckState(_state(chosen, of))
        self._pages.setCurrentIndex(1 if chosen else 0)

    def _press_box(self) -> None:
        # Qt has moved it on already; what is meant is: everybody, or, where everybody was selected, nobody.
        if self.box.checkState() is Qt.CheckState.Unchecked:
            self.cleared.emit()
        else:
            self.all_wanted.emit()

    def _lay_out(self) -> None:
        filters, acts = QWidget(), QFrame()
        first = QHBoxLayout(filters)
        first.setContentsMargins(tokens.SPACE_4, 0, tokens.SPACE_4, 0)
        first.addWidget(self.filters)
        first.addStretch(1)
        acts.setProperty("surface", "tint")
        second = QHBoxLayout(acts)
        second.setContentsMargins(tokens.SPACE_3, tokens.SPACE_1, tokens.SPACE_3, tokens.SPACE_1)
        second.setSpacing(6)
        second.addWidget(self.box)
        second.addSpacing(tokens.SPACE_1)
        for button in (self.message, self.tag, self.owner, self.export):
            second.addWidget(button)
        second.addStretch(1)
        second.addWidget(self.clear)
        holder = QWidget()
        around = QHBoxLayout(holder)
        around.setContentsMargins(tokens.SPACE_3, 0, tokens.SPACE_3, 0)
        around.addWidget(acts)
        for page in (filters, holder):
            self._pages.addWidget(page)

    def _measure(self) -> None:
        self.setFixedHeight(theme.current().pixels(_HEIGHT))


def _state(chosen: int, of: int) -> Qt.CheckState:
    if not chosen:
        return Qt.CheckState.Unchecked
    return Qt.CheckState.Checked if chosen == of else Qt.CheckState.PartiallyChecked
