"""What a scheduler works with: a card's memory, one answer, and the protocol that every scheduler keeps."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from datetime import date
from enum import IntEnum
from functools import reduce

from msgspec import Struct

LONGEST_INTERVAL = 36_500
"""The most days that any scheduler plans ahead."""


class Grade(IntEnum):
    """Quality of recall, as Woźniak graded it in SM-2: 3 and more is a pass, below 4 is drilled again."""

    BLACKOUT = 0
    AGAIN = 1
    NEARLY = 2
    HARD = 3
    GOOD = 4
    EASY = 5

    @property
    def passed(self) -> bool:
        """Whether the answer was recalled at all."""
        return self >= Grade.HARD

    @property
    def needs_drill(self) -> bool:
        """Whether the card is asked again in the same sitting."""
        return self < Grade.GOOD


class Memory(Struct, frozen=True):
    """How well a card that was answered at least once is held in memory. A new card has no memory (`None`).

    `due`: the study day on which the card is asked next. `interval`: whole days, 1 or more, that the scheduler
    planned up to `due`. `lapses`: how often the card was forgotten after it had been learnt. `answered_on`: the
    study day of the last answer that counted, which does not follow from the other two where a schedule was
    brought from elsewhere. `state`: numbers that only the scheduler which made the memory can read.
    """

    due: date
    interval: int
    lapses: int
    answered_on: date
    state: tuple[float, ...]


class Answer(Struct, frozen=True):
    """One line of a card's history as a scheduler sees it; a `drill` was never meant to move the schedule.

    `at`: its moment, in ms since 1970 UTC.
    """

    day: date
    grade: Grade
    drill: bool = False
    at: int = 0


Bare = tuple[int, int, bool, int]
"""An answer as bare numbers: the ordinal of its study day, its grade, whether it is a drill, its moment (ms)."""


def bare(answer: Answer) -> Bare:
    """Return an answer as bare numbers."""
    return answer.day.toordinal(), int(answer.grade), answer.drill, answer.at


def answer_of(bare: Bare) -> Answer:
    """Return the answer of bare numbers; the opposite of `bare`."""
    day, grade, drill, at = bare
    return Answer(date.fromordinal(day), Grade(grade), drill, at)


class Schedule(Struct, frozen=True):
    """A schedule set by hand on a study day: due day, interval in days, ease in permille."""

    day: date
    due: date
    interval: int
    ease: int


class Forgotten(Struct, frozen=True):
    """A memory begun anew by hand."""


Step = Answer | Schedule | Forgotten
"""Whatever moves a memory."""


class Shown(Struct, frozen=True):
    """What a scheduler tells of a memory to statistics, `srs show` and Anki; `None` is what it has no notion of.

    `ease`: permille. `repetitions`: passes in a row. `stability`: days. `difficulty`: 1 to 10.
    """

    ease: int | None = None
    repetitions: int | None = None
    stability: float | None = None
    difficulty: float | None = None


class Found(IntEnum):
    """What an answer found, or that it moved nothing, whatever it found."""

    NOTHING_MOVED = 0
    NEW = 1
    FORGOTTEN = 2
    LEARNT = 3


Told = tuple[Found, int, int, int | None, float | None]
"""Of an answer what it found, the interval before and after it (days, 0 of a new card), ease and difficulty after it.

Ease and difficulty are as `Shown` has them; both are `None` where the card is new still.
"""


class Scheduler(ABC):
    """Decides when a card is asked next. Pure: no clock, no store, no randomness, so a replay always agrees.

    `name`, `version` and `parameters` (as JSON) tell whether two schedulers make the same memories.
    """

    name: str
    version: int

    @property
    @abstractmethod
    def parameters(self) -> str:
        """Everything that its memories depend on beside the answers, as JSON with sorted keys."""

    @abstractmethod
    def answered(self, memory: Memory | None, answer: Answer) -> Memory | None:
        """Return the memory after one more answer, given the card's memory before it.

        Every answer comes here, drills too: the scheduler decides which of them count, and returns the very same
        memory for one that does not. A drill on a new card leaves it new.
        """

    @abstractmethod
    def placed(self, due: date, interval: int, ease: int, lapses: int, day: date) -> Memory:
        """Return a memory for a schedule that was made elsewhere and is taken over on a study day; ease in permille.

        Its last counted day is `due − interval`, at the latest the day before `day`: an answer given on `day`
        counts, however far off the due day lies.
        """

    @abstractmethod
    def shown(self, memory: Memory | None) -> Shown:
        """Return what may be told of a memory, or of a new card."""

    @abstractmethod
    def recall(self, memory: Memory, day: date) -> float:
        """Return the probability, above 0 and at most 1, with which the card would be recalled on a study day."""

    @abstractmethod
    def learnt(self, memory: Memory) -> bool:
        """Whether the card was recalled since it was last forgotten: only then a failure is a lapse."""

    def fold(self, answers: Iterable[Answer], memory: Memory | None = None) -> Memory | None:
        """Return the memory after all answers of a card, in the order of their moments, given the one before them.

        A scheduler may have a quicker way than `answered` one by one, with the same result.
        """
        return reduce(self.answered, answers, memory)

    def fold_bare(self, answers: Iterable[Bare], memory: Memory | None = None) -> Memory | None:
        """Return what `fold` does for the same answers, which come as bare numbers."""
        return self.fold(map(answer_of, answers), memory)

    def tested(self, answers: Iterable[Bare]) -> list[int]:
        """Return, for each answer of a card's whole history, the interval (days) of the memory that it tested.

        0 for the first of all, which tests none, and for what is no test: a drill, and further answers of a study day.
        """
        found: list[int] = []
        memory: Memory | None = None
        for answer in map(answer_of, answers):
            tests = memory is not None and not answer.drill and answer.day > memory.answered_on
            found.append(memory.interval if memory is not None and tests else 0)
            memory = self.answered(memory, answer)
        return found

    def told(self, answers: Iterable[Bare]) -> Iterator[Told]:
        """Yield what each answer of a card found and left, in the order of their moments.

        A scheduler may have a quicker way than `answered` one by one, with the same result.
        """
        memory: Memory | None = None
        for answer in answers:
            before = memory
            memory = self.answered(before, answer_of(answer))
            shown = self.shown(memory) if memory else Shown()
            intervals = before.interval if before else 0, memory.interval if memory else 0
            yield self._found(before, memory), *intervals, shown.ease, shown.difficulty

    def _found(self, before: Memory | None, after: Memory | None) -> Found:
        if before is after:
            return Found.NOTHING_MOVED
        if before is None:
            return Found.NEW
        return Found.LEARNT if self.learnt(before) else Found.FORGOTTEN
