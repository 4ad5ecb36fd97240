"""What can be seen of a workspace, what must hold in it at any time, and the hashes of its tables."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping

from tests.store.world import World

from console.domain.profile import Claim, strength, winning
from console.domain.profile_view import ShownProperty
from console.store.connection import Connection
from console.store.fold import read_folded_through
from console.store.profile_properties import claim_of
from console.store.profiles import company, profile
from console.store.schema.derived import ACTIVITIES

BOOKKEEPING = frozenset(
    {
        "changes",
        "meta",
        "import_batches",
        "edit_outcomes",
        "inverses",
        "alembic_version",
        "streams",
        "acting",
    }
)

# Each statement finds rows that break a rule; the words before it say which.
RULES: Mapping[str, str] = {
    "an identity belongs to a living customer or company": """
        SELECT i.id FROM identities i LEFT JOIN customers u ON u.id = i.owner_id LEFT JOIN companies o ON o.id = i.owner_id
        WHERE (i.kind = 'customer' AND (u.id IS NULL OR u.merged_into IS NOT NULL))
        OR (i.kind = 'company' AND (o.id IS NULL OR o.merged_into IS NOT NULL))""",
    "a living customer has its home": """SELECT u.id FROM customers u JOIN identities h ON h.id = u.home_id
        WHERE u.merged_into IS NULL AND h.owner_id <> u.id""",
    "a tag follows its identity": """SELECT g.id FROM taggings g JOIN identities i ON i.id = g.subject_id
        WHERE g.owner_kind <> 'conversation' AND g.owner_id <> i.owner_id""",
    "a note follows its identity": """SELECT n.id FROM notes n JOIN identities i ON i.id = n.subject_id
        WHERE n.owner_kind <> 'conversation' AND n.owner_id <> i.owner_id""",
    "tags and notes hang on something": """SELECT subject_id FROM (SELECT subject_id, owner_kind FROM taggings UNION ALL SELECT subject_id, owner_kind FROM notes)
        WHERE (owner_kind = 'conversation' AND subject_id NOT IN (SELECT id FROM conversations))
        OR (owner_kind <> 'conversation' AND subject_id NOT IN (SELECT id FROM identities))""",
    "an event follows its identity": """SELECT e.id FROM events e LEFT JOIN identities i ON i.id = e.identity_id
        WHERE i.owner_id IS NULL OR i.owner_id <> e.owner_id""",
    "a membership follows its identities": """SELECT m.id FROM memberships m LEFT JOIN identities u ON u.id = m.customer_identity
        LEFT JOIN identities o ON o.id = m.company_identity
        WHERE u.id IS NULL OR o.id IS NULL OR m.customer_id <> u.owner_id OR m.company_id <> o.owner_id""",
    "what is said hangs on an identity": "SELECT id FROM claims WHERE until IS NULL AND identity_id NOT IN (SELECT id FROM identities)",
    "an origin says one thing at a time of a property": """SELECT min(id) FROM claims WHERE until IS NULL AND origin_key <> 'manual'
        GROUP BY identity_id, property_id, origin_key HAVING count(*) > 1""",
    "a conversation is its identity's customer's": """SELECT c.id FROM conversations c WHERE merged_into IS NULL AND customer_id IS NOT
        CASE WHEN is_unlinked THEN NULL ELSE (SELECT owner_id FROM identities i WHERE i.id = coalesce(c.placed_id, c.identity_id)) END""",
    "a conversation's company is its customer's": """SELECT c.id FROM conversations c WHERE merged_into IS NULL
        AND company_id IS NOT (SELECT u.company_id FROM customers u WHERE u.id = c.customer_id)""",
    "conversations are counted": """SELECT u.id FROM customers u WHERE merged_into IS NULL AND conversation_count <>
        (SELECT count(*) FROM conversations c WHERE c.customer_id = u.id AND c.merged_into IS NULL)""",
    "members are counted": """SELECT o.id FROM companies o WHERE merged_into IS NULL AND member_count <>
        (SELECT count(DISTINCT m.customer_id) FROM memberships m WHERE m.company_id = o.id AND m.until IS NULL)""",
    "a message lies in a living conversation": """SELECT m.id FROM messages m LEFT JOIN conversations c ON c.id = m.conversation_id
        WHERE c.id IS NULL OR c.merged_into IS NOT NULL""",
    "messages are counted": """SELECT c.id FROM conversations c WHERE merged_into IS NULL AND message_count <>
        (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id AND m.gone_at IS NULL)""",
    "what was parted stays apart": """SELECT a.id FROM aparts a JOIN identities f ON f.id = a.first_id JOIN identities s ON s.id = a.second_id
        WHERE f.owner_id = s.owner_id""",
    "no winner of nobody": """SELECT owner_id FROM winners WHERE owner_id NOT IN (
        SELECT id FROM customers WHERE merged_into IS NULL UNION SELECT id FROM companies WHERE merged_into IS NULL)""",
    "activities are what they are made of": f"""SELECT owner_id FROM (
        SELECT * FROM (SELECT owner_id, at, kind, ref, customer_id, source_id, run FROM activities EXCEPT SELECT * FROM ({ACTIVITIES}))
        UNION ALL SELECT * FROM (SELECT * FROM ({ACTIVITIES}) EXCEPT SELECT owner_id, at, kind, ref, customer_id, source_id, run FROM activities))""",
    "open spans of tags are the tags that stick": """SELECT id FROM (
        SELECT s.id, s.word, s.subject_id FROM word_spans s WHERE s.kind = 'tag' AND s.until IS NULL AND NOT EXISTS (
            SELECT 1 FROM taggings g JOIN tags t ON t.id = g.tag_id WHERE g.subject_id = s.subject_id AND t.name = s.word)
        UNION ALL SELECT g.id, t.name, g.subject_id FROM taggings g JOIN tags t ON t.id = g.tag_id WHERE 1 <> (
            SELECT count(*) FROM word_spans s WHERE s.kind = 'tag' AND s.until IS NULL AND s.subject_id = g.subject_id AND s.word = t.name))""",
    "open spans of given segments are those that sources give": """SELECT s.id FROM word_spans s WHERE s.kind = 'given' AND s.until IS NULL
        AND NOT EXISTS (SELECT 1 FROM segments_given g WHERE g.identity_id = s.subject_id AND g.name = s.word)
        UNION ALL SELECT g.identity_id FROM segments_given g WHERE 1 <> (SELECT count(*) FROM word_spans s
            WHERE s.kind = 'given' AND s.until IS NULL AND s.subject_id = g.identity_id AND s.word = g.name)""",
    "a key of an identity": "SELECT identity_id FROM identity_keys WHERE identity_id NOT IN (SELECT id FROM identities)",
}  # fmt: skip


def check(world: World) -> None:
    """Fail where a rule is broken, a winner is not the one that ``winning`` chooses, or an edit was not folded once."""
    with world.workspace.database.read() as connection:
        broken = {rule: connection.exec_driver_sql(found).fetchall() for rule, found in RULES.items()}
        if any(broken.values()):
            raise AssertionError({rule: rows for rule, rows in broken.items() if rows})
        check_winners(connection)
        folded = connection.exec_driver_sql("SELECT count(*), max(seq) FROM edit_outcomes").one()
        assert read_folded_through(connection) == (folded[1] or 0)
    with world.workspace.journal.database.read() as journal:
        assert journal.exec_driver_sql("SELECT count(*), max(seq) FROM edits").one() == tuple(folded)


def check_winners(connection: Connection) -> None:
    """Oracle: ``domain.profile.winning`` over every open claim, against the table that SQL filled."""
    expected: dict[tuple[int, int], int] = {}
    own, others = _claims(connection)
    for slot in {*own, *others}:
        direct, said = winning(own.get(slot, ())), winning(others.get(slot, ()))
        shown = [one for one in (direct, said) if one is not None]
        best = max(shown, key=lambda one: (one.rank, one is direct, strength(one)))
        if best.state.value != "removed":
            expected[slot] = best.id
    found = connection.exec_driver_sql("SELECT owner_id, property_id, claim_id FROM winners").fetchall()
    assert _worth(connection, {(row[0], row[1]): row[2] for row in found}) == _worth(connection, expected)


def _worth(connection: Connection, winners: Mapping[tuple[int, int], int]) -> dict[tuple[int, int], object]:
    """Two claims that weigh the same may stand for each other."""
    rows = connection.exec_driver_sql(
        "SELECT id, rank, acted_at, origin_key, state, kind, value FROM claims"
    ).fetchall()
    weight = {row[0]: tuple(row[1:]) for row in rows}
    return {slot: weight[claim] for slot, claim in winners.items()}


def _claims(connection: Connection) -> tuple[dict[tuple[int, int], list[Claim]], dict[tuple[int, int], list[Claim]]]:
    own: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    others: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    described: dict[int, set[int]] = defaultdict(set)
    for identity, firm, is_main, origin in connection.exec_driver_sql(
        "SELECT customer_identity, company_id, is_main, origin FROM memberships WHERE until IS NULL"
    ).fetchall():
        if is_main or origin == "derived":
            described[identity].add(firm)
    for row in connection.exec_driver_sql(
        """SELECT c.*, p.name AS property, p.company_property_id, i.owner_id, i.kind AS owner_kind, u.company_id
           FROM claims c JOIN properties p ON p.id = c.property_id JOIN identities i ON i.id = c.identity_id
           LEFT JOIN customers u ON u.id = i.owner_id AND i.kind = 'customer' WHERE c.until IS NULL"""
    ).fetchall():
        own[row.owner_id, row.property_id].append(claim_of(row))
        if row.company_property_id and row.state == "value":
            for firm in described.get(row.identity_id) or {row.company_id} - {None}:
                others[firm, row.company_property_id].append(claim_of(row))
    return own, others


def visible(world: World) -> dict[str, object]:
    """Everything that a teammate sees: profiles, companies and inbox rows, without keys of claims and times of bookkeeping."""
    with world.workspace.database.read() as connection:
        customers = [row[0] for row in connection.exec_driver_sql("SELECT id FROM customers WHERE merged_into IS NULL")]
        companies = [
            row[0]
            for row in connection.exec_driver_sql(
                """SELECT id FROM companies o WHERE merged_into IS NULL AND (member_count > 0
                   OR EXISTS (SELECT 1 FROM identities i WHERE i.owner_id = o.id AND i.source_id <> 0))"""
            )
        ]
        conversations = connection.exec_driver_sql("SELECT * FROM conversations WHERE merged_into IS NULL").fetchall()
        return (
            {f"customer {key}": _customer(connection, key, world) for key in customers}
            | {f"company {key}": _company(connection, key, world) for key in companies}
            | {f"conversation {row.id}": row.by_name() for row in conversations}
            | {
                "tags": _counted(connection),
                "never": connection.exec_driver_sql("SELECT count(*) FROM aparts").scalar(),
            }
        )


def _customer(connection: Connection, key: int, world: World) -> dict[str, object]:
    found = profile(connection, key, now=world.at)
    return {
        "name": found.name,
        "emails": sorted(found.emails),
        "identities": [one.id for one in found.identities],
        "properties": {one.name: _property(one) for one in found.properties},
        "tags": [(tag.name, tag.by, tag.at) for tag in found.tags],
        "segments": found.segments,
        "notes": found.notes,
        "companies": [(one.id, one.is_main) for one in found.companies],
        "conversations": [one.id for one in found.conversations],
        "count": found.conversation_count,
        "events": [(one.name, one.count) for one in found.events],
        "flags": (found.is_role, found.is_shared, found.first_seen, found.last_seen),
    }


def _company(connection: Connection, key: int, world: World) -> dict[str, object]:
    found = company(connection, key, now=world.at)
    return {
        "name": (found.name, found.domain),
        "properties": {one.name: _property(one) for one in found.properties},
        "tags": [(tag.name, tag.by) for tag in found.tags],
        "notes": found.notes,
        "members": sorted(one.id for one in found.members),
        "count": found.member_count,
    }


def _property(one: ShownProperty) -> tuple[object, ...]:
    return (one.state, one.value, _weight(one.winner), sorted(map(_weight, one.losers), key=repr))


def _weight(claim: Claim) -> tuple[object, ...]:
    return (claim.identity, claim.rank, claim.state, claim.value, claim.origin, claim.acted_at, claim.is_pin)


def _counted(connection: Connection) -> list[tuple[object, ...]]:
    return [
        tuple(row)
        for row in connection.exec_driver_sql(
            "SELECT t.name, count(*) FROM tags t JOIN taggings g ON g.tag_id = t.id GROUP BY t.id ORDER BY t.name"
        )
    ]


def hashes(
    world: World, *, without: Collection[str] = BOOKKEEPING, columns: Mapping[str, str] | None = None
) -> dict[str, str]:
    """A hash of the rows of each table, whatever their order; ``columns`` names what is read of a table instead of all."""
    found: dict[str, str] = {}
    with world.workspace.database.read() as connection:
        tables = [
            row[0]
            for row in connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            ).fetchall()
        ]
        for table in tables:
            if table in without:
                continue
            wanted = (columns or {}).get(table, "*")
            rows = sorted(
                repr(tuple(row)) for row in connection.exec_driver_sql(f"SELECT {wanted} FROM {table}").fetchall()
            )
            found[table] = f"{len(rows)} rows {hashlib.sha256(chr(10).join(rows).encode()).hexdigest()[:12]}"
    return found
