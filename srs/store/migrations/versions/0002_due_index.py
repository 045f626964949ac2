"""Cards by due day alone.

With more columns before it, the index was also taken to look for a card's siblings, and a day with many due cards
took seconds to begin.
"""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the index anew."""
    op.drop_index("cards_by_due", "cards")
    op.create_index("cards_by_due", "cards", ["due"])
