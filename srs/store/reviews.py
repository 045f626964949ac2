"""The answers of the history, kept for ever, and what a study day has seen."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from srs.history import DRILLS, Review
from srs.scheduler import Answer, Grade
from srs.store.lots import in_lots
from srs.store.query import ask, ask_one
from srs.store.tables import reviews

_GRADES = {int(grade): grade for grade in Grade}

# What every answer asks of the database, built once: building them takes longer than running them.
_NEAR = 1000  # ms in which nobody answers as many cards
_WRITE_REVIEW = insert(reviews)


def write_review(connection: Connection, card: int, review: Review, heir: int | None = None) -> None:
    """Write a review given under the name of a card's row, which an heir may show."""
    row = {"card_id": heir or card, "name_id": card, "counts": True, "shared": False, "more": ""}
    connection.execute(_WRITE_REVIEW, row | columns(review))


def free_moment(connection: Connection, at: int) -> int:
    """Return the first moment (ms) from one on at which no card was answered: in Anki a moment names an answer."""
    taken = {row.at for row in ask(connection, "moments", begin=at, end=at + _NEAR)}
    return next(moment for moment in range(at, at + _NEAR + 1) if moment not in taken)


def latest_review(connection: Connection, card: int) -> int | None:
    """Return the moment (ms) of the latest answer in the history that a card shows, whether it counts or not."""
    found: int | None = ask_one(connection, "latest answer", card=card)
    return found


def failures(connection: Connection, keys: Iterable[int]) -> Counter[int]:
    """Return how often cards, by their rows, were not recalled."""
    found: Counter[int] = Counter()
    for some in in_lots(keys):
        query = select(reviews.c.card_id, func.count().label("times")).where(
            reviews.c.card_id.in_(some), reviews.c.counts, reviews.c.grade < int(Grade.HARD)
        )
        found.update({row.card_id: row.times for row in connection.execute(query.group_by(reviews.c.card_id))})
    return found


def answer_of(row: Row[Any]) -> Answer:
    """Return what a scheduler sees of the answer in a row of the table."""
    return Answer(row.day, _GRADES[row.grade], row.origin in DRILLS, row.at)


def columns(review: Review) -> dict[str, object]:
    """Return a review as the values of its row, its card apart."""
    return {"at": review.at, "day": review.day, "grade": int(review.grade), "ms": review.ms, "origin": review.origin}


def answers_since(connection: Connection, since: Mapping[int, int]) -> dict[int, tuple[list[Answer], list[Review]]]:
    """Return the reviews that stand of each card from a moment (ms) on, by the cards' rows.

    Those before it come as a scheduler sees them. All are in the order of their moments.
    """
    found: dict[int, tuple[list[Answer], list[Review]]] = {key: ([], []) for key in since}
    for some in in_lots(since):
        for key, at, day, grade, ms, origin in ask(connection, "these histories", keys=some):
            if at < since[key]:
                found[key][0].append(Answer(day, _GRADES[grade], origin in DRILLS, at))
            else:
                found[key][1].append(Review(at, day, _GRADES[grade], ms, origin))
    return found
