"""Profiles: who wins, who says otherwise, on another day, and who is meant by a word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store import rows as put
from tests.store.rows import NOW

from console.domain.profile import ClaimState
from console.domain.profile_view import Profile, ShownProperty
from console.domain.records import OwnerKind
from console.domain.values import Value, ValueKind
from console.store import profiles
from console.store.connection import Connection
from console.store.errors import NotFound
from console.store.identities import home_of, identities_of, mark_merged
from console.store.moments import micros
from console.store.refreshing import Touched, refresh
from console.store.relinking import relink
from console.store.workspace import Workspace

_DAY = timedelta(days=1)


def test_the_winner_stands_first_and_the_losers_in_the_order_in_which_they_would_win(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada = _ada(connection)
        known, home = _identity_of(connection, ada), home_of(OwnerKind.CUSTOMER, ada)
        put.claim(connection, known, "plan", "free", at=NOW)
        put.claim(connection, known, "plan", "team", rank=2, origin="api", origin_name="Push API", at=NOW - _DAY)
        put.claim(connection, home, "plan", "pro", rank=3, origin="manual", origin_name="Marta", at=NOW - 2 * _DAY)

    with workspace.database.read() as connection:
        plan = _property(profiles.profile(connection, ada, now=NOW), "plan")

    assert plan.value == Value(ValueKind.STRING, "pro")
    assert [loser.origin.name for loser in plan.losers] == ["Push API", "Helpdesk"]


def test_a_masked_property_is_there_and_empty_and_a_removed_one_is_not_there(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada = _ada(connection)
        known, home = _identity_of(connection, ada), home_of(OwnerKind.CUSTOMER, ada)
        for name, state in (("phone", "masked"), ("fax", "removed")):
            put.claim(connection, known, name, "123")
            put.claim(connection, home, name, None, rank=3, state=state, origin="manual", origin_name="Marta")

    with workspace.database.read() as connection:
        profile = profiles.profile(connection, ada, now=NOW)
        history = profiles.property_history(connection, OwnerKind.CUSTOMER, ada, "fax")

    phone = _property(profile, "phone")
    assert (phone.state, phone.value, len(phone.losers)) == (ClaimState.MASKED, None, 1)
    assert "fax" not in {one.name for one in profile.properties}
    assert len(history) == 2


def test_a_profile_holds_all_that_hangs_on_the_customer(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada = _ada(connection)
        north = put.company(connection, "North")
        put.member(connection, ada, north, since=NOW - _DAY)
        talk = put.conversation(connection, "Lamp", "one", "two", customer_id=ada, at=NOW - _DAY)
        put.tag(connection, OwnerKind.CUSTOMER, ada, "vip")
        put.note(connection, OwnerKind.CUSTOMER, ada, "n1", "likes tea", at=NOW - _DAY)
        put.note(connection, OwnerKind.CUSTOMER, ada, "n2", "gone", deleted_at=micros(NOW))
        for days, seats in ((0, "4"), (1, "3"), (8, "2"), (100, "1")):
            put.event(connection, ada, "login", NOW - days * _DAY, seats=["number", seats])
        put.claim(connection, _identity_of(connection, ada), "city", "Lyon")
        put.claim(connection, _identity_of(connection, ada), "time_zone", "Europe/Paris")
        refresh(connection, Touched(customers={ada}))

    with workspace.database.read() as connection:
        profile = profiles.profile(connection, ada, now=NOW)

    assert (profile.name, profile.emails) == ("Ada", ("Ada@north.example",))
    assert [(one.source_name, one.is_home) for one in profile.identities] == [("Helpdesk", False), ("", True)]
    assert [(one.name, one.by) for one in profile.tags] == [("vip", "Marta")]
    assert [one.text for one in profile.notes] == ["likes tea"]
    assert [(one.name, one.is_main, one.member_count) for one in profile.companies] == [("North", True, 1)]
    assert [(one.id, one.message_count) for one in profile.conversations] == [(talk, 2)]
    login = profile.events[0]
    assert (login.count, login.weekly, login.metadata_latest) == (4, (0,) * 10 + (1, 2), {"seats": "4"})
    assert profile.location is not None
    assert (profile.location.city, profile.location.time_zone) == ("Lyon", "Europe/Paris")
    assert (profile.first_seen, profile.last_seen) == (NOW - 100 * _DAY, NOW)


def test_a_merged_customer_answers_with_the_survivor_who_says_where_it_came_from(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada = _ada(connection, created=NOW - 9 * _DAY)
        eve = put.customer(connection, "Eve", "eve@north.example", created=NOW - 9 * _DAY)
        _merge(connection, eve, ada, NOW - _DAY)

    with workspace.database.read() as connection:
        profile = profiles.profile(connection, eve, now=NOW)
        before = profiles.profile_at(connection, eve, NOW - 2 * _DAY)
        of_ada = profiles.profile_at(connection, ada, NOW - 2 * _DAY)
        called = (
            profiles.customer_called(connection, "eve@NORTH.example"),
            profiles.customer_called(connection, str(eve)),
        )

    assert profile.id == ada
    assert [one.id for one in profile.merged_from] == [eve]
    assert (before.id, before.name, before.emails) == (eve, "Eve", ("eve@north.example",))
    assert (of_ada.name, of_ada.merged_from) == ("Ada", ())
    assert called == (ada, ada)


def test_a_profile_of_another_day_knows_nothing_that_came_later(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada = _ada(connection, created=NOW - 9 * _DAY)
        known = _identity_of(connection, ada)
        put.claim(connection, known, "plan", "free", at=NOW - 5 * _DAY, until=NOW - 2 * _DAY)
        put.claim(connection, known, "plan", "pro", at=NOW - 2 * _DAY)
        put.conversation(connection, "old", "x", customer_id=ada, at=NOW - 4 * _DAY)
        put.conversation(connection, "new", "x", customer_id=ada, at=NOW)
        put.event(connection, ada, "login", NOW)
        put.tag(connection, OwnerKind.CUSTOMER, ada, "vip", at=NOW)
        refresh(connection, Touched(customers={ada}))

    with workspace.database.read() as connection:
        then = profiles.profile_at(connection, ada, NOW - 3 * _DAY)
        earliest = profiles.profile_at(connection, ada, NOW - 6 * _DAY)

    assert _property(then, "plan").value == Value(ValueKind.STRING, "free")
    assert [one.subject for one in then.conversations] == ["old"]
    assert (then.events, then.tags, then.as_of) == ((), (), NOW - 3 * _DAY)
    assert (then.first_seen, then.last_seen) == (NOW - 4 * _DAY, NOW - 4 * _DAY)
    assert [one.name for one in earliest.properties] == ["name"]


def test_a_company_shows_its_own_claim_before_its_members_and_keeps_their_disagreement(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada, bo = _ada(connection), put.customer(connection, "Bo", "bo@north.example")
        north = put.company(connection, "North")
        put.claim(connection, _identity_of(connection, ada), "company.plan", "pro", at=NOW)
        put.claim(connection, _identity_of(connection, bo), "company.plan", "free", at=NOW - _DAY)
        put.claim(connection, _identity_of(connection, bo), "company.seats", "7", kind="number", at=NOW)
        home = home_of(OwnerKind.COMPANY, north)
        put.claim(connection, home, "plan", "team", owner_kind=OwnerKind.COMPANY, at=NOW - 2 * _DAY)
        put.member(connection, ada, north)
        put.member(connection, bo, north)

    with workspace.database.read() as connection:
        company = profiles.company(connection, north, now=NOW)
        winners = _winner_claims(connection, north)

    shown = {one.name: one for one in company.properties}
    assert shown["plan"].value == Value(ValueKind.STRING, "team")
    assert [(one.customer_name, one.claim.value) for one in shown["plan"].members] == [
        ("Ada", Value(ValueKind.STRING, "pro")),
        ("Bo", Value(ValueKind.STRING, "free")),
    ]
    assert shown["seats"].winner.property == "seats"
    assert [one.name for one in company.members] == ["Ada", "Bo"]
    assert winners == {one.name: one.winner.id for one in company.properties}


def test_what_is_meant_by_a_word_is_one_customer_or_a_sentence(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada = _ada(connection)
        put.customer(connection, "Bo", "bo@north.example")
        put.customer(connection, "Bo", "bo@south.example")
        north = put.company(connection, "North peak")

    with workspace.database.read() as connection:
        assert profiles.customer_called(connection, " ADA@North.Example ") == ada
        assert profiles.customer_called(connection, "Ada") == ada
        assert profiles.company_called(connection, "north PEAK") == north
        with pytest.raises(NotFound, match="means 2 customers: Bo"):
            profiles.customer_called(connection, "Bo")
        for nobody in ("", "x@y.example", "99999999999999999999999", "-1", "'; --", "٣"):
            with pytest.raises(NotFound):
                profiles.customer_called(connection, nobody)
            with pytest.raises(NotFound):
                profiles.company_called(connection, nobody)
        with pytest.raises(NotFound):
            profiles.profile(connection, 5)


_CLAIMS = st.lists(
    st.tuples(
        st.sampled_from([1, 2, 3]),
        st.integers(0, 2),
        st.sampled_from(["a", "b"]),
        st.sampled_from(["value", "masked", "removed"]),
        st.sampled_from(["x", "y", "ü"]),
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda one: one[:5],
)


@given(claims=_CLAIMS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_profile_shows_is_what_lists_show(workspace: Workspace, claims: list[tuple]) -> None:
    with workspace.database.write() as connection:
        ada = put.customer(connection, "Ada") if not identities_of(connection, _ADA) else _ADA
        connection.exec_driver_sql("DELETE FROM claims")
        for rank, minute, origin, state, value, is_home in claims:
            identity = home_of(OwnerKind.CUSTOMER, ada) if is_home else _identity_of(connection, ada)
            put.claim(
                connection,
                identity,
                "plan",
                value if state == "value" else None,
                rank=rank,
                state=state,
                origin_name=origin,
                at=NOW + timedelta(minutes=minute),
            )
        refresh(connection, Touched(customers={ada}))

    with workspace.database.read() as connection:
        shown = {one.name: one.winner.value for one in profiles.profile(connection, ada, now=NOW).properties}
        listed = _winner_texts(connection, ada)

    assert {name: None if value is None else value.content for name, value in shown.items()} == listed


_ADA = put.stable_id("customer", "Ada")


def _ada(connection: Connection, **more: object) -> int:
    put.source(connection)
    return put.customer(connection, "Ada", "Ada@north.example", **more)  # pyright: ignore[reportArgumentType]  # created only


def _identity_of(connection: Connection, customer: int) -> int:
    return next(one for one in identities_of(connection, customer) if one != home_of(OwnerKind.CUSTOMER, customer))


def _property(profile: Profile, name: str) -> ShownProperty:
    return next(one for one in profile.properties if one.name == name)


def _merge(connection: Connection, goes: int, into: int, at: object) -> None:
    moving = identities_of(connection, goes)
    relink(connection, OwnerKind.CUSTOMER, moving, into, now=micros(at), reason="edit")  # pyright: ignore[reportArgumentType]  # a datetime
    mark_merged(connection, OwnerKind.CUSTOMER, goes, into)
    refresh(connection, Touched(customers={goes, into}))


def _winner_claims(connection: Connection, owner: int) -> dict[str, int]:
    found = connection.exec_driver_sql(
        "SELECT p.name, w.claim_id FROM winners w JOIN properties p ON p.id = w.property_id WHERE owner_id = ?",
        (owner,),
    )
    return dict(map(tuple, found.fetchall()))


def _winner_texts(connection: Connection, owner: int) -> dict[str, str | None]:
    found = connection.exec_driver_sql(
        "SELECT p.name, w.text FROM winners w JOIN properties p ON p.id = w.property_id WHERE owner_id = ?", (owner,)
    )
    return dict(map(tuple, found.fetchall()))
