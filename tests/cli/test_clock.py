"""Moments as people type them, and the clock that runs on from one."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from srs.cli.clock import Clock, parse_moment
from srs.errors import UsageError

NOW = datetime(2026, 12, 1, 21, 34, 56, 789, tzinfo=UTC).astimezone()  # a Tuesday
TODAY = NOW.date()


def read(text: str) -> tuple[date, str]:
    """Return the day and the hour that a text means in the learner's zone."""
    moment = parse_moment(text, NOW)
    assert moment.tzinfo is not None
    assert moment.microsecond == 0
    return moment.date(), moment.strftime("%H:%M:%S")


@pytest.mark.parametrize(
    ("text", "days", "hour"),
    [
        ("today", 0, "12:00:00"),
        ("Tomorrow", 1, "12:00:00"),
        ("yesterday", -1, "12:00:00"),
        ("tomorrow 08:00", 1, "08:00:00"),
        ("yesterday  23:59", -1, "23:59:00"),
        ("+3", 3, "12:00:00"),
        ("+3d", 3, "12:00:00"),
        ("+0 07:30", 0, "07:30:00"),
        ("+10 7:30", 10, "07:30:00"),
        (" +1 ", 1, "12:00:00"),
    ],
)
def test_days_are_counted_from_today(text: str, days: int, hour: str) -> None:
    """Noon where no hour is said."""
    assert read(text) == (TODAY + timedelta(days=days), hour)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-24", (date(2026, 12, 24), "12:00:00")),
        ("2026-12-24 09:00", (date(2026, 12, 24), "09:00:00")),
        ("2026-12-24T09:00:30", (date(2026, 12, 24), "09:00:30")),
        ("1990-01-01", (date(1990, 1, 1), "12:00:00")),
        ("2200-12-31", (date(2200, 12, 31), "12:00:00")),
        ("08:15", (TODAY, "08:15:00")),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str, expected: tuple[date, str]) -> None:
    assert read(text) == expected


def test_a_weekday_is_the_next_one() -> None:
    moment = parse_moment("friday", NOW)
    assert (moment.weekday(), 0 <= (moment.date() - TODAY).days < 7, moment.hour) == (4, True, 12)


@pytest.mark.parametrize("text", ["someday", "", "+", "+1x", "+3 25:00", "2026-13-01", "tomorrow noonish"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a moment"):
        parse_moment(text, NOW)


@pytest.mark.parametrize(("text", "year"), [("1989-12-31", 1989), ("2201-01-01", 2201), ("+99999", 2300)])
def test_a_year_too_far_away_is_refused(text: str, year: int) -> None:
    with pytest.raises(UsageError, match=f"is in the year {year}; choose one from 1990 to 2200"):
        parse_moment(text, NOW)


def test_a_pretended_clock_runs_on_from_where_it_began() -> None:
    pretended = datetime(2026, 12, 1, 9, tzinfo=UTC)
    clock = Clock(pretended)
    first, second = clock.now(), clock.now()
    assert pretended <= first <= second < pretended + timedelta(minutes=5)
    assert Clock(pretended, time.monotonic() - 3600).now() - pretended >= timedelta(hours=1)


def test_a_clock_that_does_not_pretend_tells_the_time_in_its_zone() -> None:
    before = datetime.now(UTC)
    now = Clock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is not None
