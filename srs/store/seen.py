"""What study days have seen, and what is known of one card that is about to be asked."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from srs.due import Today
from srs.scheduler import Grade
from srs.store.query import ask, ask_one
from srs.store.values import StoredCard, stored_of

if TYPE_CHECKING:
    from srs.store.query import Reads

_GRADES = {int(grade): grade for grade in Grade}


def read_card(connection: "Reads", key: int) -> StoredCard:
    """Return one card by its number in the store."""
    (row,) = ask(connection, "card", key=key)
    return stored_of(row)


def learnt_text(connection: "Reads", card: int) -> str:
    """Return the text of a card's note as it was when the card (by its row) was last answered.

    Nothing is returned if it was never answered, or if it is the text of now.
    """
    return ask_one(connection, "learnt text", key=card) or ""


def without_text(connection: "Reads") -> frozenset[int]:
    """Return the cards whose text is gone, retired or not yet."""
    return frozenset(row.id for row in ask(connection, "without text"))


def read_today(connection: "Reads", day: date, decks: Sequence[str]) -> tuple[Today, list[int]]:
    """Return what a study day has seen of some decks, and the cards whose last answer on it asks for a drill."""
    last = {row.card_id: row for row in ask(connection, "today", day=day, decks=decks)}
    known = sum(1 for row in last.values() if row.known)
    seen = frozenset(row.note_id for row in last.values() if row.note_id is not None)
    drills = [key for key, row in last.items() if _GRADES[row.grade].needs_drill]
    return Today(day, len(last) - known, known, seen), drills


def missed_on(connection: "Reads", day: date) -> list[int]:
    """Return the cards that were not recalled at least once on a study day, the first missed first."""
    return [row.card_id for row in ask(connection, "missed", day=day)]


def crammed_on(connection: "Reads", day: date) -> dict[int, int]:
    """Return how often each card was crammed on a study day such that it needed no drill."""
    return {row.card_id: row.times for row in ask(connection, "crammed", day=day)}


def study_days(connection: "Reads", until: date) -> Iterator[date]:
    """Yield the study days that saw an answer, from `until` backwards, reading no more than is asked for."""
    day: date | None = until
    while day is not None:
        found: date | None = ask_one(connection, "study day", day=day)
        if found is None:
            return
        yield found
        day = found.fromordinal(found.toordinal() - 1)
