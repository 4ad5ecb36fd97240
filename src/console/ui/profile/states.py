"""The states of the profile panel, opened one by one: for pictures of each, and for whoever wants to look."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QLineEdit, QMenu

from console.domain.values import ValueKind
from console.ui.profile.panel import ProfilePanel
from console.ui.profile.property_row import is_contested

State = Callable[[ProfilePanel], bool]


def why(panel: ProfilePanel) -> bool:
    """The popover of the first property on which sources disagree, else of the first one."""
    shown = panel.properties.shown()
    wanted = next((one for one in shown if is_contested(one) and panel.properties.row_of(one.name)), None)
    wanted = wanted or next(iter(shown), None)
    if wanted is None:
        return False
    panel.ask_why(wanted.name)
    return True


def why_history(panel: ProfilePanel) -> bool:
    """The same with its history unfolded."""
    shown = panel.properties.shown()
    wanted = next((one for one in shown if is_contested(one) and panel.properties.row_of(one.name)), None)
    row = panel.properties.row_of(wanted.name) if wanted else None
    card = panel.deeds.open_why(row) if row else None
    if card is None:
        return False
    card.history_button.setChecked(True)
    return True


def editor(kind: ValueKind) -> State:
    """The editor of the first property of a kind; False where the profile has none."""

    def open_it(panel: ProfilePanel) -> bool:
        shown = next((one for one in panel.properties.shown() if one.kind is kind), None)
        row = panel.properties.row_of(shown.name) if shown else None
        return row is not None and panel.properties.edit(row) is not None

    return open_it


def editor_problem(panel: ProfilePanel) -> bool:
    """The editor of the first number with a text that is none."""
    shown = next((one for one in panel.properties.shown() if one.kind is ValueKind.NUMBER), None)
    row = panel.properties.row_of(shown.name) if shown else None
    card = panel.properties.edit(row) if row else None
    if card is None:
        return False
    for line in card.field.findChildren(QLineEdit):
        line.setText(panel.tr("seventeen"))
    return not card.save()


def new_property(panel: ProfilePanel) -> bool:
    """The card that adds a property."""
    button = panel.sections.section("properties").button
    return button is not None and bool(panel.deeds.open_new_property(button))


def property_menu(panel: ProfilePanel) -> QMenu | None:
    """The menu of the first property."""
    shown = next(iter(panel.properties.shown()), None)
    row = panel.properties.row_of(shown.name) if shown else None
    return panel.deeds.open_menu(row, row.mapToGlobal(row.rect().bottomLeft())) if row else None


def tag_field(panel: ProfilePanel) -> bool:
    """The field for a tag."""
    panel.add_tag()
    return panel.view() is not None


def note_field(panel: ProfilePanel) -> bool:
    """The field for a note."""
    panel.write_note()
    return panel.view() is not None


def note_editor(panel: ProfilePanel) -> bool:
    """The first note being changed; False where there is none."""
    cards = panel.notes.cards()
    if cards:
        cards[0].begin()
    return bool(cards)


def split(panel: ProfilePanel) -> bool:
    """The dialog that takes a customer apart, with its first record leaving."""
    dialog = panel.deeds.open_split()
    if dialog is None or len(dialog.boxes) < 2:
        return False
    dialog.boxes[0].setChecked(True)
    return True


def merge(panel: ProfilePanel) -> bool:
    """The search for the customer to merge with."""
    panel.deeds.open_merge(panel.identities.merge).search("a")
    return True


def nobody(panel: ProfilePanel) -> bool:
    """No customer."""
    panel.show_nobody()
    return True


def states() -> Mapping[str, State]:
    """Every state by its name; each answers whether the shown profile could be brought into it."""
    kinds: dict[str, State] = {f"profile-edit-{kind.value}": editor(kind) for kind in ValueKind}
    return {
        "profile-why": why,
        "profile-why-history": why_history,
        **kinds,
        "profile-edit-problem": editor_problem,
        "profile-new-property": new_property,
        "profile-tag": tag_field,
        "profile-note": note_field,
        "profile-note-editor": note_editor,
        "profile-split": split,
        "profile-merge": merge,
        "profile-nobody": nobody,
    }


def settle(panel: ProfilePanel) -> None:
    """Closes whatever a state has opened."""
    panel.deeds.close_all()
    panel.properties.stop_editing()
    panel.tags.stop()
    for card in panel.notes.cards():
        card.stop()
