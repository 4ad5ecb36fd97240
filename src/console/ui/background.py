"""Slow questions: they run beside the window, and an answer that nobody waits for any more is dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from console.store.errors import StoreError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
_THREADS = 2


class _Question(NamedTuple):
    asker: QObject
    about: tuple[int, str]
    then: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    expected: tuple[type[Exception], ...]


class Background(QObject):
    """Runs reads in two threads and hands each answer to the window's thread.

    Errors of the world go to `failed` where one is given; every other error is raised in the window's thread, where the
    program's last line of defence sees it.
    """

    _answered = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: ThreadPoolExecutor | None = None
        self._newest_by_about: dict[tuple[int, str], _Question] = {}
        self._is_closed = False
        self._answered.connect(self._take)

    def run(
        self,
        read: Callable[[], T],
        then: Callable[[T], None],
        *,
        asker: QObject,
        about: str = "",
        failed: Callable[[Exception], None] | None = None,
        expected: tuple[type[Exception], ...] = (StoreError,),
    ) -> None:
        """Asks `read` in a thread and tells `then` the answer.

        A newer question of the same `asker` `about` the same thing makes an older answer worthless: it is dropped, as
        is one whose asker is gone. `failed` hears errors of the `expected` kinds.
        """
        if self._is_closed:
            # A timer of a window that is just closing: nobody is there to hear an answer.
            return
        question = _Question(asker, (id(asker), about), then, failed, expected)
        self._newest_by_about[question.about] = question
        self._pool().submit(read).add_done_callback(lambda answer: self._tell(question, answer))

    def forget(self, asker: QObject, about: str = "") -> None:
        """Drops the answer to come."""
        self._newest_by_about.pop((id(asker), about), None)

    def is_idle(self) -> bool:
        """Whether every question that still matters is answered."""
        return not self._newest_by_about

    def close(self) -> None:
        """Waits for what runs and drops its answers."""
        self._is_closed = True
        self._newest_by_about.clear()
        self._pool().shutdown(wait=True, cancel_futures=True)

    def _pool(self) -> ThreadPoolExecutor:
        if self._threads is None:
            # Imported with the first question: the first frame asks none.
            from concurrent.futures import ThreadPoolExecutor

            self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="background")
        return self._threads

    def _tell(self, question: _Question, answer: Future[Any]) -> None:
        if not self._is_closed:
            self._answered.emit(question, answer)

    def _take(self, question: _Question, answer: Future[Any]) -> None:
        if self._newest_by_about.get(question.about) is not question:
            return
        del self._newest_by_about[question.about]
        if answer.cancelled() or not shiboken6.isValid(question.asker):
            return
        error = answer.exception()
        if isinstance(error, question.expected) and question.failed is not None:
            question.failed(error)
        else:
            question.then(answer.result())
