"""Copies of the store that are kept by themselves: one a day, the last few and one of each month."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from srs.errors import SrsError
from srs.store.copying import is_store, replace_store
from srs.store.opening import Store, copy_store

_NAMED = re.compile(r"(?P<store>.+)\.(?P<day>\d{4}-\d\d-\d\d)(?:\.(?P<hour>\d{6}))?\.backup")


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A copy of a store that was kept on a study day; `hour` is HHMMSS if it is not the day's own."""

    day: date
    hour: str
    file: Path


def backups_of(file: Path) -> list[Backup]:
    """Return the copies that are kept beside a store's file, the oldest first."""
    return sorted(_found(file))


def keep_daily(store: Store, day: date, keep: int) -> Path | None:
    """Copy the store if it was not copied on this study day yet, and let go of copies that are too many.

    The last `keep` stay, and the first of each month; 0 keeps none and copies nothing. Returns the new copy's file.
    """
    if keep == 0 or store.file is None:
        return None
    known = backups_of(store.file)
    if any(each.day == day and not each.hour for each in known):
        return None
    target = store.file.with_name(f"{store.file.name}.{day}.backup")
    copy_store(store, target)
    for each in surplus(backups_of(store.file), keep):
        each.file.unlink(missing_ok=True)
    return target


def keep_now(store: Store, now: datetime) -> Path | None:
    """Copy the store before something that takes away; `None` for a server, whose own tools do that."""
    if store.file is None:
        return None
    target = store.file.with_name(f"{store.file.name}.{now:%Y-%m-%d.%H%M%S}.backup")
    copy_store(store, target)
    return target


def surplus(found: Iterable[Backup], keep: int) -> list[Backup]:
    """Return the copies that are no longer kept: all but the last `keep`, and the first of each month."""
    every = sorted(found)
    firsts: dict[tuple[int, int], Backup] = {}
    for each in every:
        firsts.setdefault((each.day.year, each.day.month), each)
    kept = {*every[-keep:], *firsts.values()}
    return [each for each in every if each not in kept]


def restore(file: Path, store: Path, now: datetime) -> Path | None:
    """Put a copy in the place of a store's file, which is kept; return where, or `None` if there was none.

    Raises SrsError for what is no copy of a store, with everything as it was.
    """
    if not is_store(file):
        raise SrsError(f"{file} is not a copy of a store; `srs backup --list` lists those that are kept")
    kept = None
    if store.exists():
        if file.samefile(store):
            raise SrsError(f"{file} is the store itself; name a copy of it")
        kept = store.with_name(f"{store.name}.{now:%Y-%m-%d.%H%M%S}.backup")
    replace_store(file, store, kept)
    return kept


def _found(file: Path) -> Iterator[Backup]:
    for each in file.parent.glob(f"{file.name}.*.backup") if file.parent.is_dir() else ():
        named = _NAMED.fullmatch(each.name)
        if named and named["store"] == file.name:
            yield Backup(date.fromisoformat(named["day"]), named["hour"] or "", each)
