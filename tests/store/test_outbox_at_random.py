"""Whatever teammates, the sync process and crashes do: nothing is sent twice by itself, nothing is lost, each ends in one state."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.store.conftest import KEY
from tests.store.sendings import ANNA, helpdesk, talk
from tests.store.world import World, text

from console.domain import edits as e
from console.domain.ids import EditId
from console.domain.outbox import REPEATABLE, SendingState, Settled, WriteKind
from console.store.outbox_sending import Claimed, claim, doubt_claimed, not_found, put_off, settle
from console.store.workspace import Role, Workspace

PLAN = "property:customer:plan"
_FILES: list[Path] = []


@pytest.fixture(scope="module", autouse=True)
def files(empty_workspace: Path) -> None:
    _FILES[:] = [empty_workspace]


class Outbox(RuleBasedStateMachine):
    """A desk, a source that takes, refuses, keeps silent or dies in between, and a process that is killed."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="outbox-"))
        shutil.copytree(_FILES[0], self.folder / "workspace")
        self.workspace = Workspace(self.folder / "workspace", KEY, Role.SCRIPT)
        self.world = World(self.workspace)
        self.done: list[EditId] = []
        self.undone: list[EditId] = []
        self.made = 0
        self.at_source: Counter[str] = Counter()
        self.asked_again: set[int] = set()
        self.in_hand: Claimed | None = None
        self.was_taken = False

    def teardown(self) -> None:
        self.workspace.close()
        shutil.rmtree(self.folder)

    @initialize()
    def connect(self) -> None:
        self.source = helpdesk(self.world, PLAN, "tag", "note", "state")

    @rule(what=st.sampled_from(["reply", "plan", "tag", "note", "close", "reopen", "answer and close"]))
    def edit(self, what: str) -> None:
        self.made += 1
        word = str(self.made)
        anna, chat = self.world.owner(ANNA), talk(self.world)
        made: dict[str, e.Edit] = {
            "reply": e.QueueReply(chat, f"k{word}", f"Reply {word}"),
            "plan": e.SetProperty(anna, "plan", text(f"plan {word}")),
            "tag": e.AddTag(anna, f"tag {word}"),
            "note": e.WriteNote(anna, f"n{word}", f"Note {word}"),
            "close": e.CloseConversation(chat),
            "reopen": e.ReopenConversation(chat),
            "answer and close": e.Several(
                "Answer and close", (e.QueueReply(chat, f"k{word}", f"Reply {word}"), e.CloseConversation(chat))
            ),
        }
        self.done.append(self.world.do(made[what]))

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        edit = self.done.pop()
        if self.world.is_folded(self.world.undo(edit)):
            self.undone.append(edit)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        edit = self.undone.pop()
        if self.world.is_folded(self.world.redo(edit)):
            self.done.append(edit)

    @rule(
        which=st.integers(0, 5),
        how=st.sampled_from([e.HoldSending, e.ReleaseSending, e.DropSending, e.CheckSending, e.RetrySending]),
    )
    def steer(self, which: int, how: type) -> None:
        keys = [row[0] for row in self.world.rows("SELECT id FROM outbox WHERE state <> 'sent' ORDER BY id")]
        if not keys:
            return
        key = keys[which % len(keys)]
        (state,) = self.world.rows("SELECT state FROM outbox WHERE id = ?", key)[0]
        self.world.do(how(key))
        if how is e.RetrySending and state == SendingState.UNKNOWN.value:
            self.asked_again.add(key)

    @precondition(lambda self: self.in_hand is None)
    @rule(will_take=st.booleans())
    def claim(self, will_take: bool) -> None:
        """The first byte goes out: from here on the source may have it."""
        self.world.at += timedelta(minutes=20)
        with self.workspace.database.write() as connection:
            self.in_hand = claim(connection, self.source, self.world.at)
        self.was_taken = False
        if self.in_hand is not None and not self.in_hand.is_probe and will_take:
            self.at_source[self.in_hand.sending.op_id] += 1
            self.was_taken = True

    @precondition(lambda self: self.in_hand is not None)
    @rule(silent=st.booleans())
    def answer(self, silent: bool) -> None:
        """The source answers truly, or its answer is lost; what is looked for is found, or not found although it is there."""
        assert self.in_hand is not None
        key = self.in_hand.id
        with self.workspace.database.write() as connection:
            if self.in_hand.is_probe:
                if self.at_source[self.in_hand.sending.op_id] and not silent:
                    settle(connection, key, Settled(SendingState.SENT), self.world.at)
                else:
                    not_found(connection, key, self.world.at, self.world.at)
            elif silent:
                settle(connection, key, Settled(SendingState.UNKNOWN, "No answer."), self.world.at)
            elif self.was_taken:
                settle(connection, key, Settled(SendingState.SENT), self.world.at)
            elif self.made % 2:
                put_off(connection, key, "Away.", self.world.at)
            else:
                settle(connection, key, Settled(SendingState.REFUSED, "No."), self.world.at)
        self.in_hand = None

    @rule()
    def crash(self) -> None:
        """``kill -9`` and a new start."""
        self.workspace.close()
        self.workspace = Workspace(self.folder / "workspace", KEY, Role.SCRIPT)
        self.world.workspace = self.workspace
        with self.workspace.database.write() as connection:
            doubt_claimed(connection, self.world.at)
        self.in_hand = None

    @invariant()
    def nothing_that_reaches_a_customer_went_twice_by_itself(self) -> None:
        for key, edit, kind in self.world.rows("SELECT id, edit_id, kind FROM outbox"):
            if WriteKind(kind) not in REPEATABLE and key not in self.asked_again:
                assert self.at_source[f"{edit}-{key}"] <= 1

    @invariant()
    def what_is_sent_is_there_and_what_was_dropped_as_taken_back_is_not(self) -> None:
        for key, edit, kind, state, attempts in self.world.rows(
            "SELECT id, edit_id, kind, state, attempts FROM outbox"
        ):
            count = self.at_source[f"{edit}-{key}"]
            if state == "sent":
                assert count >= 1
            if count and WriteKind(kind) not in REPEATABLE and key not in self.asked_again:
                assert state in ("sent", "claimed", "unknown", "dropped")
            if not attempts:
                assert count == 0

    @invariant()
    def every_reply_is_somewhere(self) -> None:
        (made,) = self.world.rows(
            "SELECT count(*) FROM outbox WHERE kind = 'reply' AND state NOT IN ('queued', 'held', 'claimed', 'sent', 'refused', 'unknown', 'dropped')"
        )[0]
        assert made == 0
        told = {
            row[0]
            for row in self.world.rows("SELECT json_extract(body, '$.message_key') FROM outbox WHERE kind = 'reply'")
        }
        assert len(told) == self.world.rows("SELECT count(*) FROM outbox WHERE kind = 'reply'")[0][0]

    @invariant()
    def at_most_one_is_being_sent(self) -> None:
        assert self.world.rows("SELECT count(*) FROM outbox WHERE state = 'claimed'")[0][0] <= 1


def test_whatever_happens_nothing_goes_twice_and_nothing_is_lost() -> None:
    run_state_machine_as_test(Outbox, settings=settings(max_examples=40, stateful_step_count=50))
