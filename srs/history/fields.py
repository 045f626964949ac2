"""Values of a line's keys, each checked, with a sentence that says what was expected."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any

from srs.due import is_moment, milliseconds, moment_of
from srs.history.moments import FURTHEST_DAY

Fields = Mapping[str, Any]
LONGEST_NAME = 600
"""Bytes of an id, a namespace or a kind in UTF-8: four of them find room in an entry of a server's index (2,704)."""
_MOST_MS = 2**31
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def no_number(name: str) -> None:
    """Refuse what JSON has no word for."""
    raise ValueError(f"{name} is not a number")


def holds_nul(text: str) -> bool:
    """Whether a text of JSON holds a NUL character, as it must be written there; no server keeps one."""
    return "\\u0000" in text and _NUL.search(text) is not None


def read_name(fields: Fields, key: str) -> str:
    """Return the text of a key that names something, empty if it is not there."""
    return checked_name(key, read_text(fields, key))


def checked_name(key: str, name: str) -> str:
    """Return a name; raises ValueError for one that is too long."""
    if len(name) > LONGEST_NAME // 4 and len(name.encode()) > LONGEST_NAME:
        raise ValueError(f"{key} has {len(name.encode()):,} bytes; a name has at most {LONGEST_NAME:,}")
    return name


def finite(number: str) -> float:
    """Return a number with a fraction; one too large to be written again is refused."""
    value = float(number)
    if not isfinite(value):
        raise ValueError(f"{number[:20]} is too large a number")
    return value


def needed(fields: Fields, key: str) -> object:
    """Return the value of a key that must be there."""
    if key not in fields:
        raise ValueError(f"{key} is missing")
    return fields[key]


def read_text(fields: Fields, key: str) -> str:
    """Return the text of a key, empty if it is not there."""
    value = fields.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{key} takes a text")  # noqa: TRY004 -- one kind of error for one kind of mistake
    return value


def read_whole(fields: Fields, key: str) -> int:
    """Return the whole number of a key."""
    value = needed(fields, key)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _MOST_MS:
        raise ValueError(f"{key} takes a whole number from 0")
    return value


def read_wholes(fields: Fields, key: str) -> tuple[int, ...]:
    """Return the whole numbers from 1 of a key, none if it is not there."""
    value = fields.get(key, [])
    if not isinstance(value, list) or not all(type(each) is int and 1 <= each < _MOST_MS for each in value):
        raise ValueError(f"{key} takes a list of whole numbers from 1")
    return tuple(value)


def read_texts(fields: Fields, key: str) -> tuple[str, ...]:
    """Return the texts of a key, none if it is not there."""
    value = fields.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise ValueError(f"{key} takes a list of texts that are not empty")
    return tuple(value)


def read_moment(value: object) -> int:
    """Return a moment in ms since 1970 UTC, of the years 2000 to 9999."""
    try:
        moment = datetime.fromisoformat(str(value))
        at = milliseconds(moment.astimezone(UTC)) if moment.tzinfo else -1
    except (ValueError, OverflowError):
        at = -1
    if not is_moment(at):
        raise ValueError(f"{value!r} is not a UTC moment of the years 2000 to 9999, such as 2026-12-01T09:00:00.000Z")
    return at


def read_day(fields: Fields, key: str) -> date:
    """Return the day of a key."""
    try:
        return date.fromisoformat(str(needed(fields, key)))
    except ValueError as error:
        raise ValueError(f"{key} is {fields.get(key)!r}; it takes a date such as 2026-12-01") from error


def check_beside(at: int, day: date, fields: Fields) -> None:
    """Refuse a study day that lies more than three days from its moment."""
    if abs(moment_of(at).date() - day) > FURTHEST_DAY:
        raise ValueError(f"day {day} is far from the moment {fields['at']}; a study day lies beside its moment")
