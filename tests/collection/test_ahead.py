"""Lines ahead of the clock, and lines that are cancelled by their moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from srs.collection import acting
from srs.collection.ahead import Ahead, ahead, cancel, named
from srs.due import moment_of
from srs.errors import SrsError
from srs.history import Adopt, Flag, Forget, LogLine, Standing, Switch, Undo
from srs.history.told import written
from srs.scheduler import Sm2
from tests.collection.computers import A_DAY, HOUR, computers
from tests.history.told import NOON, answer, does

LATE = NOON + 5 * A_DAY
NOW = moment_of(NOON)


def test_what_is_ahead_by_less_than_a_day_counts_and_is_not_told() -> None:
    with computers((0,)) as (one,):
        one.takes([answer(1), answer(1, ms=1), answer(5, card="knot")], NOON)
        assert [each.line for each in ahead(one.store, NOW)] == [answer(1, ms=1), answer(5, card="knot")]
        assert [each.line for each in ahead(one.store, NOW + timedelta(days=1))] == [answer(5, card="knot")]


def test_clocks_that_differ_agree_on_a_line_once_it_is_within_a_day_of_each() -> None:
    """Until then the same log is another state on each: a line between the two horizons counts on one of them alone."""
    with computers((0, 6 * HOUR)) as both:
        for one in both:
            one.takes([answer(1, ms=HOUR)], NOON)
        assert both[0].log() == both[1].log()
        assert [one.standing(("ship", "mile")) == Standing() for one in both] == [True, False]
        for one in both:
            one.settled(NOON + HOUR)
        assert both[0].state() == both[1].state()


def test_each_kind_is_told_with_the_command_that_cancels_it_if_one_can() -> None:
    at = written(LATE)
    lines = {
        answer(5): f"`srs undo ship:mile --at {at} --act answer`",
        replace(answer(5), deck="", card="whale"): f"`srs undo whale --at {at} --act answer`",
        does(Forget(LATE, NOW.date() + timedelta(5))): f"`srs undo ship:mile --at {at} --act forget`",
        does(Adopt(LATE, "boat", "blue/c1"), "red/c1"): f"`srs undo ship:red/c1 --at {at} --act adopt`",
        LogLine("", "", Switch(LATE, "sm2", smooth=True)): f"`srs undo --at {at} --act scheduler`",
        does(Flag(LATE, "x")): "",
        does(Undo(LATE, NOON)): "",
    }
    with computers((0,)) as (one,):
        one.takes(list(lines), NOON)
        assert {each.line: each.undo for each in ahead(one.store, NOW)} == lines
        for line in [line for line, command in lines.items() if command]:
            cancel(one.store, line, NOW, one.rules(NOON))
        assert {each.line for each in ahead(one.store, NOW)} == {line for line, command in lines.items() if not command}
        later = one.rules(LATE)
        assert later.force.of("ship") == Sm2()
        assert one.standing(("ship", "mile")) == Standing(remark="x")
        assert one.heir(("boat", "blue/c1")) is None


def test_an_undo_that_is_ahead_itself_cancels_nothing_yet() -> None:
    with computers((0,)) as (one,):
        one.takes([answer(5), does(Undo(LATE + 1, LATE))], NOON)
        assert len(ahead(one.store, NOW)) == 2
        cancel(one.store, named(one.store, "mile", LATE, None), NOW, one.rules(NOON))
        assert [each.line for each in ahead(one.store, NOW)] == [does(Undo(LATE + 1, LATE))]


def test_the_undo_of_a_line_ahead_has_the_moment_of_now() -> None:
    """What waits counts for nothing, not for the moment of a new act either."""
    with computers((0,)) as (one,):
        one.takes([answer(5)], NOON)
        cancel(one.store, answer(5), NOW, one.rules(NOON))
        assert one.log() == [does(Undo(NOON, LATE)), answer(5)]


def test_what_was_cancelled_by_name_is_not_taken_back_again() -> None:
    with computers((0,)) as (one,):
        acting.forget(one.store, one.row(("ship", "mile")), NOON, NOW.date(), one.rules(NOON))
        one.takes([answer(-1)], NOON)
        acting.forget(one.store, one.row(("ship", "mile")), NOON, NOW.date(), one.rules(NOON))
        assert one.standing(("ship", "mile")).memory is None
        cancel(one.store, named(one.store, "ship:mile", NOON, "forget"), NOW, one.rules(NOON))
        assert one.standing(("ship", "mile")).memory is not None
        assert acting.undo(one.store, NOON, one.rules(NOON)) is None


def test_a_line_that_is_not_there_or_was_cancelled_cannot_be_named() -> None:
    with computers((0,)) as (one,):
        one.takes([answer(-1)], NOON)
        for card, kind in (("knot", None), ("mile", "set"), ("boat:mile", None)):
            with pytest.raises(SrsError, match=r"the log has no line|no set of mile"):
                named(one.store, card, NOON - A_DAY, kind)
        cancel(one.store, named(one.store, None, NOON - A_DAY, "answer"), NOW, one.rules(NOON))
        with pytest.raises(SrsError, match="is cancelled already"):
            named(one.store, None, NOON - A_DAY, None)
    assert Ahead(answer()).undo == ""
