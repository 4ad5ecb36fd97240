"""Looking at the files of an import again: another layout chosen by hand, another file looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from console.domain.import_mapping import with_changes, with_choice
from console.domain.importing import ImportPlan, LayoutChoice
from console.store.errors import StoreError
from console.ui.session import Session

Take = Callable[[ImportPlan], None]


class Looking(QObject):
    """What was guessed, so that a second look keeps what was changed by hand since.

    Signals:
        planned: the `ImportPlan` after a file was laid out in another way.
        looked: the one file that is looked at, as a plan of its own.
        failed: a sentence: the file cannot be read as chosen, nothing changed.
    """

    planned = Signal(object)
    looked = Signal(object)
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._guessed: ImportPlan | None = None
        self._plan: ImportPlan | None = None

    def begin(self, guessed: ImportPlan) -> None:
        """From now on changes are told from this guess."""
        self._guessed = guessed

    def keep(self, plan: ImportPlan) -> None:
        """The plan as it is now: what is read later is put into this one."""
        self._plan = plan

    def lay_out(self, path: str, choice: LayoutChoice) -> None:
        """Reads a file again as chosen; the first one brings other columns, every other one only other cells."""
        if self._plan is None:
            return
        if path == self._plan.paths[0]:
            self._guess(self._plan, self._plan.paths, choice, lambda found: self._take_columns(choice, found))
        else:
            self._guess(self._plan, (path,), choice, lambda found: self._take_other(path, choice, found))

    def look(self, path: str) -> None:
        """Looks at one file, as it is laid out now."""
        plan = self._plan
        if plan is None or plan.table is None:
            return
        if path == plan.paths[0]:
            self.looked.emit(plan)
        else:
            self._guess(plan, (path,), plan.table.choice_of(path), self.looked.emit)

    def _guess(self, plan: ImportPlan, paths: tuple[str, ...], choice: LayoutChoice, then: Take) -> None:
        services, kind = self._session.services, plan.kind
        self._session.background.run(
            lambda: services.guess(paths, kind, choice),
            then,
            asker=self,
            about="look",
            failed=lambda error: self.failed.emit(str(error)),
            expected=(StoreError, ValueError, OSError),
        )

    def _take_columns(self, choice: LayoutChoice, found: ImportPlan) -> None:
        plan = self._plan
        if plan is None or plan.table is None:
            return
        before, self._guessed = self._guessed or plan, found
        new = with_changes(replace(found, my_addresses=plan.my_addresses), before, plan)
        for path, chosen in plan.table.choices:
            new = with_choice(new, path, chosen)
        self.planned.emit(with_choice(new, plan.paths[0], choice))

    def _take_other(self, path: str, choice: LayoutChoice, found: ImportPlan) -> None:
        if self._plan is not None:
            self.planned.emit(with_choice(self._plan, path, choice))
            self.looked.emit(found)
