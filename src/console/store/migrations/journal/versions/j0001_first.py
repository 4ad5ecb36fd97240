"""The first tables of journal.db, frozen in the SQL file beside this one."""

from __future__ import annotations

from alembic import op

from console.store.migrating import frozen

revision = "j0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table and index."""
    for statement in frozen("journal", "j0001_first"):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """There is nothing before the first."""
    raise RuntimeError("The first version cannot be taken back")
