"""Undo and redo as a teammate knows them from everywhere: a stack, and a fresh step ends what could be done again."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from console.domain.edits import AddTag, CloseConversation, Edit, Entry, MarkRead, Owner, Redo, StartImport, Undo
from console.domain.ids import ConversationId, EditId
from console.domain.records import OwnerKind
from console.domain.undo import DEPTH, history

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CONVERSATION = ConversationId(1)


def entry(number: int, edit: Edit) -> Entry:
    return Entry(EditId(f"{number:08}"), NOW, "Marta", edit)


def step(number: int) -> Entry:
    return entry(number, AddTag(Owner(OwnerKind.CUSTOMER, 1), f"tag {number}"))


class UndoMachine(RuleBasedStateMachine):
    """Against two plain lists, as a text editor would keep them."""

    def __init__(self) -> None:
        super().__init__()
        self.journal: list[Entry] = []
        self.refused: set[EditId] = set()
        self.done: list[EditId] = []
        self.undone: list[EditId] = []

    def append(self, edit: Edit) -> Entry:
        made = entry(len(self.journal), edit)
        self.journal.append(made)
        return made

    @rule()
    def do(self) -> None:
        self.done.append(self.append(CloseConversation(CONVERSATION)).id)
        self.undone.clear()

    @rule()
    def read_a_conversation(self) -> None:
        self.append(MarkRead(CONVERSATION, is_read=True))

    @rule()
    def look_at_an_import_first(self) -> None:
        self.append(StartImport("b", "{}", is_dry_run=True))

    @rule(edit=st.sampled_from([CloseConversation(CONVERSATION), Undo(EditId("nobody")), Redo(EditId("nobody"))]))
    def be_refused(self, edit: Edit) -> None:
        self.refused.add(self.append(edit).id)

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        self.append(Undo(self.done[-1]))
        self.undone.append(self.done.pop())

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.append(Redo(self.undone[-1]))
        self.done.append(self.undone.pop())

    @invariant()
    def agrees(self) -> None:
        found = history(self.journal, frozenset(self.refused))
        assert [one.id for one in found.undoable] == self.done[-DEPTH:]
        assert [one.id for one in found.redoable] == self.undone[-DEPTH:]


TestUndoMachine = UndoMachine.TestCase
TestUndoMachine.settings = settings(max_examples=40, stateful_step_count=30)


def test_the_last_hundred_steps_can_be_undone() -> None:
    found = history(step(number) for number in range(DEPTH + 7))

    assert len(found.undoable) == DEPTH
    assert found.undoable[-1].id == step(DEPTH + 6).id


def test_marking_unread_is_a_step() -> None:
    found = history([entry(1, MarkRead(CONVERSATION, is_read=False))])

    assert len(found.undoable) == 1


def test_an_undo_of_something_long_gone_moves_nothing() -> None:
    found = history([step(1), entry(2, Undo(EditId("99999999")))])

    assert [one.id for one in found.undoable] == [step(1).id]
    assert found.redoable == ()
