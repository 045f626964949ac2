"""The history: every graded answer, kept for ever, and what a study day has seen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, func, insert, select, update

from srs.due import Today
from srs.scheduler import Answer, Grade
from srs.store.tables import cards, reviews

TERMINAL = "terminal"
SCRIPT = "script"
CRAM = "cram"
ANKI = "anki"
ANKI_CRAM = "anki-cram"
DRILLS = (CRAM, ANKI_CRAM)
_AT_ONCE = 500
_GRADES = {int(grade): grade for grade in Grade}
_NEAR = 10_000  # ms by which a clock may be set back without answers changing their order

# What every answer asks of the database, built once: building them takes longer than running them.
_LATEST_NEAR = select(func.max(reviews.c.at)).where(reviews.c.at >= bindparam("begin"), reviews.c.at < bindparam("end"))
_WRITE_REVIEW = insert(reviews).returning(reviews.c.id)
_HISTORIES = (
    select(reviews)
    .where(reviews.c.card_id.in_(bindparam("keys", expanding=True)), reviews.c.undone_at.is_(None))
    .order_by(reviews.c.card_id, reviews.c.at)
)


@dataclass(frozen=True, slots=True)
class Review:
    """One graded answer: `at` in ms since 1970 UTC, `ms` the time it took, `origin` where it was given.

    An answer of origin `cram` or `anki-cram` is a drill on any day.
    """

    at: int
    day: date
    grade: Grade
    ms: int = 0
    origin: str = TERMINAL

    @property
    def drill(self) -> bool:
        """Whether it was never meant to move the schedule."""
        return self.origin in DRILLS

    @property
    def answer(self) -> Answer:
        """What a scheduler sees of it."""
        return Answer(self.day, self.grade, self.drill, self.at)


@dataclass(frozen=True, slots=True)
class StoredReview:
    """A review with its row and the row of its card."""

    key: int
    card: int
    review: Review


def write_review(connection: Connection, card: int, review: Review) -> int:
    """Write a review, and return its row.

    Of all answers only one is given at a moment, so that it can name the answer in Anki, too. Where one stands
    already, or a little later because the clock was set back, the new one comes after it: answers keep their order.
    """
    latest: int | None = connection.execute(_LATEST_NEAR, {"begin": review.at, "end": review.at + _NEAR}).scalar()
    written = review if latest is None else replace(review, at=latest + 1)
    key: int = connection.execute(_WRITE_REVIEW, {"card_id": card} | columns(written)).scalar_one()
    return key


def read_review(connection: Connection, key: int | None = None) -> StoredReview | None:
    """Return the review of a row, or the latest of all; `None` if none stands there."""
    query = select(reviews).where(reviews.c.undone_at.is_(None)).order_by(reviews.c.at.desc()).limit(1)
    row = connection.execute(query if key is None else query.where(reviews.c.id == key)).first()
    return StoredReview(row.id, row.card_id, review_of(row)) if row else None


def mark_undone(connection: Connection, key: int, at: int) -> None:
    """Mark the review of a row as undone at a moment (ms)."""
    connection.execute(update(reviews).where(reviews.c.id == key).values(undone_at=at))


def card_history(connection: Connection, card: int) -> list[Review]:
    """Return the reviews of a card that stand, in the order of their moments."""
    return histories(connection, [card])[card]


def all_histories(connection: Connection) -> Iterator[tuple[int, list[Answer]]]:
    """Yield every card's number with its answers in the order of their moments."""
    columns = (reviews.c.card_id, reviews.c.day, reviews.c.grade, reviews.c.origin, reviews.c.at)
    query = select(*columns).where(reviews.c.undone_at.is_(None)).order_by(reviews.c.card_id, reviews.c.at)
    rows = connection.execution_options(yield_per=10_000).execute(query)
    for card, found in groupby(rows, key=lambda row: row.card_id):
        yield card, [Answer(row.day, _GRADES[row.grade], row.origin in DRILLS, row.at) for row in found]


def read_today(connection: Connection, day: date, decks: Sequence[str]) -> tuple[Today, list[int]]:
    """Return what a study day has seen of some decks, and the cards whose last answer on it asks for a drill."""
    earlier = reviews.alias()
    had_earlier = exists().where(
        earlier.c.card_id == reviews.c.card_id,
        earlier.c.day < day,
        earlier.c.undone_at.is_(None),
        earlier.c.origin.not_in(DRILLS),
    )
    query = select(reviews.c.card_id, reviews.c.grade, cards.c.note_id, had_earlier.label("known"))
    query = query.join(cards, reviews.c.card_id == cards.c.id).where(
        reviews.c.day == day, reviews.c.undone_at.is_(None), reviews.c.origin.not_in(DRILLS), cards.c.deck.in_(decks)
    )
    last = {row.card_id: row for row in connection.execute(query.order_by(reviews.c.at))}
    known = sum(1 for row in last.values() if row.known)
    seen = frozenset(row.note_id for row in last.values() if row.note_id is not None)
    drills = [key for key, row in last.items() if _GRADES[row.grade].needs_drill]
    return Today(day, len(last) - known, known, seen), drills


def missed_on(connection: Connection, day: date) -> list[int]:
    """Return the cards that were not recalled at least once on a study day, the first missed first."""
    query = select(reviews.c.card_id).where(reviews.c.day == day, reviews.c.undone_at.is_(None))
    query = query.where(reviews.c.grade < int(Grade.HARD)).group_by(reviews.c.card_id)
    return list(connection.scalars(query.order_by(func.min(reviews.c.at))))


def crammed_on(connection: Connection, day: date) -> dict[int, int]:
    """Return how often each card was crammed on a study day such that it needed no drill."""
    query = select(reviews.c.card_id, func.count().label("times"))
    query = query.where(reviews.c.day == day, reviews.c.origin == CRAM, reviews.c.undone_at.is_(None))
    well = [int(grade) for grade in Grade if not grade.needs_drill]
    rows = connection.execute(query.where(reviews.c.grade.in_(well)).group_by(reviews.c.card_id))
    return {row.card_id: row.times for row in rows}


def study_days(connection: Connection, until: date) -> Iterator[date]:
    """Yield the study days that saw an answer, from `until` backwards, reading no more than is asked for."""
    day: date | None = until
    while day is not None:
        query = select(func.max(reviews.c.day)).where(reviews.c.day <= day, reviews.c.undone_at.is_(None))
        found: date | None = connection.execute(query).scalar()
        if found is None:
            return
        yield found
        day = found.fromordinal(found.toordinal() - 1)


def review_of(row: Row[Any]) -> Review:
    """Return the review in a row of the table."""
    return Review(row.at, row.day, _GRADES[row.grade], row.ms, row.origin)


def columns(review: Review) -> dict[str, object]:
    """Return a review as the values of its row, its card apart."""
    return {"at": review.at, "day": review.day, "grade": int(review.grade), "ms": review.ms, "origin": review.origin}


def histories(connection: Connection, keys: Sequence[int]) -> dict[int, list[Review]]:
    """Return the reviews that stand of each card named by its row, in the order of their moments."""
    found: dict[int, list[Review]] = {key: [] for key in keys}
    for some in in_lots(keys):
        for row in connection.execute(_HISTORIES, {"keys": some}).all():
            found[row.card_id].append(review_of(row))
    return found


def in_lots(keys: Iterable[Any], size: int = _AT_ONCE) -> Iterator[list[Any]]:
    """Cut a list into lots that a database takes as the parameters of one query."""
    every = list(keys)
    return (every[start : start + size] for start in range(0, len(every), size))
