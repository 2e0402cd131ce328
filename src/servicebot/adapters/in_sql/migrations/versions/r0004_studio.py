"""What the studio keeps: drafts, ratings, results of tests."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0004"
down_revision: Final = "0003"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "ratings",
        sa.Column("line_id", sa.String(300), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("topic", sa.String(200), nullable=False, index=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("content_version", sa.String(64), nullable=False),
        sa.Column("solved", sa.Integer, nullable=False),
    )
    op.create_table(
        "content_tests",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
