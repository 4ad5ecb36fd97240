"""The benchmarks: ours beside its limit, in one run, as ratios.

    python -m bench [--scale 0.02|0.2|1] [--only NAME …] [--results DIR]

Prints a table as it goes and keeps the figures in ``bench/results``. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

NAMES = (
    "ingest",
    "reads",
    "start",
    "scroll",
    "select",
    "opening",
    "company",
    "stream",
    "palette",
    "segments",
    "directory",
    "busy",
    "sync",
)


def figures_of(names: Sequence[str], scale: float) -> Iterator[object]:
    """The figures of some benchmarks, one after the other; each is imported when it is its turn."""
    for name in names:
        yield from importlib.import_module(f"bench.{name}").run(scale)


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(prog="bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--scale", type=float, default=0.02, help="0.02 for a smoke test, 0.2 daily, 1 for a release")
    parser.add_argument("--only", choices=NAMES, action="append", help="one of them; may be given several times")
    parser.add_argument("--results", type=Path, default=None, help="where the figures are kept; bench/results")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

    from bench import report
    from console.system import clock

    kept = []

    def noted() -> Iterator[object]:
        for figure in figures_of(options.only or NAMES, options.scale):
            kept.append(figure)
            yield figure

    for line in report.lines(noted()):  # pyright: ignore[reportArgumentType]  # run() of each gives figures
        print(line, flush=True)
    print(report.write(kept, options.scale, clock.now(), options.results or report.RESULTS))


if __name__ == "__main__":
    main()
