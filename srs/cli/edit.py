"""`srs edit`: a card's line, in the editor."""

import sys

import typer

from srs.cli.context import context_of
from srs.cli.editing import edit_source
from srs.cli.opening import open_collection
from srs.cli.options import CardArgument
from srs.cli.saying import say
from srs.errors import SrsError


def edit(context: typer.Context, card: CardArgument) -> None:
    """Open the line of a card in $EDITOR, and say what changed by it."""
    here = context_of(context)
    with open_collection(here) as collection:
        stored = collection.card(card)
        if stored.retired:
            raise SrsError(f"{card} is retired: its text is gone; it stood in {collection.file(stored)}")
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise SrsError(f"an editor needs a terminal; the card stands at {collection.source(stored)}")
        say(edit_source(here, collection, stored))
