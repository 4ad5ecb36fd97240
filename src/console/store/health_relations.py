"""What must agree inside workspace.db: links that are repeated for indexes, counters, and the claims that are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from console.domain.profile import Claim, ClaimState, strength, winning
from console.domain.records import OwnerKind
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.profile_properties import claims_by_owner, properties_of_company

_A_PAGE = 500

BROKEN_RELATIONS: tuple[tuple[str, str, str], ...] = (
    (
        "owners of identities",
        "identities belong to nobody, or to somebody who was merged into another",
        """SELECT count(*) FROM identities i LEFT JOIN customers u ON i.kind = 'customer' AND u.id = i.owner_id
           LEFT JOIN companies o ON i.kind = 'company' AND o.id = i.owner_id
           WHERE i.kind IN ('customer', 'company')
           AND ((u.id IS NULL AND o.id IS NULL) OR u.merged_into IS NOT NULL OR o.merged_into IS NOT NULL)""",
    ),
    (
        "owners of tags",
        "tags stand on another owner than their identity",
        """SELECT count(*) FROM taggings t JOIN identities i ON i.id = t.subject_id
           WHERE t.owner_kind <> 'conversation' AND t.owner_id <> i.owner_id""",
    ),
    (
        "owners of notes",
        "notes stand on another owner than their identity",
        """SELECT count(*) FROM notes n JOIN identities i ON i.id = n.subject_id
           WHERE n.owner_kind <> 'conversation' AND n.owner_id <> i.owner_id""",
    ),
    (
        "owners of events",
        "events stand on another customer than their identity",
        "SELECT count(*) FROM events e JOIN identities i ON i.id = e.identity_id WHERE e.owner_id <> i.owner_id",
    ),
    (
        "members of segments",
        "segments hold somebody who is gone, was merged into another, or belongs to no segment that there is",
        """SELECT count(*) FROM segment_spans p LEFT JOIN segments s ON s.id = p.segment_id
           LEFT JOIN customers u ON u.id = p.owner_id LEFT JOIN companies o ON o.id = p.owner_id
           WHERE (u.id IS NULL AND o.id IS NULL)
           OR (p.until IS NULL AND (s.id IS NULL OR coalesce(u.merged_into, o.merged_into) IS NOT NULL))""",
    ),
    (
        "owners of memberships",
        "memberships link others than their identities",
        """SELECT count(*) FROM memberships m JOIN identities u ON u.id = m.customer_identity
           JOIN identities o ON o.id = m.company_identity
           WHERE m.customer_id <> u.owner_id OR m.company_id <> o.owner_id""",
    ),
    (
        "customers of conversations",
        "conversations show another customer than the identity they are linked to",
        """SELECT count(*) FROM conversations c LEFT JOIN identities i ON i.id = coalesce(c.placed_id, c.identity_id)
           WHERE c.customer_id IS NOT CASE WHEN c.is_unlinked THEN NULL ELSE i.owner_id END""",
    ),
    (
        "companies of conversations",
        "conversations show another company than their customer's",
        """SELECT count(*) FROM conversations c JOIN customers u ON u.id = c.customer_id
           WHERE c.company_id IS NOT u.company_id AND c.merged_into IS NULL""",
    ),
    (
        "messages",
        "messages, attachments or claims hang on something that is not there",
        """SELECT (SELECT count(*) FROM messages m LEFT JOIN conversations c ON c.id = m.conversation_id WHERE c.id IS NULL)
           + (SELECT count(*) FROM attachments a LEFT JOIN messages m ON m.id = a.message_id WHERE m.id IS NULL)
           + (SELECT count(*) FROM attachment_contents b LEFT JOIN attachments a ON a.id = b.attachment_id WHERE a.id IS NULL)
           + (SELECT count(*) FROM claims k LEFT JOIN identities i ON i.id = k.identity_id WHERE i.id IS NULL)
           + (SELECT count(*) FROM claims k LEFT JOIN properties p ON p.id = k.property_id WHERE p.id IS NULL)""",
    ),
    (
        "outbox",
        "what goes out is about something that is not there, or nobody knows how it stands",
        """SELECT count(*) FROM outbox o LEFT JOIN conversations c ON c.id = o.conversation_id
           WHERE (o.conversation_id IS NOT NULL AND (c.id IS NULL OR c.merged_into IS NOT NULL))
           OR o.state NOT IN ('queued', 'held', 'claimed', 'sent', 'refused', 'conflict', 'unknown', 'dropped')
           OR (o.settled_at IS NULL AND o.state IN ('sent', 'refused', 'conflict', 'dropped'))""",
    ),
    (
        "counts of messages",
        "conversations count their messages wrongly",
        """SELECT count(*) FROM conversations c WHERE c.message_count <>
           (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id AND m.gone_at IS NULL)""",
    ),
    (
        "counts of conversations",
        "customers count their conversations wrongly",
        """SELECT count(*) FROM customers u WHERE u.merged_into IS NULL AND u.conversation_count <>
           (SELECT count(*) FROM conversations c WHERE c.customer_id = u.id AND c.merged_into IS NULL)""",
    ),
    (
        "counts of members",
        "companies count their members wrongly",
        """SELECT count(*) FROM companies o WHERE o.merged_into IS NULL AND o.member_count <>
           (SELECT count(DISTINCT m.customer_id) FROM memberships m WHERE m.company_id = o.id AND m.until IS NULL)""",
    ),
)
"""Name, what is wrong, and the SELECT that counts it; nothing is wrong where all count none."""


def winners_that_disagree(connection: Connection) -> int:
    """How many properties show another claim than ``domain.profile.winning`` chooses, or none, or one too many."""
    wrong = 0
    for customers in _pages(connection, "customers"):
        shown = _winners(connection, customers)
        claims = claims_by_owner(connection, customers)
        for owner in customers:
            by_property = claims.get(owner, {})
            wrong += _differing(shown.get(owner, {}), {name: _ordered(said) for name, said in by_property.items()})
    for companies in _pages(connection, "companies"):
        shown = _winners(connection, companies)
        for owner in companies:
            identities = _identities(connection, owner)
            properties = properties_of_company(connection, owner, listed(identities))
            wrong += _differing(shown.get(owner, {}), {one.name: (one.winner, *one.losers) for one in properties})
    return wrong


def _ordered(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims, the one that ``winning`` chooses first."""
    winner = winning(claims)
    return tuple(sorted(claims, key=lambda claim: claim is not winner))


