"""Rounds through the segments: one a step, again after ten minutes, and at midnight where the team is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.store.world import World

from console.domain import edits as e
from console.domain.records import EventRecord, OwnerKind
from console.domain.segment_rules import rule_to_json
from console.store.expressions import read_rule
from console.store.own_clock import keep_zone, zone_of
from console.store.workspace import Role, Workspace, create
from console.sync.segments import ROUND_SECONDS, SegmentRounds

KEY = bytes(range(32))
SEEN = datetime(2026, 1, 1, 22, 30, tzinfo=UTC)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """One customer, seen at half past eleven at night in Berlin."""
    create(tmp_path / "workspace", KEY)
    workspace = Workspace(tmp_path / "workspace", KEY, Role.SCRIPT)
    made = World(workspace, SEEN)
    with workspace.database.write() as connection:
        keep_zone(connection, "Europe/Berlin")
    made.take(EventRecord("e", "Logged in", SEEN, email="ann@x.example"), at=SEEN)
    for number, expression in enumerate(("last_seen:today", "last_seen<1h"), 1):
        with workspace.database.read() as connection:
            rule = read_rule(connection, OwnerKind.CUSTOMER, expression)
        made.do(e.DefineSegment(number, expression, OwnerKind.CUSTOMER, rule_to_json(rule)))
    yield made
    workspace.close()


def inside(world: World) -> set[str]:
    rows = world.rows("SELECT s.name FROM segment_spans p JOIN segments s ON s.id = p.segment_id WHERE p.until IS NULL")
    return {str(row[0]) for row in rows}


def test_a_round_is_one_step_for_each_segment_and_comes_again_when_it_is_due(world: World) -> None:
    seconds, now = [0.0], [SEEN + timedelta(minutes=10)]
    rounds = SegmentRounds(world.workspace, lambda: now[0], lambda: seconds[0])
    assert inside(world) == {"last_seen:today", "last_seen<1h"}

    assert [rounds.step() for _ in range(4)] == [True, True, False, False]
    assert inside(world) == {"last_seen:today", "last_seen<1h"}

    # Midnight in Berlin, one hour before the one in UTC: the day is another, though no round is due.
    seconds[0], now[0] = 60.0, SEEN + timedelta(minutes=31)
    assert [rounds.step() for _ in range(3)] == [True, True, False]
    assert inside(world) == {"last_seen<1h"}

    now[0] = SEEN + timedelta(minutes=70)
    assert rounds.step() is False
    seconds[0] += ROUND_SECONDS
    assert [rounds.step() for _ in range(3)] == [True, True, False]
    assert inside(world) == set()
    with world.workspace.database.read() as connection:
        assert str(zone_of(connection)) == "Europe/Berlin"
