"""`srs suspend`: cards out of the queue."""

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.options import CardsArgument
from srs.cli.saying import say
from srs.errors import counted


def suspend(context: typer.Context, cards: CardsArgument) -> None:
    """Take cards out of the queue until they are resumed."""
    with open_collection(context_of(context)) as collection:
        collection.suspend(cards)
    say(f"{counted(len(cards), 'card')} suspended")
