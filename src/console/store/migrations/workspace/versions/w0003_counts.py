"""Counts come from an index that leaves out conversations that went into another; the table of counters goes."""

from __future__ import annotations

from alembic import op

from console.store.migrating import frozen

revision = "w0003"
down_revision = "w0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was ever kept in the table; the index is built again, narrower."""
    for statement in frozen("workspace", "w0003_counts"):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """A newer file is refused by an older console; nothing goes back."""
    raise RuntimeError("This version cannot be taken back")
