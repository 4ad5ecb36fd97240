"""The scenes of the palette and of the sheet of shortcuts."""

from __future__ import annotations


from console.ui.palette.palette import Palette
from console.ui.tour_stage import Scene, Stage

_TYPED = (
    ("palette-hits", "export"),
    ("palette-typo", "arianna delacrox"),
    ("palette-chip", "plan:enterprise export"),
    ("palette-chips-alone", "plan:enterprise last_seen<90d "),
    ("palette-actions", "import"),
    ("palette-nothing", "plan:enterprise zzzxq"),
)


def palette(stage: Stage) -> None:
    """Empty, with hits, with a condition, with nothing found, with nonsense, and one kind alone."""
    opened = stage.view.palettes.open()
    stage.take("palette-empty")
    for name, text in _TYPED:
        _type(stage, opened, text)
        stage.take(name)
    _type(stage, opened, "export")
    _type(stage, opened, "mrr>much export")
    stage.take("palette-bad-operator")
    _type(stage, opened, "a")
    opened.card.box.line.kind_wanted.emit(1)
    stage.take("palette-customers-only")
    opened.card.box.line.helped.emit()
    stage.take("palette-syntax")
    opened.close()


def _type(stage: Stage, opened: Palette, text: str) -> None:
    """Types letter by letter, as a teammate does, so that conditions become chips."""
    opened.ask_for("")
    for letter in text:
        opened.card.box.line.insert(letter)
        if letter == " ":
            stage.settle()
    stage.settle()


SCENES: tuple[Scene, ...] = (palette,)
