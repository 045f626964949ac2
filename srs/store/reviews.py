"""The answers of the history, kept for ever, and what a study day has seen."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, func, insert, select

from srs.due import Today
from srs.history import CRAM, DRILLS, Review
from srs.scheduler import Answer, Grade
from srs.store.lots import in_lots
from srs.store.tables import cards, reviews

_GRADES = {int(grade): grade for grade in Grade}

# What every answer asks of the database, built once: building them takes longer than running them.
_LATEST = select(func.max(reviews.c.at)).where(reviews.c.card_id == bindparam("card"))
_TAKEN = select(reviews.c.at).where(reviews.c.at >= bindparam("begin"), reviews.c.at < bindparam("end"))
_NEAR = 1000  # ms in which nobody answers as many cards
_WRITE_REVIEW = insert(reviews)
_HISTORIES = (
    select(reviews)
    .where(reviews.c.card_id.in_(bindparam("keys", expanding=True)), reviews.c.counts)
    .order_by(reviews.c.card_id, reviews.c.at)
)


def write_review(connection: Connection, card: int, review: Review, heir: int | None = None) -> None:
    """Write a review given under the name of a card's row, which an heir may show."""
    row = {"card_id": heir or card, "name_id": card, "counts": True, "shared": False, "more": ""}
    connection.execute(_WRITE_REVIEW, row | columns(review))


def free_moment(connection: Connection, at: int) -> int:
    """Return the first moment (ms) from one on at which no card was answered: in Anki a moment names an answer."""
    taken = set(connection.scalars(_TAKEN, {"begin": at, "end": at + _NEAR}))
    return next(moment for moment in range(at, at + _NEAR + 1) if moment not in taken)


def latest_review(connection: Connection, card: int) -> int | None:
    """Return the moment (ms) of the latest answer in the history that a card shows, whether it counts or not."""
    found: int | None = connection.execute(_LATEST, {"card": card}).scalar()
    return found


def card_history(connection: Connection, card: int) -> list[Review]:
    """Return the reviews of a card that stand, in the order of their moments."""
    return histories(connection, [card])[card]


def read_today(connection: Connection, day: date, decks: Sequence[str]) -> tuple[Today, list[int]]:
    """Return what a study day has seen of some decks, and the cards whose last answer on it asks for a drill."""
    earlier = reviews.alias()
    had_earlier = exists().where(
        earlier.c.card_id == reviews.c.card_id, earlier.c.day < day, earlier.c.counts, earlier.c.origin.not_in(DRILLS)
    )
    query = select(reviews.c.card_id, reviews.c.grade, cards.c.note_id, had_earlier.label("known"))
    query = query.join(cards, reviews.c.card_id == cards.c.id).where(
        reviews.c.day == day, reviews.c.counts, reviews.c.origin.not_in(DRILLS), cards.c.deck.in_(decks)
    )
    last = {row.card_id: row for row in connection.execute(query.order_by(reviews.c.at))}
    known = sum(1 for row in last.values() if row.known)
    seen = frozenset(row.note_id for row in last.values() if row.note_id is not None)
    drills = [key for key, row in last.items() if _GRADES[row.grade].needs_drill]
    return Today(day, len(last) - known, known, seen), drills


def missed_on(connection: Connection, day: date) -> list[int]:
    """Return the cards that were not recalled at least once on a study day, the first missed first."""
    query = select(reviews.c.card_id).where(reviews.c.day == day, reviews.c.counts)
    query = query.where(reviews.c.grade < int(Grade.HARD)).group_by(reviews.c.card_id)
    return list(connection.scalars(query.order_by(func.min(reviews.c.at))))


def failures(connection: Connection, keys: Iterable[int]) -> Counter[int]:
    """Return how often cards, by their rows, were not recalled."""
    found: Counter[int] = Counter()
    for some in in_lots(keys):
        query = select(reviews.c.card_id, func.count().label("times")).where(
            reviews.c.card_id.in_(some), reviews.c.counts, reviews.c.grade < int(Grade.HARD)
        )
        found.update({row.card_id: row.times for row in connection.execute(query.group_by(reviews.c.card_id))})
    return found


def crammed_on(connection: Connection, day: date) -> dict[int, int]:
    """Return how often each card was crammed on a study day such that it needed no drill."""
    query = select(reviews.c.card_id, func.count().label("times"))
    query = query.where(reviews.c.day == day, reviews.c.origin == CRAM, reviews.c.counts)
    well = [int(grade) for grade in Grade if not grade.needs_drill]
    rows = connection.execute(query.where(reviews.c.grade.in_(well)).group_by(reviews.c.card_id))
    return {row.card_id: row.times for row in rows}


def study_days(connection: Connection, until: date) -> Iterator[date]:
    """Yield the study days that saw an answer, from `until` backwards, reading no more than is asked for."""
    day: date | None = until
    while day is not None:
        query = select(func.max(reviews.c.day)).where(reviews.c.day <= day, reviews.c.counts)
        found: date | None = connection.execute(query).scalar()
        if found is None:
            return
        yield found
        day = found.fromordinal(found.toordinal() - 1)


def review_of(row: Row[Any]) -> Review:
    """Return the review in a row of the table."""
    return Review(row.at, row.day, _GRADES[row.grade], row.ms, row.origin)


def answer_of(row: Row[Any]) -> Answer:
    """Return what a scheduler sees of the answer in a row of the table."""
    return Answer(row.day, _GRADES[row.grade], row.origin in DRILLS, row.at)


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
