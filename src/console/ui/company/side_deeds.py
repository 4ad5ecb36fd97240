"""What the right column of a company's window asks for, and who does it."""

from __future__ import annotations

from console.domain.edits import SetProperty
from console.domain.ids import CompanyId
from console.ui.company.acts import CompanyActs
from console.ui.company.frame import CompanyFrame
from console.ui.company.side import SideColumn
from console.ui.profile.window import ProfileWindow


def connect_side(window: ProfileWindow, frame: CompanyFrame, acts: CompanyActs) -> None:
    """Connects each of its signals once."""
    side, deeds = frame.side, window.deeds
    side.property_wanted.connect(deeds.open_new_property)
    side.note_wanted.connect(window.write_note)
    side.notes_wanted.connect(lambda: frame.show_tab("notes"))
    side.tags.added.connect(deeds.add_tag)
    side.tags.removed.connect(deeds.remove_tag)
    side.identities.split_wanted.connect(acts.open_split)
    side.identities.merge_wanted.connect(lambda: acts.ask_merge(side.identities.merge))
    side.customer_wanted.connect(window.session.open_customer)
    side.member_taken.connect(acts.add_member)
    side.merge_wanted.connect(lambda one, why: acts.open_merge(one.id, why))
    side.apart.connect(lambda one: acts.part(CompanyId(window.shown_owner().id), one.id))
    side.disagreements.leaving.connect(deeds.close_all)
    side.disagreements.edit_wanted.connect(window.edit)
    side.disagreements.menu_wanted.connect(deeds.open_menu)
    side.disagreements.compare_wanted.connect(lambda name: _compare(window, side, name))
    side.disagreements.pinned.connect(lambda name: _pin(window, name))


def _compare(window: ProfileWindow, side: SideColumn, name: str) -> None:
    row = side.disagreements.row_of(name)
    if row is not None:
        window.reveal(row)
        window.deeds.open_why(row)


def _pin(window: ProfileWindow, name: str) -> None:
    shown = next((one for one in window.properties.shown() if one.name == name), None)
    if shown is not None and shown.value is not None:
        window.deeds.submit(SetProperty(window.owner(), name, shown.value, is_pin=True))
