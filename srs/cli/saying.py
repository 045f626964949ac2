"""Everything that a command says: the one place that writes text to a terminal, where nothing in it acts.

Decks, logs, packages and file names may come from anybody. Only styled pages are drawn elsewhere, by `srs.terminal`.
"""

import json
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext

import typer

from srs.characters import shown_json, shown_line
from srs.collection.telling import Share


def say(line: str, *, err: bool = False) -> None:
    """Write one line, to standard output or standard error; what stands in it cannot make it two."""
    typer.echo(shown_line(line), err=err)


def say_json(value: object) -> None:
    """Write a value as JSON; it reads back as it was, and its text neither acts nor hides on a screen."""
    typer.echo(shown_json(json.dumps(value, ensure_ascii=False, indent=2)))


def tell(sentence: str) -> None:
    """Say something beside what the command prints."""
    say(sentence, err=True)


def tell_all(sentences: Iterable[str]) -> None:
    """Say some of these, a line each."""
    for sentence in sentences:
        tell(sentence)


def working(what: str) -> AbstractContextManager[Share | None]:
    """Say what is being done while it lasts, and how much of it is left, where somebody is looking."""
    if not sys.stderr.isatty():
        return nullcontext()
    from srs.cli.working import bar  # noqa: PLC0415 -- a script's answer need not wait for it

    return bar(what)
