"""Figures are what a person would count by hand."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from srs.history.force import InForce
from srs.scheduler import Answer, Fsrs, Grade, Memory, Shown, Sm2
from srs.stats.figures import Figures, Recall
from tests.stats.counted import CardRecord, figures

TODAY = date(2026, 12, 1)  # a Tuesday


def record(*answers: tuple[int, int], chapter: str = "Sea", suspended: bool = False, leech: bool = False) -> CardRecord:
    """Return a card by its answers: how many days ago, and the grade."""
    history = tuple(Answer(TODAY - timedelta(days=ago), Grade(grade)) for ago, grade in answers)
    return CardRecord(chapter, Sm2().fold(history), suspended, leech, history, (2000,) * len(history))


def placed(*, due: int = 0, interval: int = 5, ease: int = 2500) -> CardRecord:
    """Return a card by its memory alone, due some days from now."""
    return CardRecord("Sea", Sm2().placed(TODAY + timedelta(days=due), interval, ease, 0, TODAY), False, False)


def test_figures_of_some_cards() -> None:
    known = record((40, 4), (39, 4), (33, 4), (18, 4))  # 1, 6, 15, 38 days
    missed = record((9, 4), (8, 2), (8, 4), (7, 4))  # a drill on the day it was missed
    found = figures([known, missed, record(), record((0, 4), suspended=True, leech=True)], InForce().of, TODAY)
    assert found.answers == 9
    assert found.ms == 18_000
    assert found.ms_week == 2000
    assert found.days[TODAY - timedelta(days=8)] == 2
    assert found.grades == {Grade.NEARLY: 1, Grade.GOOD: 8}
    assert found.young == Recall(5, 4)
    assert found.mature == Recall()
    (sea,) = found.chapters
    assert (sea.new, sea.learning, sea.young, sea.mature, sea.leeches, sea.suspended) == (1, 2, 0, 1, 1, 1)
    assert sum(found.intervals.values()) == sum(found.eases.values()) == 3
    assert found.forecast[TODAY] == 1
    assert len(found.forecast) == 30


def test_a_mature_card_is_one_that_waited_three_weeks() -> None:
    found = figures([record((60, 4), (59, 4), (53, 4), (38, 4), (0, 1))], InForce().of, TODAY)
    assert found.mature == Recall(1, 0)
    assert found.weeks[-1].mature == Recall(1, 0)
    assert found.weeks[-1].monday == date(2026, 11, 30)


def test_a_day_is_counted_for_a_year() -> None:
    """53 whole weeks, today included; what lies further back counts in all but the days."""
    found = figures([record((371, 4), (370, 4), (0, 4))], InForce().of, TODAY)
    assert found.days == {TODAY - timedelta(days=370): 1, TODAY: 1}
    assert (found.answers, sum(found.grades.values())) == (3, 3)


def test_days_stand_in_their_order_whichever_card_was_answered_on_them() -> None:
    found = figures([record((1, 4)), record((5, 4)), record((3, 4))], InForce().of, TODAY)
    assert list(found.days) == [TODAY - timedelta(days=ago) for ago in (5, 3, 1)]


def test_the_last_week_is_seven_days_with_today() -> None:
    found = figures([record((7, 4), (6, 4), (0, 1))], InForce().of, TODAY)
    assert (found.ms, found.ms_week) == (6000, 4000)


def test_a_forecast_reaches_thirty_days_with_today() -> None:
    """Overdue cards are due today; suspended ones are not foreseen."""
    due = {days: placed(due=days) for days in (-40, -1, 0, 1, 29, 30)}
    held = CardRecord("Sea", due[1].memory, suspended=True, leech=False)
    found = figures([*due.values(), held], InForce().of, TODAY)
    assert {(day - TODAY).days: number for day, number in found.forecast.items() if number} == {0: 3, 1: 1, 29: 1}
    assert [(day - TODAY).days for day in found.forecast] == list(range(30))


@pytest.mark.parametrize(
    ("interval", "bound"),
    [
        (1, 1),
        (2, 6),
        (6, 6),
        (7, 13),
        (13, 13),
        (14, 20),
        (20, 20),
        (21, 30),
        (31, 60),
        (61, 90),
        (90, 90),
        (91, 180),
        (181, 365),
        (365, 365),
        (366, 36_500),
        (36_500, 36_500),
    ],
)
def test_an_interval_is_counted_under_its_upper_bound(interval: int, bound: int) -> None:
    found = figures([placed(interval=interval)], InForce().of, TODAY)
    assert [each for each, number in found.intervals.items() if number] == [bound]
    assert list(found.intervals) == [1, 6, 13, 20, 30, 60, 90, 180, 365, 36_500]


@pytest.mark.parametrize(
    ("interval", "standing"), [(1, "learning"), (2, "young"), (20, "young"), (21, "mature"), (22, "mature")]
)
def test_a_card_stands_by_its_interval(interval: int, standing: str) -> None:
    (sea,) = figures([placed(interval=interval)], InForce().of, TODAY).chapters
    assert {name: number for name, number in asdict(sea).items() if number and name not in {"chapter", "recall"}} == {
        standing: 1
    }


def test_eases_are_counted_in_tenths_and_sorted() -> None:
    found = figures([placed(ease=ease) for ease in (2799, 1300, 2700, 2650)], InForce().of, TODAY)
    assert list(found.eases.items()) == [(13, 1), (26, 1), (27, 2)]


def test_grades_are_sorted() -> None:
    found = figures([record((3, 5), (2, 0), (1, 3))], InForce().of, TODAY)
    assert list(found.grades.items()) == [(Grade.BLACKOUT, 1), (Grade.HARD, 1), (Grade.EASY, 1)]


def test_true_retention_is_told_by_week_from_monday_to_sunday() -> None:
    """Twelve weeks, the last one this one; the first answer of all tests no memory."""
    monday = TODAY - timedelta(days=1)
    ago = {day: (TODAY - day).days for day in (monday, monday - timedelta(days=1), monday - timedelta(days=7))}
    found = figures([record((50, 1), *((days, 4) for days in sorted(ago.values(), reverse=True)))], InForce().of, TODAY)
    assert [week.monday for week in found.weeks] == [monday - timedelta(weeks=back) for back in range(11, -1, -1)]
    assert [week.young for week in found.weeks[-3:]] == [Recall(), Recall(2, 2), Recall(1, 1)]
    assert found.weeks[-8].young == Recall()
    assert (found.young, found.mature) == (Recall(3, 3), Recall())


def test_what_lies_before_the_twelve_weeks_is_in_no_retention() -> None:
    found = figures([record((90, 4), (80, 4), (78, 4), (77, 4))], InForce().of, TODAY)
    assert found.weeks[0].monday == TODAY - timedelta(days=78)
    assert (found.weeks[0].young, found.young) == (Recall(2, 2), Recall(2, 2))


def test_drills_say_nothing_of_memory_but_are_answers() -> None:
    """Neither a crammed answer on a day of its own nor the second answer of a day."""
    history = (
        Answer(TODAY - timedelta(days=9), Grade.GOOD),
        Answer(TODAY - timedelta(days=8), Grade.AGAIN, drill=True),
        Answer(TODAY - timedelta(days=7), Grade.GOOD),
        Answer(TODAY - timedelta(days=7), Grade.AGAIN),
    )
    found = figures([CardRecord("Sea", Sm2().fold(history), False, False, history, (1, 2, 4, 8))], InForce().of, TODAY)
    assert (found.answers, found.ms, found.young) == (4, 15, Recall(1, 1))


def test_recall_has_no_share_while_nothing_was_asked() -> None:
    assert (Recall().share, Recall(4, 3).share, Recall(2, 0).share) == (None, 0.75, 0.0)
    assert Recall(4, 3) + Recall(1, 1) == Recall(5, 4)


def test_without_cards_every_figure_is_empty() -> None:
    found = figures([], InForce().of, TODAY)
    assert (found.answers, found.ms, found.ms_week, found.chapters, found.days) == (0, 0, 0, (), {})
    assert (found.grades, found.eases, set(found.intervals.values())) == ({}, {}, {0})


def test_a_scheduler_without_ease_has_none_counted() -> None:
    class Easeless(Sm2):
        def shown(self, memory: Memory | None) -> Shown:
            return Shown(repetitions=memory.lapses if memory else 0)

    assert figures([placed()], lambda _: Easeless(), TODAY).eases == {}


@pytest.mark.parametrize(("interval", "mature"), [(20, False), (21, True)])
def test_an_answer_is_a_mature_cards_by_the_interval_it_ended(interval: int, mature: bool) -> None:
    class Slow(Sm2):
        def answered(self, memory: Memory | None, answer: Answer) -> Memory | None:
            return replace(memory or Memory(TODAY, 1, 0, answer.day, ()), interval=interval)

    found = figures([record((30, 4), (9, 4))], lambda _: Slow(), TODAY)
    assert (found.young, found.mature) == ((Recall(), Recall(1, 1)) if mature else (Recall(1, 1), Recall()))


def test_figures_are_empty_until_they_are_counted() -> None:
    assert Figures() == Figures({}, {}, (), {}, {}, {}, 0, 0, 0, ())


def test_chapters_stand_in_the_order_of_their_decks() -> None:
    found = figures([record(chapter="B"), record(chapter="A"), record(chapter="B")], InForce().of, TODAY)
    assert [(each.chapter, each.new) for each in found.chapters] == [("B", 2), ("A", 1)]


@given(st.lists(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 5)), max_size=8), max_size=6))
def test_nothing_is_counted_twice_or_lost(cards: list[list[tuple[int, int]]]) -> None:
    records = [record(*sorted(answers, reverse=True)) for answers in cards]
    found = figures(records, InForce().of, TODAY)
    assert found.answers == sum(found.grades.values()) == sum(len(answers) for answers in cards)
    assert sum(each.new + each.learning + each.young + each.mature for each in found.chapters) == len(cards)
    assert sum(found.days.values()) <= found.answers
    assert found.young.asked + found.mature.asked <= found.answers


def test_under_fsrs_cards_have_difficulties_and_no_ease() -> None:
    """The middle card is told; its numbers are those of the memory."""
    scheduler = Fsrs()
    memories = [
        scheduler.placed(TODAY, interval, ease, 0, TODAY) for interval, ease in ((9, 2500), (30, 1300), (40, 2600))
    ]
    records = [CardRecord("Sea", memory, suspended=False, leech=False) for memory in memories]
    found = figures(records, lambda _: scheduler, TODAY)
    assert (found.eases, found.stability, sum(found.difficulties.values())) == ({}, 30.0, 3)
    assert found.difficulty == sorted(memory.state[1] for memory in memories)[1]
    assert figures([placed()], InForce().of, TODAY).difficulty is None
