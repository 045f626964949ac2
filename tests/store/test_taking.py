"""A union that comes in lots is the union that comes at once, and is told alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from srs.due.day import LATEST
from srs.history import Adopt, Flag, LogLine, Other, Suspend, Undo, format_line
from srs.history.force import InForce
from srs.history.plain import Plain, read_plain
from srs.store import folding, taking
from srs.store.log import Merged, merge, read_log
from srs.store.memories import standing_of
from srs.store.tables import cards, reviews
from srs.store.taking import Taking
from srs.store.waiting import read_waiting
from tests.history.told import A_DAY, NOON, answer, does, from_anki, undo
from tests.store.histories import NAMES, moments, store_with_cards
from tests.store.histories import reviews as any_reviews

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from tests.store.shelf import Shelf


def acts() -> st.SearchStrategy[LogLine]:
    """Return answers, of which some are told twice and otherwise, and other acts, also of a deck that nobody names."""
    names = st.sampled_from([*NAMES, "unknown"])
    decks = st.sampled_from(["ship", "ship", "ship", "boat", ""])
    some = st.one_of(
        any_reviews(),
        any_reviews(),
        st.builds(lambda at: Undo(at + 1, at), moments()),
        st.builds(Suspend, moments()),
        st.builds(lambda at: Flag(at, "which?"), moments()),
        st.builds(lambda at: Adopt(at, "ship", "mile"), moments()),
        st.builds(lambda at: Other(at, "nap"), moments()),
    )
    return st.builds(LogLine, decks, names, some)


def parted(lines: Sequence[LogLine]) -> tuple[list[Plain], list[LogLine]]:
    """Part lines as a log in a file is."""
    plain = {line: read_plain(format_line(line)) for line in lines}
    return [each for line in lines if (each := plain[line])], [line for line in lines if not plain[line]]


def state(connection: Connection) -> tuple[object, ...]:
    """Return all that a history comes to, by names and not by rows."""
    stand = {(row.deck, row.name): standing_of(row) for row in connection.execute(select(cards))}
    named = {row.id: row.name for row in connection.execute(select(cards))}
    rows = connection.execute(select(reviews)).all()
    counts = {(named[row.name_id], named[row.card_id], row.at, row.counts) for row in rows}
    return stand, counts, list(read_log(connection)), read_waiting(connection)


@pytest.mark.slow
@given(st.lists(acts(), max_size=25), st.integers(1, 9), st.sampled_from([0, 4]), st.sampled_from([0, 3, 5_000]))
def test_the_history_and_what_is_told_of_it_do_not_hang_on_the_lots(
    lines: list[LogLine], size: int, more: int, few: int
) -> None:
    until = NOON - 290 * A_DAY
    with pytest.MonkeyPatch.context() as patch, store_with_cards() as store, store.writing() as connection:
        whole = merge(connection, lines, InForce(), until)
        should = state(connection)
    with pytest.MonkeyPatch.context() as patch, store_with_cards() as store, store.writing() as connection:
        for module in (taking, folding):
            patch.setattr(module, "_FEW", few)
        patch.setattr(taking, "_MORE", more)
        union = Taking(connection, InForce(), until)
        for begin in range(0, len(lines), size):
            plain, others = parted(lines[begin : begin + size])
            union.take_plain(plain)
            union.take(others)
        done = union.done()
        assert state(connection) == should
        late = {line for line in lines if line.act.at > until or not line.deck}
        if len({line.key for line in late}) == len(late):  # of what waits it is not always known which lines are one
            assert done == whole
        assert union_again(connection, lines, until) == Merged(known=len(lines))


def union_again(connection: Connection, lines: list[LogLine], until: int) -> Merged:
    """Take in the same lines once more."""
    plain, others = parted(lines)
    union = Taking(connection, InForce(), until)
    union.take_plain(plain)
    union.take(others)
    return union.done()


def test_an_answer_that_is_told_better_later_is_counted_once(shelf: Shelf) -> None:
    """In one lot or in two, and in either order; one that was known before is told anew."""
    shelf.card("mile")
    read, given_here = from_anki(answer()), answer(grade=1)
    for lots in ([[read, given_here]], [[read], [given_here]], [[given_here], [read]]):
        with shelf.connection.begin_nested() as tried:
            union = Taking(shelf.connection, InForce(), LATEST)
            for lot in lots:
                union.take_plain(parted(lot)[0])
            assert union.done() == Merged(added=1, known=1, moved=1, kinds={"": 1})
            (row,) = shelf.connection.execute(select(reviews)).all()
            assert (row.grade, row.origin, row.counts, row.shared) == (1, "script", True, False)
            tried.rollback()
    merge(shelf.connection, [read], InForce(), LATEST)
    union = Taking(shelf.connection, InForce(), LATEST)
    union.take_plain(parted([given_here])[0])
    assert union.done() == Merged(added=1, kinds={"": 1})


def test_answers_of_cards_that_no_deck_has_are_told_by_their_names(shelf: Shelf) -> None:
    union = Taking(shelf.connection, InForce(), LATEST)
    for lot in ([answer(card="sun"), answer(1, card="moon")], [answer(2, card="sun"), answer(3, card="sun")]):
        union.take_plain(parted(lot)[0])
    done = union.done()
    assert done == Merged(4, 0, 4, ("moon", "sun"), 2, {"": 4})
    assert done.lines == ()


def test_an_undo_in_another_lot_counts(shelf: Shelf) -> None:
    shelf.card("mile")
    union = Taking(shelf.connection, InForce(), LATEST)
    union.take([undo(answer(1))])
    union.take_plain(parted([answer(), answer(1)])[0])
    union.take([does(Suspend(NOON + 9))])
    assert union.done() == Merged(added=4, moved=1, kinds={"": 2, "undo": 1, "suspend": 1})
    assert [row.counts for row in shelf.connection.execute(select(reviews).order_by(reviews.c.at))] == [True, False]


def test_after_many_new_answers_the_indexes_are_as_they_were(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "_MANY", 2)
    indexes = text("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'reviews' ORDER BY name")
    before = shelf.connection.execute(indexes).all()
    union = Taking(shelf.connection, InForce(), LATEST, alone=True)
    found = []
    for day in range(0, 8, 2):
        union.take_plain(parted([answer(day), answer(day + 1, card="anchor")])[0])
        found.append(len(shelf.connection.execute(indexes).all()))
    assert found == [len(before)] + [len(before) - 3] * 3
    assert union.done() == Merged(8, 0, 8, ("anchor", "mile"), 2, {"": 8})
    assert shelf.connection.execute(indexes).all() == before
    union = Taking(shelf.connection, InForce(), LATEST, alone=True)
    for day in range(8, 14, 2):  # no more than there were
        union.take_plain(parted([answer(day), answer(day + 1)])[0])
    assert shelf.connection.execute(indexes).all() == before
    union = Taking(shelf.connection, InForce(), LATEST)
    for day in range(20, 90, 2):
        union.take_plain(parted([answer(day), answer(day + 1)])[0])
    assert shelf.connection.execute(indexes).all() == before
