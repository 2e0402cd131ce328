"""Receipts and the transcript.

The records of the time before revisions hold these tables already, with the same names, columns
and indexes: for them this revision changes nothing and only says from where to go on. Their
`tickets` are left alone.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0001"
down_revision: Final = None
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Makes what is missing."""
    op.create_table(
        "receipts",
        sa.Column("turn_id", sa.String(200), primary_key=True),
        sa.Column("conversation_id", sa.String(200), nullable=False),
        sa.Column("message_id", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_version", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(200), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "transcript",
        sa.Column("turn_id", sa.String(200), primary_key=True),
        sa.Column("rank", sa.Integer, primary_key=True),
        sa.Column("conversation_id", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        if_not_exists=True,
    )
    for table, column in (
        ("receipts", "conversation_id"),
        ("receipts", "message_id"),
        ("receipts", "at"),
        ("transcript", "conversation_id"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column], if_not_exists=True)
