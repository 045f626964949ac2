"""`srs answer`: one answer without a sitting, for scripts."""

from typing import Annotated

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.options import CardArgument
from srs.cli.saying import say
from srs.errors import UsageError, counted
from srs.scheduler import Grade


def answer(
    context: typer.Context,
    card: CardArgument,
    grade: Annotated[str, typer.Argument(help="0 to 5: 3 and more is a pass, 4 is good.")],
) -> None:
    """Record one answer without a sitting."""
    if grade not in {str(int(each)) for each in Grade}:
        raise UsageError(f"{grade!r} is not a grade; grades go from 0 (blackout) to 5 (easy)")
    here = context_of(context)
    with open_collection(here) as collection:
        done = collection.answer(card, Grade(int(grade)), here.now())
        name = collection.card(card).name
    drill = " (a drill: only a day's first answer counts)" if done.drill else ""
    due = f"due {done.memory.due}, interval {counted(done.memory.interval, 'day')}" if done.memory else "new"
    say(f"{name}: {due}{drill}")
    if done.leech:
        say(f"{name} is a leech: rewrite it; `srs cards --leeches` shows where")
