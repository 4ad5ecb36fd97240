"""Winners are stored by owner and property: an index then tells whose a value is without a look at the table."""

from __future__ import annotations

from alembic import op

from console.store.migrating import frozen

revision = "w0006"
down_revision = "w0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table anew, with the same rows."""
    bind = op.get_bind()
    bind.exec_driver_sql("CREATE TEMP TABLE winners_before AS SELECT * FROM winners")
    for statement in frozen("workspace", "w0006_winners_by_key"):
        bind.exec_driver_sql(statement)
    bind.exec_driver_sql(
        """INSERT INTO winners (owner_id, property_id, claim_id, kind, text, number)
        SELECT owner_id, property_id, claim_id, kind, text, number FROM temp.winners_before ORDER BY owner_id, property_id"""
    )
    bind.exec_driver_sql("DROP TABLE temp.winners_before")


def downgrade() -> None:
    """A newer file is refused by an older console; nothing goes back."""
    raise RuntimeError("This version cannot be taken back")
