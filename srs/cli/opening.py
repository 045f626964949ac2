"""The collection that a command works with, opened with the words that are due on the way."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext

from srs.characters import shown_line
from srs.cli.context import Context
from srs.cli.saying import say
from srs.collection import collection, history
from srs.collection.answering import Rules
from srs.collection.collection import Collection
from srs.deck.gathering import gathered
from srs.errors import Problem, counted
from srs.store.opening import Store
from srs.sync import Adoption

_SHOWN = 8


@contextmanager
def open_collection(here: Context) -> Iterator[Collection]:
    """Open the collection; problems in the decks are counted on standard error."""
    with collection.open_collection(
        here.folders, here.database, here.now(), here.settings, working=working, tell=tell
    ) as opened:
        _tell_rescheduled(opened.rescheduled)
        tell_lookalikes(opened.lookalikes)
        if opened.mistakes:
            say(f"{counted(opened.mistakes, 'problem')} in the decks; `srs check` lists them", err=True)
        yield opened


@contextmanager
def open_history(here: Context) -> Iterator[tuple[Store, Rules]]:
    """Open the store without reading any decks; gives it with what acts depend on."""
    opening = history.open_history(here.database, here.settings, here.now(), working=working, tell=tell)
    with opening as (store, rules, moved):
        _tell_rescheduled(moved)
        yield store, rules


def tell_problems(problems: Iterable[Problem]) -> None:
    """Write problems to standard error, one a line: what is only missing in one line a file, and the errors last."""
    for problem in gathered(problems):
        say(str(problem), err=True)


def tell(sentence: str) -> None:
    """Say something beside what the command prints."""
    say(sentence, err=True)


def tell_lookalikes(found: Sequence[Adoption], *, err: bool = True) -> None:
    """Say which new notes look like old ones that are gone, and how they get their history."""
    for each in found[:_SHOWN]:
        old, new = (f"{deck}:{name}" for deck, name in (each.old, each.new))
        say(f"{new} looks like {old}, which is gone: `srs adopt {old} {new}` gives it its history", err=err)
    if len(found) > _SHOWN:
        say(f"… and {len(found) - _SHOWN} more look like notes that are gone: `srs adopt --help`", err=err)


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
