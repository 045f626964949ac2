"""`srs answer`: one answer without a sitting, for scripts."""

from typing import Annotated

import typer

from srs.cli.completing import one_of
from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.options import CardArgument
from srs.cli.saying import say
from srs.errors import UsageError, counted
from srs.scheduler import Grade

_GRADES = {str(int(each)): each for each in Grade} | {
    each.name.lower(): each for each in (Grade.AGAIN, Grade.HARD, Grade.GOOD, Grade.EASY)
}


def answer(
    context: typer.Context,
    card: CardArgument,
    grade: Annotated[
        str,
        typer.Argument(
            help="again, hard, good or easy, as the keys 1 to 4 say it; or SM-2's own 0 to 5, where 4 is good.",
            autocompletion=one_of("again", "hard", "good", "easy"),
        ),
    ],
) -> None:
    """Record one answer without a sitting."""
    if grade.lower() not in _GRADES:
        raise UsageError(f"{grade!r} is not a grade; it takes again, hard, good, easy, or 0 (blackout) to 5 (easy)")
    here = context_of(context)
    with open_collection(here) as collection:
        done = collection.answer(card, _GRADES[grade.lower()], here.now())
        name = collection.card(card).name
    drill = " (a drill: only a day's first answer counts)" if done.drill else ""
    due = f"due {done.memory.due}, interval {counted(done.memory.interval, 'day')}" if done.memory else "new"
    say(f"{name}: {due}{drill}")
    if done.leech:
        out = ", and suspended until `srs resume`" if done.suspended else ""
        say(f"{name} is a leech{out}: rewrite it; `srs cards --leeches` shows where")
