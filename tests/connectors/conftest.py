"""What tests of connectors share."""

from __future__ import annotations

import pytest

from console.connectors import http
from console.connectors.http_governor import governor_of


@pytest.fixture
def without_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests as fast as they can be: a vendor's pace is tried where the governor is tested, elsewhere it only takes minutes."""
    monkeypatch.setattr(http, "governor_of", lambda host, digest, _pace: governor_of(host, digest, 0.0))
