"""What the acts of a card come to: which answers count, and how the card then stands."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from srs.history.acts import LIFTED, Bury, Flag, Forget, LogLine, Moving, Place, Resume, Review, Suspend, Undo, Unflag
from srs.history.adoptions import Name
from srs.history.lines import canonical
from srs.scheduler import Memory, Scheduler, Step, replay, trace

SAME_ANSWER = 4
"""ms by which Anki may have moved an answer, since no two of its answers share a moment."""


class Standing(Struct, frozen=True):
    """How a card stands after all its acts; `memory` is `None` for a new card, `remark` empty without a flag."""

    memory: Memory | None = None
    suspended: bool = False
    buried_until: date | None = None
    remark: str = ""


class Counted(Struct, frozen=True):
    """The answers of some names that count, in order, and for each answer at all which of those it is, if any.

    `same` is by name and moment (ms); an answer that was undone is none of them.
    """

    answers: tuple[LogLine, ...]
    same: dict[tuple[Name, int], LogLine]


def in_order(lines: Iterable[LogLine]) -> list[LogLine]:
    """Return acts in the order in which they count: by moment, then by canonical form."""
    ordered = sorted(lines, key=lambda line: line.act.at)
    if any(one.act.at == other.act.at for one, other in pairwise(ordered)):
        ordered.sort(key=lambda line: (line.act.at, canonical(line)))
    return ordered


def counted(answers: Iterable[LogLine], undos: Iterable[LogLine]) -> Counted:
    """Return the answers that count, of all names that adoptions, standing or not, connect.

    An answer read from Anki at the moment of another of these, or up to 4 ms after it, is that answer; an undo of
    either is of both.
    """
    groups: list[list[LogLine]] = []
    for line in sorted(in_order(answers), key=lambda line: (line.act.at, line.from_anki)):
        if line.from_anki and groups and line.act.at - groups[-1][0].act.at <= SAME_ANSWER:
            groups[-1].append(line)
        else:
            groups.append([line])
    cancelled = {
        ((line.deck, line.card), line.act.of) for line in undos if isinstance(line.act, Undo) and not line.act.act
    }
    standing_groups = [group for group in groups if not cancelled & {_named(line) for line in group}]
    return Counted(
        tuple(in_order(group[0] for group in standing_groups)),
        {_named(line): group[0] for group in standing_groups for line in group},
    )


def moves_of(lines: Iterable[LogLine]) -> list[LogLine]:
    """Return those acts by which memories were set or forgotten by hand, and which stand."""
    every = list(lines)
    undone = {(line.deck, line.card, line.act.of, line.act.act) for line in every if isinstance(line.act, Undo)}
    return [
        line
        for line in every
        if isinstance(line.act, Forget | Place) and (line.deck, line.card, line.act.at, line.act.what) not in undone
    ]


def standing(names: Collection[Name], found: Counted, others: Iterable[LogLine], scheduler: Scheduler) -> Standing:
    """Return how the card stands whose history goes by `names`; `others` are the acts of these that are no answers."""
    acts = in_order(line for line in others if (line.deck, line.card) in names)
    lines = moving(names, found, acts)
    leech = any(isinstance(line.act, Suspend) and line.act.of is not None for line in acts)
    lapsed = {line for line, _ in lapses(lines, scheduler)} if leech else set()
    return Standing(replay(scheduler, _steps(lines)), *_marks(acts, found, lapsed))


def moving(names: Collection[Name], found: Counted, others: Iterable[LogLine]) -> list[LogLine]:
    """Return what moved the memory of the card whose history goes by `names`, in order."""
    answers = [line for line in found.answers if (line.deck, line.card) in names]
    moves = [line for line in moves_of(others) if (line.deck, line.card) in names]
    return in_order([*answers, *moves]) if moves else answers


def lapses(lines: Sequence[LogLine], scheduler: Scheduler) -> Iterator[tuple[LogLine, int]]:
    """Yield, of what moved a memory, the answers that were lapses, each with how many there had been with it."""
    for line, (before, after) in zip(lines, trace(scheduler, _steps(lines)), strict=True):
        if isinstance(line.act, Review) and after and after.lapses > (before.lapses if before else 0):
            yield line, after.lapses


def _steps(lines: Iterable[LogLine]) -> list[Step]:
    return [line.act.step for line in lines if isinstance(line.act, Moving)]


def _named(line: LogLine) -> tuple[Name, int]:
    return (line.deck, line.card), line.act.at


def _marks(acts: Iterable[LogLine], found: Counted, lapsed: Collection[LogLine]) -> tuple[bool, date | None, str]:
    """Return whether the card is suspended, until when it is buried, and its remark: the latest act of each stands."""
    suspended, buried, remark = False, None, ""
    for line in acts:
        match line.act:
            case Suspend(_, None) | Resume():
                suspended = isinstance(line.act, Suspend)
            case Suspend(_, int(of)):
                answer = found.same.get(((line.deck, line.card), of))
                suspended = suspended or (answer is not None and answer in lapsed)
            case Bury(_, until):
                buried = until if until > LIFTED else None
            case Flag(_, text):
                remark = text
            case Unflag():
                remark = ""
    return suspended, buried, remark
