"""Triggers: tables that follow others row by row, whoever writes those. Triggers stand in this module and nowhere else.

After every statement ``activities`` holds what ``ACTIVITIES`` selects, the open ``word_spans`` are the tags and the given
segments that stick, and ``record_counts`` says how many living records each stream of a source has. Taking in, edits, undo,
merges, splits, imports taken out: none of them can forget it.
"""

from __future__ import annotations

_FEEDBACK = "CASE WHEN v.channel IN ('survey', 'review') THEN 2 ELSE 1 END"
_CURRENT = "b.customer_id = {customer} AND b.until IS NULL"

ACTIVITIES = f"""WITH owned AS (SELECT id AS owner_id, id AS customer_id FROM customers
        UNION SELECT company_id, customer_id FROM memberships WHERE until IS NULL)
    SELECT o.owner_id, m.at, {_FEEDBACK} AS kind, m.id AS ref, o.customer_id, m.source_id, m.conversation_id AS run
    FROM messages m JOIN conversations v ON v.id = m.conversation_id JOIN owned o ON o.customer_id = v.customer_id
    UNION ALL SELECT o.owner_id, e.at, 3, e.id, o.customer_id, e.source_id, NULL
    FROM events e JOIN owned o ON o.customer_id = e.owner_id"""
"""What the table ``activities`` says, from scratch."""

_MESSAGE = f"""SELECT v.customer_id AS owner_id, {{row}}.at AS at, {_FEEDBACK} AS kind, {{row}}.id AS ref, v.customer_id,
        {{row}}.source_id, v.id AS run FROM conversations v WHERE v.id = {{row}}.conversation_id AND v.customer_id IS NOT NULL
    UNION SELECT b.company_id, {{row}}.at, {_FEEDBACK}, {{row}}.id, v.customer_id, {{row}}.source_id, v.id
    FROM conversations v JOIN memberships b ON {_CURRENT.format(customer="v.customer_id")} WHERE v.id = {{row}}.conversation_id"""

_CONVERSATION = """SELECT {row}.customer_id AS owner_id, m.at AS at, CASE WHEN {row}.channel IN ('survey', 'review') THEN 2 ELSE 1 END AS kind,
        m.id AS ref, {row}.customer_id, m.source_id, m.conversation_id AS run
    FROM messages m WHERE m.conversation_id = {row}.id AND {row}.customer_id IS NOT NULL
    UNION SELECT b.company_id, m.at, CASE WHEN {row}.channel IN ('survey', 'review') THEN 2 ELSE 1 END,
        m.id, {row}.customer_id, m.source_id, m.conversation_id
    FROM messages m JOIN memberships b ON b.customer_id = {row}.customer_id AND b.until IS NULL WHERE m.conversation_id = {row}.id"""

_EVENT = """SELECT {row}.owner_id AS owner_id, {row}.at AS at, 3 AS kind, {row}.id AS ref, {row}.owner_id AS customer_id,
        {row}.source_id, NULL AS run
    UNION SELECT b.company_id, {row}.at, 3, {row}.id, {row}.owner_id, {row}.source_id, NULL
    FROM memberships b WHERE b.customer_id = {row}.owner_id AND b.until IS NULL"""

# The customer's own activities tell those of the company.
_MEMBER = """SELECT {row}.company_id AS owner_id, a.at AS at, a.kind AS kind, a.ref AS ref, a.customer_id, a.source_id, a.run
    FROM activities a WHERE a.owner_id = {row}.customer_id"""
_NO_MEMBER = """NOT EXISTS (SELECT 1 FROM memberships b WHERE b.customer_id = OLD.customer_id AND b.company_id = OLD.company_id
    AND b.until IS NULL)"""

_ACTING_AT = "coalesce((SELECT at FROM acting), 0)"
_ACTING_BY = "(SELECT by FROM acting)"
_THE_TAG = "kind = 'tag' AND subject_id = OLD.subject_id AND until IS NULL AND word = (SELECT name FROM tags WHERE id = OLD.tag_id)"


def _put(rows: str, row: str = "NEW") -> str:
    # "WHERE true" keeps SQLite from reading ON CONFLICT as the condition of a join.
    return f"""INSERT INTO activities (owner_id, at, kind, ref, customer_id, source_id, run)
        SELECT * FROM ({rows.format(row=row)}) WHERE true ON CONFLICT DO NOTHING;"""


def _drop(rows: str, row: str = "OLD") -> str:
    return f"""DELETE FROM activities WHERE (owner_id, at, kind, ref) IN
        (SELECT owner_id, at, kind, ref FROM ({rows.format(row=row)}));"""


def _differ(*columns: str) -> str:
    return " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns)


