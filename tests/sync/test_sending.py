"""Sending beside pulling: claimed first, one after the other, honest about what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.sync.paper import SENT, Office, Paper
from typing_extensions import override

from console.connectors.contract import Speaking
from console.connectors.errors import SourceError, TemporaryError, UncertainError
from console.domain import edits as e
from console.domain.outbox import Sending, SendingState, Settled
from console.domain.records import OwnerKind
from console.store.outbox_sending import claim


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "workspace")
    yield made
    made.workspace.close()


def test_a_reply_goes_once_and_is_then_read_again(office: Office) -> None:
    pulls = office.paper.pulls
    office.reply("On it")

    office.run()
    office.run()

    assert office.texts() == ["On it"]
    assert office.states() == ["sent"]
    assert office.paper.told[0].target == "chat a"
    assert {one.task.kind for one in office.said if one.state == "running"} == {"sync"}
    assert office.paper.pulls >= pulls + 3  # each run once, and once because something was sent


def test_what_goes_out_is_written_down_as_claimed_before_the_first_byte(office: Office) -> None:
    seen = []

    def look() -> Settled:
        seen.extend(office.states())
        return SENT

    office.paper.answers.append(look)
    office.reply("On it")

    office.run()

    assert seen == ["claimed"]


def test_edits_of_a_conversation_go_in_order(office: Office) -> None:
    office.choose("state")
    office.reply("One")
    office.keep(e.CloseConversation(office.talk()))
    office.reply("Two")

    office.run()

    assert office.texts() == ["One", "closed", "Two"]


def test_a_refused_reply_keeps_what_comes_behind_it_back(office: Office) -> None:
    office.choose("state")
    office.paper.answers.append(Settled(SendingState.REFUSED, "No such chat."))
    office.reply("One")
    office.keep(e.CloseConversation(office.talk()))

    office.run()

    assert office.states() == ["refused", "queued"]
    assert office.texts() == ["One"]


def test_a_passing_trouble_is_tried_again_later_and_not_before(office: Office) -> None:
    office.paper.answers.append(TemporaryError("Away."))
    office.reply("One")
    office.run()
    assert office.states() == ["queued"]
    office.run()
    assert len(office.paper.told) == 1

    office.at += timedelta(minutes=2)
    office.run()

    assert office.states() == ["sent"]
    assert [one.op_id for one in office.paper.told] == [office.paper.told[0].op_id] * 2


def test_the_source_says_when_but_no_longer_than_a_quarter_of_an_hour(office: Office) -> None:
    office.paper.answers.append(TemporaryError("Slow down.", retry_at=office.at + timedelta(days=99)))
    office.reply("One")
    office.run()

    ((next_at,),) = office.rows("SELECT next_at FROM outbox")

    waits = int(str(next_at)) / 1e6 - office.at.timestamp()
    assert 0 < waits <= 900


def test_a_reply_that_may_have_arrived_is_looked_up_and_not_sent_again(office: Office) -> None:
    office.paper.answers.append(UncertainError("No answer came."))
    office.reply("One")

    office.run()
    office.at += timedelta(hours=2)
    office.run()

    assert len(office.paper.told) == 1
    assert len(office.paper.looked_for) == 1
    assert office.states() == ["unknown"]


def test_a_reply_whose_answer_was_lost_is_found_and_counts_as_sent(office: Office) -> None:
    def taken() -> Settled:
        office.paper.knows.add(office.paper.told[-1].op_id)
        raise UncertainError("No answer came.")

    office.paper.answers.append(taken)
    office.reply("One")

    office.run()

    assert len(office.paper.told) == 1
    assert office.states() == ["sent"]


def test_a_tag_that_may_have_arrived_is_sent_again(office: Office) -> None:
    office.choose("tag")
    office.paper.answers.append(UncertainError("No answer came."))
    (key,) = office.rows("SELECT id FROM customers")[0]
    office.keep(e.AddTag(e.Owner(OwnerKind.CUSTOMER, int(str(key))), "vip"))

    office.run()
    office.at += timedelta(hours=1)
    office.run()

    assert office.states() == ["sent"]
    assert len(office.paper.told) == 2


def test_a_source_that_needs_somebody_keeps_everything(office: Office) -> None:
    office.paper.answers.append(SourceError("The key was revoked.", "Enter another one."))
    office.reply("One")
    office.run()

    assert office.states() == ["queued"]
    assert "revoked" in str(office.rows("SELECT reason FROM outbox")[0][0])

    office.at += timedelta(hours=1)
    office.run()
    assert office.states() == ["sent"]


def test_what_was_claimed_when_the_process_died_is_looked_up_at_the_next_start(office: Office) -> None:
    office.reply("One")
    office.reply("Two")
    office.fold()
    with office.workspace.database.write() as connection:
        first = claim(connection, office.source, office.at)
    assert first is not None
    office.paper.knows.add(first.sending.op_id)

    office.run()

    assert [one.op_id for one in office.paper.looked_for] == [first.sending.op_id]
    assert office.texts() == ["Two"]
    assert office.states() == ["sent", "sent"]


def test_a_reply_in_its_few_seconds_of_undo_does_not_go_yet(office: Office) -> None:
    office.keep(e.QueueReply(office.talk(), "k", "Too early"))
    office.fold()

    with office.workspace.database.write() as connection:
        assert claim(connection, office.source, office.at + timedelta(seconds=2)) is None
        assert claim(connection, office.source, office.at + timedelta(seconds=9)) is not None


def test_what_a_kind_of_source_cannot_take_is_refused_in_words(office: Office) -> None:
    office.choose("note")
    office.keep(e.WriteNote(e.Owner(OwnerKind.CONVERSATION, office.talk()), "n1", "Likes tea"))

    office.run()

    assert office.states() == ["refused"]
    assert office.paper.told == []
    assert "Paper takes no note back" in str(office.rows("SELECT reason FROM outbox")[0][0])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_connector_that_breaks_leaves_nothing_claimed(office: Office) -> None:
    office.paper.answers.append(ZeroDivisionError())
    office.reply("One")

    office.run()

    assert office.states() == ["unknown"]


class BrokenPaper(Paper):
    """Its looks end in a mistake of ours."""

    @override
    def probe(self, _speaking: Speaking, sending: Sending) -> Settled | None:
        self.looked_for.append(sending)
        raise ZeroDivisionError


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_look_that_breaks_is_not_taken_again_at_once(office: Office) -> None:
    office.paper = BrokenPaper()
    office.paper.answers.append(UncertainError("It broke off.", ""))
    office.reply("One")

    office.run()

    assert (office.states(), len(office.paper.looked_for), office.texts()) == (["unknown"], 1, ["One"])


def test_words_of_a_source_that_no_store_can_hold_end_nothing(office: Office) -> None:
    office.paper.answers.append(Settled(SendingState.REFUSED, "No\ud800.", "r\ud800", {"state": "\udfff"}))
    office.reply("One")

    office.run()

    assert office.rows("SELECT state, reason, receipt FROM outbox") == [("refused", "No\ufffd.", "r\ufffd")]
