"""Answers as `format_line` writes them, read without JSON: of a long log nearly every line is one."""

import re
from datetime import date
from functools import partial
from typing import NamedTuple

from srs.due import is_moment, milliseconds, moment_of
from srs.history.acts import LogLine, Review
from srs.history.moments import FURTHEST_DAY
from srs.scheduler import Grade

_DAY = 86_400_000  # ms
_NAME = r'"([^"\\\x00-\x1f]{1,150})"'  # so many signs have at most as many bytes as a name may have
_DATE = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
_ANSWER = re.compile(
    rf'\{{"card": {_NAME}, "at": "{_DATE}T((?:[01][0-9]|2[0-3]):[0-5][0-9]):([0-5][0-9])\.([0-9]{{3}})Z",'
    rf' "day": "{_DATE}", "grade": ([0-5]), "ms": (0|[1-9][0-9]{{0,8}}), "from": {_NAME}, "deck": {_NAME}\}}'
)
_MINUTES = {f"{minute // 60:02}:{minute % 60:02}": minute * 60_000 for minute in range(24 * 60)}
_SECONDS = {f"{second:02}": second * 1000 for second in range(60)}
_MOST_KEPT = 100_000


class Plain(NamedTuple):
    """An answer of a deck that is named, without keys that are not known here; `day` as the log has it."""

    deck: str
    card: str
    at: int
    day: str
    grade: int
    ms: int
    origin: str


_made = partial(tuple.__new__, Plain)  # a third of the time of a call of the class


def line_of(answer: Plain) -> LogLine:
    """Return the line that an answer was read from."""
    deck, card, at, day, grade, ms, origin = answer
    return LogLine(deck, card, Review(at, date.fromisoformat(day), Grade(grade), ms, origin))


def read_plain(line: str) -> Plain | None:
    """Return the answer in a line; `None` if there is none, or if it says anything in another way than `format_line`.

    `parse_line` makes the same of the line, wherever this makes something of it.
    """
    found = _ANSWER.fullmatch(line)
    if found is None:
        return None
    card, there, minute, second, thousandth, day, grade, ms, origin, deck = found.groups()
    midnight = _MIDNIGHTS[there, day]
    if midnight is None:
        return None
    at = midnight + _MINUTES[minute] + _SECONDS[second] + int(thousandth)
    return _made((deck, card, at, day, int(grade), int(ms), origin))


class _Midnights(dict[tuple[str, str], int | None]):
    """When a date begins (ms), if a study day lies beside it and moments may have it."""

    def __missing__(self, days: tuple[str, str]) -> int | None:
        if len(self) >= _MOST_KEPT:  # a stranger's log may name any
            self.clear()
        found = self[days] = _midnight(*days)
        return found


_MIDNIGHTS = _Midnights()


def _midnight(there: str, day: str) -> int | None:
    try:
        begin, beside = date.fromisoformat(there), date.fromisoformat(day)
    except ValueError:
        return None
    midnight = milliseconds(moment_of(0).replace(year=begin.year, month=begin.month, day=begin.day))
    right = is_moment(midnight) and is_moment(midnight + _DAY - 1) and abs(begin - beside) <= FURTHEST_DAY
    return midnight if right else None
