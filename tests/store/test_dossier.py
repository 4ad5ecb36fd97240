"""The dossier of a real workspace: everything is in it, masked values are not, and no word of it is markup."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from tests.store.world import START, World, chat, conversation_key, text

from console.domain.dossier_html import pages
from console.domain.dossier_json import pieces
from console.domain.edits import (
    AddTag,
    ChangeNote,
    MaskProperty,
    MergeCustomers,
    Owner,
    RemoveTag,
    SetProperty,
    WriteNote,
)
from console.domain.ids import CustomerId
from console.domain.records import (
    AttachmentRecord,
    AuthorKind,
    Channel,
    CompanyRecord,
    ConversationRecord,
    CustomerRecord,
    EventRecord,
    MailRecord,
    MessageRecord,
    OwnerKind,
    Person,
)
from console.store.dossier import Making, dossier
from console.store.dossier_properties import MASKED
from console.store.errors import NotFound

CANARY = '<img src="/canary.png"><script>x</script>&amp;'
_VOID = {"meta", "br", "img"}


class _Read(HTMLParser):
    """Every element that a browser would make, and the text between them."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.made.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_every_word_from_outside_stays_text_and_nothing_is_fetched(world: World) -> None:
    key = _canary(world)

    read = _Read()
    read.feed("".join(_html(world, key)))

    assert read.open == []
    kinds = {tag for tag, _ in read.made}
    assert not kinds & {"img", "script", "link", "iframe", "object", "svg", "form"}
    outward = [said for _, said in read.made if {"src", "srcset", "data", "action", "style"} & set(said)]
    assert outward == []
    assert all(said["href"] and said["href"].startswith("#") for tag, said in read.made if tag == "a")
    named = {said["href"] for tag, said in read.made if tag == "a"}
    assert named == {f"#{said['id']}" for tag, said in read.made if tag == "section"}
    # Name, address, tag, segment, note, event and its metadata, subject, author, message, file, property, source, company.
    assert "".join(read.texts).count(CANARY) >= 16


def test_the_json_says_everything_with_who_said_it(world: World) -> None:
    key = _canary(world)

    said = _json(world, key)

    assert said["customer"] == CANARY
    claims = {one["name"]: one["claims"] for one in said["properties"]}
    assert claims["plan"][0] | {"since": ""} == {
        "value": "Team", "outcome": "shown", "origin": "by hand: Marta", "rank": "3, by hand or spreadsheet",
        "since": "", "until": None, "source_time": None, "competes_by": claims["plan"][0]["competes_by"],
    }  # fmt: skip
    assert [(one["value"], one["outcome"], one["origin"]) for one in claims["plan"][1:]] == [
        ("Pro", "not used", f"source: {CANARY}"),
        ("Free", "ended", f"source: {CANARY}"),
    ]
    assert [(one["tag"], one["until"] is None) for one in said["tags"]] == [(CANARY, True), ("vip", False)]
    assert [one["segment"] for one in said["segments"]] == [CANARY]
    (note,) = said["notes"]
    assert (note["text"], [one["text"] for one in note["versions"]]) == ("Second thought", [CANARY])
    assert [one["event"] for one in said["events"]] == [CANARY]
    survey, talk = sorted(said["conversations"], key=lambda one: one["channel"], reverse=True)
    assert said["answers"][0]["answer"] == "Nine"
    assert [one["text"] for one in survey["messages"]] == ["Nine"]
    (message,) = talk["messages"]
    small, large = message["attachments"]
    assert (small["base64"], small["remark"]) == ("YWJj", "")
    assert (large["base64"], large["size"]) == (None, 2_000)
    assert "larger than 1,000 bytes" in large["remark"]
    assert [one["text"] for one in talk["notes"]] == [CANARY]


def test_a_masked_property_is_there_and_none_of_its_values(world: World) -> None:
    world.take(CustomerRecord("1", ("ada@a.example",), {"phone_at_home": text("0123 secret")}))
    world.take(CustomerRecord("1", ("ada@a.example",), {"phone_at_home": text("0456 secret")}))
    world.do(MaskProperty(world.owner("ada@a.example"), "phone_at_home"))

    said = _json(world, world.customer("ada@a.example"))

    (masked,) = (one for one in said["properties"] if one["name"] == "phone_at_home")
    assert (masked["is_masked"], masked["state"], masked["value"]) == (True, "masked", MASKED)
    assert [one["value"] for one in masked["claims"]] == [MASKED] * 3
    assert "secret" not in json.dumps(said)
    assert "secret" not in "".join(_html(world, world.customer("ada@a.example")))


def test_what_they_said_in_conversations_of_others_is_theirs_and_what_others_said_is_not(world: World) -> None:
    world.take(_mail("m1", "ben@b.example", "Words of Ben"))
    world.take(_mail("m2", "ada@a.example", "Words of Ada", "m1"))

    said = _json(world, world.customer("ada@a.example"))

    assert [one["text"] for one in said["said_elsewhere"]] == ["Words of Ada"]
    assert "Words of Ben" not in json.dumps(said)


