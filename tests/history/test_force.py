"""Which scheduler is in force: the latest word of the log, for all decks or for one."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from srs.history import Adopt, LogLine, Switch, Undo
from srs.history import force as room
from srs.history.force import InForce, in_force
from srs.scheduler import Fsrs, Sm2
from srs.scheduler.fsrs import published
from tests.history.told import NOON, answer, does

if TYPE_CHECKING:
    import pytest


def switch(at: int, *, smooth: bool, deck: str = "", name: str = "sm2") -> LogLine:
    """Return a switch so many ms after noon."""
    return LogLine(deck, "", Switch(NOON + at, name, smooth))


def smooth(*lines: LogLine) -> tuple[bool, bool]:
    """Return whether the decks ship and boat are smooth, the same in whatever order the lines come."""
    found = set()
    for order in permutations(lines):
        force = in_force(order)
        decks = [force.of(deck) for deck in ("ship", "boat")]
        found.add(tuple(each.smooth for each in decks if isinstance(each, Sm2)))
    ((ship, boat),) = found
    return ship, boat


def test_without_a_word_sm2_is_in_force() -> None:
    assert in_force([]) == in_force([answer(), does(Adopt(NOON, "ship", "old"))]) == InForce(Sm2())


def test_of_those_for_all_and_those_for_a_deck_the_latest_stands() -> None:
    everywhere, ship = switch(0, smooth=True), switch(1, smooth=False, deck="ship")
    assert smooth(everywhere) == (True, True)
    assert smooth(everywhere, ship) == (False, True)
    assert smooth(everywhere, ship, switch(2, smooth=True)) == (True, True)
    assert smooth(switch(2, smooth=True), switch(3, smooth=False)) == (False, False)


def test_a_switch_that_was_undone_leaves_the_one_before() -> None:
    lines = switch(0, smooth=True), switch(1, smooth=False)
    for at in (-9, 9):
        undo = LogLine("", "", Undo(NOON + at, NOON + 1, "scheduler"))
        assert smooth(*lines, undo, LogLine("", "", Undo(NOON + 10, NOON + at, "undo"))) == (True, True)
    assert smooth(*lines, LogLine("ship", "", Undo(NOON + 9, NOON + 1, "scheduler"))) == (False, False)
    assert smooth(*lines, LogLine("", "", Undo(NOON + 9, NOON + 1))) == (False, False)


def test_at_one_moment_the_greater_in_canonical_form_is_the_later() -> None:
    assert smooth(switch(0, smooth=True, deck="ship"), switch(0, smooth=False)) == (True, False)


def test_a_scheduler_that_is_not_known_here_is_told_and_sm2_stands_in() -> None:
    force = in_force([switch(0, smooth=False, name="later"), switch(1, smooth=True, deck="boat")])
    assert (force.unknown, force.of("ship"), force.of("boat")) == (("later",), Sm2(), Sm2(smooth=True))


def fsrs(at: int, retention: float = 0.9, parameters: tuple[float, ...] = (), *, smooth: bool = False) -> LogLine:
    """Return a switch of all decks to FSRS, so many ms after noon."""
    return LogLine("", "", Switch(NOON + at, "fsrs", smooth, retention, parameters))


def test_fsrs_is_in_force_as_the_act_has_it() -> None:
    fitted = (*published()[:20], 0.2)
    assert in_force([fsrs(0)]) == InForce(Fsrs())
    assert in_force([fsrs(0), fsrs(1, 0.8, fitted, smooth=True)]).of("ship") == Fsrs(0.8, fitted, smooth=True)
    both = in_force([fsrs(0), switch(1, smooth=False, deck="ship")])
    assert (both.of("ship"), both.of("boat")) == (Sm2(), Fsrs())


def test_what_fsrs_cannot_use_gives_way_to_what_is_published_and_is_told() -> None:
    force = in_force([fsrs(0, 0.5, (1.0, 2.0))])
    assert (force.of("ship"), force.stands_in) == (Fsrs(), False)
    assert force.unfit == (
        "a retention of 0.5, outside 0.7 to 0.97, for which 0.9 stands in",
        "parameters that FSRS cannot use (there are 2 and not 21), for which the published ones stand in",
    )
    for bound in (0.7, 0.97):
        assert in_force([fsrs(0, bound)]) == InForce(Fsrs(bound))
    assert in_force([switch(0, smooth=False), fsrs(1, 0.5), switch(2, smooth=False)]).unfit == ()


def test_without_its_library_sm2_stands_in_for_fsrs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "library", lambda: None)
    force = in_force([fsrs(0, 0.8, smooth=True)])
    assert (force.of("ship"), force.missing, force.stands_in) == (Sm2(smooth=True), True, True)
    assert not in_force([fsrs(0), switch(1, smooth=False)]).stands_in
    assert in_force([switch(1, smooth=False, name="later")]).stands_in
