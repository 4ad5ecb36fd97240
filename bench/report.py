"""The figures as a table for people and as JSON for whoever compares runs."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from bench.measuring import Figure

RESULTS = Path(__file__).parent / "results"
_HEAD = ("what", "ours", "limit", "", "ratio", "goal", "of cpu", "the limit is")


def lines(figures: Iterable[Figure]) -> Iterable[str]:
    """The table as Markdown, line by line as the figures come in."""
    yield "| " + " | ".join(_HEAD) + " |"
    yield "|" + "---|" * len(_HEAD)
    for figure in figures:
        goal = "–" if figure.goal is None else f"{figure.goal} {'✓' if figure.goal.is_met(figure.ratio) else '✗'}"
        cpu = "–" if figure.cpu_ratio is None else f"{figure.cpu_ratio:.2f}"
        what = " · ".join((f"{figure.bench}: {figure.what}", *figure.notes))
        cells = (what, _short(figure.ours), _short(figure.limit), figure.unit, f"**{figure.ratio:.2f}**", goal, cpu)
        yield "| " + " | ".join((*cells, figure.limit_is)) + " |"


def write(figures: Sequence[Figure], scale: float, at: datetime, folder: Path = RESULTS) -> Path:
    """Keep the figures of one run as JSON in ``folder``; gives the file."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{at:%Y-%m-%d-%H%M%S}-scale-{scale:g}.json"
    machine = {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()}
    found = [asdict(figure) | {"goal": None if figure.goal is None else asdict(figure.goal)} for figure in figures]
    words = {"at": at.isoformat(), "scale": scale, "machine": machine, "figures": found}
    file.write_text(json.dumps(words, indent=1, ensure_ascii=False), encoding="utf-8")
    return file


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.2f}"