def _span(kind: str, word: str, owner_kind: str, subject: str, by: str, since: str) -> str:
    """An interval begins: where it was there before, now; else when it was first said."""
    return f"""INSERT INTO word_spans (kind, word, owner_kind, subject_id, by, since)
        SELECT '{kind}', {word}, {owner_kind}, {subject}, {by}, CASE WHEN EXISTS (SELECT 1 FROM word_spans s
            WHERE s.subject_id = {subject} AND s.kind = '{kind}' AND s.word = {word}) THEN {_ACTING_AT} ELSE {since} END;"""


def _ended(which: str) -> str:
    return f"UPDATE word_spans SET until = max(since, {_ACTING_AT}), until_by = {_ACTING_BY} WHERE {which};"


_ONE_MORE = """INSERT INTO record_counts (source_id, stream, kind, held)
    SELECT NEW.source_id, coalesce(NEW.stream, ''), NEW.kind, 1 WHERE NEW.gone_at IS NULL
    ON CONFLICT (source_id, stream, kind) DO UPDATE SET held = held + 1;"""
_THE_COUNT = "source_id = OLD.source_id AND stream = coalesce(OLD.stream, '') AND kind = OLD.kind"
_ONE_LESS = f"""UPDATE record_counts SET held = held - 1 WHERE {_THE_COUNT} AND OLD.gone_at IS NULL;
    DELETE FROM record_counts WHERE {_THE_COUNT} AND held = 0;"""

_TAG_WORD = "(SELECT name FROM tags WHERE id = NEW.tag_id)"

_TRIGGERS = {
    "messages_put AFTER INSERT ON messages": ("", _put(_MESSAGE)),
    "messages_drop AFTER DELETE ON messages": ("", _drop(_MESSAGE)),
    "messages_move AFTER UPDATE OF conversation_id, at, source_id ON messages": (
        _differ("conversation_id", "at", "source_id"),
        _drop(_MESSAGE) + _put(_MESSAGE),
    ),
    "conversations_drop AFTER DELETE ON conversations": ("", _drop(_CONVERSATION)),
    "conversations_move AFTER UPDATE OF customer_id, channel ON conversations": (
        _differ("customer_id", "channel"),
        _drop(_CONVERSATION) + _put(_CONVERSATION),
    ),
    "events_put AFTER INSERT ON events": ("", _put(_EVENT)),
    "events_drop AFTER DELETE ON events": ("", _drop(_EVENT)),
    "events_move AFTER UPDATE OF owner_id, at, source_id ON events": (
        _differ("owner_id", "at", "source_id"),
        _drop(_EVENT) + _put(_EVENT),
    ),
    "memberships_put AFTER INSERT ON memberships": ("NEW.until IS NULL", _put(_MEMBER)),
    "memberships_drop AFTER DELETE ON memberships": (f"OLD.until IS NULL AND {_NO_MEMBER}", _drop(_MEMBER)),
    "memberships_leave AFTER UPDATE OF customer_id, company_id, until ON memberships": (
        f"OLD.until IS NULL AND {_NO_MEMBER}",
        _drop(_MEMBER),
    ),
    "memberships_join AFTER UPDATE OF customer_id, company_id, until ON memberships": (
        f"NEW.until IS NULL AND ({_differ('customer_id', 'company_id', 'until')})",
        _put(_MEMBER),
    ),
    "taggings_put AFTER INSERT ON taggings": (
        "",
        _span("tag", _TAG_WORD, "NEW.owner_kind", "NEW.subject_id", "NEW.by", "NEW.at"),
    ),
    "taggings_drop AFTER DELETE ON taggings": ("", _ended(_THE_TAG)),
    "taggings_move AFTER UPDATE OF subject_id ON taggings": (
        _differ("subject_id"),
        f"UPDATE word_spans SET subject_id = NEW.subject_id WHERE {_THE_TAG};",
    ),
    "segments_given_put AFTER INSERT ON segments_given": (
        "",
        _span("given", "NEW.name", "'customer'", "NEW.identity_id", "''", "NEW.since"),
    ),
    "segments_given_drop AFTER DELETE ON segments_given": (
        "",
        _ended("kind = 'given' AND subject_id = OLD.identity_id AND word = OLD.name AND until IS NULL"),
    ),
    "records_put AFTER INSERT ON records": ("", _ONE_MORE),
    "records_drop AFTER DELETE ON records": ("", _ONE_LESS),
    "records_move AFTER UPDATE OF source_id, stream, kind, gone_at ON records": (
        f"{_differ('source_id', 'stream', 'kind')} OR (OLD.gone_at IS NULL) IS NOT (NEW.gone_at IS NULL)",
        _ONE_LESS + _ONE_MORE,
    ),
}

STATEMENTS = tuple(
    " ".join(f"CREATE TRIGGER {name} {f'WHEN {when} ' if when else ''}BEGIN {what} END".split())
    for name, (when, what) in _TRIGGERS.items()
)
"""What makes the triggers; the migration beside it is frozen from these, and a test compares the two."""
