"""What schedulers promise of recall, held against what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log, sqrt

from srs.scheduler import Answer, Scheduler, Step, counts, trace

BINS = 20
SUREST = 0.9999
"""No promise is taken to be surer than this, either way: one that is certain and wrong would outweigh all others."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised of a judged answer, and what came of it; `at` is its moment (ms)."""

    at: int
    promised: float
    recalled: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Promises of about the same recall: their mean, how much was recalled of them, and how many they are."""

    promised: float
    recalled: float
    count: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """How well promises were kept; `None` where too little was promised to tell.

    `log_loss`: the mean of −ln of what was promised of what happened. `rmse_bins`: the root of the mean square of what
    lies between promised and recalled, over 20 bins of equal width, weighted by their counts. `auc`: how likely of two
    answers, one recalled and one not, the recalled one was promised more.
    """

    log_loss: float | None = None
    rmse_bins: float | None = None
    auc: float | None = None
    count: int = 0
    bins: tuple[Bin, ...] = ()


def promises(scheduler: Scheduler, histories: Iterable[Sequence[Step]]) -> list[Promise]:
    """Return what a scheduler promised of each judged answer, in the order of their moments.

    Judged is the first answer of each study day but a card's first, cram apart: further answers of a day say nothing of
    memory. Each is promised from what stands before it in its card's history, and from nothing else.
    """
    found = (promise for history in histories for promise in _promised(scheduler, history))
    return sorted(found, key=lambda promise: promise.at)


def judge(found: Sequence[Promise]) -> Judgement:
    """Return how well promises were kept."""
    if not found:
        return Judgement()
    bins = tuple(_bins(found))
    loss = -sum(log(_sure(each.promised if each.recalled else 1 - each.promised)) for each in found) / len(found)
    square = sum(each.count * (each.promised - each.recalled) ** 2 for each in bins) / len(found)
    return Judgement(loss, sqrt(square), _auc(found), len(found), bins)


def constant(rate: float, found: Sequence[Promise]) -> list[Promise]:
    """Return the same answers, each promised with the same rate: what a scheduler has to be better than."""
    return [Promise(each.at, rate, each.recalled) for each in found]


def rate_of(found: Sequence[Promise]) -> float:
    """Return the share that was recalled; 0 of nothing."""
    return sum(each.recalled for each in found) / len(found) if found else 0.0


def _promised(scheduler: Scheduler, history: Sequence[Step]) -> Iterator[Promise]:
    for step, (before, _) in zip(history, trace(scheduler, history), strict=True):
        if isinstance(step, Answer) and not step.drill and before is not None and counts(before, step.day):
            yield Promise(step.at, scheduler.recall(before, step.day), step.grade.passed)


def _bins(found: Sequence[Promise]) -> Iterator[Bin]:
    placed = sorted((bin_of(each.promised), each.promised, each.recalled) for each in found)
    for _, some in groupby(placed, key=lambda each: each[0]):
        group = list(some)
        size = len(group)
        yield Bin(sum(each[1] for each in group) / size, sum(each[2] for each in group) / size, size)


def bin_of(promised: float) -> int:
    """Return the bin of a promise, from 0 to 19."""
    return min(BINS - 1, int(promised * BINS))


def _auc(found: Sequence[Promise]) -> float | None:
    """Return the area under the curve, as the share of pairs in the right order; pairs promised alike count half."""
    recalled = sum(each.recalled for each in found)
    missed = len(found) - recalled
    if not recalled or not missed:
        return None
    below, pairs = 0, 0.0
    for _, some in groupby(sorted(found, key=lambda each: each.promised), key=lambda each: each.promised):
        group = [each.recalled for each in some]
        lost = group.count(False)
        pairs += group.count(True) * (below + lost / 2)
        below += lost
    return pairs / (recalled * missed)


def _sure(probability: float) -> float:
    return min(SUREST, max(1 - SUREST, probability))
