"""Sentences that several commands say."""

from collections.abc import Sequence

import typer

from srs.errors import counted
from srs.history import Adopt, Bury, Flag, Forget, LogLine, Other, Place, Resume, Review, Suspend, Switch, Undo, Unflag
from srs.history.lines import written
from srs.store.cards import StoredCard


def tell_each(names: Sequence[str], done: Sequence[StoredCard], what: str, already: str) -> None:
    """Say for how many of the named cards something was done, and of the others that there was nothing to do."""
    if done:
        typer.echo(f"{counted(len(done), 'card')} {what}")
    changed = {each for card in done for each in (card.name, f"{card.deck}:{card.name}")}
    for name in names:
        if name not in changed:
            typer.echo(f"{name} {already}")


def said(line: LogLine) -> str:
    """Say in words what an act did, with whom it names."""
    match line.act:
        case Review(_, day, grade):
            what = f"grade {int(grade)} of {day}"
        case Undo(_, of, act):
            what = f"undo of the {act or 'answer'} at {written(of)}"
        case Suspend(_, of):
            what = "suspended" if of is None else "suspended as a leech"
        case Resume():
            what = "resumed"
        case Flag(_, remark):
            what = f"flagged: {remark}"
        case Unflag():
            what = "flag taken off"
        case Bury(_, until):
            what = f"buried until {until}"
        case Forget(_, day):
            what = f"forgotten on {day}"
        case Place(_, day, due, interval):
            what = f"set on {day}: due {due}, interval {counted(interval, 'day')}"
        case Adopt(_, deck, card):
            what = f"goes on with the history of {deck}:{card}"
        case Switch(_, name, smooth):
            what = f"scheduler {name}{', smoothed' if smooth else ''}"
        case Other(_, kind):
            what = kind
    return f"{line.card or line.deck or 'all decks'}: {what}"
