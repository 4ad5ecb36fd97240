"""What the journal still holds of erased customers, until its writer has struck it out."""

from __future__ import annotations

from alembic import op

from console.store.migrating import frozen

revision = "w0005"
down_revision = "w0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    for statement in frozen("workspace", "w0005_journal_traces"):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """A newer file is refused by an older console; nothing goes back."""
    raise RuntimeError("This version cannot be taken back")
