"""A rule as SQL over everybody, as SQL over some, and in ``domain`` over one: they agree on random rules and workspaces."""

from __future__ import annotations

import random
import tempfile
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
from hypothesis import given, settings
from tests.store.conftest import KEY
from tests.store.rows import NOW
from tests.store.segment_worlds import condition, fill, rule

from console.domain.records import OwnerKind
from console.domain.segment_rules import AllOf, Condition, Rule, Subject, Verb, rule_from_json, rule_to_json
from console.domain.segment_text import rule_of, text_of
from console.domain.segments import explain, holds
from console.domain.values import ValueKind
from console.store.connection import Connection
from console.store.expressions import vocabulary
from console.store.segment_asking import Asked
from console.store.segment_facts import facts_of
from console.store.segment_planning import planned
from console.store.segment_sql import clause_of
from console.store.workspace import Role, Workspace, create

ZONES = ["UTC", "America/Sao_Paulo", "Pacific/Auckland", "Asia/Kolkata", "Europe/Berlin"]
_TABLE = {OwnerKind.CUSTOMER: "customers", OwnerKind.COMPANY: "companies"}


@cache
def _files() -> Workspace:
    """One empty workspace; what an example writes is rolled back."""
    folder = Path(tempfile.mkdtemp(prefix="console-segments-")) / "workspace"
    create(folder, KEY)
    return Workspace(folder, KEY, Role.SCRIPT)


def _chosen(
    connection: Connection, kind: OwnerKind, asked_rule: Rule, asked: Asked, *, is_planned: bool = False
) -> set[int]:
    clause = planned(connection, asked_rule, kind, asked) if is_planned else clause_of(asked_rule, kind, "u", asked)
    rows = connection.exec_driver_sql(f"SELECT u.id FROM {_TABLE[kind]} u WHERE {clause.sql}", clause.arguments)
    return {row[0] for row in rows.fetchall()}


@given(seed=st.integers(0, 10**9), zone=st.sampled_from(ZONES), kind=st.sampled_from(list(_TABLE)))
@settings(max_examples=50)
def test_sql_over_everybody_and_domain_over_one_agree(seed: int, zone: str, kind: OwnerKind) -> None:
    chance = random.Random(seed)
    there = ZoneInfo(zone)
    with _files().database.write() as connection:
        fill(connection, chance)
        everybody = [row[0] for row in connection.exec_driver_sql(f"SELECT id FROM {_TABLE[kind]}").fetchall()]
        words = vocabulary(connection, kind)
        for _ in range(12):
            asked_rule = rule(chance, kind)
            wide = _chosen(connection, kind, asked_rule, Asked(NOW, there))
            narrow = _chosen(connection, kind, asked_rule, Asked(NOW, there, is_narrow=True))
            facts = {owner: facts_of(connection, kind, owner, asked_rule) for owner in everybody}
            one_by_one = {owner for owner in everybody if holds(asked_rule, facts[owner], NOW, there)}

            assert _chosen(connection, kind, asked_rule, Asked(NOW, there), is_planned=True) == wide
            assert wide == narrow == one_by_one, text_of(asked_rule)
            assert {o for o in everybody if explain(asked_rule, facts[o], NOW, there).holds} == one_by_one
            assert rule_from_json(rule_to_json(asked_rule)) == asked_rule
            again = rule_of(text_of(asked_rule), words)
            assert _chosen(connection, kind, again, Asked(NOW, there)) == wide, [
                rule_to_json(asked_rule),
                rule_to_json(again),
            ]
        connection.rollback()


@given(seed=st.integers(0, 10**9))
@settings(max_examples=12)
def test_beginning_with_the_rarest_values_finds_the_same_among_many(seed: int) -> None:
    chance, asked = random.Random(seed), Asked(NOW, ZoneInfo("Europe/Berlin"))
    with _files().database.write() as connection:
        fill(connection, chance, customers=40)
        for _ in range(40):
            conditions = [condition(chance, OwnerKind.CUSTOMER) for _ in range(12)]
            of_properties = [one for one in conditions if one.subject is Subject.PROPERTY][:4]
            every = AllOf(tuple(of_properties + conditions[:1]))
            wide = _chosen(connection, OwnerKind.CUSTOMER, every, asked)

            assert _chosen(connection, OwnerKind.CUSTOMER, every, asked, is_planned=True) == wide, text_of(every)
        connection.rollback()


def test_two_rare_conditions_are_both_asked_of_their_index() -> None:
    every = AllOf(
        (
            Condition(Subject.PROPERTY, Verb.IS, ("us",), "areas", ValueKind.CHOICES),
            Condition(Subject.PROPERTY, Verb.IS, ("pro",), "plan", ValueKind.STRING),
        )
    )
    with _files().database.write() as connection:
        fill(connection, random.Random(3), customers=60)
        clause = planned(connection, every, OwnerKind.CUSTOMER, Asked(NOW, ZoneInfo("UTC")))
        found = _chosen(connection, OwnerKind.CUSTOMER, every, Asked(NOW, ZoneInfo("UTC")))

        assert clause.sql.count("w.text IN (") == 2
        assert "q.id IN (SELECT" in clause.sql
        assert _chosen(connection, OwnerKind.CUSTOMER, every, Asked(NOW, ZoneInfo("UTC")), is_planned=True) == found
        assert found
        connection.rollback()
