"""What a source gave that could not be read: each record with its reason, kept aside as it came."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from console.domain.imports import Problem
from console.domain.sources import SourceRow
from console.store.imports import set_aside
from console.ui.importing.left_out import save_problems
from console.ui.profile.wording import isolated, named
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import divider, empty, row
from console.ui.widgets.fitting import fitting
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.scrolled import scrolled

_MOST = 200


class SetAsideDialog(QDialog):
    """The newest two hundred on screen, all of them in the file.

    Signals:
        again_wanted: the source is to be read again.
    """

    again_wanted = Signal()

    def __init__(self, session: Session, source: SourceRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._source = session, source
        self.setWindowTitle(self.tr("Records that could not be read"))
        self.resize(fitting(self, 680, 520))
        self.problems: tuple[Problem, ...] = session.read(lambda connection: set_aside(connection, source.id))
        self._lay_out()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Shows these in place of whatever was there."""
        self.problems = problems
        empty(self._list)
        for problem in problems[:_MOST]:
            self._list.addWidget(self._line(problem))
            self._list.addWidget(divider())
        self._list.addStretch(1)
        count = QLocale().toString(len(problems))
        words = self.tr("{0} of {1} are kept aside as they came; everything else of the source is in its place.")
        self._words.setText(words.format(count, isolated(self._source.name)))
        self.save.setEnabled(bool(problems))

    def keep_as(self, path: Path) -> None:
        """Writes all of them as a table; a file that cannot be written is told as trouble."""
        try:
            save_problems(path, self.problems)
        except OSError as error:
            self._session.troubled.emit(self.tr("The file could not be written: {0}").format(error.strerror))

    def _lay_out(self) -> None:
        self._words = label("", "body2", is_wrapping=True)
        body = QWidget()
        self._list = QVBoxLayout(body)
        self._list.setContentsMargins(0, 0, tokens.SPACE_3, 0)
        self._list.setSpacing(tokens.SPACE_2)
        self.save = Button(self.tr("Save them as a file…"), "quiet", icon="download")
        self.again = Button(self.tr("Try again"), icon="rotate-cw")
        close = Button(self.tr("Close"), "primary")
        self.save.clicked.connect(self._ask_path)
        self.again.clicked.connect(self._try_again)
        self.again.setVisible(bool(self._source.settings))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_6, tokens.SPACE_5, tokens.SPACE_6, tokens.SPACE_5)
        column.setSpacing(tokens.SPACE_3)
        column.addWidget(label(self.tr("Records that could not be read"), "title"))
        column.addWidget(self._words)
        column.addWidget(divider())
        column.addWidget(scrolled(body, self.tr("Records that could not be read")), 1)
        column.addLayout(row(self.save, None, self.again, close))
        self.show_problems(self.problems)

    def _line(self, problem: Problem) -> QWidget:
        line = QWidget()
        held = QVBoxLayout(line)
        held.setContentsMargins(0, tokens.SPACE_1, 0, tokens.SPACE_1)
        held.setSpacing(2)
        held.addWidget(ElidedLabel(named(problem.external_id), "strong"))
        held.addWidget(label(problem.reason, "body2", is_wrapping=True))
        content = named(problem.raw[:400].decode("utf-8", "replace"))
        if content:
            held.addWidget(ElidedLabel(content, "small"))
        return line

    def _ask_path(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the records"), "left-out.csv", "CSV (*.csv)")
        if path:
            self.keep_as(Path(path))

    def _try_again(self) -> None:
        self.again_wanted.emit()
        self.accept()
