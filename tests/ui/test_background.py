"""Questions in the background."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.store.errors import StoreError
from console.ui.background import Background


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


def test_an_answer_comes_back_on_the_thread_of_the_window(background: Background, qtbot: QtBot) -> None:
    answers: list[int] = []
    asker = QObject()

    background.run(lambda: 42, answers.append, asker=asker)
    qtbot.waitUntil(background.is_idle)

    assert answers == [42]


def test_an_answer_to_an_older_question_about_the_same_is_dropped(background: Background, qtbot: QtBot) -> None:
    answers: list[str] = []
    asker, gate = QObject(), Event()

    background.run(lambda: "old" if gate.wait(5) else "", answers.append, asker=asker, about="profile")
    background.run(lambda: "new", answers.append, asker=asker, about="profile")
    qtbot.waitUntil(lambda: answers == ["new"])
    gate.set()
    qtbot.wait(60)

    assert answers == ["new"]


def test_questions_about_different_things_are_all_answered(background: Background, qtbot: QtBot) -> None:
    answers: list[str] = []
    asker = QObject()

    background.run(lambda: "a", answers.append, asker=asker, about="a")
    background.run(lambda: "b", answers.append, asker=asker, about="b")
    qtbot.waitUntil(background.is_idle)

    assert sorted(answers) == ["a", "b"]


def test_an_error_of_the_world_is_told_and_a_bug_is_raised(background: Background, qtbot: QtBot) -> None:
    told: list[str] = []
    asker = QObject()

    def full() -> None:
        raise StoreError("The disk is full")

    background.run(full, lambda _: told.append("answered"), asker=asker, failed=lambda error: told.append(str(error)))
    qtbot.waitUntil(background.is_idle)
    assert told == ["The disk is full"]

    def bug() -> None:
        raise KeyError("nobody expects this")

    with qtbot.captureExceptions() as raised:
        background.run(
            bug, lambda _: told.append("answered"), asker=asker, failed=lambda error: told.append(str(error))
        )
        qtbot.waitUntil(background.is_idle)
    assert [kind for kind, _, _ in raised] == [KeyError]
    assert told == ["The disk is full"]


def test_an_asker_that_is_gone_hears_nothing(background: Background, qtbot: QtBot) -> None:
    answers: list[int] = []
    asker, gate = QObject(), Event()

    background.run(lambda: int(gate.wait(5)), answers.append, asker=asker)
    asker.deleteLater()
    qtbot.wait(10)
    gate.set()
    qtbot.waitUntil(background.is_idle)

    assert answers == []


def test_a_question_asked_while_the_window_closes_is_dropped(qapp: QApplication) -> None:
    answers: list[int] = []
    asker, closed = QObject(), Background()
    closed.close()

    closed.run(lambda: 42, answers.append, asker=asker)

    assert closed.is_idle()
    assert answers == []
