"""How the copies of a store are called that are kept beside it by themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

_NAMED = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?:\.(?P<hour>\d{6}))?\.backup")


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A copy of a store that was kept on a study day; `hour` is HHMMSS if it is not the day's own."""

    day: date
    hour: str
    file: Path


def of_day(file: Path, day: date) -> Path:
    """Return where the copy of a store's file goes that is kept for a study day."""
    return file.with_name(f"{file.name}.{day}.backup")


def of_moment(file: Path, now: datetime) -> Path:
    """Return where a copy goes that is kept besides, before something is taken away; it is in no other's way."""
    while (target := file.with_name(f"{file.name}.{now:%Y-%m-%d.%H%M%S}.backup")).exists():
        now += timedelta(seconds=1)
    return target


def backups_of(file: Path) -> list[Backup]:
    """Return the copies that are kept beside a store's file, the oldest first."""
    return sorted(_found(file))


def _found(file: Path) -> Iterator[Backup]:
    for each in file.parent.iterdir() if file.parent.is_dir() else ():
        named = _NAMED.fullmatch(each.name.removeprefix(f"{file.name}."))
        if named and each.is_file() and each.name.startswith(f"{file.name}.") and (day := _day(named["day"])):
            yield Backup(day, named["hour"] or "", each)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # a file of somebody else's, such as srs.db.2026-13-99.backup
        return None
