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


def palette_beside(stage: Stage) -> None:
    """The palette in the window of a customer, with what was opened lately."""
    rows = stage.view.inbox.column.rows
    row = next(
        (found for at in range(min(20, rows.rowCount())) if (found := rows.row_of(at)) and found.customer_id), None
    )
    if row is None:
        stage.leave_out("palette-beside")
        return
    stage.session.open_customer(row.customer_id)
    window = stage.view.beside.windows.open_windows()[0]
    stage.settle()
    next(action for action in window.actions() if action.objectName() == "palette").trigger()
    stage.take("palette-beside", window)
    window.close()


def _type(stage: Stage, opened: Palette, text: str) -> None:
    """Types letter by letter, as a teammate does, so that conditions become chips."""
    opened.ask_for("")
    for letter in text:
        opened.card.box.line.insert(letter)
        if letter == " ":
            stage.settle()
    stage.settle()


SCENES: tuple[Scene, ...] = (palette, palette_beside)
