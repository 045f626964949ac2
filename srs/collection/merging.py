"""Acts from a file taken into the history: what they would do said before, and a copy kept before they take away."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from srs.due import milliseconds
from srs.history import Adopt, Forget, LogLine, Place, Switch, Undo, horizon
from srs.history.force import InForce
from srs.store.dated import of_moment
from srs.store.log import Merged
from srs.store.log import merge as merge_lines
from srs.store.opening import Store, copy_store

TAKING = frozenset({Undo.what, Forget.what, Place.what, Adopt.what, Switch.what})
"""The kinds of acts that change what earlier answers came to."""


def would_merge(store: Store, lines: Collection[LogLine], force: InForce, now: datetime) -> Merged:
    """Return what `merge` would do; the store stays as it is."""
    return _merged(store.trying(), lines, force, now)


def merge(store: Store, lines: Collection[LogLine], force: InForce, now: datetime) -> Merged:
    """Take acts into the history; those later than a day ahead of `now` wait."""
    return _merged(store.writing(), lines, force, now)


def takes_away(lines: Sequence[LogLine]) -> bool:
    """Whether some of the acts change what earlier answers came to."""
    return any(line.act.what in TAKING for line in lines)


def keep_copy(store: Store, now: datetime) -> Path | None:
    """Copy the store beside itself, as before every change that takes away; `None` where it lives in a server.

    Raises SrsError if the copy cannot be written.
    """
    if store.file is None:
        return None
    target = of_moment(store.file, now)
    copy_store(store, target)
    return target


def _merged(
    through: AbstractContextManager[Connection], lines: Collection[LogLine], force: InForce, now: datetime
) -> Merged:
    with through as connection:
        return merge_lines(connection, lines, force, horizon(milliseconds(now)))
