"""What an act does on the computer where it is given, and how it is taken back there."""

from __future__ import annotations

import pytest

from srs.collection import acting
from srs.collection.answering import answer
from srs.history import Flag, Resume, Review, Standing, Suspend, Undo
from srs.scheduler import Grade
from tests.collection.computers import A_DAY, Computer, computers
from tests.history.told import NOON, does
from tests.store.shelf import DAY, days

MILE, KNOT = ("ship", "mile"), ("ship", "knot")


def answers(one: Computer, grade: int, now: int = NOON) -> None:
    """Answer a card."""
    answer(one.store, one.row(MILE), Review(now, DAY, Grade(grade)), one.rules(now))


@pytest.mark.parametrize("act", ["suspend", "flag"])
def test_a_mark_is_taken_back_by_an_act_that_puts_back_what_stood_here(act: str) -> None:
    """Another word of another computer, that comes later, stands."""
    with computers((0,)) as (one,):
        rules, row = one.rules(NOON), one.row(MILE)
        if act == "suspend":
            acting.suspend(one.store, row, NOON, rules)
        else:
            acting.flag(one.store, row, "a", NOON - 9, rules)
            acting.flag(one.store, row, "b", NOON, rules)
        acting.undo(one.store, NOON + 1, rules)
        assert one.standing(MILE) == Standing(remark="" if act == "suspend" else "a")
        assert one.log()[-1] == does(Resume(NOON + 1) if act == "suspend" else Flag(NOON + 1, "a"))


def test_undo_passes_over_a_leechs_suspension_which_falls_with_its_answer() -> None:
    with computers((0,)) as (one,):
        one.leeches = type(one.leeches)(1)
        answers(one, 4, NOON - 3 * A_DAY)
        answer(one.store, one.row(MILE), Review(NOON, DAY, Grade.AGAIN), one.rules(NOON))
        assert one.log()[-1].act in {Suspend(NOON, NOON), Review(NOON, DAY, Grade.AGAIN)}
        undone = acting.undo(one.store, NOON + 1, one.rules(NOON))
        assert undone
        assert undone.line == does(Review(NOON, DAY, Grade.AGAIN))
        assert not one.standing(MILE).suspended


def test_an_undone_answer_stays_undone_whatever_is_merged() -> None:
    with computers((0, 0)) as (one, other):
        answers(one, 4)
        other.takes(one.log(), NOON)
        acting.undo(one.store, NOON + 1, one.rules(NOON))
        one.takes(other.log(), NOON)
        other.takes(one.log(), NOON)
        assert one.log() == other.log() == [does(Review(NOON, DAY, Grade.GOOD)), does(Undo(NOON + 1, NOON))]
        assert one.standing(MILE) == other.standing(MILE) == Standing()


def test_two_computers_that_lift_an_answer_keep_both() -> None:
    """Their clocks are behind what both know; chance keeps the moments apart."""
    with computers((0, 0)) as both:
        answers(both[0], 4, NOON)
        both[1].takes(both[0].log(), NOON)
        for one in both:
            answers(one, 3, NOON - 5000)
        both[0].takes(both[1].log(), NOON)
        assert len(both[0].log()) == 3


def test_an_adoption_is_undone() -> None:
    with computers((0,)) as (one,):
        answers(one, 4)
        rules = one.rules(NOON)
        acting.adopt(one.store, [(MILE, KNOT)], NOON, rules)
        assert one.standing(KNOT).memory
        assert one.heir(MILE) == one.row(KNOT)
        acting.undo(one.store, NOON + 1, rules)
        assert one.standing(KNOT) == Standing()
        assert one.standing(MILE).memory


def test_adoptions_of_one_go_are_undone_in_one_go() -> None:
    with computers((0,)) as (one,):
        acting.adopt(one.store, [(MILE, KNOT), (("boat", "mile"), ("boat", "blue/c1"))], NOON, one.rules(NOON))
        assert None not in {one.heir(MILE), one.heir(("boat", "mile"))}
        undone = acting.undo(one.store, NOON + 1, one.rules(NOON))
        assert undone
        assert [(line.deck, line.card) for line in (undone.line, *undone.more)] == [KNOT, ("boat", "blue/c1")]
        assert (one.heir(MILE), one.heir(("boat", "mile"))) == (None, None)
        assert acting.undo(one.store, NOON + 2, one.rules(NOON)) is None
        assert len(one.log()) == 4


def test_a_card_is_not_buried_or_forgotten_twice() -> None:
    with computers((0,)) as (one,):
        answers(one, 4)
        rules, row = one.rules(NOON), one.row(MILE)
        for given in (True, False):
            assert (acting.bury(one.store, row, NOON, days(1), rules) is not None) == given
            assert (acting.forget(one.store, row, NOON, DAY, rules) is not None) == given
        assert acting.bury(one.store, row, NOON, days(2), rules) is not None
        assert len(one.log()) == 4
