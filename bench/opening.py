"""Opening: the window of a customer and that of a company, from the call to the first frame painted, against painting alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from statistics import median

from bench.generate import KEY, NOW, folder
from bench.measuring import Figure, Pairs, timed
from bench.places import copy_of
from bench.select import never_asked

from bench import windows
from console.store.workspace import Role, Workspace
from console.ui.company.window import CompanyWindow
from console.ui.customer.window import CustomerWindow
from console.ui.session import Session
from console.ui.top_window import TopWindow

_WINDOWS, _FIRST = 12, 3
_WIDTH, _HEIGHT = 1180, 820
_LOOKED_AT_SECONDS = 0.2
_MOST_MS = 100
_KINDS: tuple[tuple[str, str, Callable[[Session, int], TopWindow]], ...] = (
    ("customer", "SELECT id FROM customers WHERE merged_into IS NULL ORDER BY id", CustomerWindow),
    ("company", "SELECT id FROM companies WHERE merged_into IS NULL ORDER BY id", CompanyWindow),
)


def run(scale: float) -> Iterator[Figure]:
    """Windows one after the other, each painted once more after it was looked at."""
    windows.application()
    with copy_of(folder(scale)) as place:
        session = Session(Workspace(place, KEY, Role.WINDOW), "Nadia", now=lambda: NOW, services=never_asked())
        for name, statement, window in _KINDS:
            with session.workspace.database.read() as connection:
                keys = [row[0] for row in connection.exec_driver_sql(statement).fetchall()]
            # Not the first: a few have done almost everything.
            chosen = keys[len(keys) // 5 :: max(1, len(keys) // (2 * (_WINDOWS + _FIRST)))][: _WINDOWS + _FIRST]
            pairs = _pairs(session, window, chosen)
            spent = median(one.cpu for one in pairs.ours) * 1000
            figure = pairs.as_times(
                "opening", f"window of a {name} called to painted", "painting the same content alone", None
            )
            yield replace(figure, notes=(f"{spent:.0f} ms of cpu, at most {_MOST_MS}",))
        session.close()


def _pairs(session: Session, window: Callable[[Session, int], TopWindow], keys: list[int]) -> Pairs:
    opened, painted = [], []
    for key in keys:
        made: list[TopWindow] = []
        opened.append(timed(partial(_open, made, window, session, key)))
        windows.rest(_LOOKED_AT_SECONDS)
        painted.append(timed(partial(_repaint, made[0])))
        windows.end(made[0])
    # The first few are the first of everything: icons, fonts, statements.
    return Pairs(tuple(opened[_FIRST:]), tuple(painted[_FIRST:]))


def _open(made: list[TopWindow], window: Callable[[Session, int], TopWindow], session: Session, key: int) -> None:
    made.append(window(session, key))
    made[0].resize(_WIDTH, _HEIGHT)
    made[0].show()
    windows.settle()


def _repaint(window: TopWindow) -> None:
    window.repaint()
    windows.settle()
