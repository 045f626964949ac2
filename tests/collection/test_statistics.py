"""Figures that the store counts are those of the histories, answer by answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from srs.collection.desk import Desk
from srs.collection.rules import Leeches, Rules
from srs.collection.statistics import statistics
from srs.due import moment_of
from srs.due.day import LATEST
from srs.history import Forget, LogLine, Place, Review, Undo
from srs.history.force import InForce
from srs.scheduler import Fsrs, Sm2
from srs.settings import Settings
from srs.store.called import card_history
from srs.store.log import merge
from srs.store.progress import moves_by_card
from srs.store.tables import cards
from srs.store.values import Choice, memory_of
from tests.stats.counted import CardRecord, figures
from tests.store.histories import NAMES, days_after, moments, reviews, store_with_cards


def acts() -> st.SearchStrategy[LogLine]:
    """Return what moves memories, and undos."""
    some = st.one_of(
        reviews(),
        reviews(),
        reviews(),
        st.builds(lambda at: Undo(at + 1, at), moments()),
        st.builds(lambda at: Forget(at, moment_of(at).date()), moments()),
        st.builds(
            lambda at, days: Place(at, day := moment_of(at).date(), day + timedelta(days=days), days, 2500),
            moments(),
            st.sampled_from([3, 30]),
        ),
    )
    return st.builds(LogLine, st.just("ship"), st.sampled_from(NAMES), some)


@pytest.mark.slow
@given(st.lists(acts(), max_size=40), st.integers(0, 150), st.sampled_from([Sm2(), Sm2(smooth=True), Fsrs()]))
def test_they_are_what_is_counted_by_hand(lines: list[LogLine], late: int, scheduler: Sm2 | Fsrs) -> None:
    force, today = InForce(scheduler), days_after(late)
    with store_with_cards() as store:
        with store.writing() as connection:
            merge(connection, lines, force, LATEST)
            moves = moves_by_card(connection)
            records = []
            for row in connection.execute(select(cards).order_by(cards.c.id)).all():
                history = sorted([*card_history(connection, row.id), *moves.get(row.id, ())], key=lambda act: act.at)
                ms = tuple(act.ms if isinstance(act, Review) else 0 for act in history)
                steps = tuple(act.step for act in history)
                records.append(CardRecord("Sea", memory_of(row), row.suspended, leech=False, steps=steps, ms=ms))
        desk = Desk((), Settings(), Rules(force, Leeches(), min), store)
        assert statistics(desk, Choice(("ship",)), today) == figures(records, force.of, today)
