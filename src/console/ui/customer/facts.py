"""The left column of a customer's window: properties, tags, segments, companies, identities."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from console.domain.edits import Owner
from console.domain.profile_view import ShownProperty
from console.ui.customer.duplicates_card import DuplicatesCard
from console.ui.customer.read import CustomerRead
from console.ui.profile import memory
from console.ui.profile.identities import IdentityList
from console.ui.profile.lines import Line, Lines
from console.ui.profile.property_groups import grouped
from console.ui.profile.property_list import PropertyList
from console.ui.profile.tags import TagRowOfChips
from console.ui.profile.wording import named, property_words, value_words
from console.ui.segments.chips import SegmentChips
from console.ui.segments.tag_effects import TagEffects
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.labels import label
from console.ui.widgets.scrolled import scrolled
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.section import Section
from console.ui.widgets.section_column import SectionColumn

_FILTER_FROM = 8
_KIND = "window.customer"


class FactsColumn(QFrame):
    """What is known, in sections that fold and can be moved.

    Signals:
        company_wanted: (CompanyId) one of the companies was pressed.
        property_wanted: (the button) a property is to be added.
    """

    company_wanted = Signal(object)
    property_wanted = Signal(object)

    def __init__(
        self, session: Session, known_tags: Callable[[], Iterable[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._read: CustomerRead | None = None
        self.properties = PropertyList(session.now, grouping=grouped)
        self.tags = TagRowOfChips(known_tags)
        TagEffects(session, self.tags, self._whose)
        self.segments, self.companies, self.identities = SegmentChips(session), Lines(), IdentityList()
        self.duplicates = DuplicatesCard()
        self.filter = SearchField(self.tr("Filter properties"))
        self.filter.searched.connect(self._show_properties)
        self._none = label(self.tr("No property holds these words"), "small")
        self.setProperty("surface", "panel")
        self.setProperty("line", "right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Facts"))
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(tokens.SPACE_2, tokens.SPACE_3, 6, tokens.SPACE_4)
        self.area = scrolled(inner, self.tr("Facts"))
        # In very large letters a card may be wider than the column.
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        self._column = SectionColumn((), inner, gap=tokens.SPACE_3)
        self._sections = self._made()
        self._restore()
        column.addWidget(self._column)
        column.addWidget(self.duplicates)
        column.addStretch(1)
        self._below = column
        self.companies.opened.connect(self.company_wanted)

    def show_read(self, read: CustomerRead, *, is_new: bool) -> None:
        """Shows another customer, or this one as it is now."""
        self._read, view, now = read, read.view, self._session.now()
        self.properties.read_only(is_only_read=read.is_past)
        self.tags.read_only(is_only_read=read.is_past)
        # Why somebody is in a segment is worked out from what is known today.
        self.segments.setEnabled(not read.is_past)
        button = self._sections["properties"].button
        if button is not None:
            button.setEnabled(not read.is_past)
        if is_new:
            self.filter.empty()
        self._show_properties(is_new=is_new)
        self.filter.setVisible(len(view.properties) >= _FILTER_FROM)
        self.tags.show_tags((), view.tags, now)
        self.segments.show_segments(view.owner, view.segments, view.segments_by_rule)
        self.identities.show_view(view)
        titles = [(card, named(card.name) or named(card.domain) or "?") for card in view.companies]
        self.companies.show_lines(
            [Line(name, self._members(card.member_count), card.id, face=name, is_square=True) for card, name in titles]
        )
        self._sections["companies"].setVisible(bool(view.companies))
        records = sum(not one.is_home for one in view.identities)
        for key, count in (
            ("properties", len(view.properties)),
            ("tags", len(view.tags)),
            ("segments", len(view.segments)),
            ("companies", len(view.companies)),
            ("identities", records),
        ):
            self._sections[key].set_count(count or None)

    def _whose(self) -> Owner | None:
        return self._read.view.owner if self._read is not None else None

    def section(self, key: str) -> Section:
        """The section with this key; KeyError where there is none."""
        return self._sections[key]

    def take_in(self, content: QWidget) -> None:
        """Shows something else below the facts, because there is no room for it beside them."""
        self._below.insertWidget(self._below.count() - 1, content)
        content.show()

    def reveal(self, widget: QWidget) -> None:
        """Scrolls until a widget is visible."""
        self.area.ensureWidgetVisible(widget)
        self.area.horizontalScrollBar().setValue(0)

    def _show_properties(self, _words: str = "", *, is_new: bool = False) -> None:
        if self._read is None:
            return
        wanted = self.filter.text().strip().casefold()
        shown = [one for one in self._read.view.properties if wanted in _text_of(one)]
        self.properties.show_properties(shown, is_new=is_new)
        self._none.setVisible(bool(wanted) and not shown)
        self.properties.setVisible(bool(shown) or not wanted)

    def _members(self, count: int) -> str:
        return self.tr("1 customer") if count == 1 else self.tr("{0} customers").format(count)

    def _made(self) -> dict[str, Section]:
        sections: dict[str, Section] = {}
        for key, title, act, bodies in (
            (
                "properties",
                self.tr("Properties"),
                self.tr("Add a property"),
                (self.filter, self._none, self.properties),
            ),
            ("tags", self.tr("Tags"), "", (self.tags,)),
            ("segments", self.tr("Segments"), "", (self.segments,)),
            ("companies", self.tr("Companies"), "", (self.companies,)),
            ("identities", self.tr("Identities"), "", (self.identities,)),
        ):
            sections[key] = Section(key, title, act=act, parent=self._column)
            self._column.add(sections[key])
            for body in bodies:
                sections[key].body.addWidget(body)
        sections["properties"].acted.connect(self._add_property)
        return sections

    def _add_property(self) -> None:
        self.property_wanted.emit(self._sections["properties"].button)

    def _restore(self) -> None:
        shape = memory.shape_of(self._session.state(), _KIND, self._sections)
        self._column.order(shape.order)
        for key in shape.folded:
            self._sections[key].fold(is_folded=True)
        self._column.reordered.connect(self._keep)
        self._column.folded.connect(self._keep)

    def _keep(self, *_: object) -> None:
        folded = frozenset(key for key, section in self._sections.items() if section.is_folded())
        self._session.keep_state(memory.kept(_KIND, memory.Shape(self._column.keys(), folded)))


def _text_of(shown: ShownProperty) -> str:
    value = value_words(shown.value) if shown.value is not None else ""
    return f"{shown.name} {property_words(shown.name)} {value}".casefold()
