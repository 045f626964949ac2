"""`srs resume`: cards back in the queue."""

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.options import CardsArgument
from srs.cli.telling import tell_each


def resume(context: typer.Context, cards: CardsArgument) -> None:
    """Put suspended cards back into the queue; a buried card comes back at once, too."""
    here = context_of(context)
    with open_collection(here) as collection:
        done = collection.resume(cards, here.now())
    tell_each(cards, done, "resumed", "is in the queue already")
