"""Search: what holds the words of a search box, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from console.domain.ids import ConversationId
from console.domain.search import WORDED, Hit, HitKind
from console.domain.search_query import Term, fold, snippet, spans, terms
from console.store.connection import Connection, Row
from console.store.dialect import IN_LIST, listed
from console.store.moments import moment, moment_or_none
from console.store.schema.search import is_of_this_version
from console.store.search_index import index as index
from console.store.search_index import rebuild as rebuild
from console.store.search_rows import COMPANIES, CUSTOMERS, named_words_of
from console.store.segment_tests import Clause
from console.store.workspace import Workspace

SCOPES = {HitKind.CUSTOMER: CUSTOMERS, HitKind.COMPANY: COMPANIES}
ALL_KINDS = frozenset(WORDED)
_ROUNDS, _FEWEST_LOOKED_AT, _MOST_NOTES, _MOST_TOLD = 4, 150, 2_000, 2
_NEWEST = 0x7FFF_FFFF_FFFF_FFFF
EVERY = Clause("1")
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyzæøœßđðþłıŋħ0123456789",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяђѓєѕіїјљњќћўџґ0123456789",
    "αάβγδεέζηήθιίϊΐκλμνξοόπρςστυύϋΰφχψωώ0123456789",
)

MATCHING = """SELECT w.rowid, r.scope FROM message_words w CROSS JOIN message_rows r ON r.id = w.rowid
WHERE w.message_words MATCH ? AND w.rowid < ? ORDER BY w.rowid DESC LIMIT ?"""
_MESSAGES = f"""SELECT m.id, m.conversation_id, c.subject, m.subject AS own_subject, m.text, m.at, m.author_name,
       m.author_address, c.customer_id
FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.id IN {IN_LIST} AND m.gone_at IS NULL"""
OWNERS = {
    HitKind.CUSTOMER: f"""SELECT u.id, coalesce(nullif(u.name, ''), u.email) AS title, u.last_seen, u.email,
       coalesce(f.name, '') AS company
FROM customers u LEFT JOIN companies f ON f.id = u.company_id WHERE u.id IN {IN_LIST} AND u.merged_into IS NULL""",
    HitKind.COMPANY: f"""SELECT y.id, coalesce(nullif(y.name, ''), y.domain) AS title, y.last_seen, y.domain AS email,
       '' AS company FROM companies y WHERE y.id IN {IN_LIST} AND y.merged_into IS NULL""",
}
"""Customers (u) and companies (y) of a list of keys, as their hits show them."""

_NOTES = f"""SELECT n.id, n.owner_kind, n.owner_id, n.text, n.at, n.author,
       coalesce(nullif(u.name, ''), u.email, o.name, c.subject, '') AS title
