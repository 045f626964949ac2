"""`srs unflag`: remarks taken off."""

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.options import CardsArgument
from srs.cli.telling import tell_each


def unflag(context: typer.Context, cards: CardsArgument) -> None:
    """Take the remarks off cards."""
    here = context_of(context)
    with open_collection(here) as collection:
        done = [card for card in collection.cards(cards) if collection.flag(f"{card.deck}:{card.name}", "", here.now())]
    tell_each(cards, done, "unflagged", "has no remark")
