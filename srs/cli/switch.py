"""`srs switch`: another scheduler in force."""

from typing import Annotated

import typer

from srs.cli.completing import one_of
from srs.cli.context import Context, context_of
from srs.cli.opening import open_collection
from srs.cli.options import DeckOption
from srs.cli.saying import say, working
from srs.cli.telling import scheduler_of
from srs.cli.today import small_bars
from srs.collection.switching import Moved, Switched, Wanted, in_force
from srs.collection.switching import switch as put_in_force
from srs.due.load import LOAD_DAYS, Load
from srs.errors import UsageError, counted
from srs.history.force import FSRS, SCHEDULERS
from srs.scheduler.fsrs import LEAST_RETENTION, MOST_RETENTION


def switch(
    context: typer.Context,
    scheduler: Annotated[
        str | None,
        typer.Argument(
            metavar="|".join(SCHEDULERS), help="The scheduler to put in force.", autocompletion=one_of(*SCHEDULERS)
        ),
    ] = None,
    smooth: Annotated[
        bool | None,
        typer.Option("--smooth/--no-smooth", help="Spread due days by a few per cent, so that no day is crowded."),
    ] = None,
    deck: DeckOption = None,
    retention: Annotated[
        float | None,
        typer.Option("--retention", metavar="R", help="FSRS asks a card when its recall falls to this: 0.7 to 0.97."),
    ] = None,
    published: Annotated[
        bool, typer.Option("--published", help="FSRS with its published parameters, though others were fitted.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Say how many cards would move; write nothing.")
    ] = False,
) -> None:
    """Put a scheduler in force, on every computer that shares the history, and say how many cards move.

    The whole history is replayed by it; `srs undo`, or switching back, gives back every due day. Alone, `srs switch`
    says which is in force.
    """
    here = context_of(context)
    if scheduler is None:
        if dry_run or published or any(each is not None for each in (smooth, deck, retention)):
            raise UsageError(f"say which scheduler: {' or '.join(SCHEDULERS)}")
        _tell_in_force(here)
        return
    if scheduler not in SCHEDULERS:
        raise UsageError(f"no scheduler {scheduler!r}; it takes {', '.join(SCHEDULERS)}")
    if scheduler != FSRS and (retention is not None or published):
        raise UsageError(f"--retention and --published go with {FSRS}; {scheduler} has neither")
    if retention is not None and not LEAST_RETENTION <= retention <= MOST_RETENTION:
        raise UsageError(f"a retention of {retention:g}; it goes from {LEAST_RETENTION:g} to {MOST_RETENTION:g}")
    with open_collection(here) as collection, working("Replaying the history"):
        namespace = collection.choice(deck).decks[0] if deck else ""
        wanted = Wanted(scheduler, smooth, retention, published)
        done = put_in_force(collection, wanted, namespace, here.now(), dry_run=dry_run)
    where = f" for {namespace}" if namespace else ""
    if done.already:
        say(f"{scheduler_of(done.act)} is in force{where} already")
        return
    moved = f"{counted(done.moved.cards, 'card')} {'would be ' if dry_run else ''}due on another day"
    verb = "would be" if dry_run else "is"
    say(f"{scheduler_of(done.act)} {verb} in force{where}: {moved}{'' if dry_run else ' now'}")
    if done.moved.cards:
        _tell(done)


def _tell_in_force(here: Context) -> None:
    with open_collection(here) as collection:
        for namespace, act in in_force(collection).items():
            say(f"{namespace or 'all decks'}: {scheduler_of(act)}")


def _tell(done: Switched) -> None:
    say(_by(done.moved))
    say(f"The next {LOAD_DAYS} days hold {_held(done.before)} before, {_held(done.after)} after:")
    most = max(*done.before.days, *done.after.days, 1)
    for word, load in (("before", done.before), ("after", done.after)):
        say(f"  {word:6}  {small_bars(load.days, most)}  at most {max(load.days):,} a day")
    said = f"Overdue at once: {counted(done.after.overdue, 'card')} (before: {done.before.overdue:,})"
    if done.after.overdue:
        spread = [f"{day or 'never'} at {limit:,}" for limit, day in done.spread]
        said += f", spread by {spread[0]} a day, {', '.join(spread[1:])}"
    say(f"{said}.")


def _by(moved: Moved) -> str:
    half = f"half of them by {counted(moved.half, 'day')} or less, none by more than {moved.most:,}"
    return f"{moved.earlier:,} come earlier, {moved.later:,} later; {half}."


def _held(load: Load) -> str:
    return counted(load.total, "card")
