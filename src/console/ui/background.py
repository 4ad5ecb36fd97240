"""Slow questions: they run beside the window, and an answer that nobody waits for any more is dropped."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from console.store.errors import StoreError

T = TypeVar("T")
_THREADS = 2


@dataclass(slots=True)
class _Question:
    asker: QObject
    about: tuple[int, str]
    then: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    expected: tuple[type[Exception], ...]
    answer: Future[Any] | None = None


class Background(QObject):
    """Runs reads in two threads and hands each answer to the window's thread.

    Errors of the world go to `failed` where one is given; every other error is raised in the window's thread, where the
    program's last line of defence sees it.
    """

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="background")
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
        question = _Question(asker, (id(asker), about), then, failed, expected)
        self._newest_by_about[question.about] = question
        question.answer = self._threads.submit(read)
        question.answer.add_done_callback(lambda _: self._tell(question))

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
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _tell(self, question: _Question) -> None:
        if not self._is_closed:
            self._answered.emit(question)

    def _take(self, question: _Question) -> None:
        if self._newest_by_about.get(question.about) is not question:
            return
        del self._newest_by_about[question.about]
        answer = question.answer
        if answer is None or answer.cancelled() or not shiboken6.isValid(question.asker):
            return
        error = answer.exception()
        if isinstance(error, question.expected) and question.failed is not None:
            question.failed(error)
        else:
            question.then(answer.result())
