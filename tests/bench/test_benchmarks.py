"""Every benchmark runs from beginning to end and gives ratios; how good they are is no test's business."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bench.measuring import Figure, Goal, percentile

from bench import __main__ as program
from bench import generate, report

_TINY = 0.002
_ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("name", program.NAMES)
def test_a_benchmark_gives_figures_with_ratios(name: str, tmp_path: Path) -> None:
    """In a process of its own, as everybody runs it: beside a thousand other tests it would measure their rubbish."""
    ran = subprocess.run(
        [sys.executable, "-m", "bench", "--scale", str(_TINY), "--only", name, "--results", str(tmp_path)],
        cwd=_ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr
    figures = json.loads(next(tmp_path.iterdir()).read_text(encoding="utf-8"))["figures"]
    assert figures
    for figure in figures:
        assert figure["limit_is"]
        assert min(figure["ours"], figure["limit"], figure["ratio"]) > 0
        assert math.isfinite(figure["ratio"])


def test_a_goal_says_whether_a_ratio_keeps_it() -> None:
    assert Goal(0.6, is_least=True).is_met(0.7)
    assert not Goal(0.6, is_least=True).is_met(0.5)
    assert Goal(1.3).is_met(1.3)
    assert not Goal(1.3).is_met(1.31)


def test_the_table_has_a_line_for_each_figure_and_the_file_holds_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    figure = Figure("ingest", "mail", "executemany", 500, 1_000, "mails/s", 0.5, Goal(0.6, is_least=True), 0.45)

    table = list(report.lines([figure]))
    kept = json.loads(report.write([figure], 0.02, generate.NOW).read_text(encoding="utf-8"))

    assert len(table) == 3
    assert "0.50" in table[2]
    assert "≥ 0.6 ✗" in table[2]
    assert kept["figures"][0]["ratio"] == 0.5


def test_a_percentile_is_a_number_that_was_measured() -> None:
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile([3, 1, 2], 0.99) == 3
