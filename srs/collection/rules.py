"""What acts depend on beside the history, and what an answer did: values, known before any store is open."""

from msgspec import Struct

from srs.collection.chance import Draw, draw
from srs.history.force import InForce
from srs.scheduler import Memory
from srs.settings import Settings


class Leeches(Struct, frozen=True):
    """How many lapses make a card a leech (0: never), and whether a leech is suspended."""

    lapses: int = 0
    suspend: bool = True

    def holds(self, memory: Memory | None) -> bool:
        """Whether a card with this memory is a leech."""
        return memory is not None and 0 < self.lapses <= memory.lapses

    def caught(self, before: Memory | None, after: Memory | None) -> bool:
        """Whether the answer between these two memories was a lapse of a leech."""
        return after is not None and after.lapses > (before.lapses if before else 0) and self.holds(after)


class Rules(Struct, frozen=True):
    """What an act depends on beside the history: the schedulers in force, what becomes of leeches, and chance."""

    force: InForce
    leeches: Leeches
    draw: Draw


class Answered(Struct, frozen=True):
    """What an answer did; `given` is its row among the acts given here.

    `drill`: it was recorded and moved nothing. `leech`: it was a lapse of a leech. `suspended`: for that the card is
    out of the queue now.
    """

    given: int
    memory: Memory | None
    drill: bool
    leech: bool
    suspended: bool


def rules_of(settings: Settings, force: InForce, draw: Draw = draw) -> Rules:
    """Return what acts depend on: what the settings say of leeches, the schedulers in force, and chance."""
    return Rules(force, Leeches(settings.leech_lapses, settings.leech_action == "suspend"), draw)
