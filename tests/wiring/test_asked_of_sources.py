"""What a window asks about sources is answered by a process of its own; connectors never enter the window's."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from console.connectors.kinds.registry import CONNECTORS
from console.store.errors import StoreError
from console.wiring import asked


def test_the_kinds_come_over_the_pipe_as_they_are() -> None:
    kinds = asked.source_kinds()

    assert {kind.name: kind for kind in kinds} == {name: one.kind for name, one in CONNECTORS.items()}
    assert [kind.title.lower() for kind in kinds] == sorted(kind.title.lower() for kind in kinds)


def test_settings_are_seen_to_by_the_connector_and_what_is_about_any_source_stays_beside_them() -> None:
    given = {"host": "mail.example.com", "username": "help@acme.example", "every": "15"}

    settings, own = asked.prepare("imap", given)

    assert json.loads(settings).items() >= {"host": "mail.example.com", "every": "15"}.items()
    assert own == ("help@acme.example",)


@pytest.mark.parametrize(
    "given",
    [
        {"host": "h", "username": "u", "every": "often"},
        {"host": "h", "username": "u", "own_addresses": "no address"},
    ],
)
def test_what_is_wrong_with_settings_is_said_in_a_sentence(given: dict[str, str]) -> None:
    with pytest.raises(StoreError, match=r"number of minutes|not an e-mail address"):
        asked.prepare("imap", given)


def test_a_source_that_does_not_answer_is_no_error_but_a_sentence() -> None:
    given = {"host": "127.0.0.1", "port": "1", "security": "plain", "username": "nadia"}

    is_good, sentence, folders, facts = asked.check("imap", given, "a secret")

    assert not is_good
    assert "127.0.0.1" in sentence
    assert (folders, facts) == ((), ())


def test_asking_brings_no_connector_into_the_asking_process() -> None:
    statement = "import sys; from console.wiring import asked; asked.source_kinds(); print([m for m in sys.modules if m.startswith(('httpx', 'imapclient', 'console.connectors'))])"

    said = subprocess.run(
        [sys.executable, "-c", statement],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": "src", "PATH": ""},
    )

    assert said.stdout.strip() == "[]"
