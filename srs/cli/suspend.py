"""`srs suspend`: cards out of the queue."""

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.options import CardsArgument
from srs.cli.telling import tell_each


def suspend(context: typer.Context, cards: CardsArgument) -> None:
    """Take cards out of the queue until they are resumed."""
    here = context_of(context)
    with open_collection(here) as collection:
        done = collection.suspend(cards, here.now())
    tell_each(cards, done, "suspended", "is suspended already")
