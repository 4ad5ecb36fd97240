"""A teammate's own manifest as a source: what is asked for, what is kept, what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from tests.connectors.rest.manifests import customers, with_streams
from tests.connectors.rest.pulled import Puller, customer, server_of

from console.connectors.contract import Speaking
from console.connectors.errors import SourceError
from console.connectors.kinds.registry import CONNECTORS, connector_called
from console.connectors.rest.reading import manifest_of
from console.domain.channels import OwnerKind
from console.domain.outbox import Sending, SendingState, WriteKind
from console.system.paths import resources

from tests.connectors.rest.test_writing import AT, WRITES  # isort: skip

MANIFEST = with_streams(customers(), WRITES)
REST = connector_called("rest")
PLACE = {"base_url": "https://shop.example"}


def test_every_manifest_of_ours_is_whole_and_registered() -> None:
    """A damaged one is left out when the program runs; here it fails."""
    for path in sorted((resources() / "connectors").glob("*.yaml")):
        assert manifest_of(path.read_text(encoding="utf-8")).name in CONNECTORS


def test_a_manifest_is_taken_from_its_file_which_may_go_away(tmp_path: Path) -> None:
    file = tmp_path / "shop.yaml"
    file.write_text(MANIFEST, encoding="utf-8")

    from_file, own = REST.settings_of({"manifest": str(file), **PLACE})
    as_text, _ = REST.settings_of({"manifest": MANIFEST, **PLACE})

    assert from_file == as_text
    assert from_file["manifest"] == MANIFEST
    assert own == ()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "manifest is missing"),
        ({"manifest": "/nowhere/at/all.yaml"}, "cannot be read"),
        ({"manifest": "a: 1\nb: ["}, "no YAML"),
        ({"manifest": MANIFEST.replace("as: customer", "as: client"), **PLACE}, "as is none of customer"),
        ({"manifest": MANIFEST}, "Address is missing"),
        ({"manifest": MANIFEST, "base_url": "http://shop.example"}, "unencrypted"),
        ({"manifest": MANIFEST, "base_url": "shop"}, "no web address"),
        ({"manifest": MANIFEST, **PLACE, "colour": "red"}, "no setting 'colour'"),
        ({"manifest": MANIFEST, **PLACE, "further": "colour"}, "not understood"),
        ({"manifest": MANIFEST, **PLACE, "allow_private": "perhaps"}, "neither yes nor no"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_asked(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence):
        REST.settings_of(given)


def test_further_settings_fill_the_fields_of_the_manifest() -> None:
    text = MANIFEST.replace("  - {name: token", "  - {name: shelf, label: Shelf}\n  - {name: token")

    settings, _ = REST.settings_of({"manifest": text, **PLACE, "further": "shelf = 7 ; "})

    assert settings["shelf"] == "7"


def test_it_is_tried_out_pulled_and_written_back_as_its_manifest_says() -> None:
    def answering(path: str, *_rest: object) -> object:
        return {"name": "Shop One", "region": "eu"} if path == "/me" else [customer(1)] if path == "/customers" else {}

    with server_of(answering) as server:
        settings, _ = REST.settings_of({"manifest": MANIFEST, "base_url": server.address, "allow_private": "yes"})
        found = REST.check(settings, "s3cret")
        records = Puller(REST, settings).records()
        edit = Sending("op", WriteKind.STATE, OwnerKind.CONVERSATION, "5", {"state": "open"}, AT)
        settled = REST.push(Speaking(settings, "s3cret", Event()), edit)
        nothing = REST.probe(Speaking(settings, "s3cret", Event()), edit)

    assert (found.sentence, found.facts) == ("Signed in as Shop One.", (("Region", "eu"),))
    assert [one.external_id for one in records] == ["1"]
    assert settled.state is SendingState.SENT
    assert nothing is None


def test_two_accounts_at_one_address_never_share_a_message() -> None:
    """Vendors count conversations and messages from one in every account."""
    chats = """\
  - name: chats
    path: chats
    map: {as: conversation, id: id, messages: [{id: id, at: at, text: text}]}
"""
    keys = set()
    with server_of(lambda *_: [{"id": 1, "at": 1_790_000_000, "text": "Hello"}]) as server:
        settings, _ = REST.settings_of(
            {"manifest": with_streams(chats), "base_url": server.address, "allow_private": "yes"}
        )
        for source in (1, 2):
            (talk,) = Puller(REST, settings, source=source).records()
            keys.add(talk.messages[0].key)  # pyright: ignore[reportAttributeAccessIssue]  a conversation, as just asked

    assert len(keys) == 2
