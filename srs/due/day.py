"""Study days: plain dates, which turn over in the small hours and never change once an answer has one."""

from datetime import UTC, date, datetime, timedelta


def study_day(moment: datetime, rollover: int) -> date:
    """Return the study day of a moment given in the learner's own zone: the wall clock's date, `rollover` hours ago.

    The wall clock decides, so a change to or from summer time makes a day longer or shorter, never a date wrong.
    """
    return (moment.replace(tzinfo=None) - timedelta(hours=rollover)).date()


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
