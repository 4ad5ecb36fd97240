"""The shared tests keep to no vendor's pace."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def at_once(without_pace: None) -> None:
    """See there."""
