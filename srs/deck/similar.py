"""Texts that are nearly the same, found without comparing each with each."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

LIKENESS = 0.72
_MOST_HOLDERS = 200


def near_duplicates(texts: Mapping[str, str], likeness: float = LIKENESS) -> Iterator[tuple[str, str]]:
    """Yield pairs of names whose texts share most of their pairs of characters: each pair once, the later name first.

    The measure is Jaccard's: shared pairs of neighbouring characters over all of both, spaces and case aside. Pairs
    that very many texts hold say nothing, and are passed over in the search, so the work stays near linear.
    """
    grams = {name: _grams(text) for name, text in texts.items()}
    holders: dict[str, list[str]] = defaultdict(list)
    least = {name: likeness * len(own) for name, own in grams.items()}
    for name, own in grams.items():
        shared = Counter(chain.from_iterable(found for gram in own if len(found := holders[gram]) < _MOST_HOLDERS))
        enough = least[name]
        for other, count in shared.items():
            # The count alone rules most out: what is shared can be no more than all of the smaller text.
            if (count >= enough or count >= least[other]) and _likeness(own, grams[other]) >= likeness:
                yield name, other
        for gram in own:
            holders[gram].append(name)


def _grams(text: str) -> frozenset[str]:
    letters = "".join(text.lower().split())
    return frozenset(letters[at : at + 2] for at in range(max(1, len(letters) - 1)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
