"""Mappings that are remembered for files with the same columns, in the settings of the workspace."""

from __future__ import annotations

import json
from collections.abc import Mapping

from console.domain.import_mapping import signature, with_column
from console.domain.importing import ImportPlan
from console.domain.values import ValueKind


def kept_name(plan: ImportPlan) -> str:
    """The name in the settings under which files like this one are remembered; empty where there are no columns."""
    if plan.table is None:
        return ""
    return f"mapping:{plan.kind.value}:{signature(column.column for column in plan.table.columns)}"


def kept_text(plan: ImportPlan) -> str:
    """What is remembered of a plan."""
    columns = plan.table.columns if plan.table is not None else ()
    return json.dumps(
        {
            column.column: [column.target, column.kind.value, column.day_first, column.decimal_comma]
            for column in columns
        }
    )


def with_kept(plan: ImportPlan, settings: Mapping[str, str]) -> ImportPlan:
    """The plan as it was mapped by hand the last time; as it is where nothing usable is remembered."""
    text = settings.get(kept_name(plan), "")
    try:
        for column, (target, kind, day_first, decimal_comma) in json.loads(text or "{}").items():
            plan = with_column(
                plan,
                column,
                target=str(target),
                kind=ValueKind(kind),
                day_first=bool(day_first),
                decimal_comma=bool(decimal_comma),
            )
    except (ValueError, TypeError):
        return plan
    return plan
