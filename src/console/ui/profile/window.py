"""What the windows of a customer and of a company share: whom edits are about, another day, and a note being written."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from console.domain.edits import Owner
from console.store.errors import StoreError
from console.store.tags import all_tags
from console.ui.overriding import override
from console.ui.profile.as_of import AsOfStrip
from console.ui.profile.deeds import ProfileDeeds
from console.ui.profile.notes import NoteColumn
from console.ui.profile.property_list import PropertyList
from console.ui.profile.view import View
from console.ui.profile.window_header import WindowHeader
from console.ui.profile.wording import day_of
from console.ui.session import Session
from console.ui.stream.jump import end_of
from console.ui.top_window import TopWindow

_MOMENT = timedelta(microseconds=1)


class ProfileWindow(TopWindow):
    """Whoever derives from it builds the parts, hands the shared ones to `_take_parts` and `_take_notes`, and reads. D asks for another day."""

    def __init__(self, session: Session, owner: Owner) -> None:
        super().__init__(session, owner)
        self._asked = owner.id

    def view(self) -> View | None:
        """What is shown; None where there is nobody."""
        raise NotImplementedError

    def load(self, *, is_new: bool) -> None:
        """Reads again, as of now; `is_new` where nothing that stood there before may stay."""
        raise NotImplementedError

    def write_note(self) -> None:
        """Opens the field for a note (N); not on another day."""
        raise NotImplementedError

    def reveal(self, widget: QWidget) -> None:
        """Scrolls until a widget of the profile is visible."""
        raise NotImplementedError

    def name(self) -> str:
        """The name as it is shown."""
        return self._header.name()

    def owner(self) -> Owner:
        """Whom edits are about."""
        return self.shown_owner()

    def edit(self, name: str) -> None:
        """Opens the editor of a property."""
        row = self.properties.reveal(name)
        if row is not None:
            self.deeds.close_all()
            self.properties.edit(row)

    def ask_day(self) -> None:
        """Shows the strip by which another day is chosen (D), at yesterday."""
        view = self.view()
        if view is not None and view.as_of is None:
            today, since = self.session.now().astimezone().date(), view.since.astimezone().date()
            day = max(today - timedelta(days=1), since)
            self.past.open(since, today, day)
            self.show_day(day)

    def show_day(self, day: date) -> None:
        """Shows the profile as of the end of a day of this desktop's calendar; it can be read only."""
        self.close_what_asks()
        self.past.show_day(day)
        self._ask_then(min(end_of(day) - _MOMENT, self.session.now()))

    def leave_past(self) -> None:
        """Back to today (Esc)."""
        if not self.past.isHidden():
            self.past.hide()
            self.load(is_new=True)
            self._header.past.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_what_asks(self) -> None:
        """Closes every card and menu that waits for an answer."""
        self.deeds.close_all()

    def say_failed(self, error: Exception) -> None:
        """Says what could not be read."""
        self.toasts.say(str(error), tone="red")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.past.isHidden():
            self.leave_past()
        else:
            super().keyPressEvent(event)

    def _take_parts(self, header: WindowHeader, past: AsOfStrip, properties: PropertyList) -> None:
        self.past, self.properties, self._header = past, properties, header
        self.deeds = ProfileDeeds(self)
        header.past_wanted.connect(self.ask_day)
        past.chosen.connect(self.show_day)
        past.left.connect(self.leave_past)
        properties.edited.connect(self.deeds.set_value)
        properties.why_wanted.connect(self.deeds.open_why)
        properties.menu_wanted.connect(self.deeds.open_menu)
        properties.unfolded.connect(self.reveal)

    def _take_notes(self, notes: NoteColumn) -> None:
        notes.written.connect(self.deeds.write_note)
        notes.drafted.connect(self._keep_draft)
        notes.card_made.connect(self.deeds.connect_note)

    def _ask_then(self, moment: datetime) -> None:
        """Reads the profile of a moment (aware UTC) beside the window."""
        raise NotImplementedError

    def _title(self, view: View) -> str:
        then = view.as_of
        if then is None:
            return self.name()
        return self.tr("{0}, as of {1}").format(self.name(), day_of(then.astimezone().date()))

    def _known_tags(self) -> list[str]:
        return [tag.name for tag in self.session.read(all_tags)]

    def _kept_draft(self) -> str | None:
        return self.session.workspace.journal.draft(self._draft_place())

    def _keep_draft(self, text: str) -> None:
        try:
            self.session.keep_draft(self._draft_place(), text)
        except StoreError as error:
            self.toasts.say(str(error), tone="red")

    def _draft_place(self) -> str:
        owner = self.shown_owner()
        return f"note:{owner.kind.value}:{owner.id}"
