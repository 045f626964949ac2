"""What an act does on the computer where it is given, and how it is taken back there."""

from __future__ import annotations

import pytest

from srs.collection import acting
from srs.collection.answering import answer
from srs.due import moment_of
from srs.history import ANKI, Flag, Forget, Resume, Review, Standing, Suspend, Switch, Undo
from srs.scheduler import Grade
from tests.collection.computers import A_DAY, Computer, computers
from tests.history.told import NOON, does
from tests.store.shelf import DAY, days

MILE, KNOT = ("ship", "mile"), ("ship", "knot")


def answers(one: Computer, grade: int, now: int = NOON) -> None:
    """Answer a card."""
    answer(one.store, one.row(MILE), Review(now, moment_of(now).date(), Grade(grade)), one.rules(now))


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


def test_a_leech_that_only_the_union_shows_waits_for_its_next_lapse() -> None:
    """Who answers decides by their own limit: what merely comes in suspends nothing."""
    with computers((0, 0)) as (one, other):
        for place, each in enumerate((one, other)):
            answers(each, 4, NOON - (9 - 4 * place) * A_DAY)
            answers(each, 1, NOON - (7 - 4 * place) * A_DAY)
            assert not each.standing(MILE).suspended
        one.takes(other.log(), NOON)
        memory = one.standing(MILE).memory
        assert memory
        assert (memory.lapses, one.standing(MILE).suspended) == (2, False)
        answers(one, 4, NOON)
        answers(one, 1, NOON + A_DAY)
        assert one.standing(MILE).suspended


def test_a_lapse_read_from_anki_suspends_a_leech_by_the_limit_of_who_reads_it() -> None:
    """Written in the same step, at the moment of that answer; not by who only marks leeches."""
    with computers((0, 0, 0)) as (one, other, marking):
        for each, limit in ((one, 1), (other, 0), (marking, 1)):
            each.leeches = type(each.leeches)(limit, suspend=each is not marking)
            answers(each, 4, NOON - 3 * A_DAY)
            each.reads_from_anki([does(Review(NOON - A_DAY, days(-1), Grade.AGAIN, 9, ANKI))], NOON)
        assert [each.standing(MILE).suspended for each in (one, other, marking)] == [True, False, False]
        assert does(Suspend(NOON - A_DAY, NOON - A_DAY)) in one.log()


def test_a_lapse_that_was_known_suspends_nothing_when_others_are_read() -> None:
    """The line of a leech is written with that of its answer, by who writes that, or not at all."""
    with computers((0,)) as (one,):
        one.leeches = type(one.leeches)(0)
        answers(one, 4, NOON - 9 * A_DAY)
        answers(one, 1, NOON - 8 * A_DAY)
        one.leeches = type(one.leeches)(1)
        one.reads_from_anki([does(Review(NOON - A_DAY, days(-1), Grade.GOOD, 9, ANKI))], NOON)
        assert not one.standing(MILE).suspended


def test_an_adoption_comes_later_than_all_that_is_known_of_both_names() -> None:
    """The clock is behind: the old name was adopted, and the new one adopted another, half a day from now."""
    for known in ((MILE, ("boat", "mile")), (("boat", "mile"), KNOT)):
        with computers((0,)) as (one,):
            acting.adopt(one.store, [known], NOON + A_DAY // 2, one.rules(NOON))
            acting.adopt(one.store, [(MILE, KNOT)], NOON, one.rules(NOON))
            assert one.log()[-1].act.at > NOON + A_DAY // 2
            assert one.heir(MILE) == one.row(KNOT)


def test_a_switch_comes_later_than_all_of_its_kind() -> None:
    """Those of other decks, too: a word for all decks outdoes each."""
    with computers((0,)) as (one,):
        for deck, at, smooth in (("ship", NOON + A_DAY // 2, True), ("", NOON, False)):
            rules = one.rules(NOON)
            with one.store.writing() as connection:
                acting.switch(connection, [(deck, Switch(0, "sm2", smooth))], at, rules)
        assert one.settled(NOON).of("ship").smooth is False  # type: ignore[attr-defined]


def test_an_answer_comes_later_than_all_that_is_known_of_its_card_under_all_its_names() -> None:
    """Whatever it is: a forgetting that it should outdo, under a name that another goes on with."""
    with computers((0,)) as (one,):
        answers(one, 4, NOON - 3 * A_DAY)
        acting.adopt(one.store, [(MILE, KNOT)], NOON - A_DAY, one.rules(NOON))
        one.takes([does(Forget(NOON + 1000, DAY))], NOON)
        answer(one.store, one.row(KNOT), Review(NOON, DAY, Grade.GOOD), one.rules(NOON))
        assert one.log()[-1].act.at > NOON + 1000
        memory = one.standing(KNOT).memory
        assert memory
        assert memory.interval == 1


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
