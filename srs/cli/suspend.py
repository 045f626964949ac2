"""`srs suspend`: cards out of the queue."""

from __future__ import annotations

import typer

from srs.cli.context import context_of
from srs.cli.options import CardsArgument
from srs.errors import counted


def suspend(context: typer.Context, cards: CardsArgument) -> None:
    """Take cards out of the queue until they are resumed."""
    with context_of(context).collection() as collection:
        collection.suspend(cards)
    typer.echo(f"{counted(len(cards), 'card')} suspended")
