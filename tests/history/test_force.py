"""Which scheduler is in force: the latest word of the log, for all decks or for one."""

from __future__ import annotations

from itertools import permutations

from srs.history import Adopt, LogLine, Switch, Undo
from srs.history.force import InForce, in_force
from srs.scheduler import Sm2
from tests.history.told import NOON, answer, does


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
    assert smooth(*lines, LogLine("", "", Undo(NOON + 9, NOON + 1, "scheduler"))) == (True, True)
    assert smooth(*lines, LogLine("ship", "", Undo(NOON + 9, NOON + 1, "scheduler"))) == (False, False)
    assert smooth(*lines, LogLine("", "", Undo(NOON + 9, NOON + 1))) == (False, False)


def test_at_one_moment_the_greater_in_canonical_form_is_the_later() -> None:
    assert smooth(switch(0, smooth=True, deck="ship"), switch(0, smooth=False)) == (True, False)


def test_a_scheduler_that_is_not_known_here_is_told_and_sm2_stands_in() -> None:
    force = in_force([switch(0, smooth=False, name="later"), switch(1, smooth=True, deck="boat")])
    assert (force.unknown, force.of("ship"), force.of("boat")) == (("later",), Sm2(), Sm2(smooth=True))
