"""How a segment looks as a chip: by rule in one colour and icon, given by a source in another."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from console.ui.profile.wording import isolated, named
from console.ui.widgets.chip import ChipButton
from console.ui.widgets.labels import plain_tip

translate = QCoreApplication.translate


def dress(chip: ChipButton, name: str, *, is_ours: bool) -> None:
    """Shows a segment on a chip: by rule in one colour and icon, given by a source in another."""
    told = (
        translate("Segments", "Segment by rule: {0}. Press for why")
        if is_ours
        else translate("Segments", "Segment given by a source: {0}")
    )
    chip.set_chip(
        named(name), "accent" if is_ours else "grey", "layers" if is_ours else "plug", name=told.format(isolated(name))
    )
    plain_tip(chip, told.format(isolated(name)))
