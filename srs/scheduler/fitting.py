"""The parameters of FSRS fitted to a learner's answers, by the optimiser of its library."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from srs.errors import SrsError
from srs.scheduler.fsrs import BOUNDS, library, model
from srs.scheduler.memory import Answer, Forgotten, Schedule, Step

NEEDED = 200
"""How many judged answers there must be: half of them to fit to, and half to see whether that was any good."""
_RATINGS = (1, 1, 1, 2, 3, 4)  # by grade: Again, Hard, Good, Easy
_DIGITS = 4


def fit(histories: Iterable[Sequence[Step]]) -> tuple[float, ...]:
    """Return the parameters that the library fits to answers; the same histories always give the same.

    Each judged answer is an example, with all answers of its card before it, a day's further ones among them. What was
    set by hand tells nothing of memory: of a card it is left out until the card is forgotten by hand, and so is cram.
    Raises SrsError if the library cannot make anything of them.
    """
    fitting = model(())
    made = sorted((example for history in histories for example in examples(history)), key=lambda each: each[0])
    review, item = library().FSRSReview, library().FSRSItem  # type: ignore[union-attr] # the model has one
    try:
        found = fitting.compute_parameters([item([review(*each) for each in example]) for _, example in made])
    except (ValueError, RuntimeError) as error:
        raise SrsError(f"the library of FSRS cannot fit these answers: {error}") from error
    return tuple(
        min(most, max(least, round(value, _DIGITS))) for value, (least, most) in zip(found, BOUNDS, strict=True)
    )


def examples(history: Sequence[Step]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield each example of a card with its moment (ms): ratings as the library has them, and days between answers."""
    for answers in _alone(history):
        told: list[tuple[int, int]] = []
        last: date | None = None
        for answer in answers:
            days = max(0, (answer.day - last).days) if last else 0
            told.append((_RATINGS[answer.grade], days))
            last = max(last, answer.day) if last else answer.day
            if days:
                yield answer.at, list(told)


def _alone(history: Sequence[Step]) -> Iterator[list[Answer]]:
    """Yield the answers of a card from its first on, and again from the first after each time it was forgotten."""
    answers, told = list[Answer](), True
    for step in history:
        match step:
            case Answer():
                answers += [step] if told and not step.drill else []
            case Forgotten():
                yield answers
                answers, told = [], True
            case Schedule():
                told = False
    yield answers
