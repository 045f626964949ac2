"""A sitting without a terminal: what each step does to queue, tally and store, and how it is taken back."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from srs.collection.acting import bury
from srs.collection.rules import Leeches, Rules
from srs.collection.sitting import Left, Sitting, Tally
from srs.collection.today import Plan, queue_for
from srs.due import Limits
from srs.scheduler import Grade, Sm2
from srs.store.called import card_history
from srs.store.earlier import keep_texts
from srs.store.states import card_state
from srs.store.tables import NOWHERE, cards
from srs.store.values import Choice
from tests.rules import rules
from tests.store.shelf import DAY, Shelf, days, empty_store, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from srs.due import Queued
    from srs.store.opening import Store

RULES = rules(Leeches(1))
NOON, LATER = moment(DAY), moment(days(90))
AGAIN, HARD, GOOD, EASY = Grade.AGAIN, Grade.HARD, Grade.GOOD, Grade.EASY


@pytest.fixture
def store() -> Iterator[Store]:
    """A store with nine new cards, numbered 1 to 9."""
    with empty_store() as one:
        with one.writing() as connection:
            for number in range(1, 10):
                Shelf(connection).card(f"n{number}", line=number)
        yield one


def sit_down(store: Store, day: int = 0, *, by: Rules = RULES, **wishes: int) -> Sitting:
    """Begin a sitting some days from now: ahead, cram or again, if so wished."""
    plan = Plan(
        Choice(("ship",)), Limits(20, 200), wishes.get("ahead", 0), bool(wishes.get("cram")), bool(wishes.get("again"))
    )
    return Sitting(store, by, queue_for(store, plan, days(day)), plan.cram)


def current(sitting: Sitting) -> Queued:
    """Return the card that is asked; there must be one."""
    assert sitting.current is not None
    return sitting.current


def remark(sitting: Sitting, card: Queued) -> str | None:
    """Return the remark on a card."""
    return sitting.read(card).remark


def answer(sitting: Sitting, grade: Grade = GOOD, *, day: int = 0, ms: int = 1000) -> int:
    """Answer the card that is asked, and return its number."""
    card = current(sitting)
    sitting.answer(card, grade, moment(days(day), minute=sitting.tally.answers), days(day), ms)
    return card.key


def asked(sitting: Sitting) -> list[int]:
    """Return the numbers of the cards to be asked, in the order in which they are if all are known."""
    return [card.key for card in sitting.queue.left]


def state(store: Store) -> list[tuple[object, ...]]:
    """Return everything that a step of a sitting may change in the store, how often it was changed apart."""
    kept = [column for column in cards.c if column.name != "revision"]
    with store.reading() as connection:
        rows = connection.execute(select(*kept).order_by(cards.c.id)).all()
        reviews = connection.exec_driver_sql("SELECT card_id, at, grade FROM reviews WHERE counts").all()
    return [*map(tuple, rows), *map(tuple, reviews)]


def test_cards_are_asked_until_none_is_left(store: Store) -> None:
    sitting = sit_down(store)
    assert sitting.left == Left(new=9, due=0, drill=0)
    assert [answer(sitting) for _ in range(9)] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert sitting.current is None
    assert sitting.left.total == 0
    assert sit_down(store).current is None
    assert asked(sit_down(store, 1)) == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_a_card_that_was_missed_comes_back_after_six_others(store: Store) -> None:
    sitting = sit_down(store)
    grades = {1: HARD, 2: AGAIN}
    order = [answer(sitting, grades.get(current(sitting).key, GOOD)) for _ in range(7)]
    assert order == [1, 2, 3, 4, 5, 6, 7]
    assert sitting.left == Left(new=2, due=0, drill=2)
    assert [answer(sitting) for _ in range(4)] == [1, 2, 8, 9]
    assert sitting.current is None


def test_an_answer_is_on_disk_and_in_the_tally(store: Store) -> None:
    sitting = sit_down(store)
    done = sitting.answer(current(sitting), AGAIN, moment(DAY), DAY, 2500)
    assert (done.drill, done.leech, done.memory is not None) == (False, False, True)
    with store.reading() as connection:
        (review,) = card_history(connection, 1)
    assert (review.at, review.day, review.grade, review.ms, review.origin) == (
        moment(DAY),
        DAY,
        AGAIN,
        2500,
        "terminal",
    )
    for _ in range(6):
        answer(sitting, EASY, ms=100)
    assert answer(sitting, HARD, ms=7) == 1
    assert sitting.tally == Tally(8, (AGAIN, *[EASY] * 6, HARD), 2500 + 600 + 7, new=7, drills=1)
    assert sitting.tally.settled == 6


def test_a_drill_in_a_sitting_moves_no_due_day(store: Store) -> None:
    """The card that comes back carries the memory that its first answer made."""
    sitting = sit_down(store, by=rules())
    first = sitting.answer(current(sitting), AGAIN, moment(DAY), DAY, 1)
    for _ in range(6):
        answer(sitting)
    drill = current(sitting)
    assert (drill.key, drill.drill, drill.memory) == (1, True, first.memory)
    again = sitting.answer(drill, EASY, moment(DAY, minute=30), DAY, 1)
    assert (again.drill, again.memory) == (True, first.memory)


def test_the_next_day_is_another_sittings(store: Store) -> None:
    """A sitting over midnight counts each answer on the day it is given."""
    sitting = sit_down(store)
    answer(sitting)
    answer(sitting, day=1)
    assert asked(sit_down(store, 1)) == [1, 3, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize("cram", [False, True])
def test_the_futures_shown_are_what_an_answer_gives(store: Store, cram: bool) -> None:
    """For a new card, one that is due and one that is early; each grade on its own."""
    for day in (0, 1, 3):
        answer(sit_down(store, day, ahead=9), day=day)
    for minute, (day, skip, grade) in enumerate(product((3, 4, 30), range(3), Grade)):
        sitting = sit_down(store, day, ahead=3, cram=cram)
        for _ in range(skip):
            sitting.queue = sitting.queue.without(current(sitting))
        card, at = current(sitting), moment(days(day), hour=20, minute=minute)
        future = sitting.futures(card, at, days(day))[grade]
        assert sitting.answer(card, grade, at, days(day), 1).memory == future
        sitting.undo(0)


def test_a_leech_is_suspended_and_not_drilled(store: Store) -> None:
    for day in (0, 1):
        answer(sit_down(store, day), day=day)
    sitting = sit_down(store, 7)
    done = sitting.answer(current(sitting), AGAIN, moment(days(7)), days(7), 1)
    assert (done.leech, done.suspended, 1 in asked(sitting)) == (True, True, False)
    with store.reading() as connection:
        assert card_state(connection, 1).standing.suspended
    assert 1 not in asked(sit_down(store, 8))


def test_a_leech_that_is_only_marked_is_drilled(store: Store) -> None:
    ours = rules(Leeches(1, suspend=False))
    for day in (0, 1):
        answer(sit_down(store, day), day=day)
    sitting = sit_down(store, 7, by=ours)
    done = sitting.answer(current(sitting), AGAIN, moment(days(7)), days(7), 1)
    assert (done.leech, done.suspended, 1 in asked(sitting)) == (True, False, True)


def test_a_suspended_card_is_asked_no_more(store: Store) -> None:
    sitting = sit_down(store)
    sitting.suspend(current(sitting), NOON)
    assert asked(sitting) == asked(sit_down(store, 9)) == [2, 3, 4, 5, 6, 7, 8, 9]
    assert sitting.tally == Tally()


def test_a_buried_card_is_asked_tomorrow(store: Store) -> None:
    sitting = sit_down(store)
    sitting.bury(current(sitting), NOON, days(1))
    assert asked(sitting) == asked(sit_down(store)) == [2, 3, 4, 5, 6, 7, 8, 9]
    assert asked(sit_down(store, 1)) == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_a_card_is_flagged_and_unflagged(store: Store) -> None:
    sitting = sit_down(store)
    card = current(sitting)
    assert remark(sitting, card) is None
    sitting.flag(card, "too long", NOON)
    sitting.flag(card, "much too long", NOON + 1)
    assert (remark(sitting, card), sitting.current) == ("much too long", card)
    sitting.flag(card, "", NOON + 2)
    assert remark(sitting, card) is None
    assert [sitting.undo(LATER) for _ in range(2)] == ["flag", "flag"]
    assert remark(sitting, card) == "too long"


def test_every_step_is_taken_back_in_turn(store: Store) -> None:
    """After each, queue, tally and store are what they were before the step."""
    sitting = sit_down(store)
    seen = [(sitting.queue, sitting.tally, state(store))]

    def step(what: str) -> None:
        card = current(sitting)
        match what:
            case "flag":
                sitting.flag(card, "wrong", NOON)
            case "suspend":
                sitting.suspend(card, NOON)
            case "bury":
                sitting.bury(card, NOON, days(1))
            case grade:
                answer(sitting, Grade[grade.upper()])
        seen.append((sitting.queue, sitting.tally, state(store)))

    steps = ["Again", "flag", "Hard", "bury", "suspend", "Good", "flag", "Easy", "Blackout", "Nearly", "Good", "Good"]
    for what in steps:
        step(what)
    for what in reversed(steps):
        assert (sitting.queue, sitting.tally, state(store)) == seen.pop()
        assert sitting.undo(LATER) == what
    assert (sitting.queue, sitting.tally, state(store)) == seen.pop()
    assert sitting.undo(LATER) is None


def test_taking_back_a_bury_leaves_an_earlier_one(store: Store) -> None:
    bury(store, 1, NOON - 9, DAY, RULES)
    sitting = sit_down(store)
    sitting.bury(current(sitting), NOON, days(1))
    sitting.undo(LATER)
    assert sitting.read(current(sitting)).buried_until == DAY


def test_taking_back_the_answer_that_made_a_leech_asks_it_again(store: Store) -> None:
    for day in (0, 1):
        answer(sit_down(store, day), day=day)
    sitting = sit_down(store, 7)
    before = state(store)
    answer(sitting, AGAIN, day=7)
    assert sitting.undo(LATER) == "Again"
    assert state(store) == before
    assert current(sitting).key == 1


def test_an_undo_takes_back_this_sittings_answer_and_no_later_one(store: Store) -> None:
    """A script may have answered another card meanwhile."""
    sitting = sit_down(store)
    answer(sitting)
    with store.writing() as connection:
        Shelf(connection).answer(9, minute=50)
    sitting.undo(LATER)
    with store.reading() as connection:
        assert [len(card_history(connection, key)) for key in (1, 9)] == [0, 1]


def test_cram_asks_every_card_and_moves_nothing(store: Store) -> None:
    answer(sit_down(store))
    before = [row[:-1] for row in state(store)[:9]]
    sitting = sit_down(store, cram=True)
    assert asked(sitting) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    done = [sitting.answer(current(sitting), grade, moment(DAY, minute=5), DAY, 1) for grade in (AGAIN, GOOD)]
    assert [each.drill for each in done] == [True, True]
    assert asked(sitting) == [3, 4, 5, 6, 7, 8, 9, 1]
    assert [row[:-1] for row in state(store)[:9]] == before
    with store.reading() as connection:
        assert [review.origin for key in (1, 2) for review in card_history(connection, key)] == [
            "terminal",
            "cram",
            "cram",
        ]


def test_a_cram_goes_on_where_it_stopped_and_begins_anew_when_all_were_asked(store: Store) -> None:
    """Cards that were missed are not done with; another day is another round."""
    first = sit_down(store, cram=1)
    for grade in (GOOD, AGAIN, GOOD, HARD, EASY):
        answer(first, grade)
    second = sit_down(store, cram=1)
    assert asked(second) == [2, 4, 6, 7, 8, 9]
    assert asked(sit_down(store, 1, cram=1)) == list(range(1, 10))
    second.tally = first.tally  # another minute for each answer
    while second.current:
        answer(second)
    assert asked(sit_down(store, cram=1)) == list(range(1, 10))


def test_what_was_missed_today_is_asked_again(store: Store) -> None:
    sitting = sit_down(store)
    for grade in (AGAIN, GOOD, HARD, Grade.NEARLY):
        answer(sitting, grade)
    again = sit_down(store, again=True)
    assert asked(again) == [1, 4]
    assert again.left == Left(new=0, due=0, drill=2)
    assert sit_down(store, 1, again=True).current is None


def test_drills_of_an_earlier_sitting_are_taken_up_again(store: Store) -> None:
    answer(sit_down(store), HARD)
    later = sit_down(store)
    assert later.left == Left(new=8, due=0, drill=1)
    assert [answer(later) for _ in range(7)] == [2, 3, 4, 5, 6, 7, 1]


def test_cards_whose_text_is_gone_are_left_out(store: Store) -> None:
    """After an edit: the one that is asked, one that waits, and one that waits to be drilled."""
    sitting = sit_down(store)
    answer(sitting, AGAIN)
    with store.writing() as connection:
        for key in (1, 2, 5):
            Shelf(connection).change(key, retired=True)
        Shelf(connection).change(6, suspended=True)
    sitting.drop_missing()
    assert asked(sitting) == [3, 4, 6, 7, 8, 9]


def test_an_undo_brings_no_card_back_whose_text_is_gone(store: Store) -> None:
    """Retired, or not yet since a mistake in the deck holds that up."""
    sitting = sit_down(store)
    answer(sitting)
    with store.writing() as connection:
        Shelf(connection).change(3, retired=True)
        Shelf(connection).change(4, place=NOWHERE)
    sitting.drop_missing()
    assert sitting.undo(moment(days(0), minute=30)) == "Good"
    assert asked(sitting) == [1, 2, 5, 6, 7, 8, 9]
    assert asked(sit_down(store)) == [1, 2, 5, 6, 7, 8, 9]


def test_what_was_learnt_is_read_for_cards_that_were_learnt(store: Store) -> None:
    with store.writing() as connection:
        for card in (1, 2):
            Shelf(connection).answer(card, -3)
        keep_texts(connection, {1: "## n1?\n\nNew."}, moment(days(-1)))
    sitting = sit_down(store)
    learnt = {
        card.key: sitting.read_to_ask(replace(card, memory=Sm2().placed(days(0), 1, 2500, 0, days(-1))))[1]
        for card in sitting.queue.left
    }
    assert {key for key, text in learnt.items() if text} == {1}
    assert sitting.read_to_ask(current(sitting))[1] == "", "a new card was not learnt"


def test_what_is_left_is_the_sum_of_all_kinds() -> None:
    assert Left(new=1, due=2, drill=4).total == 7


def test_only_a_first_answer_counts_as_new(store: Store) -> None:
    answer(sit_down(store))
    sitting = Sitting(store, RULES, queue_for(store, Plan(Choice(("ship",)), Limits(20, 200)), days(1)))
    assert [answer(sitting, HARD, day=1), answer(sitting, day=1)] == [1, 2]
    assert (sitting.tally.new, sitting.tally.drills) == (1, 0)
    with store.reading() as connection:
        assert card_history(connection, 2)[0].origin == "terminal"


def test_what_is_left_is_told_by_how_it_stands(store: Store) -> None:
    answer(sit_down(store))
    sitting = sit_down(store, 1, by=rules())
    assert sitting.left == Left(new=8, due=1, drill=0)
    answer(sitting, AGAIN, day=1)
    answer(sitting, AGAIN, day=1)
    assert sitting.left == Left(new=7, due=0, drill=2)
    assert sitting.left.total == 9
