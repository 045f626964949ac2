"""Which cards are due, new, listed and counted: boundaries by value, orders with ties, and what a day costs."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from srs.history import Standing
from srs.scheduler import Memory
from srs.store.called import cards_called
from srs.store.cards import card_names
from srs.store.opening import open_store
from srs.store.queued import all_cards, count_cards, due_by_day, due_cards, list_cards, new_cards, next_due, these_cards
from srs.store.seen import read_card
from srs.store.states import CardState, card_state
from srs.store.tables import cards, chapters, notes
from srs.store.values import Choice, Counts
from tests.store.shelf import DAY, days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection

    from srs.due import Queued
    from tests.store.shelf import Shelf

CHOICE = Choice(("ship",))


def keys(queued: Iterable[Queued]) -> list[int]:
    """Return the rows of cards, in order."""
    return [card.key for card in queued]


def lay_out_of_the_way(shelf: Shelf, due: int | None = None) -> None:
    """Put cards that nobody is asked: a retired, a suspended and a buried one, and one of a deck not chosen."""
    shelf.change(shelf.card("gone", due=due), retired=True)
    shelf.change(shelf.card("kept", due=due), suspended=True)
    shelf.change(shelf.card("left", due=due), buried_until=days(1))
    shelf.card("theirs", deck="boat", due=due)


def test_cards_are_due_on_their_day_and_after_it(shelf: Shelf) -> None:
    shelf.card("tomorrow", due=1)
    today, overdue = shelf.card("today", due=0), shelf.card("overdue", due=-40)
    shelf.card("new")
    lay_out_of_the_way(shelf, due=-1)
    assert keys(due_cards(shelf.connection, CHOICE, DAY, DAY)) == [overdue, today]


def test_cards_ahead_of_their_day_can_be_asked_for(shelf: Shelf) -> None:
    near = [shelf.card("a", due=0), shelf.card("b", due=2)]
    shelf.card("c", due=3)
    assert keys(due_cards(shelf.connection, CHOICE, DAY, days(2))) == near


def test_a_buried_card_is_asked_on_the_day_it_waits_for(shelf: Shelf) -> None:
    """Buried today until tomorrow: not today, but from tomorrow's first moment on, known or new."""
    known, new = shelf.card("known", due=0), shelf.card("new")
    for card in (known, new):
        shelf.change(card, buried_until=days(1))
    for day, due, fresh in ((0, [], []), (1, [known], [new]), (2, [known], [new])):
        assert keys(due_cards(shelf.connection, CHOICE, days(day), days(day))) == due
        assert keys(new_cards(shelf.connection, CHOICE, days(day), 20, ())) == fresh
        assert keys(all_cards(shelf.connection, CHOICE, days(day))) == due + fresh
        counts = count_cards(shelf.connection, CHOICE, days(day))
        assert counts == Counts(due=len(due), new=len(fresh), total=2)
    shelf.change(known, buried_until=None)
    assert keys(due_cards(shelf.connection, CHOICE, DAY, DAY)) == [known]


def test_due_cards_come_the_longest_overdue_first_and_then_as_the_decks_stand(shelf: Shelf) -> None:
    """Of one due day: by deck, then file, then line, then place in the note."""
    last = shelf.card("f", deck="ship", path="z.md", line=1, due=0)
    note = shelf.note("n", deck="ship", path="a.md", line=9)
    third, second = shelf.card("n/c2", note=note, place=2, due=0), shelf.card("n/c1", note=note, place=1, due=0)
    first = shelf.card("c", deck="ship", path="a.md", line=2, due=0)
    boat = shelf.card("x", deck="boat", path="zz.md", line=99, due=0)
    overdue = shelf.card("o", deck="ship", path="zz.md", line=99, due=-1)
    both = Choice(("ship", "boat"))
    assert keys(due_cards(shelf.connection, both, DAY, DAY)) == [overdue, boat, first, second, third, last]
    assert keys(all_cards(shelf.connection, both, DAY)) == [boat, first, second, third, last, overdue]
    named = [last, 12345, boat, first]
    assert keys(these_cards(shelf.connection, both, DAY, named)) == [last, boat, first]
    assert keys(these_cards(shelf.connection, CHOICE, DAY, named)) == [last, first]


