"""What this computer is called, where a store has to tell computers apart."""

import platform
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LONGEST = 30


def host_name() -> str:
    """Return this computer's name, as far as it can stand in any file's name."""
    return re.sub(r"[^a-z0-9]+", "-", platform.node().partition(".")[0].lower()).strip("-")[:_LONGEST] or "srs"


def giver(connection: "Connection") -> str:
    """Return by which name acts that are given here are remembered: a file is one computer's own, a server is not."""
    return "" if connection.dialect.name == "sqlite" else host_name()
