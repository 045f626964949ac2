"""What acts depend on, for tests that give some: SM-2, no leeches, and no chance."""

from __future__ import annotations

from srs.collection.rules import Leeches, Rules
from srs.history.force import InForce


def rules(leeches: Leeches | None = None, force: InForce | None = None) -> Rules:
    """Return rules; chance always draws the lesser bound."""
    return Rules(force or InForce(), leeches or Leeches(), min)
