"""Receipts are sealed, each customer's of a conversation with a key of its own.

The transcript goes: it held in the clear what the receipts hold. What stands in the receipts in the
clear is sealed by the program once it runs, which has the keys; this revision has none.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0002"
down_revision: Final = "0001"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Makes the tables of the keys, and says of each receipt which one seals it."""
    op.add_column("receipts", sa.Column("key_id", sa.String(32)))
    op.create_index("ix_receipts_key_id", "receipts", ["key_id"])
    op.drop_table("transcript")
    op.create_table(
        "record_keys",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("conversation_id", sa.String(200), nullable=False),
        sa.Column("customer", sa.String(64), nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("conversation_id", "customer", name="uq_record_keys_place"),
    )
    op.create_index("ix_record_keys_customer", "record_keys", ["customer"])
    op.create_table(
        "marking",
        sa.Column("one", sa.Integer, primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "holds",
        sa.Column("customer", sa.String(64), primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer", sa.String(64), nullable=False),
        sa.Column("conversations", sa.Integer, nullable=False),
        sa.Column("receipts", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
