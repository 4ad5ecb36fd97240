"""The import wizard: files, columns, import."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.edits import StartImport
from console.domain.ids import new_edit_id
from console.domain.importing import FOUND_OUT, ImportKind, ImportPlan, LayoutChoice, can_import, plan_to_json
from console.domain.imports import BatchRow, Problem
from console.store.errors import StoreError
from console.ui.importing.batch_watch import BatchWatch
from console.ui.importing.columns_page import ColumnsPage
from console.ui.importing.file_page import FilePage
from console.ui.importing.kept_mapping import kept_layouts, kept_name, kept_text, layout_of, with_kept, with_layouts
from console.ui.importing.left_out import save_problems
from console.ui.importing.run_page import RunPage
from console.ui.importing.targets import kind_words
from console.ui.services import Services
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.empty_state import Seal
from console.ui.widgets.fitting import fitting
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.progress import Steps

FILE, COLUMNS, RUN = range(3)
_ADDRESSES = "own_addresses"


class ImportWizard(QDialog):
    """Guesses in the sync process, counts in the dry run, and starts the import as one edit.

    Signals:
        started: the key of the batch.
    """

    started = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.plan: ImportPlan | None = None
        self._paths: tuple[str, ...] = ()
        self._kind: ImportKind | None = None
        self._counted: BatchRow | None = None
        self.setWindowTitle(self.tr("Import"))
        self.resize(fitting(self, 1080, 720))
        self.file_page = FilePage()
        self.columns_page = ColumnsPage(session)
        self.run_page = RunPage()
        self.watch = BatchWatch(session, self)
        self._title = label(self.tr("Import files"), "heading")
        self._subtitle = ElidedLabel("", "small")
        self.steps = Steps((self.tr("File"), self.tr("Columns"), self.tr("Import")))
        self._pages = QStackedWidget()
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.file_page.addresses.setText(session.settings().get(_ADDRESSES, ""))
        self.show_step(FILE)

    def choose_files(self, paths: tuple[str, ...]) -> None:
        """Looks through these files and goes on to what they hold."""
        self._paths = paths
        self.file_page.show_files(paths)
        self._guess(is_going_on=True)

    def step(self) -> int:
        """The present step: FILE, COLUMNS or RUN."""
        return self._pages.currentIndex()

    def _make_buttons(self) -> None:
        self.cancel = Button(self.tr("Cancel"), "quiet")
        self.back = Button(self.tr("Back"))
        self.next = Button(self.tr("Next"), "primary")
        self.cancel.clicked.connect(self.reject)
        self.back.clicked.connect(lambda: self.show_step(FILE))
        self.next.clicked.connect(self._go_on)
        keys = QShortcut(QKeySequence("Ctrl+Return"), self)
        keys.activated.connect(self.next.click)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._subtitle)
        head = QWidget()
        head.setProperty("line", "bottom")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        top = QHBoxLayout(head)
        top.setContentsMargins(tokens.SPACE_5, tokens.SPACE_3, tokens.SPACE_5, tokens.SPACE_3)
        top.setSpacing(tokens.SPACE_3)
        top.addWidget(Seal("file-spreadsheet", "green", 36, is_round=False))
        top.addLayout(texts, 1)
        top.addWidget(self.steps)
        for page in (self.file_page, self.columns_page, self.run_page):
            self._pages.addWidget(page)
        body = QWidget()
        body.setProperty("surface", "sunken")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        held = QVBoxLayout(body)
        held.setContentsMargins(tokens.SPACE_5, tokens.SPACE_4, tokens.SPACE_5, tokens.SPACE_4)
        held.addWidget(self._pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(body, 1)
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setProperty("line", "top")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(foot)
        line.setContentsMargins(tokens.SPACE_5, tokens.SPACE_3, tokens.SPACE_5, tokens.SPACE_3)
        line.setSpacing(tokens.SPACE_2)
        line.addWidget(self.columns_page.remember)
        line.addStretch(1)
        for button in (self.cancel, self.back, self.next):
            line.addWidget(button)
        return foot

    def _connect(self) -> None:
        self.file_page.files_chosen.connect(self.choose_files)
        self.file_page.kind_chosen.connect(self._take_kind)
        self.file_page.addresses_changed.connect(self._take_addresses)
        self.columns_page.planned.connect(self._take_plan)
        self.columns_page.dry_run.counted.connect(self._take_count)
        self.columns_page.dry_run.save_wanted.connect(self._save_problems)
        self.watch.moved.connect(self._take_batch)
        self.run_page.stop_wanted.connect(self._stop)
        self.finished.connect(lambda _: self.columns_page.dry_run.stop())

    def _take_kind(self, kind: ImportKind | None) -> None:
        self._kind = kind
        if self._paths:
            self._guess(is_going_on=False)

    def _guess(self, *, is_going_on: bool) -> None:
        paths, kind, services = self._paths, self._kind, self._session.services
        kept = layout_of(paths[0], self._session.settings())
        self.file_page.show_reading(is_reading=True)
        self.next.setEnabled(False)
        self._session.background.run(
            lambda: _guessed(services, paths, kind, kept),
            lambda plan: self._take_guess(plan, is_going_on=is_going_on),
            asker=self,
            about="guess",
            failed=self._tell_trouble,
            expected=(StoreError, ValueError, OSError),
        )

    def _tell_trouble(self, error: Exception) -> None:
        self.file_page.show_reading(is_reading=False)
        self.file_page.show_problem(str(error))
        self.show_step(FILE)

    def _take_guess(self, plan: ImportPlan, *, is_going_on: bool) -> None:
        self.file_page.show_reading(is_reading=False)
        self.file_page.show_problem("")
        self.file_page.show_kind(plan.kind)
        self.columns_page.looking.begin(plan)
        settings = self._session.settings()
        self._take_plan(with_layouts(with_kept(self._with_addresses(plan), settings), settings))
        is_asking_addresses = plan.kind is ImportKind.CONVERSATIONS and not self.file_page.addresses.text().strip()
        if is_going_on and not is_asking_addresses:
            self.show_step(COLUMNS)

    def _take_addresses(self, text: str) -> None:
        self._session.keep_settings({_ADDRESSES: text.strip()})
        if self.plan is not None:
            self._take_plan(self._with_addresses(self.plan))

    def _with_addresses(self, plan: ImportPlan) -> ImportPlan:
        parts = self.file_page.addresses.text().replace(";", ",").split(",")
        return replace(plan, my_addresses=tuple(part.strip() for part in parts if part.strip()))

    def _take_plan(self, plan: ImportPlan) -> None:
        self.plan = plan
        why_not = can_import(plan)
        self._say(plan)
        self.columns_page.show_plan(plan, why_not)
        self.columns_page.dry_run.plan_changed(plan, can_run=why_not is None)
        self._name_buttons()

    def _say(self, plan: ImportPlan) -> None:
        self._title.setText(self.tr("Import {0}").format(kind_words(plan.kind).lower()))
        names = ", ".join(Path(path).name for path in plan.paths)
        parts = [names]
        if plan.table is not None:
            if plan.table.sheet:
                parts.append(self.tr("sheet “{0}”").format(plan.table.sheet))
            parts.append(self.tr("{0} rows").format(QLocale().toString(plan.table.rows)))
        self._subtitle.set_words(" · ".join(parts))

    def _take_count(self, batch: BatchRow | None) -> None:
        self._counted = batch
        self._name_buttons()

    def show_step(self, step: int) -> None:
        """Shows one of FILE, COLUMNS and RUN."""
        self._pages.setCurrentIndex(step)
        self.steps.go_to(step)
        self._name_buttons()

    def _name_buttons(self) -> None:
        step = self.step()
        self.columns_page.remember.setVisible(step == COLUMNS and self.plan is not None and self.plan.table is not None)
        self.back.setVisible(step == COLUMNS)
        self.cancel.setVisible(step != RUN)
        can_go_on = self.plan is not None and (step != COLUMNS or can_import(self.plan) is None)
        self.next.setEnabled(step == RUN or can_go_on)
        self.next.set_words({FILE: self.tr("Next"), COLUMNS: self._import_words(), RUN: self.tr("Close")}[step])

    def _import_words(self) -> str:
        counts = self._counted.counts if self._counted is not None else {}
        rows = sum(counts.get(name, 0) for name in ("new", "updated", "unchanged"))
        if self.plan is None or self.plan.table is None or not rows:
            return self.tr("Import")
        return self.tr("Import {0} rows").format(QLocale().toString(rows))

    def _go_on(self) -> None:
        match self.step():
            case 0:
                self.show_step(COLUMNS)
            case 1:
                self._start()
            case _:
                self.accept()

    def _start(self) -> None:
        if self.plan is None or can_import(self.plan) is not None:
            return
        self.columns_page.dry_run.stop()
        if self.columns_page.remember.isChecked() and self.plan.table is not None:
            self._session.keep_settings({kept_name(self.plan): kept_text(self.plan), **kept_layouts(self.plan)})
        batch = new_edit_id(self._session.now(), os.urandom(10))
        if self._session.submit(StartImport(batch, plan_to_json(self.plan))) is not None:
            self.run_page.show_batch(None)
            self.show_step(RUN)
            self.watch.watch(batch)
            self.started.emit(batch)

    def _take_batch(self, batch: BatchRow, _problems: tuple[Problem, ...]) -> None:
        self.run_page.show_batch(batch)

    def _stop(self) -> None:
        self._session.services.poke({"command": "stop", "task": "import", "name": self.watch.batch})

    def _save_problems(self, problems: tuple[Problem, ...]) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the rows with errors"), "errors.csv", "CSV (*.csv)")
        if not path:
            return
        try:
            save_problems(Path(path), problems)
        except OSError as error:
            self._session.troubled.emit(self.tr("The file could not be written: {0}").format(error.strerror))


def _guessed(services: Services, paths: tuple[str, ...], kind: ImportKind | None, kept: LayoutChoice) -> ImportPlan:
    """The guess with the layout that is remembered; without it where the file cannot be read so any more."""
    if kept != FOUND_OUT:
        with suppress(StoreError, ValueError):
            return services.guess(paths, kind, kept)
    return services.guess(paths, kind, FOUND_OUT)
