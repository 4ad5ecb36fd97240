"""Members of a company as they are listed, suggested, merged and written to; everybody counts once."""

from __future__ import annotations

from datetime import UTC, timedelta

from tests.store.companies import NOW, firm, key_of, login, member, number, yes
from tests.store.world import World, text

from console.domain import edits as e
from console.domain.company_members import LeftOut, Likeness, MemberOrder, MemberSight
from console.domain.company_names import bare_name, is_slip
from console.domain.ids import CustomerId
from console.domain.records import (
    AuthorKind,
    Channel,
    ConversationRecord,
    CustomerRecord,
    MessageRecord,
    OwnerKind,
    Person,
)
from console.store.company_audience import audience_of
from console.store.company_members import member_ids, member_rows
from console.store.company_suggestions import suggested_duplicates, suggested_members
from console.store.company_talks import talk_count, talk_keys


def names(world: World, order: MemberOrder, **narrowed: object) -> list[str]:
    with world.workspace.database.read() as connection:
        ids = member_ids(connection, key_of(world, "Acme"), order, **narrowed)  # pyright: ignore[reportArgumentType]  # of a test
        rows = member_rows(connection, ids, NOW, UTC, counts_sessions=True)
        return [rows[key].name for key in ids]


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


def test_every_slip_in_a_companys_name_is_suggested_wherever_it_is_made(world: World) -> None:
    name = "Northern peaks"
    slips = {name[:n] + name[n + 1 :] for n in range(1, len(name))}
    slips |= {name[:n] + "x" + name[n + 1 :] for n in range(1, len(name))}
    slips |= {name[:n] + "x" + name[n:] for n in range(1, len(name) + 1)}
    slips |= {name[:n] + name[n + 1] + name[n] + name[n + 2 :] for n in range(1, len(name) - 1)}
    slips |= {f"{slip} GmbH" for slip in ("Northern-peak", "Nörthernpeaks", "Northern  peak")}
    world.take(*(firm(str(n), one) for n, one in enumerate([name, "Northern lights", *sorted(slips)])))
    with world.workspace.database.read() as connection:
        found = {one.name for one in suggested_duplicates(connection, key_of(world, name), limit=1_000)}

    assert found == {one for one in slips if is_slip(bare_name(name), bare_name(one))}
    assert len(found) > 40
    assert {"Northern-peak GmbH", "Nörthernpeaks GmbH", "Northern  peak GmbH"} <= found


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
