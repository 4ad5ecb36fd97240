"""Mappings that are remembered for files with the same columns, and layouts for files of the same name, in the settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from console.domain.file_names import title_of
from console.domain.import_mapping import signature, with_choice, with_column
from console.domain.importing import FOUND_OUT, ImportPlan, LayoutChoice, choice_of_tree
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


def kept_layouts(plan: ImportPlan) -> Mapping[str, str]:
    """How the files of a plan are laid out by choice, as settings; an empty text where a file is left to itself."""
    choices = dict(plan.table.choices) if plan.table is not None else {}
    texts = {path: json.dumps(asdict(choices[path])) if path in choices else "" for path in plan.paths}
    return {_layout_name(path): text for path, text in texts.items()}


def layout_of(path: str, settings: Mapping[str, str]) -> LayoutChoice:
    """How a file of this name was laid out by choice the last time."""
    try:
        return choice_of_tree(json.loads(settings.get(_layout_name(path), "") or "null"))
    except (ValueError, TypeError, KeyError):
        return FOUND_OUT


def with_layouts(plan: ImportPlan, settings: Mapping[str, str]) -> ImportPlan:
    """The plan with the layouts that are remembered of its other files; the first one was read as remembered already."""
    for path in plan.paths[1:]:
        plan = with_choice(plan, path, layout_of(path, settings))
    return plan


def _layout_name(path: str) -> str:
    return f"layout:{title_of(Path(path))}"
