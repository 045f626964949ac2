"""Lines that wait are found by their card: a server's index cannot hold a whole line, however long that is."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_COLUMNS = "id, deck, card, at, line, shared"


def upgrade() -> None:
    """Copy the lines to a table without an index of lines."""
    op.create_table(
        "new_waiting",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("deck", sa.String, nullable=False),
        sa.Column("card", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("line", sa.String, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
    )
    op.execute(f"INSERT INTO new_waiting ({_COLUMNS}) SELECT {_COLUMNS} FROM waiting")  # noqa: S608 -- our own columns
    op.drop_table("waiting")
    op.rename_table("new_waiting", "waiting")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("SELECT setval(pg_get_serial_sequence('waiting', 'id'), coalesce((SELECT max(id) FROM waiting), 1))")
    op.create_index("waiting_by_card", "waiting", ["card"])
