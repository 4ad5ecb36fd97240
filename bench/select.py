"""Selecting: from a conversation chosen in the inbox to its messages and profile painted, against painting alone."""

from __future__ import annotations

from collections.abc import Iterator

from bench.generate import KEY, NOW, folder
from bench.measuring import Figure, Goal, Pairs, Spent, percentile, timed
from bench.places import copy_of

from bench import windows
from console.domain.ids import ConversationId
from console.store.workspace import Role, Workspace
from console.ui.footer import Footer
from console.ui.inbox.place import InboxPlace
from console.ui.services import Services
from console.ui.session import Session

_CONVERSATIONS = 30
_WIDTH = 1440
_LOOKED_AT_SECONDS = 0.3


def run(scale: float) -> Iterator[Figure]:
    """Conversations one after the other, each painted once more right after it was shown."""
    windows.application()
    with copy_of(folder(scale)) as place:
        session = Session(Workspace(place, KEY, Role.WINDOW), "Nadia", now=lambda: NOW, services=_services())
        inbox = InboxPlace(session, Footer(session.now))
        windows.shown(inbox, _WIDTH)
        keys = [key for number in range(_CONVERSATIONS + 5) if (key := inbox.column.rows.id_at(number)) is not None]
        shown, painted = [], []
        for key in keys:
            shown.append(timed(lambda key=key: _choose(inbox, key)))
            # What stands above the edge of a long conversation follows; it belongs to neither.
            windows.rest(_LOOKED_AT_SECONDS)
            painted.append(timed(lambda: _repaint(inbox)))
        session.close()
        inbox.close()
    # The first few are the first of everything: icons, fonts, statements.
    yield from _figures(shown[5:], painted[5:])


def _figures(shown: list[Spent], painted: list[Spent]) -> Iterator[Figure]:
    pairs, limit_is = Pairs(tuple(shown), tuple(painted)), "painting the same content alone"
    yield pairs.as_times("select", "conversation chosen to painted, p50", limit_is, Goal(1.4))
    mine, other = (percentile([one.seconds * 1000 for one in spent], 0.99) for spent in (shown, painted))
    yield Figure(
        "select",
        "conversation chosen to painted, p99",
        limit_is,
        mine,
        other,
        "ms",
        mine / other,
        notes=("at most 33 ms",),
    )


def _choose(inbox: InboxPlace, key: int) -> None:
    inbox.show_conversation(ConversationId(key))
    windows.settle()


def _repaint(inbox: InboxPlace) -> None:
    for part in (inbox.pane, inbox.panel):
        part.repaint()
    inbox.column.list.viewport().repaint()
    windows.settle()


def _services() -> Services:
    def never(*_: object) -> None:
        raise NotImplementedError

    return Services(never, never, never, never, never)  # pyright: ignore[reportArgumentType]  # nobody asks here
