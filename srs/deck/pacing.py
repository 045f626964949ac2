"""How the time for an outline is shared among its lines."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from srs.deck.values import Line, Outline


def own_seconds(outline: Outline) -> int | None:
    """Return how long an outline takes by its own times; `None` unless each line has one."""
    known = [line.seconds for line in outline.lines if line.seconds]
    return sum(known) if known and len(known) == len(outline.lines) else None


def parts(lines: Sequence[Line], seconds: int) -> tuple[int, ...]:
    """Return how long each line may take of so many seconds, in whole ones that add up to them.

    Lines without a time share what those with one leave; where that is nothing, or all have one, each gets time as its
    own says, and a line without one as the others do on average.
    """
    times = _times(lines, seconds)
    ends = [round(end * seconds / sum(times)) for end in accumulate(times)]
    return tuple(end - begin for begin, end in zip([0, *ends], ends, strict=False))


def _times(lines: Sequence[Line], seconds: int) -> list[float]:
    known = [line.seconds for line in lines if line.seconds]
    lacking, left = len(lines) - len(known), seconds - sum(known)
    usual = left / lacking if lacking and left > 0 else sum(known) / len(known)
    return [line.seconds or usual for line in lines]


def cards_behind(lines: Sequence[Line], numbers: Iterable[int]) -> tuple[str, ...]:
    """Return the cards behind lines of these numbers (from 1), each once."""
    return tuple(dict.fromkeys(card for number in numbers for card in lines[number - 1].cards))
