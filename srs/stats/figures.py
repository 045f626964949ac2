"""From cards as they stand, and from what was answered, to figures."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from srs.scheduler import Bare, Grade, Memory, Scheduler
from srs.stats.knowing import Known, knowing

MATURE_DAYS = 21
YEAR_DAYS = 371  # 53 whole weeks
FORECAST_DAYS = 30
WEEKS = 12


@dataclass(frozen=True, slots=True)
class CardRecord:
    """A card as figures see it."""

    chapter: str
    memory: Memory | None
    suspended: bool
    leech: bool
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


@dataclass(frozen=True, slots=True)
class Past:
    """What was answered of some cards.

    `days`: answers by study day, in order, of the last year. `ms`: the time of all answers, `ms_week` of the last seven
    days. `recalls`: of the answers that tested memory, by the Monday of their week and whether the card was mature.
    """

    days: Mapping[date, int] = field(default_factory=dict)
    grades: Mapping[Grade, int] = field(default_factory=dict)
    answers: int = 0
    ms: int = 0
    ms_week: int = 0
    recalls: Mapping[tuple[date, bool], Recall] = field(default_factory=dict)


BOUNDS = (1, 6, 13, 20, 30, 60, 90, 180, 365, 36_500)


def figures(
    records: Iterable[CardRecord], past: Past, scheduler_of: Callable[[str], Scheduler], today: date
) -> Figures:
    """Return the figures of cards, given in the order of their decks, on a study day; a deck names its scheduler."""
    forecast: Counter[date] = Counter()
    eases: Counter[int] = Counter()
    intervals: Counter[int] = Counter()
    chapters: dict[str, Counter[str]] = defaultdict(Counter)
    memories: list[tuple[str, str, Memory | None]] = []
    stabilities: list[float] = []
    difficulties: list[float] = []
    foreseen = today + timedelta(days=FORECAST_DAYS)
    for record in records:
        memory = record.memory
        memories.append((record.deck, record.chapter, memory))
        standing = chapters[record.chapter]
        for word in _standing(record):
            standing[word] += 1
        if memory is None:
            continue
        shown = scheduler_of(record.deck).shown(memory)
        if shown.ease is not None:
            eases[shown.ease // 100] += 1
        if shown.stability is not None:
            stabilities.append(shown.stability)
        if shown.difficulty is not None:
            difficulties.append(shown.difficulty)
        intervals[BOUNDS[bisect_left(BOUNDS, memory.interval)]] += 1
        if not record.suspended and memory.due < foreseen:
            forecast[max(today, memory.due)] += 1
    known = knowing(memories, scheduler_of, today)
    return Figures(
        dict(past.days),
        {today + timedelta(days=ahead): forecast[today + timedelta(days=ahead)] for ahead in range(FORECAST_DAYS)},
        tuple(_weeks(past.recalls, today)),
        dict(sorted(past.grades.items())),
        dict(sorted(eases.items())),
        {bound: intervals[bound] for bound in BOUNDS},
        past.answers,
        past.ms,
        past.ms_week,
        tuple(Mastery(name, **standing, recall=known[name].recall) for name, standing in chapters.items()),
        sum(known.values(), Known()).recall,
        dict(sorted(Counter(map(round, difficulties)).items())),
        _middle(stabilities),
        _middle(difficulties),
    )


def first_week(today: date) -> date:
    """Return the Monday from which on recall is told."""
    return monday(today) - timedelta(weeks=WEEKS - 1)


def first_day(today: date) -> date:
    """Return the study day from which on days are told."""
    return today - timedelta(days=YEAR_DAYS - 1)


def recalls(histories: Iterable[tuple[Sequence[Bare], Sequence[int]]], since: date) -> dict[tuple[date, bool], Recall]:
    """Return true retention from a study day on: of whole histories, each with the intervals that its answers tested.

    Counted is, of a card that was known already, the day's first answer: drills say nothing of memory.
    """
    first = since.toordinal()
    asked: Counter[tuple[int, bool]] = Counter()
    recalled: Counter[tuple[int, bool]] = Counter()
    for answers, tested in histories:
        for (day, grade, _, _), interval in zip(answers, tested, strict=True):
            if interval and day >= first:
                key = day, interval >= MATURE_DAYS
                asked[key] += 1
                recalled[key] += grade >= Grade.HARD
    found: dict[tuple[date, bool], Recall] = defaultdict(Recall)
    for key, number in asked.items():
        day, mature = key
        found[monday(date.fromordinal(day)), mature] += Recall(number, recalled[key])
    return dict(found)


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


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _weeks(recalls: Mapping[tuple[date, bool], Recall], today: date) -> Iterable[Week]:
    for back in range(WEEKS - 1, -1, -1):
        begin = monday(today) - timedelta(weeks=back)
        yield Week(begin, recalls.get((begin, False), Recall()), recalls.get((begin, True), Recall()))
