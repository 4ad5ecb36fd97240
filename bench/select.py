"""Selecting: from a conversation chosen in the inbox to its messages and profile painted, against painting alone."""

from __future__ import annotations

from collections.abc import Iterator

from bench.generate import KEY, NOW, folder
from bench.measuring import Figure, Goal, Pairs, percentile, timed
from bench.places import copy_of

from bench import windows
from console.store.workspace import Role, Workspace
from console.ui.footer import Footer
from console.ui.inbox.place import InboxPlace
from console.ui.services import Services
from console.ui.session import Session

_CONVERSATIONS, _FIRST = 30, 5
_WIDTH = 1440
_LOOKED_AT_SECONDS = 0.3
# J and K go to the next row; a click or a search goes to one that nobody could foresee.
_NEXT, _JUMP = 1, 4


def run(scale: float) -> Iterator[Figure]:
    """Conversations one after the other, each painted once more right after it was shown."""
    windows.application()
    with copy_of(folder(scale)) as place:
        session = Session(Workspace(place, KEY, Role.WINDOW), "Nadia", now=lambda: NOW, services=never_asked())
        inbox = InboxPlace(session, Footer(session.now))
        windows.shown(inbox, _WIDTH)
        windows.rest(_LOOKED_AT_SECONDS)
        pairs = {"next": _pairs(inbox, _NEXT), "jump": _pairs(inbox, _JUMP)}
        windows.end(inbox)
        session.close()
    for way, spent in pairs.items():
        yield from _figures(way, spent)


def _pairs(inbox: InboxPlace, rows: int) -> Pairs:
    """So many conversations, each so many rows below the one before."""
    shown, painted = [], []
    inbox.column.list.choose(inbox.column.rows.id_at(0))
    for _ in range(_CONVERSATIONS + _FIRST):
        # Meanwhile it is looked at: what stands above the edge of a long one follows, and what is likely next is read.
        windows.rest(_LOOKED_AT_SECONDS)
        shown.append(timed(lambda: _step(inbox, rows)))
        windows.rest(_LOOKED_AT_SECONDS)
        painted.append(timed(lambda: _repaint(inbox)))
    # The first few are the first of everything: icons, fonts, statements.
    return Pairs(tuple(shown[_FIRST:]), tuple(painted[_FIRST:]))


def _figures(way: str, pairs: Pairs) -> Iterator[Figure]:
    limit_is = "painting the same content alone"
    yield pairs.as_times("select", f"{way}: conversation chosen to painted, p50", limit_is, Goal(1.4))
    mine, other = (percentile([one.seconds * 1000 for one in spent], 0.99) for spent in (pairs.ours, pairs.limit))
    yield Figure(
        "select",
        f"{way}: conversation chosen to painted, p99",
        limit_is,
        mine,
        other,
        "ms",
        mine / other,
        notes=("at most 33 ms",),
    )


def _step(inbox: InboxPlace, rows: int) -> None:
    inbox.column.list.step(rows)
    windows.settle()


def _repaint(inbox: InboxPlace) -> None:
    for part in (inbox.pane, inbox.panel):
        part.repaint()
    inbox.column.list.viewport().repaint()
    windows.settle()


def never_asked() -> Services:
    """Services of a window that asks for none of them."""

    def never(*_: object) -> None:
        raise NotImplementedError

    return Services(never, never, never, never, never, never, never)  # pyright: ignore[reportArgumentType]  # nobody asks here