def _differing(shown: Mapping[str, int], claims: Mapping[str, tuple[Claim, ...]]) -> int:
    """How many properties show another claim than the first; one just as strong says the same and is as good."""
    wrong = len(shown.keys() - claims.keys())
    for name, said in claims.items():
        found = next((claim for claim in said if claim.id == shown.get(name)), None)
        if found is None:
            wrong += name in shown or said[0].state is not ClaimState.REMOVED
        else:
            wrong += strength(found) != strength(said[0])
    return wrong


def _pages(connection: Connection, table: str) -> Iterator[Sequence[int]]:
    after = -1
    while page := connection.exec_driver_sql(
        f"SELECT id FROM {table} WHERE merged_into IS NULL AND id > ? ORDER BY id LIMIT ?", (after, _A_PAGE)
    ).fetchall():
        after = page[-1][0]
        yield [row[0] for row in page]


def _winners(connection: Connection, owners: Sequence[int]) -> dict[int, dict[str, int]]:
    rows = connection.exec_driver_sql(
        f"""SELECT w.owner_id, p.name, w.claim_id FROM winners w JOIN properties p ON p.id = w.property_id
            WHERE w.owner_id IN {IN_LIST}""",
        (listed(owners),),
    ).fetchall()
    shown: dict[int, dict[str, int]] = {}
    for owner, name, claim in rows:
        shown.setdefault(owner, {})[name] = claim
    return shown


def _identities(connection: Connection, owner: int) -> list[int]:
    rows = connection.exec_driver_sql(
        "SELECT id FROM identities WHERE owner_id = ? AND kind = ?", (owner, OwnerKind.COMPANY.value)
    ).fetchall()
    return [row[0] for row in rows]
