"""The first tables: chapters, notes, cards and reviews.

Written out in full, so that this step stays what it was when the tables move on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table with its constraints and indexes."""
    op.create_table(
        "chapters",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("deck", sa.String, nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("tags", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("mtime_ns", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("deck", "path"),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("deck", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("chapter_id", sa.Integer, sa.ForeignKey("chapters.id"), nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("deck", "name"),
    )
    op.create_index("notes_by_chapter", "notes", ["chapter_id", "line"])
    _create_cards()
    _create_reviews()


def _create_cards() -> None:
    op.create_table(
        "cards",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("deck", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("note_id", sa.Integer, sa.ForeignKey("notes.id")),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False),
        sa.Column("suspended", sa.Boolean, nullable=False),
        sa.Column("buried_until", sa.Date),
        sa.Column("repetitions", sa.Integer),
        sa.Column("ease", sa.Integer),
        sa.Column("interval", sa.Integer),
        sa.Column("due", sa.Date),
        sa.Column("lapses", sa.Integer),
        sa.UniqueConstraint("deck", "name"),
        sa.CheckConstraint(
            "(due IS NULL) = (repetitions IS NULL) AND (due IS NULL) = (ease IS NULL)"
            " AND (due IS NULL) = (interval IS NULL) AND (due IS NULL) = (lapses IS NULL)",
            name="memory_is_whole",
        ),
        sa.CheckConstraint(
            "due IS NULL OR (repetitions >= 0 AND ease >= 1300 AND interval >= 1 AND lapses >= 0)",
            name="memory_is_sane",
        ),
        sa.CheckConstraint("retired OR note_id IS NOT NULL", name="asked_cards_have_text"),
    )
    op.create_index("cards_by_due", "cards", ["retired", "suspended", "due"])
    op.create_index("cards_by_note", "cards", ["note_id", "place"])


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("card_id", sa.Integer, sa.ForeignKey("cards.id"), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("grade", sa.Integer, nullable=False),
        sa.Column("ms", sa.Integer, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("undone_at", sa.BigInteger),
        sa.UniqueConstraint("card_id", "at"),
        sa.CheckConstraint("grade BETWEEN 0 AND 5", name="grade_is_sm2"),
        sa.CheckConstraint("ms >= 0", name="time_runs_forward"),
    )
    op.create_index("reviews_by_day", "reviews", ["day", "card_id"])
    op.create_index("reviews_by_moment", "reviews", ["at"])
