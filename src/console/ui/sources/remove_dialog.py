"""Before a source is removed: whether what it brought stays or goes."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QDialog, QRadioButton, QVBoxLayout, QWidget

from console.domain.sources import SourceRow
from console.ui.profile.wording import isolated
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.fitting import fitting
from console.ui.widgets.labels import label


class RemoveDialog(QDialog):
    """Accepted where it is to be removed; `is_dropping` then says what becomes of its records."""

    def __init__(self, source: SourceRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Remove a source"))
        self.setMinimumWidth(fitting(self, 480, 260).width())
        count = QLocale().toString(source.held)
        self.keep = QRadioButton(self.tr("Keep what it brought ({0} records); nothing new comes in").format(count))
        self.drop = QRadioButton(self.tr("Take what it brought out again, but for what your team has touched"))
        for choice in (self.keep, self.drop):
            choice.setAccessibleName(choice.text())
        self.keep.setChecked(True)
        self.cancel = Button(self.tr("Cancel"))
        self.remove = Button(self.tr("Remove"), "danger", icon="trash-2")
        self.cancel.clicked.connect(self.reject)
        self.remove.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_6, tokens.SPACE_5, tokens.SPACE_6, tokens.SPACE_5)
        column.setSpacing(tokens.SPACE_3)
        column.addWidget(label(self.tr("Remove {0}?").format(isolated(source.name)), "title", is_wrapping=True))
        words = self.tr("Nothing is changed at the source itself. You can undo this, and connect it again later.")
        column.addWidget(label(words, "body2", is_wrapping=True))
        column.addWidget(self.keep)
        column.addWidget(self.drop)
        column.addLayout(row(None, self.cancel, self.remove))
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_dropping(self) -> bool:
        """Whether what it brought goes as well."""
        return self.drop.isChecked()
