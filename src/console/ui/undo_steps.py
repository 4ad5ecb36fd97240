"""Undo and redo for the window: what the next step would be, and a word about every edit."""

from __future__ import annotations

import contextlib

from PySide6.QtCore import QObject, Signal

from console.domain.done_words import done
from console.domain.edits import Entry, EraseCustomer, MarkRead, Redo, StartImport, Undo
from console.domain.ids import EditId
from console.domain.titles import title
from console.domain.undo import DEPTH, History, history
from console.store import outcomes
from console.store.changes import Stale
from console.store.errors import StoreError
from console.store.journal_scrubbing import scrub
from console.ui.assign.link_more import offer_more
from console.ui.session import Session
from console.ui.widgets.toast import Toast, Toasts

_READ_BACK = 4 * DEPTH


class UndoSteps(QObject):
    """Reads the steps from the journal, so that they survive a restart; says each edit in a toast with Undo.

    Signals:
        named: what Undo and what Redo would do now, as two titles; None where there is nothing.
    """

    named = Signal(object, object)

    def __init__(self, session: Session, toasts: Toasts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._toasts = session, toasts
        self._refused_seen = session.read(lambda connection: outcomes.folded_through(connection))
        session.submitted.connect(self._take_submitted)
        session.troubled.connect(self._tell_trouble)
        session.feed.changed.connect(self._take_change)
        self._forget_erased()

    def tell(self) -> None:
        """Names the next steps."""
        steps = self._history()
        undo = title(steps.undoable[-1].edit) if steps.undoable else None
        redo = title(steps.redoable[-1].edit) if steps.redoable else None
        self.named.emit(undo, redo)

    def speak_in(self, toasts: Toasts) -> None:
        """Says what is done in another window from now on."""
        self._toasts = toasts

    def undo(self) -> None:
        """Takes the newest step back."""
        steps = self._history()
        if steps.undoable:
            self._session.submit(Undo(steps.undoable[-1].id))

    def redo(self) -> None:
        """Does again what was taken back last."""
        steps = self._history()
        if steps.redoable:
            self._session.submit(Redo(steps.redoable[-1].id))

    def _history(self) -> History:
        entries = self._session.workspace.journal.newest(_READ_BACK)
        refused = self._session.read(lambda connection: outcomes.refused(connection, 0))
        return history(entries, frozenset(outcome.edit for outcome in refused))

    def _take_submitted(self, entry: Entry) -> None:
        self.tell()
        match entry.edit:
            case MarkRead(is_read=True) | StartImport():
                return
            case Undo(edit=target):
                self._say(self.tr("Undone: {0}").format(self._title_of(target)), self.tr("Redo")).acted.connect(
                    self.redo
                )
            case Redo(edit=target):
                self._say(self.tr("Done again: {0}").format(self._title_of(target)), self.tr("Undo")).acted.connect(
                    self.undo
                )
            case EraseCustomer():
                self._toasts.clear()
                self._toasts.say(self.tr("Everything of this customer is being erased"))
            case edit:
                toast = self._say(done(edit), self.tr("Undo"))
                toast.acted.connect(lambda: self._session.submit(Undo(entry.id)))
                offer_more(self._session, edit, toast)

    def _say(self, words: str, act: str) -> Toast:
        # Toasts speak of the last edit; older ones would stand in the way of a fast worker.
        self._toasts.clear()
        return self._toasts.say(words, act)

    def _title_of(self, target: EditId) -> str:
        for entry in self._session.workspace.journal.newest(_READ_BACK):
            if entry.id == target:
                return title(entry.edit)
        return self.tr("an edit")

    def _forget_erased(self) -> None:
        """Strikes what erased customers left in edits and drafts out of the journal, which only the window writes."""
        # What could not be struck out now is with the next edit, or at the next start: where it got to is kept.
        with contextlib.suppress(StoreError):
            scrub(self._session.workspace)

    def _tell_trouble(self, sentence: str) -> None:
        self._toasts.say(sentence, tone="red")

    def _take_change(self, kind: Stale, _keys: object) -> None:
        if kind is not Stale.EDIT:
            return
        self._forget_erased()
        since = self._refused_seen
        refused = self._session.read(lambda connection: outcomes.refused(connection, since))
        remarked = self._session.read(lambda connection: outcomes.remarked(connection, since))
        for outcome in refused:
            words = self.tr("{0} was refused: {1}").format(outcome.title, outcome.reason)
            self._toasts.say(words, tone="amber")
        for outcome in remarked:
            self._toasts.say(f"{outcome.title}: {outcome.reason}", tone="amber")
        self._refused_seen = max((one.seq for one in (*refused, *remarked)), default=since)
        self.tell()
