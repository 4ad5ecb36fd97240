"""Indexes by which the stream finds what became of a customer, newest first: changed properties, merges and splits."""

from __future__ import annotations

from alembic import op

from console.store.migrating import frozen

revision = "w0004"
down_revision = "w0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing but indexes."""
    for statement in frozen("workspace", "w0004_stream"):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """A newer file is refused by an older console; nothing goes back."""
    raise RuntimeError("This version cannot be taken back")
