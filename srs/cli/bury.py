"""`srs bury`: cards left out until tomorrow."""

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.options import CardsArgument
from srs.cli.telling import tell_each


def bury(context: typer.Context, cards: CardsArgument) -> None:
    """Leave cards out until tomorrow; `srs resume` brings them back at once."""
    here = context_of(context)
    with open_collection(here) as collection:
        done = collection.bury(cards, here.now())
    tell_each(cards, done, "buried until tomorrow", "is buried until tomorrow already")
