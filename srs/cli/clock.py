"""The clock of the program, and the moments that people type for it."""

import re
import time
from datetime import datetime, timedelta

from msgspec import Struct, field

from srs.errors import UsageError

_WORDS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_RELATIVE = re.compile(r"(?:(yesterday|today|tomorrow)|\+(\d{1,5})d?)(?:\s+(.+))?", re.IGNORECASE)
_BARE = re.compile(r"(\d{1,5})", re.ASCII)
_EARLIEST, _LATEST = 1990, 2200
_NOON = 12


class Clock(Struct, frozen=True):
    """Tells the moment in the learner's own zone; `pretended` is when the program began, if it only pretends."""

    pretended: datetime | None = None
    _began: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        """Return the moment, aware of its zone; a pretended clock runs on from where it began."""
        if self.pretended is None:
            return datetime.now().astimezone()
        return self.pretended + timedelta(seconds=time.monotonic() - self._began)


def parse_moment(text: str, now: datetime) -> datetime:
    """Read a moment as typed: `2026-12-01 09:00`, `tomorrow 08:00`, `+3 07:30`, `friday`; noon where no hour is said.

    Raises UsageError for anything else, a bare number among it (a day of the month, or so many days?), and for a year
    outside 1990 to 2200.
    """
    from dateutil import parser  # noqa: PLC0415 -- only a moment that was typed needs it

    if bare := _BARE.fullmatch(text.strip()):
        raise UsageError(f"{text!r} is not a moment; +{bare[1]} is so many days from now, '2026-12-01' a day")
    noon = now.replace(hour=_NOON, minute=0, second=0, microsecond=0, tzinfo=None)
    try:
        relative = _RELATIVE.fullmatch(text.strip())
        if relative:
            word, days, rest = relative.groups()
            noon += timedelta(days=_WORDS[word.lower()] if word else int(days))
            moment = parser.parse(rest, default=noon) if rest else noon
        else:
            moment = parser.parse(text, default=noon)
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"{text!r} is not a moment; write one such as '2026-12-01 09:00', 'tomorrow 08:00' or +3"
        ) from error
    if not _EARLIEST <= moment.year <= _LATEST:
        raise UsageError(f"{text!r} is in the year {moment.year}; choose one from {_EARLIEST} to {_LATEST}")
    return moment.astimezone()
