"""Cards that keep lapsing: better rewritten than asked again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from srs.store.cards import set_suspended

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from srs.scheduler import Memory


@dataclass(frozen=True, slots=True)
class Leeches:
    """How many lapses make a card a leech (0: never), and whether a leech is suspended."""

    lapses: int = 0
    suspend: bool = True

    def holds(self, memory: Memory | None) -> bool:
        """Whether a card with this memory is a leech."""
        return memory is not None and 0 < self.lapses <= memory.lapses

    def deal_with(self, connection: Connection, card: int, before: Memory | None, after: Memory | None) -> bool:
        """Return whether an answer was a lapse of a leech, which is suspended then if leeches are."""
        lapsed = after is not None and after.lapses > (before.lapses if before else 0)
        caught = lapsed and self.holds(after)
        if caught and self.suspend:
            set_suspended(connection, [card], suspended=True)
        return caught
