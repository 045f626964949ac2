"""Acts as rows: known once, the same one standing in whatever order two that differ come."""

from __future__ import annotations

from itertools import permutations

import pytest

from srs.due.day import LATEST
from srs.history import Flag, LogLine, Suspend, Switch, Undo, parse_line
from srs.history.force import InForce
from srs.store.acts import every_act, first_of, write_acts
from srs.store.forces import schedulers_in_force
from srs.store.log import merge, read_log
from tests.history.told import NOON, answer, does, from_anki
from tests.store.shelf import shelf

ANKIS = parse_line(
    '{"what": "suspend", "card": "mile", "at": "2026-12-01T12:00:00.000Z", "from": "anki", "deck": "ship"}'
)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([does(Flag(NOON, "b")), does(Flag(NOON, "a"))], does(Flag(NOON, "a"))),
        ([ANKIS, does(Suspend(NOON))], does(Suspend(NOON))),
        ([answer(grade=4), answer(grade=1)], answer(grade=1)),
        ([answer(grade=4), from_anki(answer(grade=1))], answer(grade=4)),
    ],
    ids=str,
)
def test_of_two_lines_that_are_one_act_the_same_stands(lines: list[LogLine], expected: LogLine) -> None:
    """One not read from Anki before one that was, otherwise the smaller in canonical form; at once or one by one."""
    for one, other in permutations(lines):
        assert first_of(one, other) == expected
        for parts in ([[one, other]], [[one], [other]], [[one], [other], [one]]):
            with shelf() as it:
                for part in parts:
                    merge(it.connection, part, InForce(), LATEST)
                assert list(read_log(it.connection)) == [expected]


def test_an_act_that_is_known_changes_nothing() -> None:
    with shelf() as it:
        assert write_acts(it.connection, [does(Suspend(NOON))] * 2) == [does(Suspend(NOON))]
        assert write_acts(it.connection, [does(Suspend(NOON))]) == []
        assert every_act(it.connection) == [does(Suspend(NOON))]


def test_undos_at_one_moment_are_two_where_they_cancel_two() -> None:
    with shelf() as it:
        lines = [does(Undo(NOON, NOON - 1)), does(Undo(NOON, NOON - 2)), does(Undo(NOON, NOON - 1, "set"))]
        assert len(write_acts(it.connection, lines)) == 3


def test_the_schedulers_in_force_are_those_of_the_log() -> None:
    with shelf() as it:
        switch = LogLine("", "", Switch(NOON, "sm2", smooth=True))
        write_acts(it.connection, [switch])
        assert schedulers_in_force(it.connection).of("ship").parameters != InForce().of("ship").parameters
        write_acts(it.connection, [LogLine("", "", Undo(NOON + 1, NOON, "scheduler"))])
        assert schedulers_in_force(it.connection) == InForce()
