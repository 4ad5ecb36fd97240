"""Settings of every source lie beside those of its connector."""

from __future__ import annotations

import pytest

from console.domain.source_settings import every, ours, streams_off, theirs, with_every, with_streams_off

KEPT = {"host": "mail.example.com", "every": "15", "streams_off": "events\ntags"}


def test_the_connector_never_sees_what_is_about_any_source() -> None:
    assert theirs(KEPT) == {"host": "mail.example.com"}
    assert ours(KEPT) == {"every": "15", "streams_off": "events\ntags"}
    assert (every(KEPT), streams_off(KEPT)) == (15, {"events", "tags"})


def test_streams_and_pace_are_put_in_and_taken_out_again() -> None:
    assert with_streams_off(KEPT, ["people"])["streams_off"] == "people"
    assert with_streams_off(KEPT, []) == {"host": "mail.example.com", "every": "15"}
    assert with_every(with_every(KEPT, 5), None) == {"host": "mail.example.com", "streams_off": "events\ntags"}


@pytest.mark.parametrize("text", ["0", "-5", "often", "1.5", "99999999"])
def test_a_pace_that_makes_no_sense_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="minutes"):
        ours({"every": text})
