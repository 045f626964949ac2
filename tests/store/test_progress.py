"""How cards stand, with their whole histories, for other programs and for figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.history import Forget, LogLine, Place
from srs.scheduler import Grade, Memory
from srs.store.acts import write_acts
from srs.store.progress import histories_since, read_days, read_progress, read_totals
from srs.store.values import Choice
from tests.store.shelf import DAY, days, moment

if TYPE_CHECKING:
    from tests.store.shelf import Shelf


def test_every_card_that_stands_comes_in_the_order_of_the_decks(shelf: Shelf) -> None:
    """Retired cards do not, nor cards of other decks."""
    note = shelf.note("n")
    second, first = (shelf.card(f"n/c{place}", note=note, place=place, due=3) for place in (2, 1))
    held = shelf.change(shelf.card("held", line=2), suspended=True)
    shelf.change(shelf.card("gone", line=5), retired=True)
    theirs = shelf.card("theirs", deck="boat")
    memory = Memory(days(3), 5, 0, days(-2), (2, 2500, 1))
    assert list(read_progress(shelf.connection, Choice(("ship",)))) == [
        (first, "ship", "Sea.Md", memory, False),
        (second, "ship", "Sea.Md", memory, False),
        (held, "ship", "Sea.Md", None, True),
    ]
    assert [card.key for card in read_progress(shelf.connection, Choice(("boat",)))] == [theirs]


def test_what_was_answered_of_a_choice_is_counted(shelf: Shelf) -> None:
    """What was undone is not, nor answers of retired cards and of other decks; of a history all of it is given."""
    mile, knot, gone = (shelf.card(name, line=line, due=5) for line, name in enumerate(("mile", "knot", "gone")))
    shelf.change(knot, answered_on=days(-2))
    theirs = shelf.card("theirs", deck="boat", tags="exam")
    shelf.change(gone, retired=True)
    for card, day, grade in ((mile, 0, 4), (mile, -9, 1), (knot, -3, 5), (knot, -2, 4), (gone, 0, 2), (theirs, 0, 3)):
        shelf.answer(card, day, grade, ms=100)
    shelf.answer(mile, 1, 4, origin="cram", ms=7)
    shelf.undone(shelf.answer(knot, 0, 2))
    ship = Choice(("ship",))
    assert read_totals(shelf.connection, ship) == ({Grade.AGAIN: 1, Grade.GOOD: 3, Grade.EASY: 1}, 407)
    assert read_days(shelf.connection, ship, days(-3)) == [
        (days(-3), 1, 100),
        (days(-2), 1, 100),
        (days(0), 1, 100),
        (days(1), 1, 7),
    ]
    standing = list(read_progress(shelf.connection, ship))
    told = [
        (key, [(day - DAY.toordinal(), grade, drill) for day, grade, drill, _ in answers], moves)
        for key, answers, moves in histories_since(shelf.connection, standing, days(-1))
    ]
    assert told == [(mile, [(-9, 1, False), (0, 4, False), (1, 4, True)], [])]
    assert {key for key, *_ in histories_since(shelf.connection, standing, days(-2))} == {mile, knot}
    assert read_totals(shelf.connection, Choice(("ship", "boat"), "exam")) == ({Grade.HARD: 1}, 100)
    assert read_totals(shelf.connection, Choice(("none",))) == ({}, 0)


def test_a_memory_that_was_moved_by_hand_hides_no_answer(shelf: Shelf) -> None:
    """One that was forgotten knows of none, and one that was set of an earlier one."""
    mile, knot = shelf.card("mile"), shelf.card("knot", line=2, due=2)
    for card in (mile, knot):
        shelf.answer(card)
    forgotten, placed = Forget(moment(days(1)), days(1)), Place(moment(days(1)), days(1), days(2), 5, 2500)
    write_acts(shelf.connection, [LogLine("ship", "mile", forgotten), LogLine("ship", "knot", placed)])
    standing = list(read_progress(shelf.connection, Choice(("ship",))))
    found = list(histories_since(shelf.connection, standing, days(0)))
    assert [(key, len(answers), len(moves)) for key, answers, moves in found] == [(mile, 1, 1), (knot, 1, 1)]


def test_chapters_come_in_the_order_of_their_paths_and_a_tag_chooses_among_them(shelf: Shelf) -> None:
    shelf.card("last", path="z.md")
    shelf.card("first", path="a.md", tags="exam")
    shelf.card("held", path="m.md")
    found = read_progress(shelf.connection, Choice(("ship",)))
    assert [card.chapter for card in found] == ["A.Md", "M.Md", "Z.Md"]
    assert [card.chapter for card in read_progress(shelf.connection, Choice(("ship",), "exam"))] == ["A.Md"]
