"""Rules on notes that are taken for one another: prompts that read alike, answers that are the same."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from srs.deck.similar import near_duplicates
from srs.deck.style.reading import Read
from srs.deck.style.signs import bare
from srs.deck.values import Kind
from srs.errors import counted

_LEAST = 2
_MOST_HOLDERS = 20


def near_duplicate(deck: Sequence[Read]) -> Iterator[tuple[Read, str]]:
    """Keep prompts apart: what looks alike interferes (rule 11)."""
    reads = {read.note.id: read for read in deck}
    for one, other in near_duplicates({read.note.id: read.prompt for read in deck if read.note.cards}):
        twin = reads[other]
        yield reads[one], f"asks almost the same as {_where(twin, reads[one])}; say how they differ"


def same_answer(deck: Sequence[Read]) -> Iterator[tuple[Read, str]]:
    """Ask a fact once: the same answer in two notes is learnt twice, and each is taken for the other (rule 11)."""
    yield from _same_facts(deck)
    yield from _same_lists(deck)


def _same_facts(deck: Sequence[Read]) -> Iterator[tuple[Read, str]]:
    first: dict[tuple[object, str], Read] = {}
    for read in deck:
        if read.note.kind not in {Kind.BASIC, Kind.CLOZE}:
            continue
        for answer in read.answers:
            said = bare(answer)
            if len(said) < _LEAST or said.isdigit():
                continue
            twin = first.setdefault((read.file, said), read)
            if _series(twin) != _series(read):
                yield read, f"{answer!r} is the answer of {_where(twin, read)}, too; ask it once"


def _same_lists(deck: Sequence[Read]) -> Iterator[tuple[Read, str]]:
    """Yield lists all of whose items are those of an earlier one of the deck, or two and more in the same chapter."""
    holders: dict[str, list[Read]] = defaultdict(list)
    for read in deck:
        if read.note.kind is not Kind.SET:
            continue
        own = {bare(item) for item in read.items}
        shared = Counter(other.note.id for item in own for other in holders[item][:_MOST_HOLDERS])
        others = {other.note.id: other for item in own for other in holders[item][:_MOST_HOLDERS]}
        for name, times in shared.items():
            other = others[name]
            whole = times == len(own) == len(other.items)
            if (whole or (times > 1 and other.file == read.file)) and _series(other) != _series(read):
                yield (
                    read,
                    f"{counted(times, 'item')} of it {_stand(times)} in {_where(other, read)}, too; ask them once",
                )
        for item in own:
            holders[item].append(read)


def _series(read: Read) -> str:
    """Return what ids have in common that differ in a number at their end: other wordings, meant to be answered alike.

    Redundancy of that kind does not contradict the minimum information principle (rule 17).
    """
    return re.sub(r"(?<=[-_.])\d+$", "#", read.note.id)


def _stand(times: int) -> str:
    return "stands" if times == 1 else "stand"


def _where(other: Read, read: Read) -> str:
    file = "line " if other.file == read.file else f"{other.file.name}:"
    return f"{file}{other.note.line} ({other.note.id})"
