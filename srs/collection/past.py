"""A card's history as other programs are told it: each answer with what it found and what it left."""

from collections.abc import Iterable, Iterator, Sequence

from exporters import FsrsMemory, PastAnswer
from exporters.anki.scheduling import Logged, card_ease, ease_in_log, logged_ease
from srs.history import Moving, Review
from srs.scheduler import Fsrs, Memory, Scheduler, trace
from srs.store.answers import BareAnswer


def past_answers(history: Sequence[Moving], scheduler: Scheduler, memory: Memory | None = None) -> Iterator[PastAnswer]:
    """Yield the answers of a history, in order with all else that moved the memory; `memory` is what was before."""
    steps = [act.step for act in history]
    for act, (before, after) in zip(history, trace(scheduler, steps, memory), strict=True):
        if isinstance(act, Review):
            yield PastAnswer(
                act.at,
                act.grade,
                act.ms,
                drill=before is after,
                first=before is None,
                forgotten=before is not None and not scheduler.learnt(before),
                interval=after.interval if after else 0,
                last_interval=before.interval if before else 0,
                ease=logged_ease(scheduler.shown(after)) if after else 0,
            )


def logged(answers: Iterable[BareAnswer], scheduler: Scheduler) -> Iterator[Logged]:
    """Yield the answers of a history that nothing else moved, in order, as bare values; else as `past_answers` does."""
    every = list(answers)
    told = scheduler.told([bare for _, _, bare in every])
    for (at, ms, bare), (found, before, after, ease, difficulty) in zip(every, told, strict=True):
        yield at, bare[1], ms, found, after, before, ease_in_log(ease, difficulty) if after else 0


def ease_of(scheduler: Scheduler, memory: Memory | None) -> int:
    """Return the ease (permille) that Anki is told of a memory; 0 of a new card."""
    return card_ease(scheduler.shown(memory)) if memory else 0


def fsrs_of(history: Sequence[Moving], memory: Memory | None, scheduler: Scheduler) -> FsrsMemory | None:
    """Return what FSRS holds of a card, with the moment of the last answer that counted, if that moved it last."""
    last = next((act for act in reversed(history) if not (isinstance(act, Review) and act.drill)), None)
    return fsrs_at(last.at if isinstance(last, Review) else None, memory, scheduler)


def fsrs_at(at: int | None, memory: Memory | None, scheduler: Scheduler) -> FsrsMemory | None:
    """Return what FSRS holds of a card that was answered last at a moment (ms); nothing of another scheduler's."""
    if memory is None or not isinstance(scheduler, Fsrs):
        return None
    shown = scheduler.shown(memory)
    return FsrsMemory(shown.stability or 0, shown.difficulty or 0, scheduler.retention, scheduler.decay, at)
