"""`srs resume`: cards back in the queue."""

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.options import CardsArgument
from srs.cli.saying import say
from srs.errors import counted


def resume(context: typer.Context, cards: CardsArgument) -> None:
    """Put suspended cards back into the queue; a buried card comes back at once, too."""
    with open_collection(context_of(context)) as collection:
        collection.resume(cards)
    say(f"{counted(len(cards), 'card')} resumed")
