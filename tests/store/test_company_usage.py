"""What is read of a company: health, sessions, members, suggestions, who would get a message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from tests.store.world import World, text

from console.domain import edits as e
from console.domain.company_figures import CompanySessions, figures_of
from console.domain.company_health import HealthState, SeenBy
from console.domain.company_members import LeftOut, Likeness, MemberOrder, MemberSight
from console.domain.ids import CompanyId, CustomerId
from console.domain.records import (
    AuthorKind,
    Channel,
    CompanyRecord,
    ConversationRecord,
    CustomerRecord,
    EventRecord,
    MessageRecord,
    OwnerKind,
    Person,
)
from console.domain.values import Money, Value, ValueKind
from console.store.company_audience import audience_of
from console.store.company_facts import facts_of, sessions_of_company, voices_of
from console.store.company_members import member_ids, member_rows
from console.store.company_suggestions import suggested_duplicates, suggested_members
from console.store.company_talks import talk_count, talk_keys
from console.store.company_usage import CompanyUsage, usage_of

NOW = datetime(2026, 1, 20, 12, tzinfo=UTC)


def number(count: int) -> Value:
    return Value(ValueKind.NUMBER, Decimal(count))


def moment(at: datetime) -> Value:
    return Value(ValueKind.DATETIME, at)


def yes() -> Value:
    return Value(ValueKind.BOOLEAN, True)


def firm(external_id: str, name: str, *domains: str, **properties: Value) -> CompanyRecord:
    return CompanyRecord(external_id, name, domains, properties)


def member(name: str, *firms: str, email: str = "", **properties: Value) -> CustomerRecord:
    return CustomerRecord(name, (email or f"{name}@acme.example",), {"name": text(name), **properties}, firms)


def login(name: str, days: float, event: str = "Logged in") -> EventRecord:
    return EventRecord(f"{name}/{event}/{days}", event, NOW - timedelta(days=days), customer_id=name)


def key_of(world: World, name: str) -> CompanyId:
    ((key,),) = world.rows("SELECT id FROM companies WHERE name = ? AND merged_into IS NULL", name)
    return CompanyId(int(str(key)))


def usage(world: World, name: str = "Acme") -> CompanyUsage:
    with world.workspace.database.read() as connection:
        return usage_of(connection, key_of(world, name), now=NOW, zone=UTC)


def names(world: World, order: MemberOrder, **narrowed: object) -> list[str]:
    with world.workspace.database.read() as connection:
        ids = member_ids(connection, key_of(world, "Acme"), order, **narrowed)  # pyright: ignore[reportArgumentType]  # of a test
        rows = member_rows(connection, ids, NOW, UTC, counts_sessions=True)
        return [rows[key].name for key in ids]


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
    said = {"company.size": text("5")}
    world.take(
        *(member(f"m{n}", "f", **said) for n in range(3)),
        member("other", "f", **{"company.size": text("9")}),
        firm("f", "Acme"),
    )
    world.take(member("m0", email="m0@acme.example", **said), source="Billing")
    with world.workspace.database.read() as connection:
        voices = voices_of(connection, key_of(world, "Acme"))["size"]
    assert [(one.value.content, one.members) for one in voices] == [("5", 3), ("9", 1)]


def test_members_are_found_sorted_and_narrowed(world: World) -> None:
    world.take(
        firm("f", "Acme"),
        member("ann", "f", city=text("Porto"), sessions=number(3)),
        member("Ben", "f", city=text("Lyon"), sessions=number(20)),
        member("cay_100%", "f", email="cay@elsewhere.example"),
        login("ann", 1),
        login("Ben", 20),
    )
    assert names(world, MemberOrder.LAST_SEEN) == ["ann", "Ben", "cay_100%"]
    assert names(world, MemberOrder.NAME, is_rising=True) == ["ann", "Ben", "cay_100%"]
    assert names(world, MemberOrder.PLACE, is_rising=True) == ["Ben", "ann", "cay_100%"]
    assert names(world, MemberOrder.SESSIONS) == ["Ben", "ann", "cay_100%"]
    assert names(world, MemberOrder.NAME, words="elsewhere") == ["cay_100%"]
    assert names(world, MemberOrder.NAME, words="_100%") == ["cay_100%"]
    assert names(world, MemberOrder.NAME, words="%") == ["cay_100%"]
    quiet = NOW - timedelta(days=14)
    assert names(world, MemberOrder.NAME, sight=MemberSight.RECENT, quiet_since=quiet) == ["ann"]
    assert names(world, MemberOrder.NAME, is_rising=True, sight=MemberSight.QUIET, quiet_since=quiet) == [
        "Ben",
        "cay_100%",
    ]


def test_eight_weeks_of_a_member_end_now(world: World) -> None:
    world.take(
        firm("f", "Acme"), member("ann", "f"), login("ann", 0.5), login("ann", 6.9), login("ann", 7.1), login("ann", 57)
    )
    with world.workspace.database.read() as connection:
        (row,) = member_rows(connection, [world.customer("ann@acme.example")], NOW, UTC, counts_sessions=True).values()
    assert row.weeks == (0, 0, 0, 0, 0, 0, 1, 2)


def test_suggested_members_share_the_domain_and_belong_nowhere(world: World) -> None:
    world.take(
        firm("f", "Acme", "acme.example"),
        firm("g", "Gmailers", "gmail.com"),
        member("ann", "f"),
        member("stray"),
        member("info", email="info@acme.example"),
        member("far", email="far@notacme.example"),
        member("free", email="free@gmail.com"),
    )
    with world.workspace.database.read() as connection:
        assert [one.name for one in suggested_members(connection, key_of(world, "Acme"))] == ["stray"]
        assert suggested_members(connection, key_of(world, "Gmailers")) == ()


def test_who_left_the_company_is_not_suggested_again(world: World) -> None:
    world.take(firm("f", "Acme", "acme.example"), member("ann", "f"))
    world.do(e.LeaveCompany(CustomerId(world.customer("ann@acme.example")), key_of(world, "Acme")))
    with world.workspace.database.read() as connection:
        assert suggested_members(connection, key_of(world, "Acme")) == ()


def test_companies_that_may_be_one_are_suggested_with_the_reason_until_they_are_kept_apart(world: World) -> None:
    world.take(
        firm("1", "Müller & Co. GmbH", domain=text("mueller.example")),
        firm("2", "Muller"),
        firm("3", "Mullar"),
        firm("4", "Something else", domain=text("mueller.example")),
        firm("5", "Millers"),
    )
    key = key_of(world, "Müller & Co. GmbH")
    with world.workspace.database.read() as connection:
        found = {one.name: one.why for one in suggested_duplicates(connection, key)}
    assert found == {"Something else": Likeness.DOMAIN, "Muller": Likeness.NAME, "Mullar": Likeness.SPELLING}

    world.do(e.NeverMergeCompanies(key, key_of(world, "Muller")))

    with world.workspace.database.read() as connection:
        assert "Muller" not in {one.name for one in suggested_duplicates(connection, key)}


def test_a_message_reaches_each_member_once_and_nobody_who_must_not_be_written_to(world: World) -> None:
    world.take(
        firm("f", "Acme"),
        firm("g", "Bolt"),
        member("ann", "f", "g"),
        member("ben", "f", unsubscribed=yes()),
        member("cay", "f", has_hard_bounced=yes(), unsubscribed=yes()),
        CustomerRecord("mute", (), {"name": text("mute")}, ("f",)),
        member("desk", "f", email="support@acme.example"),
    )
    key = key_of(world, "Acme")
    with world.workspace.database.read() as connection:
        everybody = audience_of(connection, key)
        chosen = audience_of(connection, key, [world.customer("ann@acme.example"), world.customer("ben@acme.example")])
    assert everybody.reached == 1
    assert dict(everybody.left_out) == {
        LeftOut.UNSUBSCRIBED: 1,
        LeftOut.BOUNCED: 1,
        LeftOut.NO_ADDRESS: 1,
        LeftOut.ROLE: 1,
    }
    assert (chosen.reached, dict(chosen.left_out)) == (1, {LeftOut.UNSUBSCRIBED: 1})


def test_conversations_of_members_of_two_companies_are_in_both_and_pages_follow_one_another(world: World) -> None:
    talks = [
        ConversationRecord(
            f"c{n}",
            Channel.EMAIL,
            f"Talk {n}",
            (
                MessageRecord(
                    f"m{n}", NOW - timedelta(days=n), AuthorKind.CUSTOMER, Person("ann@acme.example"), "Hello"
                ),
            ),
            "ann",
        )
        for n in range(5)
    ]
    world.take(firm("f", "Acme"), firm("g", "Bolt"), member("ann", "f", "g"), *talks)
    with world.workspace.database.read() as connection:
        for name in ("Acme", "Bolt"):
            key = key_of(world, name)
            whole = talk_keys(connection, key, None, 10)
            first = talk_keys(connection, key, None, 2)
            assert [*first, *talk_keys(connection, key, first[-1], 10)] == list(whole)
            assert (len(whole), talk_count(connection, key)) == (5, 5)


def test_a_tag_of_a_company_is_not_copied_to_its_members(world: World) -> None:
    world.take(firm("f", "Acme"), member("ann", "f"))
    world.do(e.AddTag(e.Owner(OwnerKind.COMPANY, key_of(world, "Acme")), "key"))
    assert world.rows("SELECT owner_kind FROM taggings") == [("company",)]
