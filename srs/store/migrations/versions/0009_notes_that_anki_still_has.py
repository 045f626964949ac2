"""Notes that left the decks are remembered while Anki still has them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column: what was exported and not forgotten has not been found gone yet."""
    op.add_column("exports", sa.Column("stale", sa.Boolean, nullable=False, server_default=sa.false()))
