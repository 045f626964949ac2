"""What Anki was last given of each note."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "exports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("guid", sa.String, nullable=False, unique=True),
        sa.Column("note_id", sa.Integer, sa.ForeignKey("notes.id"), nullable=False),
        sa.Column("note_type", sa.BigInteger, nullable=False),
        sa.Column("anki_deck", sa.String, nullable=False),
        sa.Column("tags", sa.String, nullable=False),
        sa.Column("fields", sa.String, nullable=False),
        sa.Column("ords", sa.String, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("made_from", sa.String, nullable=False),
    )
    op.create_index("exports_by_note", "exports", ["note_id"])
