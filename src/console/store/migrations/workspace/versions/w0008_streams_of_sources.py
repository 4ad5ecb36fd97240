"""Which stream brought which record and how many it holds, when a source is due again, how far it is trusted."""

from __future__ import annotations

from alembic import op

from console.store.migrating import frozen

revision = "w0008"
down_revision = "w0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns and counts; records that are there already are counted under a stream without a name."""
    bind = op.get_bind()
    for statement in frozen("workspace", "w0008_streams_of_sources"):
        bind.exec_driver_sql(statement)
    bind.exec_driver_sql(
        """INSERT INTO record_counts (source_id, stream, kind, held)
        SELECT source_id, '', kind, count(*) FROM records WHERE gone_at IS NULL GROUP BY source_id, kind"""
    )


def downgrade() -> None:
    """A newer file is refused by an older console; nothing goes back."""
    raise RuntimeError("This version cannot be taken back")
