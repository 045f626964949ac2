"""The order of study: what a deck wants to have studied first, and then what a note says of itself."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import PurePath

from srs.deck.labels import HIGHEST_RANK
from srs.deck.naming import is_called

_TAG = "tag:"
_RANKS = HIGHEST_RANK + 1
_SPAN = _RANKS + 1


def position(order: Sequence[str], path: PurePath, tags: Collection[str], rank: int | None) -> int:
    """Return by what number a note is studied, the lowest first; notes of the same number in the order of the text.

    It goes to the first entry of its deck's order that fits it, or after all of them; within an entry by its rank, and
    those without one last. `tags` are its chapter's and its own. With no order and no rank the number is 0.
    """
    entry = next((place for place, each in enumerate(order) if _fits(each, path, tags)), len(order))
    return entry * _SPAN - (0 if rank is None else _RANKS - rank)


def moved(place: int, order: Sequence[str], path: PurePath, tags: Collection[str]) -> int:
    """Return a note's number in another order of its deck, from the one it had."""
    rank = (place + _RANKS) % _SPAN
    return position(order, path, tags, None if rank == _RANKS else rank)


def idle_entries(order: Iterable[str], notes: Collection[tuple[PurePath, Collection[str]]]) -> Iterator[str]:
    """Yield the entries of an order that fit none of the notes, each told by its chapter's path and its tags."""
    for entry in order:
        if not any(_fits(entry, path, tags) for path, tags in notes):
            yield entry


def _fits(entry: str, path: PurePath, tags: Collection[str]) -> bool:
    if entry.startswith(_TAG):
        return entry.removeprefix(_TAG).strip() in tags
    return is_called(path, entry)
