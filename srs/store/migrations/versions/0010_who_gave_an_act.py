"""What was given is remembered with the computer that gave it, since several may work on one store on a server."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column; what a server's store remembered before is nobody's, since nothing says whose it was."""
    op.add_column("given", sa.Column("computer", sa.String, nullable=False, server_default=""))
