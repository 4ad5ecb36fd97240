"""Opening: the window of a customer and that of a company, from the call to the first frame painted, against painting alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from statistics import median

from bench.generate import KEY, NOW, folder
from bench.measuring import Figure, Pairs, timed
from bench.places import edited_beside
from bench.select import never_asked

from bench import windows
from console.store.workspace import Role, Workspace
from console.ui.company.window import CompanyWindow
from console.ui.customer.window import CustomerWindow
from console.ui.session import Session
from console.ui.top_window import TopWindow

_WINDOWS, _AGAIN, _FIRST = 12, 6, 3
_WIDTH, _HEIGHT = 1180, 820
_LOOKED_AT_SECONDS = 0.2
_MOST_MS = 100
_SOME = "SELECT id FROM {} WHERE merged_into IS NULL ORDER BY id"
_BUSIEST = """SELECT owner_id, count(*) FROM activities WHERE owner_id IN (SELECT id FROM {} WHERE merged_into IS NULL)
    GROUP BY owner_id ORDER BY count(*) DESC, owner_id LIMIT 1"""
_KINDS: tuple[tuple[str, str, Callable[[Session, int], TopWindow]], ...] = (
    ("customer", "customers", CustomerWindow),
    ("company", "companies", CompanyWindow),
)


def run(scale: float) -> Iterator[Figure]:
    """Windows one after the other, each painted once more after it was looked at."""
    windows.application()
    with edited_beside(folder(scale)) as place:
        session = Session(Workspace(place, KEY, Role.WINDOW), "Nadia", now=lambda: NOW, services=never_asked())
        for name, table, window in _KINDS:
            with session.workspace.database.read() as connection:
                keys = [row[0] for row in connection.exec_driver_sql(_SOME.format(table)).fetchall()]
                busiest, count = connection.exec_driver_sql(_BUSIEST.format(table)).one()
            # Not the first: a few have done almost everything.
            some = keys[len(keys) // 5 :: max(1, len(keys) // (2 * (_WINDOWS + _FIRST)))][: _WINDOWS + _FIRST]
            yield _figure(session, window, some, f"window of a {name}")
            yield _figure(
                session, window, [busiest] * (_AGAIN + _FIRST), f"window of the {name} with {count:,} activities"
            )
        session.close()


def _figure(session: Session, window: Callable[[Session, int], TopWindow], keys: list[int], what: str) -> Figure:
    pairs = _pairs(session, window, keys)
    spent = median(one.cpu for one in pairs.ours) * 1000
    figure = pairs.as_times("opening", f"{what} called to painted", "painting the same content alone", None)
    return replace(figure, notes=(f"{spent:.0f} ms of cpu, at most {_MOST_MS}",))


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