def test_a_queued_card_knows_its_note_its_memory_and_its_chapter(shelf: Shelf) -> None:
    note = shelf.note("n", path="parts/a.md")
    key = shelf.card("n/c1", note=note, due=0)
    (queued,) = due_cards(shelf.connection, CHOICE, DAY, DAY)
    assert (queued.key, queued.note, queued.chapter, queued.drill) == (key, note, "ship/parts/a.md", False)
    assert queued.memory == Memory(DAY, 5, 0, days(-5), (2, 2500, 1))


def test_only_the_first_new_card_of_each_note_is_met(shelf: Shelf) -> None:
    """Also where the first was learnt before, or can not be asked: then the next one is the first."""
    note = shelf.note("n", line=1)
    third, second, first = (shelf.card(f"n/c{place}", note=note, place=place) for place in (3, 2, 1))
    other = shelf.card("other", line=2)
    shelf.card("n/c0", note=note, place=0, due=9)

    def met() -> list[int]:
        return keys(new_cards(shelf.connection, CHOICE, DAY, 20, ()))

    assert met() == [first, other]
    shelf.change(first, suspended=True)
    assert met() == [second, other]
    shelf.change(second, retired=True)
    assert met() == [third, other]
    shelf.change(first, suspended=False)
    assert met() == [first, other]


@pytest.mark.parametrize(("due", "waits"), [(-3, True), (0, True), (1, False)])
def test_a_new_card_waits_for_a_sibling_that_is_due(shelf: Shelf, due: int, waits: bool) -> None:
    """Wherever the sibling stands in the note; one that is due another day, or cannot be asked, is no hindrance."""
    note = shelf.note("n")
    new = shelf.card("n/c1", note=note, place=1)
    known = shelf.card("n/c2", note=note, place=2, due=due)
    assert keys(new_cards(shelf.connection, CHOICE, DAY, 20, ())) == ([] if waits else [new])
    for hindrance in ({"suspended": True}, {"buried_until": days(1)}, {"retired": True}):
        shelf.change(known, **{"suspended": False, "buried_until": None} | hindrance)
        assert keys(new_cards(shelf.connection, CHOICE, DAY, 20, ())) == [new]


def test_new_cards_come_as_the_decks_stand_and_no_more_than_asked_for(shelf: Shelf) -> None:
    late, early = shelf.card("late", line=9), shelf.card("early", line=2)
    boat = shelf.card("boat", deck="boat", path="zz.md")
    shelf.card("known", due=9)
    both = Choice(("ship", "boat"))
    assert keys(new_cards(shelf.connection, both, DAY, 20, ())) == [boat, early, late]
    assert keys(new_cards(shelf.connection, both, DAY, 2, ())) == [boat, early]
    for most in (0, -3):
        assert new_cards(shelf.connection, both, DAY, most, ()) == []
    lay_out_of_the_way(shelf)
    assert keys(new_cards(shelf.connection, CHOICE, DAY, 20, ())) == [early, late]


def test_notes_seen_today_wait_for_another_day(shelf: Shelf) -> None:
    seen, other = shelf.note("seen"), shelf.card("other", line=2)
    shelf.card("seen/c1", note=seen, place=1)
    assert keys(new_cards(shelf.connection, CHOICE, DAY, 20, {seen})) == [other]


@pytest.mark.parametrize(
    ("tag", "found"),
    [("exam", ["a", "b"]), ("sea", ["b"]), ("exa", []), ("xam", []), ("ex_m", []), ("%", []), ("sea exam", ["b"])],
)
def test_a_tag_is_a_whole_word(shelf: Shelf, tag: str, found: list[str]) -> None:
    shelf.card("a", path="a.md", tags="exam")
    shelf.card("b", path="b.md", tags="sea exam deep")
    shelf.card("c", path="c.md", tags="exams")
    shelf.card("d", path="d.md")
    choice = Choice(("ship",), tag)
    assert [card.name for card in list_cards(shelf.connection, choice)] == found
    assert len(new_cards(shelf.connection, choice, DAY, 20, ())) == len(found)
    assert count_cards(shelf.connection, choice, DAY).total == len(found)


