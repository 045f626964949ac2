"""The collection that a command works with, opened with the words that are due on the way."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import typer

from srs.cli.context import Context
from srs.collection import collection, history
from srs.collection.answering import Rules
from srs.collection.collection import Collection
from srs.errors import Problem, counted
from srs.store.opening import Store


@contextmanager
def open_collection(here: Context) -> Iterator[Collection]:
    """Open the collection; problems in the decks are counted on standard error."""
    with collection.open_collection(
        here.folders, here.database, here.now(), here.settings, working=working, tell=tell
    ) as opened:
        _tell_rescheduled(opened.rescheduled)
        if opened.mistakes:
            typer.echo(f"{counted(opened.mistakes, 'problem')} in the decks; `srs check` lists them", err=True)
        yield opened


@contextmanager
def open_history(here: Context) -> Iterator[tuple[Store, Rules]]:
    """Open the store without reading any decks; gives it with what acts depend on."""
    opening = history.open_history(here.database, here.settings, here.now(), working=working, tell=tell)
    with opening as (store, rules, moved):
        _tell_rescheduled(moved)
        yield store, rules


def tell_problems(problems: Iterable[Problem]) -> None:
    """Write problems to standard error, one a line."""
    for problem in problems:
        typer.echo(str(problem), err=True)


def tell(sentence: str) -> None:
    """Say something beside what the command prints."""
    typer.echo(sentence, err=True)


def working(what: str) -> AbstractContextManager[object]:
    """Say what is being done while it lasts, where somebody is looking."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console  # noqa: PLC0415 -- a script's answer need not wait for it

    return Console(stderr=True).status(f"{what} …")


def _tell_rescheduled(moved: int | None) -> None:
    if moved is not None:
        typer.echo(f"the scheduler has changed: {counted(moved, 'card')} rescheduled from the history", err=True)
