"""The peers as fixtures: `dovecot`, `dovecot_user`, `exim` and `pymap`; one server each for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from tests.peers.dovecot import Dovecot, running_dovecot
from tests.peers.exim import Exim, running_exim
from tests.peers.pymap import Pymap, running_pymap


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as server:
        yield server


@pytest.fixture(scope="session")
def exim(dovecot: Dovecot) -> Iterator[Exim]:
    with running_exim(dovecot) as server:
        yield server


@pytest.fixture
def dovecot_user() -> str:
    """A user name nobody used before: an empty mailbox on the shared server."""
    return f"mailbox-{uuid4().hex[:12]}"


@pytest.fixture
def pymap() -> Iterator[Pymap]:
    """A server of its own for each test, since its one mailbox is in memory."""
    with running_pymap() as server:
        yield server
