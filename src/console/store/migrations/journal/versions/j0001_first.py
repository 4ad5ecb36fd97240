"""The first tables of journal.db."""

from __future__ import annotations

from alembic import op

from console.store.schema.journal import metadata

revision = "j0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    """There is nothing before the first."""
    raise RuntimeError("The first version cannot be taken back")
