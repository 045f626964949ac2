"""Every kind of act as a line: fixed byte for byte, read as written, and what is not known here is kept."""

from __future__ import annotations

import json

import pytest

from srs.history import Adopt, Bury, Flag, Forget, LogLine, Mock, Other, Place, Resume, Suspend, Switch, Undo, Unflag
from srs.history.lines import canonical, format_line, parse_line
from tests.history.told import NOON, does
from tests.store.shelf import DAY, days

AT = '"at": "2026-12-01T12:00:00.000Z"'
SHIP = '"deck": "ship"'
MILE = f'"card": "mile", {AT}'


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (does(Undo(NOON, NOON)), f'{{"what": "undo", {MILE}, "of": "2026-12-01T12:00:00.000Z", {SHIP}}}'),
        (
            does(Undo(NOON, NOON, "set")),
            f'{{"what": "undo", {MILE}, "of": "2026-12-01T12:00:00.000Z", "act": "set", {SHIP}}}',
        ),
        (does(Suspend(NOON)), f'{{"what": "suspend", {MILE}, {SHIP}}}'),
        (
            does(Suspend(NOON, NOON)),
            f'{{"what": "suspend", {MILE}, "from": "leech", "of": "2026-12-01T12:00:00.000Z", {SHIP}}}',
        ),
        (does(Resume(NOON)), f'{{"what": "resume", {MILE}, {SHIP}}}'),
        (does(Flag(NOON, "海?")), f'{{"what": "flag", {MILE}, "remark": "海?", {SHIP}}}'),
        (does(Unflag(NOON)), f'{{"what": "unflag", {MILE}, {SHIP}}}'),
        (does(Bury(NOON, days(1))), f'{{"what": "bury", {MILE}, "until": "2026-12-02", {SHIP}}}'),
        (does(Forget(NOON, DAY)), f'{{"what": "forget", {MILE}, "day": "2026-12-01", {SHIP}}}'),
        (
            does(Place(NOON, DAY, days(2), 3, 2500)),
            f'{{"what": "set", {MILE}, "day": "2026-12-01", "due": "2026-12-03", "interval": 3, "ease": 2500, {SHIP}}}',
        ),
        (does(Adopt(NOON, "boat", "old")), f'{{"what": "adopt", {MILE}, "of": "boat:old", {SHIP}}}'),
        (
            LogLine("", "", Switch(NOON, "sm2", smooth=True)),
            (
                f'{{"what": "scheduler", "card": "", {AT}, "name": "sm2", "smooth": true, "retention": 0.9,'
                ' "parameters": [], "deck": ""}'
            ),
        ),
        (
            does(Mock(NOON, DAY, 171, (1, 3), (2,), ("red/c1",))),
            (
                f'{{"what": "mock", {MILE}, "day": "2026-12-01", "seconds": 171, "said": [1, 3], "missed": [2],'
                f' "drills": ["red/c1"], {SHIP}}}'
            ),
        ),
        (does(Other(NOON, "hum", '{"score":7}')), f'{{"what": "hum", {MILE}, "score": 7, {SHIP}}}'),
    ],
    ids=str,
)
def test_an_act_has_its_line(line: LogLine, text: str) -> None:
    assert format_line(line) == text
    assert parse_line(text) == line


def test_keys_that_are_not_known_here_are_kept() -> None:
    text = f'{{"what": "flag", {MILE}, "remark": "a", {SHIP}, "mood": {{"b": 1, "a": [2.5]}}}}'
    assert json.loads(format_line(parse_line(text))) == json.loads(text)
    other = f'{{"what": "suspend", {MILE}, "from": "phone", "of": "a bad day", {SHIP}}}'
    assert parse_line(other).act == Suspend(NOON)
    assert json.loads(format_line(parse_line(other))) == json.loads(other)


def test_the_canonical_form_is_of_the_values_read() -> None:
    """However a line was written: its keys in any order, its moment in any zone."""
    written = f'{{{SHIP}, "remark": "\\u6d77", "at": "2026-12-01T20:00:00+08:00", "card": "mile", "what": "flag"}}'
    assert canonical(parse_line(written)) == canonical(does(Flag(NOON, "海")))
    assert canonical(does(Flag(NOON, "海"))).startswith('{"at":"2026-12-01T12:00:00.000Z","card":"mile","deck":')


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ('"what": ""', "what takes a word"),
        ('"what": "undo"', "of is missing"),
        ('"what": "suspend", "from": "leech", "of": "2026-12-01T12:00:00.001Z"', "the moment of its answer"),
        ('"what": "flag", "remark": ""', "remark takes a text"),
        ('"what": "bury", "until": "soon"', "takes a date"),
        ('"what": "forget", "day": "2026-12-09"', "far from the moment"),
        ('"what": "adopt", "of": "mile"', "takes a deck and an id"),
        ('"what": "scheduler", "name": ""', "a scheduler's name"),
        ('"what": "scheduler", "name": "sm2", "smooth": 1', "true or false"),
        ('"what": "scheduler", "name": "fsrs", "parameters": [1e999]', "too large a number"),
        ('"what": "scheduler", "name": "fsrs", "parameters": [1' + 400 * "0" + "]", "finite numbers"),
        ('"what": "scheduler", "name": "fsrs", "parameters": [NaN]', "NaN is not a number"),
        ('"what": "scheduler", "name": "fsrs", "retention": -1e999', "too large a number"),
        ('"what": "scheduler", "name": "fsrs", "parameters": [' + 101 * "1," + "1]", "at most 100"),
        ('"what": "set", "day": "2026-12-01", "due": "2026-12-01", "interval": 0, "ease": 2500', "goes from 1"),
        ('"what": "mock", "seconds": 9', "day is None"),
        ('"what": "mock", "day": "2026-12-09", "seconds": 9', "far from the moment"),
        ('"what": "mock", "day": "2026-12-01"', "seconds is missing"),
        ('"what": "mock", "day": "2026-12-01", "seconds": 9, "said": [0]', "said takes a list of whole numbers from 1"),
        ('"what": "mock", "day": "2026-12-01", "seconds": 9, "missed": [true]', "missed takes a list"),
        ('"what": "mock", "day": "2026-12-01", "seconds": 9, "missed": 2', "missed takes a list"),
        ('"what": "mock", "day": "2026-12-01", "seconds": 9, "drills": [""]', "drills takes a list of texts"),
    ],
)
def test_what_is_no_act_is_refused_with_what_was_expected(fields: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        parse_line(f"{{{MILE}, {fields}}}")
