"""What sources said in their own words, how their runs went, how far they reach; and the outbox with what goes to which source."""

from __future__ import annotations

from alembic import op

from console.store.migrating import frozen

revision = "w0007"
down_revision = "w0006"
branch_labels = None
depends_on = None

_KEPT = "id, edit_id, source_id, conversation_id, kind, body, state, reason, attempts, at"


def upgrade() -> None:
    """Make the outbox anew with the same rows; answers go to every mailbox that is connected, as before."""
    bind = op.get_bind()
    bind.exec_driver_sql("CREATE TEMP TABLE outbox_before AS SELECT * FROM outbox")
    for statement in frozen("workspace", "w0007_sources_and_outbox"):
        bind.exec_driver_sql(statement)
    bind.exec_driver_sql(
        f"INSERT INTO outbox ({_KEPT}, target_id) SELECT {_KEPT}, conversation_id FROM temp.outbox_before ORDER BY id"
    )
    bind.exec_driver_sql("DROP TABLE temp.outbox_before")
    bind.exec_driver_sql(
        "INSERT INTO write_backs (source_id, what) SELECT id, 'reply' FROM sources WHERE kind = 'imap'"
    )


def downgrade() -> None:
    """A newer file is refused by an older console; nothing goes back."""
    raise RuntimeError("This version cannot be taken back")
