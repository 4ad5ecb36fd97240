"""Forgetting a customer for good: what goes, what is not reached, and the receipt. The one question that has to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from console.domain.edits import EraseCustomer, Owner
from console.domain.erasing import Receipt
from console.domain.ids import CustomerId, EditId
from console.store.erasing import receipts, would_erase
from console.store.outcomes import outcome
from console.system.paths import write_private
from console.ui.customer.erase_words import WHAT, receipt_words
from console.ui.profile.wording import isolated, named
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, column, row
from console.ui.widgets.fitting import fitting
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label
from console.ui.widgets.progress import Spinner
from console.ui.widgets.scrolled import scrolled

_COLUMNS, _EDGE = 2, 48


class EraseDialog(QDialog):
    """Says what goes, asks for the address (or the name) to be typed, erases, and shows the receipt.

    Signals:
        dossier_wanted: a dossier is to be saved first.
    """

    dossier_wanted = Signal()

    def __init__(self, session: Session, owner: Owner, name: str, address: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._owner = session, owner
        self._words = tuple(word for word in (named(address), named(name)) if word)
        self._word = self._words[0] if self._words else str(owner.id)
        self._edit: EditId | None = None
        self._receipt: Receipt | None = None
        self.setWindowTitle(self.tr("Erase a customer"))
        self.setMinimumWidth(fitting(self, 600, 320).width())
        self.counts = QGridLayout()
        self.field = QLineEdit()
        self.field.setPlaceholderText(self._word)
        self.field.setMaxLength(400)
        self.field.setAccessibleName(self.tr("Type {0} to erase").format(self._word))
        self.dossier = Button(self.tr("Save a dossier first…"), icon="file-text")
        self.cancel = Button(self.tr("Cancel"))
        self.erase = Button(self.tr("Erase for good"), "danger", icon="trash-2")
        self.save = Button(self.tr("Save the receipt…"), icon="save")
        self.leave = Button(self.tr("Close"), "primary")
        self._said = label("", "body2", is_wrapping=True)
        self._problem = label("", "red", is_wrapping=True)
        self._problem.hide()
        self._pages = QStackedWidget()
        self._lay_out(named(name) or self._word or "?")
        self._connect()
        self._follow_typing()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        session.ask(
            lambda connection: would_erase(connection, owner.id),
            self._show_counts,
            asker=self,
            about="erase",
            failed=self._say_failed,
        )

    def receipt(self) -> Receipt | None:
        """The receipt; None as long as nothing was erased."""
        return self._receipt

    def begin(self) -> None:
        """Erases, where the right word was typed."""
        if not self._is_typed() or self._edit is not None:
            return
        self._problem.hide()
        self._edit = self._session.submit(EraseCustomer(CustomerId(self._owner.id)))
        if self._edit is not None:
            self._pages.setCurrentIndex(1)
            self._look()

    def save_receipt(self, target: Path) -> None:
        """Writes the receipt as text, readable by nobody else."""
        if self._receipt is None:
            return
        try:
            write_private(target, receipt_words(self._receipt).encode("utf-8"))
        except OSError as error:
            self._say(self.tr("The receipt could not be written: {0}").format(error.strerror or str(error)))

    def _show_counts(self, counts: Mapping[str, int]) -> None:
        shown = [(icon, words, counts[name]) for name, (icon, words) in WHAT.items() if counts.get(name)]
        for place, (icon, words, count) in enumerate(shown):
            line = QWidget()
            line.setLayout(
                row(IconLabel(icon, "text2", 15), label(QLocale().toString(count), "strong"), label(words()), None)
            )
            line.setMinimumHeight(self.fontMetrics().height() + tokens.SPACE_1)
            self.counts.addWidget(line, place // _COLUMNS, place % _COLUMNS)
        self._make_room()

    def _make_room(self) -> None:
        """As high as all of it is, where the screen allows; else the middle scrolls."""
        content = self._area.widget()
        if content is None:
            return
        layout, whole = content.layout(), self.layout()
        if whole is not None:
            whole.activate()
        wide = self._area.viewport().width()
        high = layout.totalHeightForWidth(wide) if layout is not None else content.sizeHint().height()
        most = self.screen().availableSize().height() - _EDGE
        self.resize(self.width(), min(most, self.height() + max(0, high - self._area.viewport().height())))

    def _look(self) -> None:
        """Whether it has been done by now; the receipt is written with the erasing, in one transaction."""
        edit = self._edit
        if edit is None or self._receipt is not None:
            return
        receipt = next((one for one in self._session.read(receipts) if one.id == edit), None)
        if receipt is not None:
            self._show_receipt(receipt)
            return
        found = self._session.read(lambda connection: outcome(connection, edit))
        if found is not None and found.reason:
            self._edit = None
            self._pages.setCurrentIndex(0)
            self._say(found.reason)

    def _show_receipt(self, receipt: Receipt) -> None:
        self._receipt = receipt
        self._said.setText(receipt_words(receipt))
        self._said.setAccessibleName(receipt_words(receipt))
        self._pages.setCurrentIndex(2)
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_typed(self) -> bool:
        typed = " ".join(self.field.text().split()).casefold()
        return typed in {word.casefold() for word in (self._word, *self._words)}

    def _follow_typing(self) -> None:
        self.erase.setEnabled(self._is_typed())

    def _ask_save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the receipt"), "receipt.txt")
        if path:
            self.save_receipt(Path(path))

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()

    def _say_failed(self, error: Exception) -> None:
        self._say(str(error))

    def _connect(self) -> None:
        self.field.textChanged.connect(self._follow_typing)
        self.field.returnPressed.connect(self.begin)
        self.dossier.clicked.connect(self.dossier_wanted)
        self.cancel.clicked.connect(self.reject)
        self.erase.clicked.connect(self.begin)
        self.save.clicked.connect(self._ask_save)
        self.leave.clicked.connect(self.accept)
        self._session.feed.told.connect(self._look)

    def _lay_out(self, name: str) -> None:
        self._pages.addWidget(self._question(name))
        waiting = QWidget()
        waiting.setLayout(
            column(None, row(Spinner(self.tr("Erasing")), label(self.tr("Erasing, table by table…")), None), None)
        )
        self._pages.addWidget(waiting)
        self._pages.addWidget(self._end())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_6, tokens.SPACE_5, tokens.SPACE_6, tokens.SPACE_5)
        whole.addWidget(self._pages)

    def _question(self, name: str) -> QWidget:
        self.counts.setHorizontalSpacing(tokens.SPACE_6)
        self.counts.setVerticalSpacing(tokens.SPACE_1)
        goes = Card("well", tokens.SPACE_3)
        goes.column.addWidget(label(self.tr("What goes"), "section"))
        goes.column.addLayout(self.counts)
        goes.column.addWidget(_words(self.tr(
            "Also: what they and teammates wrote, drafts, the search index, and what the journal says of them. Where others mention "
            "their name, address or number, “[erased]” stands instead."
        )))  # fmt: skip
        stays = Card("amber", tokens.SPACE_3)
        stays.column.addWidget(label(self.tr("What is not reached"), "section"))
        stays.column.addWidget(_words(self.tr(
            "Servers of your sources keep what they have. Files that were exported, saved or printed stay. Backups made before still hold "
            "them; one that is restored is cleaned first. Keyed hashes of the addresses stay here, so that no sync and no import "
            "brings them back."
        )))  # fmt: skip
        asked = self.tr("There is no undo. To erase, type {0}").format(isolated(self._word))
        body = QWidget()
        body.setLayout(column(goes, stays, gap=tokens.SPACE_3))
        self._area = scrolled(body, self.tr("What goes, and what is not reached"))
        page = QWidget()
        page.setLayout(column(
            row(IconLabel("trash-2", "red", 22), label(self.tr("Erase {0} for good?").format(isolated(name)), "title", is_wrapping=True), gap=tokens.SPACE_3),
            self._area, label(asked, "value", is_wrapping=True), self.field, self._problem,
            row(self.dossier, None, self.cancel, self.erase), gap=tokens.SPACE_3,
        ))  # fmt: skip
        return page

    def _end(self) -> QWidget:
        page = QWidget()
        head = row(IconLabel("circle-check", "green", 22), label(self.tr("Erased"), "title"), None, gap=tokens.SPACE_3)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        page.setLayout(column(head, self._said, None, row(self.save, None, self.leave), gap=tokens.SPACE_3))
        return page


def _words(words: str) -> QLabel:
    return label(words, "small", is_wrapping=True)
