"""How far the source of a claim is trusted, beside the claim: it decides before the time of synchronisation does."""

from __future__ import annotations

from alembic import op

from console.store.migrating import frozen

revision = "w0009"
down_revision = "w0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody has ordered sources yet."""
    for statement in frozen("workspace", "w0009_trust"):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """A newer file is refused by an older console; nothing goes back."""
    raise RuntimeError("This version cannot be taken back")
