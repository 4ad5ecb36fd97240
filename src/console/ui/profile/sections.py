"""The sections of the profile panel: which there are, what they are called, and how they are remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.ui.profile import memory
from console.ui.profile.view import View
from console.ui.session import Session
from console.ui.widgets.section import Section
from console.ui.widgets.section_column import SectionColumn


class ProfileSections(QObject):
    """Holds the sections; folding and order are kept as soon as they change."""

    def __init__(
        self,
        session: Session,
        bodies: Mapping[str, QWidget],
        *,
        add_property: Callable[[QWidget], object],
        write_note: Callable[[], None],
    ) -> None:
        """`bodies` holds what each section shows; `add_property` opens beside the button that it is given."""
        super().__init__(bodies["properties"])
        self._session, self._add = session, add_property
        self._kind = ""
        self._section_by_key: dict[str, Section] = {}
        titles = (
            ("properties", self.tr("Properties"), self.tr("Add a property")),
            ("events", self.tr("Events"), ""),
            ("notes", self.tr("Notes"), self.tr("Write a note")),
            ("conversations", self.tr("Other conversations"), ""),
            ("companies", self.tr("Companies"), ""),
            ("members", self.tr("Members"), ""),
            ("identities", self.tr("Identities"), ""),
        )
        for key, title, act in titles:
            section = Section(key, title, act=act)
            section.body.addWidget(bodies[key])
            self._section_by_key[key] = section
        self.column = SectionColumn(self._section_by_key.values())
        self.column.reordered.connect(self._keep)
        self.column.folded.connect(self._keep)
        self._section_by_key["properties"].acted.connect(self._add_property)
        self._section_by_key["notes"].acted.connect(write_note)

    def show_view(self, view: View, *, is_new: bool) -> None:
        """Counts, and shows only the sections that this kind of profile has."""
        kind = view.owner.kind.value
        if is_new and kind != self._kind:
            self._kind = kind
            shape = memory.shape_of(self._session.state(), kind, self._section_by_key)
            self.column.order(shape.order)
            for key, section in self._section_by_key.items():
                section.fold(is_folded=key in shape.folded)
        self._section_by_key["companies"].setVisible(bool(view.companies))
        self._section_by_key["members"].setVisible(view.is_company)
        self._section_by_key["events"].setVisible(not view.is_company)
        self.count("properties", len(view.properties))
        self.count("events", None)
        self.count("notes", len(view.notes))
        self.count("companies", len(view.companies))
        self.count("members", view.member_count)
        self.count("identities", sum(not one.is_home for one in view.identities))

    def count(self, key: str, number: int | None) -> None:
        """Shows a number behind a section's title."""
        self._section_by_key[key].set_count(number or None)

    def section(self, key: str) -> Section:
        """The section with this key; KeyError where there is none."""
        return self._section_by_key[key]

    def unfold(self, key: str) -> None:
        """Opens a section."""
        if self._section_by_key[key].is_folded():
            self._section_by_key[key].fold(is_folded=False)
            self._keep()

    def _keep(self, *_: object) -> None:
        if self._kind:
            folded = frozenset(key for key, section in self._section_by_key.items() if section.is_folded())
            self._session.keep_state(memory.kept(self._kind, memory.Shape(self.column.keys(), folded)))

    def _add_property(self) -> None:
        button = self._section_by_key["properties"].button
        if button is not None:
            self._add(button)
