"""What the acts of a card come to: which answers count, and how the card then stands."""

from __future__ import annotations

from itertools import permutations

import pytest

from srs.history import LIFTED, Bury, Flag, Forget, LogLine, Place, Resume, Review, Standing, Suspend, Undo, Unflag
from srs.history.fold import counted, in_order, lapses, moves_of, moving, standing
from srs.scheduler import Sm2
from tests.history.told import NOON, answer, does, from_anki, undo
from tests.store.shelf import DAY, days

BOTH = {("ship", "mile"), ("ship", "knot")}


def counts(*lines: LogLine) -> list[LogLine]:
    """Return the answers that count, the same in whatever order the lines come."""
    found = {counted(_answers(order), _undos(order)).answers for order in permutations(lines)}
    (one,) = found
    return list(one)


def stands(*lines: LogLine) -> Standing:
    """Return how the card stands that has two names, the same in whatever order the lines come."""
    found = set()
    for order in permutations(lines):
        others = [line for line in order if not isinstance(line.act, Review)]
        found.add(standing(BOTH, counted(_answers(order), _undos(order)), others, Sm2()))
    (one,) = found
    return one


def _answers(lines: tuple[LogLine, ...]) -> list[LogLine]:
    return [line for line in lines if isinstance(line.act, Review)]


def _undos(lines: tuple[LogLine, ...]) -> list[LogLine]:
    return [line for line in lines if isinstance(line.act, Undo)]


def interval(*lines: LogLine) -> int | None:
    """Return the interval in days that acts come to; `None` for a new card."""
    memory = stands(*lines).memory
    return memory.interval if memory else None


def test_acts_count_by_moment_and_then_by_canonical_form() -> None:
    lines = [answer(ms=1), answer(card="b"), answer(card="a"), answer(grade=3, card="a")]
    assert in_order(lines) == [lines[3], lines[2], lines[1], lines[0]]


@pytest.mark.parametrize(("late", "same"), [(0, True), (4, True), (5, False), (-1, False)])
def test_an_answer_read_from_anki_up_to_4_ms_after_another_is_that_answer(late: int, same: bool) -> None:
    """Whatever its study day, since the reader's zone gives it another; and under any name."""
    for card in ("mile", "knot"):
        read = from_anki(answer(card=card), late, 1)
        assert counts(answer(), read) == ([answer()] if same else in_order([answer(), read]))


def test_two_answers_of_ones_own_are_two_however_near() -> None:
    assert len(counts(answer(), answer(ms=1), answer(card="knot"))) == 3


def test_of_answers_that_anki_alone_knows_the_first_counts() -> None:
    assert counts(from_anki(answer()), from_anki(answer(), 3)) == [from_anki(answer())]
    assert counts(from_anki(answer(), 1), from_anki(answer(card="knot"), 3)) == [from_anki(answer(), 1)]


def test_an_undo_of_either_is_of_both() -> None:
    read = from_anki(answer(card="knot"), 2)
    assert counts(answer(), read, undo(answer())) == []
    assert counts(answer(), read, undo(read)) == []
    assert counts(answer(), from_anki(answer(), 5), undo(answer())) == [from_anki(answer(), 5)]


def test_an_undo_cancels_whenever_it_is_seen_and_is_never_undone() -> None:
    assert counts(undo(answer(), -5), answer()) == []
    assert counts(undo(answer()), undo(undo(answer())), answer()) == []


def test_an_undo_of_another_name_moment_or_kind_cancels_nothing() -> None:
    others = (undo(answer(card="knot")), undo(answer(ms=1)), does(Undo(NOON + 9, NOON, "forget")))
    assert counts(answer(), *others) == [answer()]


def test_each_answer_knows_which_of_those_that_count_it_is() -> None:
    read = from_anki(answer(card="knot"), 2)
    gone = answer(1)
    found = counted([answer(), read, gone], [undo(gone)])
    assert found.same == {(("ship", "mile"), NOON): answer(), (("ship", "knot"), NOON + 2): answer()}


def test_a_memory_is_that_of_all_names_of_the_chain_and_of_no_other() -> None:
    assert interval(answer(-8), answer(-7, card="knot")) == 6
    assert interval(answer(-8), answer(-7, card="red")) == 1
    assert stands(does(Suspend(NOON), "red")) == Standing()


