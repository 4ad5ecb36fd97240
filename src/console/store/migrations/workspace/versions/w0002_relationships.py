"""The history of a relationship: activities, intervals of words, segments by rule, erasures; frozen in the SQL file beside this one."""

from __future__ import annotations

from alembic import op

from console.store.migrating import frozen

revision = "w0002"
down_revision = "w0001"
branch_labels = None
depends_on = None

_FILLED = (
    "INSERT INTO acting (id, at, by) VALUES (1, 0, '')",
    """WITH owned AS (SELECT id AS owner_id, id AS customer_id FROM customers
           UNION SELECT company_id, customer_id FROM memberships WHERE until IS NULL)
       INSERT INTO activities (owner_id, at, kind, ref, customer_id, source_id, run)
       SELECT o.owner_id, m.at, CASE WHEN v.channel IN ('survey', 'review') THEN 2 ELSE 1 END, m.id, o.customer_id, m.source_id, v.id
       FROM messages m JOIN conversations v ON v.id = m.conversation_id JOIN owned o ON o.customer_id = v.customer_id
       UNION ALL SELECT o.owner_id, e.at, 3, e.id, o.customer_id, e.source_id, NULL
       FROM events e JOIN owned o ON o.customer_id = e.owner_id""",
    """INSERT INTO word_spans (kind, word, owner_kind, subject_id, by, since)
       SELECT 'tag', t.name, g.owner_kind, g.subject_id, g.by, g.at FROM taggings g JOIN tags t ON t.id = g.tag_id
       UNION ALL SELECT 'given', name, 'customer', identity_id, '', since FROM segments_given""",
)


def upgrade() -> None:
    """Make the tables, fill them from what is known, and let triggers keep them from then on."""
    for statement in (*frozen("workspace", "w0002_relationships"), *_FILLED):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """A newer file is refused by an older console; nothing goes back."""
    raise RuntimeError("This version cannot be taken back")
