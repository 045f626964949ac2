"""`srs forget`: memories begun anew."""

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.options import CardsArgument
from srs.cli.telling import tell_each


def forget(context: typer.Context, cards: CardsArgument) -> None:
    """Let cards be new again; their answers stay in the log, and `srs undo` takes it back."""
    here = context_of(context)
    with open_collection(here) as collection:
        done = collection.forget(cards, here.now())
    tell_each(cards, done, "new again", "is new already")
