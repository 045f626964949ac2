"""From the histories of cards to figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from srs.scheduler import Answer, Grade, Memory, Scheduler, Step, counts, trace
from srs.stats.knowing import Known, knowing

MATURE_DAYS = 21
YEAR_DAYS = 371  # 53 whole weeks
FORECAST_DAYS = 30
WEEKS = 12


@dataclass(frozen=True, slots=True)
class CardRecord:
    """A card as figures see it; `steps` are what moved its memory, `ms` the times that they took, one each."""

    chapter: str
    memory: Memory | None
    suspended: bool
    leech: bool
    steps: tuple[Step, ...] = ()
    ms: tuple[int, ...] = ()
    deck: str = ""


@dataclass(frozen=True, slots=True)
class Recall:
    """How many answers were asked of memory, and how many of them recalled."""

    asked: int = 0
    recalled: int = 0

    @property
    def share(self) -> float | None:
        """The part that was recalled, or `None` if nothing was asked."""
        return self.recalled / self.asked if self.asked else None

    def __add__(self, other: Recall) -> Recall:
        """Join two counts."""
        return Recall(self.asked + other.asked, self.recalled + other.recalled)


@dataclass(frozen=True, slots=True)
class Week:
    """True retention in a week that begins on a Monday: of young and of mature cards."""

    monday: date
    young: Recall = Recall()
    mature: Recall = Recall()


@dataclass(frozen=True, slots=True)
class Mastery:
    """The cards of a chapter by how well they are known; leeches and suspended ones are counted beside that.

    `recall` is the share of them that would be recalled now, `None` while none was answered.
    """

    chapter: str
    new: int = 0
    learning: int = 0
    young: int = 0
    mature: int = 0
    leeches: int = 0
    suspended: int = 0
    recall: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything there is to show.

    `days`: answers by study day, of the last year. `forecast`: cards due by day from today on, overdue ones today.
    `eases` and `intervals`: cards by ease in tenths and by the upper bound of an interval in days. `ms`: time of all
    answers, `ms_week` of the last seven days. `recall`: the share of all cards that would be recalled now. Under FSRS
    `difficulties` are cards by difficulty, rounded, and `stability` (days) and `difficulty` those of the middle card;
    a card under FSRS has no part in `eases`.
    """

    days: dict[date, int] = field(default_factory=dict)
    forecast: dict[date, int] = field(default_factory=dict)
    weeks: tuple[Week, ...] = ()
    grades: dict[Grade, int] = field(default_factory=dict)
    eases: dict[int, int] = field(default_factory=dict)
    intervals: dict[int, int] = field(default_factory=dict)
    answers: int = 0
    ms: int = 0
    ms_week: int = 0
    chapters: tuple[Mastery, ...] = ()
    recall: float | None = None
    difficulties: dict[int, int] = field(default_factory=dict)
    stability: float | None = None
    difficulty: float | None = None

    @property
    def young(self) -> Recall:
        """True retention of young cards in all the weeks."""
        return sum((week.young for week in self.weeks), Recall())

    @property
    def mature(self) -> Recall:
        """True retention of mature cards in all the weeks."""
        return sum((week.mature for week in self.weeks), Recall())


BOUNDS = (1, 6, 13, 20, 30, 60, 90, 180, 365, 36_500)


def figures(records: Iterable[CardRecord], scheduler_of: Callable[[str], Scheduler], today: date) -> Figures:
    """Return the figures of cards, given in the order of their decks, on a study day; a deck names its scheduler.

    True retention counts, of a card that was known already, the day's first answer: drills say nothing of memory.
    """
    days: Counter[date] = Counter()
    forecast: Counter[date] = Counter()
    grades: Counter[Grade] = Counter()
    eases: Counter[int] = Counter()
    intervals: Counter[int] = Counter()
    recalls: dict[tuple[date, bool], Recall] = {}
    chapters: dict[str, Counter[str]] = {}
    answers = ms = ms_week = 0
    every = list(records)
    known = knowing(((each.deck, each.chapter, each.memory) for each in every), scheduler_of, today)
    shown = [scheduler_of(each.deck).shown(each.memory) for each in every]
    stabilities = [each.stability for each in shown if each.stability is not None]
    difficulties = [each.difficulty for each in shown if each.difficulty is not None]
    for record in every:
        scheduler = scheduler_of(record.deck)
        chapters.setdefault(record.chapter, Counter()).update(_standing(record))
        if record.memory:
            ease = scheduler.shown(record.memory).ease
            eases.update([] if ease is None else [ease // 100])
            intervals[next(bound for bound in BOUNDS if record.memory.interval <= bound)] += 1
            if not record.suspended and record.memory.due < today + timedelta(days=FORECAST_DAYS):
                forecast[max(today, record.memory.due)] += 1
        for answer, took, (before, _) in zip(record.steps, record.ms, trace(scheduler, record.steps), strict=True):
            if not isinstance(answer, Answer):
                continue
            answers, ms = answers + 1, ms + took
            days[answer.day] += 1
            grades[answer.grade] += 1
            ms_week += took if answer.day > today - timedelta(days=7) else 0
            if before is not None and not answer.drill and counts(before, answer.day):
                key = (_monday(answer.day), before.interval >= MATURE_DAYS)
                recalls[key] = recalls.get(key, Recall()) + Recall(1, int(answer.grade.passed))
    year = today - timedelta(days=YEAR_DAYS)
    return Figures(
        {day: days[day] for day in sorted(days) if day > year},
        {today + timedelta(days=ahead): forecast[today + timedelta(days=ahead)] for ahead in range(FORECAST_DAYS)},
        tuple(_weeks(recalls, today)),
        dict(sorted(grades.items())),
        dict(sorted(eases.items())),
        {bound: intervals[bound] for bound in BOUNDS},
        answers,
        ms,
        ms_week,
        tuple(Mastery(name, **standing, recall=known[name].recall) for name, standing in chapters.items()),
        sum(known.values(), Known()).recall,
        dict(sorted(Counter(map(round, difficulties)).items())),
        _middle(stabilities),
        _middle(difficulties),
    )


def _middle(numbers: Sequence[float]) -> float | None:
    """Return the middle of some numbers, the greater of two; `None` of none."""
    return sorted(numbers)[len(numbers) // 2] if numbers else None


def _standing(record: CardRecord) -> list[str]:
    memory = record.memory
    if memory is None:
        standing = "new"
    elif memory.interval <= 1:
        standing = "learning"
    else:
        standing = "mature" if memory.interval >= MATURE_DAYS else "young"
    return [standing, *(["leeches"] if record.leech else []), *(["suspended"] if record.suspended else [])]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(recalls: dict[tuple[date, bool], Recall], today: date) -> Iterable[Week]:
    for back in range(WEEKS - 1, -1, -1):
        monday = _monday(today) - timedelta(weeks=back)
        yield Week(monday, recalls.get((monday, False), Recall()), recalls.get((monday, True), Recall()))