def test_thousands_of_events_come_a_page_at_a_time_in_their_order(world: World) -> None:
    world.take(CustomerRecord("1", ("ada@a.example",)))
    world.take(
        *(EventRecord(f"e{n}", "Click", START + timedelta(minutes=n // 3), customer_id="1") for n in range(1201))
    )
    world.take(chat("c", "1", *(f"Line {n}" for n in range(450))))
    key = world.customer("ada@a.example")
    asked: list[str] = []

    with world.workspace.database.read() as connection:
        connection.raw.set_trace_callback(lambda statement: asked.append(statement))
        try:
            said = json.loads("".join(pieces(dossier(connection, key, Making("Marta", world.at)))))
        finally:
            connection.raw.set_trace_callback(None)

    assert len(said["events"]) == 1201
    assert [one["at"] for one in said["events"]] == sorted(one["at"] for one in said["events"])
    assert [one["text"] for one in said["conversations"][0]["messages"]] == [f"Line {n}" for n in range(450)]
    assert sum("FROM activities a JOIN events" in one for one in asked) >= 3


def test_an_old_id_leads_to_the_one_it_was_merged_into_and_an_unknown_one_nowhere(world: World) -> None:
    world.take(CustomerRecord("1", ("ada@a.example",)), CustomerRecord("2", ("ben@b.example",)))
    winner, loser = world.customer("ada@a.example"), world.customer("ben@b.example")
    world.do(MergeCustomers(CustomerId(winner), CustomerId(loser)))

    said = _json(world, loser)

    assert said["customer_id"] == str(winner)
    assert {one["from"] for one in said["links"]} == {str(loser)}
    assert sorted(said["identity"]["emails"]) == ["ada@a.example", "ben@b.example"]
    with pytest.raises(NotFound):
        _json(world, 7)


def _mail(key: str, sender: str, body: str, *answers: str) -> MailRecord:
    message = MessageRecord(
        key, START + timedelta(minutes=len(answers)), AuthorKind.CUSTOMER, Person(sender, sender[:3]), body
    )
    return MailRecord(f"mail:{key}", message, key, answers, "both", bool(answers), b"raw")


def _html(world: World, key: int) -> Iterator[str]:
    with world.workspace.database.read() as connection:
        yield from pages(dossier(connection, key, Making(CANARY, world.at, 1_000)))


def _json(world: World, key: int) -> dict[str, Any]:
    with world.workspace.database.read() as connection:
        return json.loads("".join(pieces(dossier(connection, key, Making("Marta", world.at, 1_000)))))


def _canary(world: World) -> int:
    """A customer of whom everything there is is known, and called like the canary wherever it may be."""
    files = (
        AttachmentRecord(CANARY, "text/plain", b"abc"),
        AttachmentRecord("large.bin", "application/octet-stream", b"x" * 2_000),
    )
    message = MessageRecord(
        "x1", START, AuthorKind.CUSTOMER, Person("mal@m.example", CANARY), CANARY, attachments=files
    )
    answer = MessageRecord("s1", START, AuthorKind.CUSTOMER, Person("mal@m.example", CANARY), "Nine")
    said = {"name": text(CANARY), CANARY: text(CANARY), "plan": text("Free")}
    world.take(
        CompanyRecord("x", CANARY),
        CustomerRecord(CANARY, ("mal@m.example",), said, ("x",), START, (CANARY, "vip"), (CANARY,)),
        EventRecord("x", CANARY, START, customer_id=CANARY, metadata={CANARY: text(CANARY)}),
        ConversationRecord("x", Channel.CHAT, CANARY, (message,), CANARY, nickname=CANARY),
        ConversationRecord("s", Channel.SURVEY, "How likely?", (answer,), CANARY),
        source=CANARY,
    )
    world.take(
        CustomerRecord(CANARY, ("mal@m.example",), said | {"plan": text("Pro")}, ("x",), START, (CANARY,), (CANARY,)),
        source=CANARY,
    )
    owner = world.owner("mal@m.example")
    world.do(SetProperty(owner, "plan", text("Team")))
    if not any(tag == "vip" and until for tag, until in world.rows("SELECT word, until FROM word_spans")):
        world.do(RemoveTag(owner, "vip"))
    world.do(WriteNote(owner, "n1", CANARY))
    world.do(ChangeNote("n1", "Second thought"))
    world.do(WriteNote(Owner(OwnerKind.CONVERSATION, conversation_key(world, "x", CANARY)), "n2", CANARY))
    world.do(AddTag(Owner(OwnerKind.CONVERSATION, conversation_key(world, "x", CANARY)), CANARY))
    return world.customer("mal@m.example")
