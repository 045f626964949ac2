"""Memories that any scheduler can own, and the name of the one that made them.

Memories are left empty here: a store that names no scheduler has them replayed from its history when it is opened.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_WHOLE = (
    "(due IS NULL) = (interval IS NULL) AND (due IS NULL) = (lapses IS NULL)"
    " AND (due IS NULL) = (answered_on IS NULL) AND (due IS NULL) = (state IS NULL)"
)
_SANE = "due IS NULL OR (interval >= 1 AND lapses >= 0)"
_KEPT = "id, deck, name, note_id, place, retired, suspended, buried_until"


def upgrade() -> None:
    """Make the cards' memory columns anew, and the scheduler's table."""
    if op.get_bind().dialect.name == "sqlite":
        _rebuild()
    else:
        _alter()
    op.create_table(
        "scheduler",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("parameters", sa.String, nullable=False),
    )


def _rebuild() -> None:
    """SQLite cannot drop a column that a constraint names, so the table is copied."""
    op.create_table(
        "new_cards",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("deck", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("note_id", sa.Integer, sa.ForeignKey("notes.id")),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False),
        sa.Column("suspended", sa.Boolean, nullable=False),
        sa.Column("buried_until", sa.Date),
        sa.Column("due", sa.Date),
        sa.Column("interval", sa.Integer),
        sa.Column("lapses", sa.Integer),
        sa.Column("answered_on", sa.Date),
        sa.Column("state", sa.String),
        sa.UniqueConstraint("deck", "name"),
        sa.CheckConstraint(_WHOLE, name="memory_is_whole"),
        sa.CheckConstraint(_SANE, name="memory_is_sane"),
        sa.CheckConstraint("retired OR note_id IS NOT NULL", name="asked_cards_have_text"),
    )
    op.execute(f"INSERT INTO new_cards ({_KEPT}) SELECT {_KEPT} FROM cards")  # noqa: S608 -- our own columns
    op.drop_table("cards")
    op.rename_table("new_cards", "cards")
    op.create_index("cards_by_due", "cards", ["due"])
    op.create_index("cards_by_note", "cards", ["note_id", "place"])


def _alter() -> None:
    op.drop_constraint("memory_is_whole", "cards")
    op.drop_constraint("memory_is_sane", "cards")
    op.drop_column("cards", "repetitions")
    op.drop_column("cards", "ease")
    op.add_column("cards", sa.Column("answered_on", sa.Date))
    op.add_column("cards", sa.Column("state", sa.String))
    op.execute("UPDATE cards SET due = NULL, interval = NULL, lapses = NULL")
    op.create_check_constraint("memory_is_whole", "cards", _WHOLE)
    op.create_check_constraint("memory_is_sane", "cards", _SANE)
