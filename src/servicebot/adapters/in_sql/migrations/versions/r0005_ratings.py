"""What customers have said of answers."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0005"
down_revision: Final = "0004"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "ratings",
        sa.Column("turn_id", sa.String(200), primary_key=True),
        sa.Column("key_id", sa.String(32), nullable=False, index=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("edition", sa.String(16), nullable=False),
        sa.Column("solved", sa.Boolean, nullable=False),
    )
