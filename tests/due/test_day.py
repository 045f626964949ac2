"""Study days turn over by the wall clock, in every zone and in every night of the year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from srs.due import is_moment, milliseconds, moment_of, study_day
from srs.due.day import EARLIEST, LATEST, StudyDays

PUT_BACK = datetime(2009, 11, 1, tzinfo=UTC)
ZONES = ["UTC", "Asia/Shanghai", "America/Los_Angeles", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Kiritimati"]


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_turns_over_at_four(zone: str) -> None:
    there = ZoneInfo(zone)
    assert study_day(datetime(2026, 12, 1, 3, 59, 59, tzinfo=there), 4) == date(2026, 11, 30)
    assert study_day(datetime(2026, 12, 1, 4, 0, tzinfo=there), 4) == date(2026, 12, 1)


def test_another_hour_can_be_set() -> None:
    moment = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
    assert study_day(moment, rollover=0) == date(2026, 12, 1)
    assert study_day(moment, rollover=1) == date(2026, 11, 30)


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)], ids=["to summer time", "to winter time"])
def test_a_change_of_the_clocks_makes_no_date_wrong(night: date) -> None:
    """Every hour of the nights on which Berlin's clocks change lies on that day or the one before."""
    berlin = ZoneInfo("Europe/Berlin")
    midnight = datetime(night.year, night.month, night.day, tzinfo=berlin).astimezone(UTC)
    for hours in range(24):
        local = (midnight + timedelta(hours=hours)).astimezone(berlin)
        expected = local.date() if local.hour >= 4 else local.date() - timedelta(days=1)
        assert study_day(local, 4) == expected


@given(st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.sampled_from([*map(ZoneInfo, ZONES)])))
def test_a_moment_is_kept_to_the_millisecond(moment: datetime) -> None:
    kept = moment_of(milliseconds(moment))
    assert timedelta(0) <= moment - kept < timedelta(milliseconds=1)
    assert milliseconds(kept) == milliseconds(moment)


def test_moments_lie_in_the_years_2000_to_9999_on_every_clock() -> None:
    assert moment_of(EARLIEST).isoformat() == "2000-01-01T00:00:00+00:00"
    assert moment_of(LATEST + 1).isoformat() == "9999-12-31T00:00:00+00:00"
    assert [is_moment(at) for at in (EARLIEST - 1, EARLIEST, LATEST, LATEST + 1)] == [False, True, True, False]
    assert {moment_of(LATEST).astimezone(ZoneInfo(zone)).year for zone in ZONES} == {9999}


@given(
    st.sampled_from([*ZONES, "America/St_Johns", "Australia/Lord_Howe", "America/Caracas"]),
    st.integers(0, 23),
    st.sampled_from(
        [datetime(2009, 11, 1, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC), datetime(2026, 4, 4, tzinfo=UTC)]
    ),
    st.lists(st.integers(0, 48 * 60 * 60), max_size=30),
)
@example(
    "America/St_Johns",
    0,
    datetime(2009, 11, 1, tzinfo=UTC),
    [9000 + second for second in (-1, 0, 30, 59, 60, 899, 900)],
)
def test_days_asked_by_the_quarter_are_those_asked_one_by_one(
    zone: str, rollover: int, begin: datetime, seconds: list[int]
) -> None:
    """In Newfoundland clocks were put back at one minute past midnight: that minute was already the day after."""

    def day_of(at: int) -> date:
        return study_day(moment_of(at).astimezone(ZoneInfo(zone)), rollover)

    days = StudyDays(day_of)
    for second in seconds:
        at = milliseconds(begin + timedelta(seconds=second))
        assert days[at] == day_of(at)


def test_most_moments_of_a_quarter_of_an_hour_ask_for_no_day() -> None:
    asked = []

    def day_of(at: int) -> date:
        asked.append(at)
        return moment_of(at).date()

    days, noon = StudyDays(day_of), milliseconds(datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert {days[noon + 1000 * second] for second in range(900)} == {date(2026, 12, 1)}
    assert asked == [noon, noon + 899_999]
