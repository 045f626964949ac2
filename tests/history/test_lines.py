"""A line of the log reads as it was written, and what is none is refused with what was expected."""

from __future__ import annotations

import json

import pytest

from srs.history import LogLine, Review, format_line, parse_line
from srs.scheduler import Grade
from tests.store.shelf import DAY, moment

NOON = moment(DAY)
LINE = (
    '{"card": "mile", "at": "2026-12-01T12:00:00.005Z", "day": "2026-12-01", "grade": 4, "ms": 900,'
    ' "from": "terminal", "deck": "ship"}'
)


@pytest.mark.parametrize(
    ("value", "said"),
    [("1e999", "1e999 is too large a number"), (r'"a\u0000"', "a NUL character"), (r'{"\u0000": 1}', "a NUL")],
)
def test_what_could_not_be_written_again_is_refused(value: str, said: str) -> None:
    """Beyond a number there is infinity, which JSON has no word for; a server takes no NUL."""
    line = (
        '{"card": "a", "at": "2026-12-01T09:00:00Z", "day": "2026-12-01", "grade": 4, "ms": 0, "from": "x", "more": %s}'
    )
    with pytest.raises(ValueError, match=said):
        parse_line(line % value)
    for kept in ("1e300", r'"a\\u0000"'):
        assert parse_line(format_line(parse_line(line % kept))) == parse_line(line % kept)


def test_a_line_is_what_it_has_always_been() -> None:
    """Logs of former versions are read for ever, so the form of a line is fixed, byte for byte."""
    review = Review(NOON + 5, DAY, Grade.GOOD, 900, "terminal")
    assert format_line(LogLine("ship", "mile", review)) == LINE
    assert parse_line(LINE) == LogLine("ship", "mile", review)
    assert format_line(LogLine("", "海/c1", review)).startswith('{"card": "海/c1", ')
    assert "deck" not in format_line(LogLine("", "mile", review))


def changed(**values: object) -> str:
    """Return the line with other values in it."""
    return json.dumps(json.loads(LINE) | values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"grade": -1}, "grade takes a whole number from 0"),
        ({"grade": 6}, "grade is 6; it goes from 0 to 5"),
        ({"grade": 4.0}, "grade takes a whole number"),
        ({"grade": "4"}, "grade takes a whole number"),
        ({"ms": -1}, "ms takes a whole number from 0"),
        ({"ms": 2**31}, "ms takes a whole number"),
        ({"ms": None}, "ms takes a whole number"),
        ({"card": 7}, "card takes a text"),
        ({"card": ""}, "card and from take a text that is not empty"),
        ({"from": ""}, "card and from take a text that is not empty"),
        ({"from": None}, "from takes a text"),
        ({"deck": 3}, "deck takes a text"),
        ({"at": "2026-12-01T12:00:00"}, "a UTC moment"),
        ({"at": "1999-12-31T23:59:59Z", "day": "1999-12-31"}, "a UTC moment"),
        ({"at": 5}, "a UTC moment"),
        ({"at": "9999-12-31T00:00:00.000Z", "day": "9999-12-31"}, "a UTC moment"),
        ({"card": "x" * 601}, "card has 601 bytes; a name has at most 600"),
        ({"card": "海" * 201}, "card has 603 bytes; a name has at most 600"),
        ({"deck": "x" * 601}, "deck has 601 bytes"),
        ({"card": "a\0b"}, "a NUL character"),
        ({"mood": [{"why": "\0"}]}, "a NUL character"),
        ({"day": "2026-12-32"}, "day is '2026-12-32'; it takes a date"),
        ({"day": "2026-11-27"}, "day 2026-11-27 is far from the moment"),
        ({"day": "2026-12-05"}, "day 2026-12-05 is far from the moment"),
    ],
    ids=str,
)
def test_a_value_that_does_not_fit_is_refused(values: dict[str, object], expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        parse_line(changed(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"grade": 0},
        {"grade": 5},
        {"ms": 0},
        {"ms": 2**31 - 1},
        {"day": "2026-11-28"},
        {"day": "2026-12-04"},
        {"at": "2000-01-01T00:00:00Z", "day": "2000-01-01"},
        {"extra": "is left alone"},
        {"at": "9999-12-30T23:59:59.999Z", "day": "9999-12-31"},
        {"card": "海" * 200},
        {"mood": r"\u0000 as text"},
    ],
    ids=str,
)
def test_a_value_at_the_edge_still_fits(values: dict[str, object]) -> None:
    fields = json.loads(format_line(parse_line(changed(**values))))
    assert {key: fields[key] for key in values if key in {"grade", "ms", "day"}} == {
        key: value for key, value in values.items() if key in {"grade", "ms", "day"}
    }


@pytest.mark.parametrize("key", ["card", "at", "day", "grade", "ms", "from"])
def test_a_line_without_one_of_its_keys_is_refused(key: str) -> None:
    fields = json.loads(LINE)
    del fields[key]
    with pytest.raises(ValueError, match="a review is an object with card, at, day, grade, ms, from"):
        parse_line(json.dumps(fields))


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    """The day is measured against the moment's date in UTC, whatever zone the line was written in."""
    read = parse_line(changed(at="2026-12-01T23:00:00.005+11:00"))
    assert read.act.at == NOON + 5


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("no json", "not a line of JSON"),
        ("[]", "an act is an object with card and at"),
        ('{"card":"a"}', "an object with card, at, day, grade, ms, from"),
        ('{"card":"","at":"2026-01-01T00:00:00Z","day":"2026-01-01","grade":1,"ms":1,"from":"x"}', "not empty"),
        ('{"card":"a","at":"2026-01-01T00:00:00Z","day":"2026-01-01","grade":6,"ms":1,"from":"x"}', "from 0 to 5"),
        ('{"card":"a","at":"2026-01-01T00:00:00Z","day":"2026-01-01","grade":true,"ms":1,"from":"x"}', "whole number"),
        ('{"card":"a","at":"2026-01-01T00:00:00Z","day":"2026-01-01","grade":1,"ms":-1,"from":"x"}', "whole number"),
        ('{"card":"a","at":"yesterday","day":"2026-01-01","grade":1,"ms":1,"from":"x"}', "a UTC moment"),
        ('{"card":"a","at":"2026-01-01T00:00:00","day":"2026-01-01","grade":1,"ms":1,"from":"x"}', "a UTC moment"),
        ('{"card":"a","at":"2026-01-01T00:00:00Z","day":"1 May","grade":1,"ms":1,"from":"x"}', "takes a date"),
        ('{"card":"a","at":"2026-01-01T00:00:00Z","day":"2026-01-05","grade":1,"ms":1,"from":"x"}', "far from"),
    ],
)
def test_a_line_that_is_no_review_is_refused_with_what_was_expected(line: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        parse_line(line)


def test_a_line_longer_than_anybody_writes_is_not_looked_into() -> None:
    line = '{"what": "x", "card": "a", "at": "2026-01-01T00:00:00.000Z", "z": "%s"}'
    longest = 1_000_000 - len(line % "")
    assert parse_line(line % ("z" * longest)).card == "a"
    with pytest.raises(ValueError, match=r"1,000,001 characters; a line has at most 1,000,000"):
        parse_line(line % ("z" * (longest + 1)))
