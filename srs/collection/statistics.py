"""The figures of a collection: cards as they stand, and what was answered, counted by the store."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING

from srs.collection.desk import Desk
from srs.deck.uncollected import uncollected
from srs.scheduler import Answer, Bare, Scheduler, Step, counts, trace
from srs.scheduler.memory import answer_of
from srs.stats.figures import CardRecord, Figures, Past, figures, first_day, first_week, recalls
from srs.store.progress import CardProgress, histories_since, read_days, read_progress, read_totals
from srs.store.values import Choice

if TYPE_CHECKING:
    from srs.store.query import Reads

_WEEK = timedelta(days=7)


@uncollected()
def statistics(desk: Desk, choice: Choice, today: date) -> Figures:
    """Return how it is going with the cards of a choice on a study day.

    Histories are read of those cards alone whose recall is told: of the others the store counts the answers.
    """
    leeches = desk.rules.leeches
    with desk.store.reading() as connection:
        standing = list(read_progress(connection, choice))
        past = _past(connection, choice, today, desk, standing)
    records = (
        CardRecord(chapter, memory, suspended, leeches.holds(memory), deck)
        for _, deck, chapter, memory, suspended in standing
    )
    return figures(records, past, desk.scheduler, today)


def _past(connection: "Reads", choice: Choice, today: date, desk: Desk, standing: Sequence[CardProgress]) -> Past:
    totals = read_totals(connection, choice)
    days = read_days(connection, choice, first_day(today))
    since = first_week(today)
    decks = {each.key: each.deck for each in standing}

    def tested() -> Iterator[tuple[Sequence[Bare], Sequence[int]]]:
        for key, answers, moves in histories_since(connection, standing, since):
            scheduler = desk.scheduler(decks[key])
            yield answers, _tested(scheduler, answers, moves) if moves else scheduler.tested(answers)

    return Past(
        {each.day: each.answers for each in days},
        totals.grades,
        sum(totals.grades.values()),
        totals.ms,
        sum(each.ms for each in days if each.day > today - _WEEK),
        recalls(tested(), since),
    )


def _tested(scheduler: Scheduler, answers: Sequence[Bare], moves: Sequence[tuple[int, Step]]) -> list[int]:
    """Return what `Scheduler.tested` does where a memory was moved by hand, too, at some moments (ms)."""
    placed: list[tuple[int, Step]] = [(each[-1], answer_of(each)) for each in answers]
    steps = [step for _, step in sorted([*placed, *moves], key=itemgetter(0))]
    return [
        before.interval if before is not None and not step.drill and counts(before, step.day) else 0
        for step, (before, _) in zip(steps, trace(scheduler, steps), strict=True)
        if isinstance(step, Answer)
    ]
