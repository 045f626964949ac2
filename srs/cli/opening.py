"""The collection that a command works with, opened with the words that are due on the way."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from srs.characters import shown_line
from srs.cli.context import Context
from srs.cli.saying import say
from srs.collection import collection
from srs.collection.collection import Collection
from srs.errors import Problem, counted
from srs.store.opening import Store


@contextmanager
def open_collection(here: Context) -> Iterator[Collection]:
    """Open the collection; problems in the decks are counted on standard error."""
    with collection.open_collection(here.folder, here.database, here.now(), here.settings, working=working) as opened:
        _tell_rescheduled(opened.rescheduled)
        if opened.mistakes:
            say(f"{counted(opened.mistakes, 'problem')} in the decks; `srs check` lists them", err=True)
        yield opened


@contextmanager
def open_history(here: Context) -> Iterator[Store]:
    """Open the store without reading any decks."""
    with collection.open_history(here.database, here.settings, working=working) as (store, moved):
        _tell_rescheduled(moved)
        yield store


def tell_problems(problems: Iterable[Problem]) -> None:
    """Write problems to standard error, one a line."""
    for problem in problems:
        say(str(problem), err=True)


def working(what: str) -> AbstractContextManager[object]:
    """Say what is being done while it lasts, where somebody is looking."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console  # noqa: PLC0415 -- a script's answer need not wait for it
    from rich.text import Text  # noqa: PLC0415

    return Console(stderr=True).status(Text(shown_line(f"{what} …")))


def _tell_rescheduled(moved: int | None) -> None:
    if moved is not None:
        say(f"the scheduler has changed: {counted(moved, 'card')} rescheduled from the history", err=True)
