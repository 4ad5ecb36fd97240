"""What is read of a company: health, sessions, members, suggestions, who would get a message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from tests.store.companies import NOW, firm, key_of, login, member, moment, number
from tests.store.world import World, text

from console.domain import edits as e
from console.domain.company_figures import CompanySessions, figures_of
from console.domain.company_health import HealthState, SeenBy
from console.domain.ids import CustomerId
from console.domain.records import (
    AuthorKind,
    Channel,
    ConversationRecord,
    MessageRecord,
    Person,
)
from console.domain.values import Money, Value, ValueKind
from console.store.company_facts import facts_of, sessions_of_company, voices_of
from console.store.company_usage import CompanyUsage, usage_of


def usage(world: World, name: str = "Acme") -> CompanyUsage:
    with world.workspace.database.read() as connection:
        return usage_of(connection, key_of(world, name), now=NOW, zone=UTC)


def test_the_last_login_is_that_of_the_member_who_came_last(world: World) -> None:
    world.take(firm("f", "Acme"), member("ann", "f"), member("priya", "f"), login("ann", 70), login("priya", 41))

    found = usage(world)

    assert found.health.state is HealthState.SLIPPING
    assert found.health.evidence.startswith("last login by priya, 41 days ago")
    assert found.last_seen is not None
    assert (found.last_seen.name, found.last_seen.how) == ("priya", SeenBy.LOGIN)
    assert found.quiet == 2


def test_what_the_source_says_of_the_company_goes_before_its_members(world: World) -> None:
    said = moment(NOW - timedelta(days=61))
    world.take(firm("f", "Acme", last_request_at=said), member("ann", "f"), login("ann", 2))

    found = usage(world)

    assert found.health.state is HealthState.AWAY
    assert found.last_seen is not None
    assert (found.last_seen.name, found.last_seen.origin) == ("", "Helpdesk")
    assert world.rows("SELECT last_seen FROM companies WHERE name = 'Acme'") == [
        ((NOW - timedelta(days=61) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1),)
    ]


def test_a_members_last_login_may_be_a_property_where_no_event_tells(world: World) -> None:
    world.take(firm("f", "Acme"), member("ann", "f", last_login_at=moment(NOW - timedelta(days=5))))

    found = usage(world)

    assert found.health.state is HealthState.ACTIVE
    assert found.health.evidence.startswith("last seen by ann 5 days ago, says Helpdesk")


def test_mails_alone_are_no_use_of_the_product(world: World) -> None:
    mail = MessageRecord("m", NOW - timedelta(days=1), AuthorKind.CUSTOMER, Person("ann@acme.example"), "Hello")
    world.take(firm("f", "Acme"), member("ann", "f"), ConversationRecord("c", Channel.EMAIL, "Hi", (mail,), "ann"))

    found = usage(world)

    assert found.health.state is HealthState.UNKNOWN


def test_sessions_are_the_sources_own_number_else_the_sum_and_a_leaver_no_longer_counts(world: World) -> None:
    world.take(
        firm("f", "Acme"),
        firm("g", "Bolt", session_count=number(999)),
        member("ann", "f", "g", sessions=number(40)),
        member("ben", "f"),
        member("cay", "f"),
        login("ben", 1),
        login("ben", 2),
        login("cay", 3, "Exported report"),
    )
    with world.workspace.database.read() as connection:
        acme, bolt = key_of(world, "Acme"), key_of(world, "Bolt")
        both = [sessions_of_company(connection, key, facts_of(connection, key)) for key in (acme, bolt)]
    assert both == [CompanySessions(42, ""), CompanySessions(999, "Helpdesk")]

    world.do(e.LeaveCompany(CustomerId(world.customer("ben@acme.example")), acme))

    with world.workspace.database.read() as connection:
        assert sessions_of_company(connection, acme, facts_of(connection, acme)) == CompanySessions(40, "")


def test_the_trend_compares_sessions_of_all_members(world: World) -> None:
    before = [login("ann", 30 + n / 10) for n in range(10)]
    world.take(firm("f", "Acme"), member("ann", "f"), *before, *(login("ann", n) for n in range(1, 5)))

    found = usage(world)

    assert (found.before, found.recent, found.health.change) == (10, 4, -60)
    assert sum(map(sum, found.weeks)) == 14


def test_figures_hold_spend_as_decimals_with_currency_a_month_and_a_year(world: World) -> None:
    world.take(firm("f", "Acme", mrr=Value(ValueKind.MONEY, Money(Decimal("155.98"), "EUR"))))
    world.take(firm("g", "Bolt", monthly_spend=number(155)))
    world.take(firm("h", "Crux", arr=Value(ValueKind.MONEY, Money(Decimal(1200), "USD"))))
    with world.workspace.database.read() as connection:
        acme, bolt, crux = (
            figures_of(facts_of(connection, key_of(world, name))).spend for name in ("Acme", "Bolt", "Crux")
        )
    assert acme is not None
    assert (acme.a_month, acme.a_year, acme.currency, acme.is_rounded) == (
        Decimal("155.98"),
        Decimal("1871.76"),
        "EUR",
        False,
    )
    assert bolt is not None
    assert (bolt.a_year, bolt.currency, bolt.is_rounded) == (Decimal(1860), "", True)
    assert crux is not None
    assert (crux.a_month, crux.currency) == (Decimal(100), "USD")


def test_each_member_says_a_thing_once(world: World) -> None:
    five, nine = {"company.size": text("5")}, {"company.size": text("9")}
    world.take(
        *(member(f"m{n}", "f", **five) for n in range(3)),
        member("other", "f", **nine),
        firm("f", "Acme"),
    )
    world.take(member("m0", email="m0@acme.example", **five), source="Billing")
    with world.workspace.database.read() as connection:
        voices = voices_of(connection, key_of(world, "Acme"))["size"]
    assert [(one.value.content, one.members) for one in voices] == [("5", 3), ("9", 1)]
