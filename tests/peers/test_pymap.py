"""The IMAP server without CONDSTORE starts, and really has none."""

from __future__ import annotations

from typing import cast

import pytest
from imapclient.response_types import Envelope
from tests.peers.pymap import Pymap

pytestmark = pytest.mark.peer

MAIL = b"From: ann@example.com\r\nSubject: One\r\nMessage-ID: <1@example.com>\r\n\r\nFirst\r\n"


def test_it_has_no_condstore_and_holds_what_is_put_in(pymap: Pymap) -> None:
    pymap.delete_all()
    pymap.load([MAIL])

    with pymap.session() as client:
        capabilities = client.capabilities()
        uids = client.search("ALL")
        fetched = client.fetch(uids, ["ENVELOPE"])

    assert b"CONDSTORE" not in capabilities
    assert [cast("Envelope", part[b"ENVELOPE"]).subject for part in fetched.values()] == [b"One"]