def test_cards_are_counted_by_what_can_be_asked(shelf: Shelf) -> None:
    shelf.card("today", due=0)
    shelf.card("overdue", due=-9)
    shelf.card("tomorrow", due=1)
    shelf.card("new")
    lay_out_of_the_way(shelf, due=0)
    assert count_cards(shelf.connection, CHOICE, DAY) == Counts(due=2, new=1, total=6)
    assert count_cards(shelf.connection, Choice(()), DAY) == Counts(0, 0, 0)


def test_the_days_to_come_hold_what_falls_due_on_them(shelf: Shelf) -> None:
    """Buried cards come back in time and are counted; suspended and retired ones are not."""
    for name, due in (("a", -2), ("b", 0), ("c", 0), ("d", 6), ("e", 7)):
        shelf.card(name, due=due)
    shelf.card("new")
    lay_out_of_the_way(shelf, due=3)
    loads = due_by_day(shelf.connection, CHOICE, days(6))
    assert loads == {days(-2): 1, days(0): 2, days(3): 1, days(6): 1}


def test_the_next_due_day_is_after_today_and_of_a_card_that_will_be_asked(shelf: Shelf) -> None:
    assert next_due(shelf.connection, CHOICE, DAY) is None
    shelf.card("today", due=0)
    shelf.card("new")
    shelf.change(shelf.card("gone", due=1), retired=True)
    shelf.change(shelf.card("kept", due=2), suspended=True)
    shelf.card("theirs", due=3, deck="boat")
    assert next_due(shelf.connection, CHOICE, DAY) is None
    shelf.card("later", due=30)
    shelf.card("soon", due=9)
    assert next_due(shelf.connection, CHOICE, DAY) == days(9)
    assert next_due(shelf.connection, CHOICE, days(9)) == days(30)


def test_a_card_is_read_with_its_note_and_chapter(shelf: Shelf) -> None:
    note = shelf.note("n", path="parts/a.md", line=7, tags="sea exam")
    key = shelf.card("n/c1", note=note, due=3)
    other = shelf.card("other", path="parts/a.md", line=9)
    for minute in (5, 6):
        shelf.answer(other, minute=minute)
    shelf.answer(key)
    undone = shelf.answer(key, minute=1)
    shelf.undone(undone)
    card = read_card(shelf.connection, key)
    assert (card.key, card.deck, card.name, card.note, card.kind) == (key, "ship", "n/c1", "n", "basic")
    assert (card.text, card.line, card.path) == ("## n? {#n}\n\nText.", 7, "parts/a.md")
    assert (card.chapter, card.tags, card.reviews) == ("Parts/A.Md", ("sea", "exam"), 1)
    assert (card.memory, card.retired, card.suspended) == (Memory(days(3), 5, 0, days(-2), (2, 2500, 1)), False, False)
    mine = frozenset({("ship", "n/c1")})
    assert card_state(shelf.connection, key) == CardState("ship", "n/c1", Standing(card.memory), None, mine)


def test_a_card_stands_in_one_word(shelf: Shelf) -> None:
    """Retired before suspended, suspended before buried; a buried card is itself again on the day it waits for."""
    known, new = shelf.card("known", due=-1), shelf.card("new")

    def said(day: int = 0) -> list[str]:
        return [read_card(shelf.connection, key).state(days(day)) for key in (known, new)]

    assert said() == ["review", "new"]
    shelf.change(new, buried_until=days(1))
    assert (said(0), said(1)) == (["review", "buried"], ["review", "new"])
    shelf.change(known, buried_until=days(1))
    assert (said(0), said(1)) == (["buried", "buried"], ["review", "new"])
    shelf.change(known, suspended=True)
    assert said() == ["suspended", "buried"]
    shelf.change(known, retired=True)
    assert said() == ["retired", "buried"]


def test_retired_cards_are_listed_if_asked_for(shelf: Shelf) -> None:
    last, first = shelf.card("last", path="z.md"), shelf.card("first", path="a.md")
    gone = shelf.change(shelf.card("gone", path="m.md"), retired=True)
    shelf.card("theirs", deck="boat")
    assert [card.key for card in list_cards(shelf.connection, CHOICE)] == [first, last]
    assert [card.key for card in list_cards(shelf.connection, CHOICE, retired=True)] == [first, gone, last]


