"""A store in memory with cards in it, and strategies for histories."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from sqlalchemy import insert

from srs.due import milliseconds, moment_of
from srs.history import CRAM, SCRIPT, TERMINAL, LogLine, Review
from srs.scheduler import Grade
from srs.store.tables import cards, chapters, notes
from tests.store.shelf import empty_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from srs.store.opening import Store

START = date(2026, 1, 1)
NAMES = ("mile", "anchor", "red/c1")


@contextmanager
def store_with_cards() -> Iterator[Store]:
    """Open a store in memory with one chapter of three cards, numbered 1 to 3."""
    with empty_store() as store:
        with store.writing() as connection:
            connection.execute(insert(chapters).values(deck="ship", path="sea.md", title="Sea", size=1, mtime_ns=1))
            for key, name in enumerate(NAMES, 1):
                note = {"id": key, "deck": "ship", "name": name, "chapter_id": 1, "line": key, "kind": "basic"}
                connection.execute(insert(notes).values(**note, text=f"## {name}\n\nText.", changed_at=0))
                card = {"id": key, "deck": "ship", "name": name, "note_id": key, "place": 0}
                connection.execute(insert(cards).values(**card, retired=False, suspended=False))
        yield store


def moments() -> st.SearchStrategy[int]:
    """Return moments within two months; few enough that some coincide."""
    first = milliseconds(moment_of(0).replace(year=2026, month=1, day=1, hour=12))
    return st.builds(lambda day, late: first + day * 86_400_000 + late, st.integers(0, 60), st.integers(0, 3))


def reviews() -> st.SearchStrategy[Review]:
    """Return reviews on the study day of their moment."""
    return st.builds(
        lambda at, grade, ms, origin: Review(at, moment_of(at).date(), grade, ms, origin),
        moments(),
        st.sampled_from(list(Grade)),
        st.integers(0, 60_000),
        st.sampled_from([TERMINAL, SCRIPT, CRAM]),
    )


def lines(names: tuple[str, ...] = (*NAMES, "unknown")) -> st.SearchStrategy[list[LogLine]]:
    """Return histories in which a card has at most one review a moment."""
    line = st.builds(LogLine, st.just("ship"), st.sampled_from(names), reviews())
    return st.lists(line, max_size=30, unique_by=lambda line: (line.card, line.act.at))


def days_after(days: int) -> date:
    """Return a day counted from the first."""
    return START + timedelta(days=days)
