"""A page of customers, and one of companies, on a workspace with six of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.directory.shown import opened

from console.domain.records import OwnerKind
from console.ui.directory.page import DirectoryPage
from console.ui.session import Session


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[DirectoryPage]:
    yield from opened(session, qtbot, OwnerKind.CUSTOMER)


@pytest.fixture
def companies(session: Session, qtbot: QtBot) -> Iterator[DirectoryPage]:
    yield from opened(session, qtbot, OwnerKind.COMPANY)
