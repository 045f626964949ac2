"""`srs bury`: cards left out until tomorrow."""

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.options import CardsArgument
from srs.cli.saying import say
from srs.errors import counted


def bury(context: typer.Context, cards: CardsArgument) -> None:
    """Leave cards out until tomorrow; `srs resume` brings them back at once."""
    here = context_of(context)
    with open_collection(here) as collection:
        collection.bury(cards, here.now())
    say(f"{counted(len(cards), 'card')} buried until tomorrow")
