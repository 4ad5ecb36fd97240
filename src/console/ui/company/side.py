"""The right column of a company's window: properties and who disagrees, tags, segments, notes, who else may belong to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from console.domain.company_members import Likeness, SuggestedDuplicate, SuggestedMember
from console.domain.edits import Owner
from console.ui.company.disagreement import Disagreements
from console.ui.company.note_peek import NotePeek
from console.ui.company.read import CompanyBeside, CompanyRead
from console.ui.profile.identities import IdentityList
from console.ui.profile.lines import Line, Lines
from console.ui.profile.property_list import PropertyList
from console.ui.profile.tags import TagRowOfChips
from console.ui.profile.wording import isolated, named
from console.ui.segments.chips import SegmentChips
from console.ui.segments.tag_effects import TagEffects
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, divider, empty, row
from console.ui.widgets.labels import label
from console.ui.widgets.scrolled import scrolled
from console.ui.widgets.section import Section

_MOST_SUGGESTED = 4


class SideColumn(QFrame):
    """What is known of the company itself.

    Signals:
        property_wanted: (the button) a property is to be added.
        note_wanted, notes_wanted: a note is to be written; all of them are to be shown.
        member_taken: (SuggestedMember) belongs to the company.
        customer_wanted: (CustomerId) a suggested member is to be shown.
        merge_wanted: (SuggestedDuplicate, why in words) it is to be compared.
        apart: (SuggestedDuplicate) it is another company.
    """

    property_wanted = Signal(object)
    note_wanted = Signal()
    notes_wanted = Signal()
    member_taken = Signal(object)
    customer_wanted = Signal(object)
    merge_wanted = Signal(object, str)
    apart = Signal(object)

    def __init__(
        self, session: Session, known_tags: Callable[[], Iterable[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._beside: tuple[object, ...] = ()
        # From the outside inwards: each time a filled widget gets another parent, Qt tells everything in it.
        inner = self._ground()
        self.sections = sections = {
            key: Section(key, title, act=act, parent=inner) for key, (title, act) in self._titles().items()
        }
        content = {key: section.content for key, section in sections.items()}
        self.disagreements = Disagreements(content["properties"])
        self.properties = PropertyList(session.now, content["properties"])
        self.tags, self.segments = (
            TagRowOfChips(known_tags, content["tags"]),
            SegmentChips(session, content["segments"]),
        )
        self.identities = IdentityList(content["identities"])
        self._owner: Owner | None = None
        TagEffects(session, self.tags, lambda: self._owner)
        self.duplicates, self.suggested = QVBoxLayout(), QVBoxLayout()
        self.peek = NotePeek(content["notes"])
        for key, bodies in (
            ("properties", (self.disagreements, self.properties)),
            ("tags", (self.tags,)),
            ("segments", (self.segments,)),
            ("notes", (self.peek,)),
            ("identities", (self.identities,)),
        ):
            for body in bodies:
                self.sections[key].body.addWidget(body)
        self.sections["suggested"].body.addLayout(self.suggested)
        self.sections["properties"].acted.connect(lambda: self.property_wanted.emit(self.sections["properties"].button))
        self.sections["notes"].acted.connect(self.note_wanted)
        self.peek.all_wanted.connect(self.notes_wanted)
        self.sections["suggested"].hide()
        self._lay_out(inner)

    def show_read(self, read: CompanyRead, *, is_new: bool) -> None:
        """Shows another company, or this one as it is now."""
        view, is_past = read.view, read.is_past
        self.properties.read_only(is_only_read=is_past)
        self.tags.read_only(is_only_read=is_past)
        # Why it is in a segment, and what members say, is worked out from what is known today.
        self.segments.setEnabled(not is_past)
        self.disagreements.setEnabled(not is_past)
        for key in ("properties", "notes"):
            if (button := self.sections[key].button) is not None:
                button.setEnabled(not is_past)
        self.disagreements.show_properties(view.properties, read.voices)
        elsewhere = self.disagreements.names()
        self.properties.show_properties(view.properties, is_new=is_new, is_company=True, elsewhere=elsewhere)
        self._owner = read.owner
        self.tags.show_tags((), view.tags, self._session.now())
        self.segments.show_segments(read.owner, read.segments, read.segments)
        self.identities.show_view(view)
        self.peek.show_notes(view.notes, self._session.now())
        records = sum(not one.is_home for one in view.identities)
        for key, count in (
            ("properties", len(view.properties)),
            ("tags", len(view.tags)),
            ("segments", len(read.segments)),
            ("notes", len(view.notes)),
            ("identities", records),
        ):
            self.sections[key].set_count(count or None)

    def show_beside(self, found: CompanyBeside | None) -> None:
        """Shows who else may belong to the company, and which company may be the same; None while it is worked out."""
        shown = () if found is None else (found.members, found.duplicates)
        if shown == self._beside:
            return
        self._beside = shown
        empty(self.duplicates)
        empty(self.suggested)
        members = () if found is None else found.members
        for one in () if found is None else found.duplicates:
            self.duplicates.addWidget(self._duplicate(one))
        for one in members[:_MOST_SUGGESTED]:
            self.suggested.addWidget(self._member(one))
        rest = len(members) - _MOST_SUGGESTED
        if rest > 0:
            self.suggested.addWidget(label(self.tr("and {0} more").format(rest), "small"))
        self.sections["suggested"].set_count(len(members) or None)
        self.sections["suggested"].setVisible(bool(members))

    def reveal(self, widget: QWidget) -> None:
        """Scrolls until a widget is visible."""
        self.area.ensureWidgetVisible(widget)
        self.area.horizontalScrollBar().setValue(0)

    def _titles(self) -> dict[str, tuple[str, str]]:
        return {
            "properties": (self.tr("Properties"), self.tr("Add a property")),
            "tags": (self.tr("Tags"), ""),
            "segments": (self.tr("Segments"), ""),
            "notes": (self.tr("Notes"), self.tr("Write a note")),
            "suggested": (self.tr("Suggested members"), ""),
            "identities": (self.tr("Identities"), ""),
        }

    def _ground(self) -> QWidget:
        """What scrolls, still empty."""
        self.setProperty("surface", "panel")
        self.setProperty("line", "left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("About the company"))
        outer, inner = QVBoxLayout(self), QWidget(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = scrolled(inner, self.tr("About the company"))
        # In very large letters a card may be wider than the column.
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(self.area)
        return inner

    def _lay_out(self, inner: QWidget) -> None:
        column = QVBoxLayout(inner)
        column.setContentsMargins(tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_4)
        column.setSpacing(tokens.SPACE_3)
        column.addLayout(self.duplicates)
        for place, section in enumerate(self.sections.values()):
            if place:
                column.addWidget(divider(inner))
            column.addWidget(section)
        column.addStretch(1)

    def _duplicate(self, one: SuggestedDuplicate) -> Card:
        card = Card("amber", tokens.SPACE_3)
        name = named(one.name) or named(one.domain) or "?"
        reasons = {
            Likeness.DOMAIN: self.tr("The same domain, {0}").format(isolated(one.domain)),
            Likeness.NAME: self.tr("The same name but for the legal form"),
            Likeness.SPELLING: self.tr("The name differs by one letter"),
        }
        title = self.tr("{0} – same company?").format(isolated(name))
        card.column.addWidget(label(title, "strong", is_wrapping=True))
        counted = self.tr("{0} members").format(one.members)
        card.column.addWidget(label(f"{reasons[one.why]} · {counted}", "small", is_wrapping=True))
        compare = Button(self.tr("Compare"), is_small=True)
        no = Button(self.tr("Not the same"), "quiet", is_small=True)
        compare.setAccessibleName(self.tr("Compare with {0}").format(name))
        no.setAccessibleName(self.tr("{0} is not the same").format(name))
        compare.clicked.connect(lambda: self.merge_wanted.emit(one, reasons[one.why]))
        no.clicked.connect(lambda: self.apart.emit(one))
        card.column.addLayout(row(compare, no, None))
        return card

    def _member(self, one: SuggestedMember) -> QWidget:
        holder, name = QWidget(), named(one.name) or named(one.email)
        lines = Lines()
        lines.show_lines(
            [Line(name, named(one.email), one.id, face=name, tip=self.tr("Address at {0}").format(one.domain))]
        )
        lines.opened.connect(self.customer_wanted)
        add = Button(self.tr("Add"), is_small=True)
        add.setAccessibleName(self.tr("Add {0} to the company").format(name))
        add.clicked.connect(lambda: self.member_taken.emit(one))
        line = row(lines, add)
        line.setStretch(0, 1)
        holder.setLayout(line)
        return holder
