"""What a merge did, in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from srs.history import LogLine


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: acts `added` and already `known`, and of the answers added those for `unknown` cards.

    `kinds` counts the acts added by kind, an answer being `""`. `unknown_cards` are kept with their history until a
    deck brings them; `moved` counts cards whose due day is another now; `waiting` are lines that do not count
    yet; `lines` are those that changed something, as far as they were kept.
    """

    added: int = 0
    known: int = 0
    unknown: int = 0
    unknown_cards: tuple[str, ...] = ()
    moved: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 0
    lines: tuple[LogLine, ...] = field(default=(), repr=False, compare=False)
