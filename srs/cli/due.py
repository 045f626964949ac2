"""`srs due`: a due day set by hand."""

from datetime import datetime, time
from typing import Annotated

import typer

from srs.cli.clock import parse_moment
from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.options import CardArgument
from srs.cli.saying import say
from srs.errors import counted


def due(
    context: typer.Context,
    card: CardArgument,
    day: Annotated[str, typer.Argument(metavar="DAY", help="2026-12-24, tomorrow, +7, friday.")],
) -> None:
    """Set the day on which a card is asked next; its interval becomes the days until then."""
    here = context_of(context)
    noon = datetime.combine(here.today(), time(12), here.now().tzinfo)  # "tomorrow" is the next study day
    wanted = parse_moment(day, noon).date()
    with open_collection(here) as collection:
        placed = collection.place(card, wanted, here.now())
    memory = placed.memory
    if memory:
        now = ", which is past: it is asked today" if memory.due < here.today() else ""
        say(f"{placed.name}: due {memory.due}{now}, interval {counted(memory.interval, 'day')}")
