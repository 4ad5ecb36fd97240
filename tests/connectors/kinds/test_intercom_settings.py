"""How a workspace of Intercom is connected: regions, an address of one's own, and what a trial finds."""

from __future__ import annotations

import pytest
from tests.connectors.kinds.intercom_asking import Console
from tests.peers.intercom_server import TOKEN, running_intercom
from tests.peers.intercom_world import IntercomWorld

from console.connectors.errors import SourceError
from console.connectors.kinds.intercom import CONNECTOR, KIND
from console.connectors.kinds.intercom_client import address_of
from console.domain.source_kinds import FieldKind


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({}, "https://api.intercom.io"),
        ({"region": "us"}, "https://api.intercom.io"),
        ({"region": "eu"}, "https://api.eu.intercom.io"),
        ({"region": "au"}, "https://api.au.intercom.io"),
        ({"region": "eu", "base_url": "https://proxy.example/intercom"}, "https://proxy.example/intercom"),
    ],
)
def test_a_region_has_its_address_unless_one_is_given(settings: dict[str, str], address: str) -> None:
    assert address_of(settings) == address


@pytest.mark.parametrize(
    "given",
    [{"region": "mars"}, {"colour": "red"}, {"base_url": "http://intercom.example"}, {"base_url": "not an address"}],
)
def test_settings_that_cannot_work_are_refused_at_once(given: dict[str, str]) -> None:
    with pytest.raises(SourceError):
        CONNECTOR.settings_of(given)


def test_settings_are_kept_without_what_is_empty() -> None:
    assert CONNECTOR.settings_of({"region": "eu", "base_url": " "}) == ({"region": "eu"}, ())


def test_a_trial_finds_the_workspace_its_region_and_time_zone() -> None:
    with running_intercom(IntercomWorld(zone="Pacific/Kiritimati", name="Acme &amp; Co")) as server:
        found = CONNECTOR.check(Console(server).settings, TOKEN)

    assert found.sentence == "Connected to Acme & Co as Marta Weiss."
    assert dict(found.facts) == {
        "Workspace": "Acme & Co", "Region": "US", "Time zone": "Pacific/Kiritimati", "Signed in as": "Marta Weiss",
    }  # fmt: skip


def test_a_wrong_token_and_a_wrong_place_are_told_apart() -> None:
    with running_intercom() as server:
        with pytest.raises(SourceError, match="sign-in"):
            CONNECTOR.check(Console(server).settings, "wrong")
        with pytest.raises(SourceError, match="as Intercom does"):
            CONNECTOR.check(Console(server, base_url=f"{server.address}/elsewhere").settings, TOKEN)


def test_the_kind_says_what_it_never_met_and_what_it_cannot_give() -> None:
    assert "never against Intercom itself" in KIND.tried
    assert {one.name for one in KIND.streams if one.limits} == {
        "companies",
        "conversations",
        "notes",
        "segments",
        "events",
    }
    assert [one.name for one in KIND.fields if one.kind is FieldKind.SECRET] == ["access_token"]
