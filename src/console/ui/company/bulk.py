"""What is done with several members at once: one edit, one undo; who could not be reached is said, with another try."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from console.domain.customer_flags import OWNER
from console.domain.edits import AddTag, Edit, Owner, SetProperty, Several
from console.domain.ids import EditId
from console.domain.outcomes import OutcomeState
from console.domain.records import OwnerKind
from console.domain.safe_cells import safe_row, safe_writer
from console.domain.values import Value, ValueKind
from console.store.company_members import export_rows, still_there
from console.store.outcomes import outcome
from console.store.tags import all_tags
from console.ui.company.member_model import MemberModel
from console.ui.profile.owner_menu import OwnerMenu
from console.ui.profile.tag_card import TagCard
from console.ui.segments.tag_effects_of_many import TagEffectsOfMany
from console.ui.session import Session
from console.ui.widgets.popover import Popover
from console.ui.widgets.toast import Toasts

_HEAD = ("Name", "E-mail", "Place", "Last seen", "Sessions", "Tags")


class BulkDeeds(QObject):
    """For the members who are selected in one window."""

    def __init__(self, session: Session, rows: MemberModel, toasts: Toasts, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._rows, self._toasts, self._window = session, rows, toasts, window
        self._popover: Popover | None = None
        self._waiting: dict[EditId, tuple[str, Callable[[Owner], Edit], tuple[int, ...]]] = {}
        session.feed.changed.connect(self._look)

    def ask_tag(self, anchor: QWidget) -> TagCard:
        """Asks which tag all of them get."""
        known = [tag.name for tag in self._session.read(all_tags)]
        chosen = self._rows.chosen()
        card = TagCard(known, self.tr("Tag {0} members").format(len(chosen)))
        card.taken.connect(lambda tag: self._tag(tag, chosen))
        TagEffectsOfMany(self._session, card, OwnerKind.CUSTOMER).take(chosen)
        self._open(self.tr("Tag"), card, anchor)
        return card

    def ask_owner(self, anchor: QWidget) -> OwnerMenu:
        """Asks who looks after all of them."""
        chosen = self._rows.chosen()
        menu = OwnerMenu(self._session, self._window)
        menu.chosen.connect(lambda name: self._own(name, chosen))
        menu.open_below(anchor)
        return menu

    def export(self) -> None:
        """Asks for a file and writes those who are selected into it."""
        path, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Export members"), self.tr("members.csv"), self.tr("Tables (*.csv)")
        )
        if path:
            self.write(Path(path))

    def write(self, path: Path) -> None:
        """Writes those who are selected into a CSV file that no spreadsheet runs as a formula."""
        chosen = self._rows.chosen()
        rows = self._session.read(lambda connection: export_rows(connection, chosen))
        try:
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                safe_writer(file).writerows([_HEAD, *(safe_row(one) for one in rows)])
        except OSError as error:
            self._toasts.say(self.tr("The file could not be written: {0}").format(error.strerror), tone="red")
            return
        self._toasts.say(self.tr("{0} members written to {1}").format(len(rows), path.name))

    def close(self) -> None:
        """Closes what asks."""
        if self._popover is not None:
            self._popover.close_it()
            self._popover.deleteLater()
            self._popover = None

    def _tag(self, tag: str, chosen: tuple[int, ...]) -> None:
        self.close()
        self._submit(self.tr("tagged"), self.tr("Tag {0} members with {1}"), tag, chosen, lambda one: AddTag(one, tag))

    def _own(self, name: str, chosen: tuple[int, ...]) -> None:
        value = Value(ValueKind.STRING, name)
        title = self.tr("Give {0} members to {1}")
        self._submit(
            self.tr("given to {0}").format(name), title, name, chosen, lambda one: SetProperty(one, OWNER, value)
        )

    def _submit(self, did: str, title: str, what: str, chosen: tuple[int, ...], made: Callable[[Owner], Edit]) -> None:
        there = self._session.read(lambda connection: still_there(connection, chosen))
        reached = tuple(key for key in chosen if key in there)
        failed = tuple(key for key in chosen if key not in there)
        if reached:
            edits = tuple(made(Owner(OwnerKind.CUSTOMER, key)) for key in reached)
            done = self._session.submit(Several(title.format(len(reached), what), edits))
            if done is not None:
                self._waiting[done] = (did, made, reached)
                self._look()
        if failed:
            self._say_failed(did, len(reached), len(chosen), lambda: self._submit(did, title, what, failed, made))

    def _look(self, *_: object) -> None:
        """What became of edits; one that was refused is offered once more."""
        for edit in tuple(self._waiting):
            found = self._session.read(lambda connection, edit=edit: outcome(connection, edit))
            if found is None:
                continue
            did, made, keys = self._waiting.pop(edit)
            if found.state is OutcomeState.REFUSED:
                again = (did, found.title.replace("{", "(").replace("}", ")"), "", keys, made)
                self._say_failed(did, 0, len(keys), lambda again=again: self._submit(*again))

    def _say_failed(self, did: str, reached: int, of: int, again: Callable[[], None]) -> None:
        words = self.tr("{0} of {1} {2}, {3} failed").format(reached, of, did, of - reached)
        self._toasts.say(words, self.tr("Retry"), "amber").acted.connect(again)

    def _open(self, name: str, content: QWidget, anchor: QWidget) -> None:
        self.close()
        self._popover = Popover(name, content, self._window)
        self._popover.open_at(anchor, "below")
