"""Sentences that several commands say."""

from collections.abc import Callable, Sequence
from typing import Any

from srs.characters import shown_line
from srs.cli.saying import say
from srs.errors import counted
from srs.history import (
    LIFTED,
    Act,
    Adopt,
    Bury,
    Flag,
    Forget,
    LogLine,
    Mock,
    Other,
    Place,
    Resume,
    Review,
    Suspend,
    Switch,
    Undo,
    Unflag,
)
from srs.history.force import FSRS
from srs.history.told import written
from srs.store.values import StoredCard


def tell_each(names: Sequence[str], done: Sequence[StoredCard], what: str, already: str) -> None:
    """Say for how many of the named cards something was done, and of the others that there was nothing to do."""
    if done:
        say(f"{counted(len(done), 'card')} {what}")
    changed = {each for card in done for each in (card.name, f"{card.deck}:{card.name}")}
    for name in names:
        if name not in changed:
            say(f"{name} {already}")


def said(line: LogLine) -> str:
    """Say in words what an act did, with whom it names."""
    act = line.act
    what = act.what if isinstance(act, Other) else _SAID[type(act)](act)
    return f"{line.card or line.deck or 'all decks'}: {what}"


def scheduler_of(act: Switch) -> str:
    """Say which scheduler an act puts in force, and with what."""
    fitted = "fitted parameters"
    told = [shown_line(act.name), *([fitted] if act.parameters and act.name != FSRS else [])]
    if act.name == FSRS:
        told += [f"retention {act.retention:g}", fitted if act.parameters else "published parameters"]
    return ", ".join([*told, *(["smoothed"] if act.smooth else [])])


def _ticked(act: Mock) -> str:
    """Say which lines of an outline were left out."""
    lines = counted(len(act.said) + len(act.missed), "line")
    return f"{lines}, left out {' '.join(map(str, act.missed))}" if act.missed else f"all of {lines} said"


_SAID: dict[type[Act], Callable[[Any], str]] = {
    Review: lambda act: f"grade {int(act.grade)} of {act.day}",
    Undo: lambda act: f"undo of the {act.act or 'answer'} at {written(act.of)}",
    Suspend: lambda act: "suspended" if act.of is None else "suspended as a leech",
    Resume: lambda _: "resumed",
    Flag: lambda act: f"flagged: {' '.join(act.remark.split())}",
    Unflag: lambda _: "flag taken off",
    Bury: lambda act: f"buried until {act.until}" if act.until > LIFTED else "no longer buried",
    Forget: lambda act: f"forgotten on {act.day}",
    Place: lambda act: f"set on {act.day}: due {act.due}, interval {counted(act.interval, 'day')}",
    Adopt: lambda act: f"goes on with the history of {act.deck}:{act.card}",
    Mock: lambda act: f"spoken in {act.seconds} s on {act.day}: {_ticked(act)}",
    Switch: lambda act: f"scheduler {scheduler_of(act)}",
}
