"""Study days: plain dates, which turn over in the small hours and never change once an answer has one."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

_QUARTER = 15 * 60 * 1000


def study_day(moment: datetime, rollover: int) -> date:
    """Return the study day of a moment given in the learner's own zone: the wall clock's date, `rollover` hours ago.

    The wall clock decides, so a change to or from summer time makes a day longer or shorter, never a date wrong.
    """
    return (moment.replace(tzinfo=None) - timedelta(hours=rollover)).date()


class StudyDays(dict[int, date]):
    """The study days of moments (ms), which `day_of` gives: of most of a quarter of an hour's it is asked but twice.

    A day turns over on the clock's hour, and every zone is whole quarters from UTC: where a quarter begins and ends on
    one day, all of it is that day's, even if the clock is put back within it.
    """

    def __init__(self, day_of: Callable[[int], date]) -> None:
        super().__init__()
        self._day_of = day_of
        self._quarters: dict[int, date | None] = {}

    def __missing__(self, at: int) -> date:
        """Return the study day of a moment."""
        quarter = at // _QUARTER
        if quarter not in self._quarters:
            first, last = self._day_of(quarter * _QUARTER), self._day_of((quarter + 1) * _QUARTER - 1)
            self._quarters[quarter] = first if first == last else None
        return self._quarters[quarter] or self._day_of(at)


def milliseconds(moment: datetime) -> int:
    """Return an aware moment as whole milliseconds since 1970 in UTC, the form in which moments are kept."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


EARLIEST = milliseconds(datetime(2000, 1, 1, tzinfo=UTC))
"""The first moment (ms) that there is, and that of what has none of its own, so that any later word outdoes it."""
LATEST = milliseconds(datetime(9999, 12, 31, tzinfo=UTC)) - 1
"""The last: of the last day of the year 9999 no clock east of Greenwich has the end."""


def is_moment(at: int) -> bool:
    """Whether a number of milliseconds is a moment that an act can have; others come from mistakes, or to harm."""
    return EARLIEST <= at <= LATEST


def moment_of(at: int) -> datetime:
    """Return the UTC moment of `milliseconds`; the opposite of it."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
