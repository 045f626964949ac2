"""`srs flag`: a remark on a card."""

from typing import Annotated

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.options import CardArgument
from srs.cli.saying import say

_NO_REMARK = "to be looked at"


def flag(
    context: typer.Context,
    card: CardArgument,
    remark: Annotated[str, typer.Argument(help="What is to be mended, in a few words.")] = _NO_REMARK,
) -> None:
    """Put a remark on a card, in place of any other; `srs cards --flagged` lists remarks with their lines."""
    here = context_of(context)
    with open_collection(here) as collection:
        changed = collection.flag(card, " ".join(remark.split()) or _NO_REMARK, here.now())
    say(f"{card} flagged" if changed else f"{card} has that remark already")