FROM notes n LEFT JOIN customers u ON u.id = n.owner_id AND n.owner_kind = 'customer'
LEFT JOIN companies o ON o.id = n.owner_id AND n.owner_kind = 'company'
LEFT JOIN conversations c ON c.id = n.owner_id AND n.owner_kind = 'conversation'
WHERE n.id IN {IN_LIST} AND n.deleted_at IS NULL"""


def search(workspace: Workspace, query: str, limit: int, kinds: Iterable[HitKind] = ALL_KINDS) -> tuple[Hit, ...]:
    """What holds every word of ``query``: customers, companies, notes, then messages, each kind newest first and at most
    ``limit`` of it. Of a conversation only the newest message that matches. Any text may be asked; without a letter or
    digit nothing is found. The index is a little behind; what is gone meanwhile is left out.
    """
    wanted, asked = terms(query), frozenset(kinds)
    if not wanted or limit < 1:
        return ()
    with workspace.search.read() as index_connection, workspace.database.read() as connection:
        if not is_of_this_version(index_connection):
            return ()
        hits: list[Hit] = []
        for kind in (HitKind.CUSTOMER, HitKind.COMPANY):
            if kind in asked:
                hits += owners_found(index_connection, connection, kind, wanted, limit)
        if HitKind.NOTE in asked:
            hits += notes_found(index_connection, connection, wanted, limit)
        if HitKind.MESSAGE in asked:
            hits += messages_found(index_connection, connection, wanted, limit)
    return tuple(hits)


def match_expression(wanted: Sequence[Term]) -> str:
    """The terms as FTS5 reads them: each a quoted string, so that none of its signs means anything."""
    return " AND ".join(_expression(term) for term in wanted)


def _expression(term: Term) -> str:
    """A term alone. What goes on after its first letter is asked for by two letters, which the index keeps lists of.

    Of one letter it would have to merge the lists of all the words in it before it gave a row: 85 times as long for the
    newest hundred of 80,000 messages, and growing with them. A word that changes its script after one letter is found
    when the second letter is typed.
    """
    phrase = " ".join(term.words)
    if not term.is_prefix:
        return f'"{phrase}"'
    alphabet = next((one for one in _ALPHABETS if fold(term.words[-1]) in one), None)
    if alphabet is None or len(term.words[-1]) > 1:
        return f'"{phrase}"*'
    return f'("{phrase}" OR ' + " OR ".join(f'"{phrase}{letter}"*' for letter in alphabet) + ")"


def messages_found(
    index_connection: Connection,
    connection: Connection,
    wanted: Sequence[Term],
    limit: int,
    *,
    below: int = _NEWEST,
    rounds: Sequence[int] = (),
    passes: Callable[[Sequence[int]], Iterable[int]] | None = None,
    least: int = 0,
) -> list[Hit]:
    """The newest matching message of each conversation, newest first.

    ``below`` and ``least``: only messages between these keys, the first excluded. ``rounds``: how many are looked at, round
    by round. ``passes``: which of some conversations are wanted.
    """
    expression, hit_by_conversation = match_expression(wanted), dict[int, Hit]()
    refused: set[int] = set()
    for size in rounds or tuple(limit * 2 * 4**turn for turn in range(_ROUNDS)):
        found = index_connection.exec_driver_sql(MATCHING, (expression, below, size)).fetchall()
        # Texts are read of what will be shown: the newest of each conversation, as far as the index knows it.
        done = hit_by_conversation.keys() | refused
        newest = {talk: key for key, talk in reversed(found) if key >= least and talk not in done}
        if passes is not None:
            kept = frozenset(passes(list(newest)))
            refused.update(newest.keys() - kept)
            newest = {talk: key for talk, key in newest.items() if talk in kept}
        wanted_keys = sorted(newest.values(), reverse=True)[: limit - len(hit_by_conversation)]
        for hit in messages_at(connection, wanted_keys, wanted):
            hit_by_conversation.setdefault(hit.conversation_id or 0, hit)
        if len(found) < size or found[-1][0] < least or len(hit_by_conversation) >= limit:
            break
        below = found[-1][0]
    return list(hit_by_conversation.values())


def messages_at(connection: Connection, keys: Iterable[int], wanted: Sequence[Term]) -> list[Hit]:
    """These messages as hits, newest first; those that are gone are left out."""
    rows = connection.exec_driver_sql(f"{_MESSAGES} ORDER BY m.id DESC", (listed(keys),)).fetchall()
    return [_message(row, wanted) for row in rows]


def _message(row: Row, wanted: Sequence[Term]) -> Hit:
    title = row.subject or row.own_subject
    line = snippet(row.text, wanted)
    in_line, in_title = spans(line, wanted), spans(title, wanted)
    if not in_line and not in_title:
        line = snippet(f"{row.author_name} {row.author_address} · {row.text[:200]}".strip(), wanted)
        in_line = spans(line, wanted)
    return Hit(
        kind=HitKind.MESSAGE,
        id=str(row.id),
        title=title,
        snippet=line,
        at=moment(row.at),
        conversation_id=ConversationId(row.conversation_id),
        spans=in_line,
        title_spans=in_title,
        customer_id=row.customer_id,
    )


def owners_found(
    index_connection: Connection,
    connection: Connection,
    kind: HitKind,
    wanted: Sequence[Term],
    limit: int,
    clause: Clause = EVERY,
    *,
    looked_at: int = 0,
) -> list[Hit]:
    """Customers or companies that pass (u, y): those whose name has the words first, then the last seen ones."""
    found = index_connection.exec_driver_sql(
        """SELECT rowid FROM owner_words WHERE owner_words MATCH ? AND
           EXISTS (SELECT 1 FROM owner_rows r WHERE r.id = owner_words.rowid AND r.scope = ?) LIMIT ?""",
        (match_expression(wanted), SCOPES[kind], max(limit, _FEWEST_LOOKED_AT, looked_at if clause != EVERY else 0)),
    ).fetchall()
    rows = _owner_rows(connection, kind, [row[0] for row in found], clause)
    # What else is known of them is read of those alone that will be shown.
    rows.sort(key=lambda row: (not spans(row.title, wanted), -(row.last_seen or 0), fold(row.title)))
    return _owner_hits(connection, kind, rows[:limit], wanted)


def owners_of(
    connection: Connection, kind: HitKind, keys: Sequence[int], wanted: Sequence[Term], clause: Clause = EVERY
) -> list[Hit]:
    """These customers or companies as hits, in the order of the keys; those that do not pass are left out."""
    hits = _owner_hits(connection, kind, _owner_rows(connection, kind, keys, clause), wanted)
    hit_by_key = {int(hit.id): hit for hit in hits}
    return [hit_by_key[key] for key in keys if key in hit_by_key]


def _owner_rows(connection: Connection, kind: HitKind, keys: Sequence[int], clause: Clause) -> list[Row]:
    statement = f"{OWNERS[kind]} AND {clause.sql}"
    return connection.exec_driver_sql(statement, (listed(keys), *clause.arguments)).fetchall()


def _owner_hits(connection: Connection, kind: HitKind, rows: Sequence[Row], wanted: Sequence[Term]) -> list[Hit]:
    said = named_words_of(connection, [row.id for row in rows]) if wanted else {}
    return [owner_hit(row, kind, said.get(row.id, ()), wanted) for row in rows]


def owner_hit(row: Row, kind: HitKind, said: Sequence[tuple[str, str]], wanted: Sequence[Term]) -> Hit:
    """A row of ``OWNERS`` as a hit; ``said``: properties and tags with what they say, named where nothing else holds a term."""
    line = " · ".join(part for part in (row.email, row.company) if part)
    in_line, in_title = spans(line, wanted), spans(row.title, wanted)
    if wanted and not in_line and not in_title:
        telling = [f"{name} {snippet(text, wanted)}" for name, text in said if spans(text, wanted)]
        line = " · ".join((*((line,) if line else ()), *telling[:_MOST_TOLD]))
        in_line = spans(line, wanted)
    is_customer = kind is HitKind.CUSTOMER
    return Hit(
        kind=kind,
        id=str(row.id),
        title=row.title,
        snippet=line,
        at=moment_or_none(row.last_seen),
        conversation_id=None,
        spans=in_line,
        title_spans=in_title,
        customer_id=row.id if is_customer else None,
        company_id=None if is_customer else row.id,
    )


def notes_found(
    index_connection: Connection,
    connection: Connection,
    wanted: Sequence[Term],
    limit: int,
    clause: Clause = EVERY,
) -> list[Hit]:
    """Notes that pass (x), newest first."""
    found = index_connection.exec_driver_sql(
        """SELECT r.key FROM note_words JOIN note_rows r ON r.id = note_words.rowid
           WHERE note_words MATCH ? ORDER BY note_words.rowid DESC LIMIT ?""",
        (match_expression(wanted), limit if clause == EVERY else _MOST_NOTES),
    ).fetchall()
    passing = f"AND n.id IN (SELECT x.id FROM notes x WHERE x.id IN {IN_LIST} AND ({clause.sql}))"
    keys = listed(row[0] for row in found)
    rows = connection.exec_driver_sql(
        f"{_NOTES} {passing} ORDER BY n.at DESC, n.id LIMIT ?", (keys, keys, *clause.arguments, limit)
    ).fetchall()
    return [_note(row, wanted) for row in rows]


def _note(row: Row, wanted: Sequence[Term]) -> Hit:
    line = snippet(row.text, wanted)
    return Hit(
        kind=HitKind.NOTE,
        id=row.id,
        title=row.title,
        snippet=line,
        at=moment(row.at),
        conversation_id=ConversationId(row.owner_id) if row.owner_kind == "conversation" else None,
        spans=spans(line, wanted),
        title_spans=spans(row.title, wanted),
        customer_id=row.owner_id if row.owner_kind == "customer" else None,
        company_id=row.owner_id if row.owner_kind == "company" else None,
    )
