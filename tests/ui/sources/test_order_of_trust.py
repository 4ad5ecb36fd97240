"""Which of two sources is believed is chosen on the page of sources, and can be taken back."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from console.domain.edits import AddSource, TrustSources
from console.domain.sources import order_of_trust
from console.store.source_writes import source_id
from console.store.sources import sources
from console.ui.session import Session
from console.ui.sources.page import SourcesPage

FIRST, SECOND = source_id("intercom", "Intercom"), source_id("intercom", "Intercom US")


def test_a_source_is_put_before_the_others_and_the_order_is_forgotten_again(session: Session, qtbot: QtBot) -> None:
    session.submit(AddSource(FIRST, "intercom", "Intercom", '{"region": "eu"}'))
    session.submit(AddSource(SECOND, "intercom", "Intercom US", '{"region": "us"}'))
    session.feed.look()
    page = SourcesPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: {FIRST, SECOND} <= set(page.cards), timeout=5_000)
    rows = {row.id: row for row in session.read(sources)}

    page.deeds.act("trust", rows[FIRST])
    page.deeds.act("trust", rows[SECOND])

    assert order_of_trust(session.read(sources)) == (SECOND, FIRST)
    page.deeds.act("latest", rows[FIRST])
    assert order_of_trust(session.read(sources)) == ()
    assert TrustSources(()) in [entry.edit for entry in session.workspace.journal.newest(5)]