def test_forgetting_begins_anew_and_lapses_too() -> None:
    history = (answer(-9), answer(-8, 1), does(Forget(NOON - 1, DAY)))
    assert stands(*history) == Standing()
    assert stands(*history, answer()) == stands(answer())
    assert stands(*history, undo(history[-1])) == stands(*history[:2])


def test_a_schedule_set_by_hand_keeps_the_lapses() -> None:
    place = does(Place(NOON, DAY, days(23), 20, 2100))
    before, after = (stands(answer(-9), answer(-8, 1), *more).memory for more in ((), (place,)))
    assert before
    assert after
    assert (after.due, after.interval, after.lapses) == (days(23), 20, before.lapses)
    assert stands(answer(-9), place, undo(place)) == stands(answer(-9))


def test_a_move_is_undone_by_its_moment_and_kind() -> None:
    forget, place = does(Forget(NOON, DAY)), does(Place(NOON, DAY, days(3), 3, 2500))
    assert moves_of([forget, place, undo(place)]) == [forget]
    assert moves_of([undo(place, -5), undo(undo(place, -5)), place, forget]) == [forget]
    assert moves_of([forget, does(Undo(NOON + 1, NOON)), does(Undo(NOON + 1, NOON, "forget"), "knot")]) == [forget]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([Suspend(NOON)], Standing(suspended=True)),
        ([Suspend(NOON), Resume(NOON + 1)], Standing()),
        ([Resume(NOON), Suspend(NOON + 1)], Standing(suspended=True)),
        ([Flag(NOON, "a"), Flag(NOON + 1, "b")], Standing(remark="b")),
        ([Flag(NOON, "a"), Unflag(NOON + 1)], Standing()),
        ([Bury(NOON, days(3)), Bury(NOON + 1, days(2))], Standing(buried_until=days(2))),
        ([Bury(NOON, days(3)), Bury(NOON + 1, LIFTED)], Standing()),
        ([Suspend(NOON), Undo(NOON + 1, NOON, "suspend")], Standing(suspended=True)),
    ],
    ids=str,
)
def test_of_marks_the_latest_stands(acts: list[Suspend], expected: Standing) -> None:
    assert stands(*map(does, acts)) == expected


LAPSE = answer(1, 1)
LEECH = does(Suspend(LAPSE.act.at, LAPSE.act.at))


def test_a_leechs_suspension_stands_while_its_answer_is_a_lapse() -> None:
    assert stands(answer(), LAPSE, LEECH).suspended
    assert not stands(answer(), LAPSE, LEECH, undo(LAPSE)).suspended
    assert not stands(LEECH).suspended
    assert not stands(
        answer(), LAPSE, LEECH, undo(answer()), does(Forget(NOON + 1, DAY)), answer(1, 1, ms=-1)
    ).suspended


def test_a_resumed_leech_stays_resumed_whatever_is_merged() -> None:
    resumed = does(Resume(LAPSE.act.at + 1))
    assert not stands(answer(), LAPSE, LEECH, resumed).suspended
    assert not stands(answer(), answer(-1, 1), answer(-2), LAPSE, LEECH, resumed).suspended


def test_a_leech_that_falls_leaves_a_suspension_by_hand() -> None:
    by_hand = does(Suspend(NOON + 1))
    assert stands(answer(), by_hand, LAPSE, LEECH, undo(LAPSE)).suspended


def test_the_suspension_of_a_lapse_read_from_anki_stands_by_the_answer_that_it_is() -> None:
    """The answer itself came later than its copy; undone, it takes the suspension along."""
    read = from_anki(answer(1, 1, card="knot"), 3)
    leech = does(Suspend(read.act.at, read.act.at), "knot")
    assert stands(answer(), read, leech).suspended
    assert stands(answer(), read, LAPSE, leech).suspended
    assert not stands(answer(), read, LAPSE, leech, undo(LAPSE)).suspended


def test_lapses_are_counted_as_they_come() -> None:
    history = [answer(), answer(1, 1), answer(2), answer(3, 1)]
    found = moving(BOTH, counted(history, []), [])
    assert list(lapses(found, Sm2())) == [(answer(1, 1), 1), (answer(3, 1), 2)]
