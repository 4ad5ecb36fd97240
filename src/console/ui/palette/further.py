"""Where conditions lead beside the palette: the table of all who meet them, and a segment that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.expressions import BadExpression
from console.domain.records import OwnerKind
from console.domain.segment_rules import Rule
from console.store.connection import Connection
from console.store.expressions import read_rule
from console.store.palette import Answer
from console.ui.palette.deeds import GROUP
from console.ui.palette.items import Item

if TYPE_CHECKING:
    from console.ui.workspace_view import WorkspaceView

translate = QCoreApplication.translate


def further_items(view: WorkspaceView, answer: Answer) -> list[Item]:
    """What can be done with the customers who meet the conditions; nothing where conditions say nothing of customers."""
    if not answer.parts:
        return []
    # The words were found in messages and notes as well, which a rule on customers does not read.
    expression = " ".join(part.expression for part in answer.parts)
    rule = view.session.read(lambda connection: _rule(connection, expression))
    if rule is None:
        return []
    return [
        Item(
            GROUP,
            translate("Palette", "Show all customers with these conditions"),
            expression,
            lambda: _show_table(view, expression),
            icon="table",
            tone="violet",
        ),
        Item(
            GROUP,
            translate("Palette", "Save these conditions as a segment…"),
            expression,
            lambda: _begin_segment(view, rule),
            icon="layers",
            tone="violet",
        ),
    ]


def _rule(connection: Connection, expression: str) -> Rule | None:
    try:
        return read_rule(connection, OwnerKind.CUSTOMER, expression)
    except BadExpression:
        return None


def _show_table(view: WorkspaceView, expression: str) -> None:
    view.go_to("customers")
    page = view.directories.page_of("customers")
    if page is not None:
        page.filter.put(expression)


def _begin_segment(view: WorkspaceView, rule: Rule) -> None:
    from console.ui.segments import draft

    view.go_to("segments")
    if view.segments is not None:
        view.segments.begin_new(draft.draft_of(rule))
