"""`srs switch`: another scheduler in force."""

from typing import Annotated

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection, working
from srs.cli.options import DeckOption
from srs.cli.saying import say
from srs.collection.switching import switch as put_in_force
from srs.errors import UsageError, counted
from srs.history.force import SCHEDULERS


def switch(
    context: typer.Context,
    scheduler: Annotated[str, typer.Argument(metavar="|".join(SCHEDULERS), help="The scheduler to put in force.")],
    smooth: Annotated[
        bool | None,
        typer.Option("--smooth/--no-smooth", help="Spread due days by a few per cent, so that no day is crowded."),
    ] = None,
    deck: DeckOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Say how many cards would move; write nothing.")
    ] = False,
) -> None:
    """Put a scheduler in force, on every computer that shares the history, and say how many cards move.

    The whole history is replayed by it; `srs undo`, or switching back, gives back every due day.
    """
    if scheduler not in SCHEDULERS:
        raise UsageError(f"no scheduler {scheduler!r}; it takes {', '.join(SCHEDULERS)}")
    here = context_of(context)
    with open_collection(here) as collection, working("Replaying the history"):
        namespace = collection.choice(deck).decks[0] if deck else ""
        done = put_in_force(collection, scheduler, namespace, smooth, here.now(), dry_run=dry_run)
    smoothed = ", smoothed" if done.act.smooth else ""
    where = f" for {namespace}" if namespace else ""
    if done.already:
        say(f"{done.act.name}{smoothed} is in force{where} already")
        return
    moved = f"{counted(done.moved, 'card')} {'would be ' if dry_run else ''}due on another day"
    verb = "would be" if dry_run else "is"
    say(f"{done.act.name}{smoothed} {verb} in force{where}: {moved}{'' if dry_run else ' now'}")