def test_cards_are_found_by_their_ids_in_the_decks_named(shelf: Shelf) -> None:
    gone = shelf.change(shelf.card("mile"), retired=True)
    boat = shelf.card("mile", deck="boat")
    shelf.card("knot", line=2)
    shelf.card("mile", deck="raft")
    found = cards_called(shelf.connection, ["ship", "boat"], ["mile", "fathom"])
    assert sorted(card.key for card in found) == [gone, boat]


def test_every_id_a_deck_ever_had_is_known(shelf: Shelf) -> None:
    """Ids of notes and of retired cards, and those known only from a merged history."""
    note = shelf.note("how")
    shelf.change(shelf.card("how/c1", note=note), retired=True)
    shelf.card("theirs", deck="boat")
    shelf.connection.execute(insert(cards).values(deck="ship", name="stub", place=0, retired=True, suspended=False))
    assert card_names(shelf.connection, "ship") == {"how", "how/c1", "stub"}


def steps(connection: Connection, work: Callable[[], object]) -> int:
    """Return how many thousands of instructions of SQLite's machine some work takes: the same on every computer."""
    ticks = []
    raw = connection.connection.dbapi_connection
    assert raw
    raw.set_progress_handler(lambda: ticks.append(1), 1000)
    work()
    raw.set_progress_handler(None, 0)
    return len(ticks)


def work_of_a_day(size: int) -> tuple[int, int]:
    """Return the work for the due and for the new cards of a collection: half of its cards are due, half new."""
    with open_store("sqlite://") as store, store.writing() as connection:
        connection.execute(insert(chapters).values(deck="ship", path="sea.md", title="Sea", size=1, mtime_ns=1))
        note = {"deck": "ship", "chapter_id": 1, "kind": "basic", "text": "", "changed_at": 0}
        connection.execute(insert(notes), [note | {"name": f"n{n}", "line": n} for n in range(1, size + 1)])
        card = {"deck": "ship", "place": 0, "retired": False, "suspended": False}
        learnt = {"due": DAY, "interval": 1, "lapses": 0, "answered_on": DAY, "state": "[1, 2500, 1]"}
        known = [card | learnt | {"name": f"n{n}", "note_id": n} for n in range(1, size // 2)]
        connection.execute(insert(cards), known)
        connection.execute(insert(cards), [card | {"name": f"n{n}", "note_id": n} for n in range(size // 2, size + 1)])
        due = steps(connection, lambda: due_cards(connection, CHOICE, DAY, DAY))
        new = steps(connection, lambda: new_cards(connection, CHOICE, DAY, 20, ()))
    return due, new


def test_twice_the_cards_are_twice_the_work() -> None:
    small, large = work_of_a_day(2000), work_of_a_day(4000)
    for few, many in zip(small, large, strict=True):
        assert few > 5
        assert many < 2.5 * few


def test_of_a_backlog_no_more_is_looked_for_than_is_taken() -> None:
    with open_store("sqlite://") as store, store.writing() as connection:
        connection.execute(insert(chapters).values(deck="ship", path="sea.md", title="Sea", size=1, mtime_ns=1))
        note = {"deck": "ship", "chapter_id": 1, "kind": "basic", "text": "", "changed_at": 0}
        connection.execute(insert(notes), [note | {"name": f"n{n}", "line": n} for n in range(1, 1001)])
        card = {"deck": "ship", "place": 0, "retired": False, "suspended": False, "interval": 1, "lapses": 0}
        card |= {"answered_on": days(-900), "state": "[1, 2500, 1]"}
        rows = [card | {"name": f"n{n}", "note_id": n, "due": days(-(n * 7 % 800))} for n in range(1, 1001)]
        connection.execute(insert(cards), rows)
        every = keys(due_cards(connection, CHOICE, DAY, DAY))
        some: list[int] = []
        few = steps(connection, lambda: some.extend(keys(islice(due_cards(connection, CHOICE, DAY, DAY), 5))))
        all_of_them = steps(connection, lambda: keys(due_cards(connection, CHOICE, DAY, DAY)))
    assert len(every) == 1000
    assert some == every[:5]
    assert few < all_of_them / 20
    assert all_of_them > 20
