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


def moment_of(at: int) -> datetime:
    """Return the UTC moment of `milliseconds`; the opposite of it."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
