"""Copies of the store that are kept by themselves: one a day, the last few and one of each month."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from srs.errors import SrsError
from srs.files import said_by
from srs.store.copying import check_copy, replace_store
from srs.store.dated import Backup, backups_of, of_day, of_moment
from srs.store.opening import Store, copy_store


def keep_daily(store: Store, day: date, keep: int) -> Path | None:
    """Copy the store if it was not copied on this study day yet, and let go of copies that are too many.

    The last `keep` stay, and the first of each month; 0 keeps none and copies nothing, and takes none away either.
    Returns the new copy's file. Raises SrsError if it cannot be written.
    """
    if keep == 0 or store.file is None:
        return None
    known = backups_of(store.file)
    if any(each.day == day and not each.hour for each in known):
        return None
    target = of_day(store.file, day)
    copy_store(store, target)
    try:
        for each in surplus(backups_of(store.file), keep):
            each.file.unlink(missing_ok=True)
    except OSError as error:
        raise SrsError(f"{each.file} is not needed any more and cannot be deleted: {said_by(error)}") from error
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

    Raises SrsError for what is no copy of a store that this version can open, with everything as it was.
    """
    check_copy(file)
    kept = None
    if store.exists():
        if file.samefile(store):
            raise SrsError(f"{file} is the store itself; name a copy of it")
        kept = of_moment(store, now)
    replace_store(file, store, kept)
    return kept
