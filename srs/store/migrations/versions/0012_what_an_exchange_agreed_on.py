"""What an exchange with Anki agreed on, and which notes and cards have changed since."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the revisions and the tables."""
    for table in ("notes", "cards"):
        op.add_column(table, sa.Column("revision", sa.BigInteger, nullable=False, server_default=sa.text("0")))
        op.create_index(f"{table}_by_revision", table, ["revision"])
    op.create_table(
        "base_notes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("door", sa.String, nullable=False),
        sa.Column("guid", sa.String, nullable=False),
        sa.Column("nid", sa.BigInteger, nullable=False),
        sa.Column("note_id", sa.Integer, sa.ForeignKey("notes.id"), nullable=False),
        sa.Column("note_type", sa.BigInteger, nullable=False),
        sa.Column("fields", sa.String, nullable=False),
        sa.Column("tags", sa.String, nullable=False),
        sa.Column("made_from", sa.String, nullable=False),
        sa.Column("gone", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.UniqueConstraint("door", "guid"),
    )
    op.create_index("base_notes_by_row", "base_notes", ["door", "nid"])
    op.create_index("base_notes_by_note", "base_notes", ["note_id"])
    op.create_index("base_notes_by_origin", "base_notes", ["door", "made_from"])
    op.create_table(
        "base_cards",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("door", sa.String, nullable=False),
        sa.Column("guid", sa.String, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("suspended", sa.Boolean, nullable=False),
        sa.Column("buried_on", sa.Date),
        sa.Column("waits", sa.Boolean, nullable=False),
        sa.UniqueConstraint("door", "guid", "place"),
    )
