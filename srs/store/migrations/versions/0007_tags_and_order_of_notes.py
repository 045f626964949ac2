"""Tags and a place in the order of study for each note, and what these places were made from."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns and the table; a heading that said such things was a mistake before, so no note has any."""
    op.add_column("notes", sa.Column("tags", sa.String, nullable=False, server_default=sa.text("''")))
    op.add_column("notes", sa.Column("position", sa.BigInteger, nullable=False, server_default=sa.text("0")))
    op.create_table(
        "decks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("deck", sa.String, nullable=False),
        sa.Column("study_order", sa.String, nullable=False),
        sa.UniqueConstraint("deck"),
    )
