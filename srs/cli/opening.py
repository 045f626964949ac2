"""The collection that a command works with, opened with the words that are due on the way."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from srs.characters import typed
from srs.cli.context import Context
from srs.cli.saying import say, tell, working
from srs.cli.telling import said
from srs.collection import collection, history
from srs.collection.ahead import ahead
from srs.collection.collection import Collection
from srs.collection.rules import Rules
from srs.collection.telling import Tell, Working
from srs.deck.gathering import gathered
from srs.due import moment_of
from srs.errors import Problem, counted
from srs.scheduler.fsrs import LIBRARY
from srs.store.opening import Store
from srs.sync import Adoption

_SHOWN = 8
_FEW = 4


@contextmanager
def open_collection(here: Context, *, tell: Tell = tell, working: Working = working) -> Iterator[Collection]:
    """Open the collection; problems in the decks are counted beside what is said."""
    with collection.open_collection(
        here.folders, here.database, here.now(), here.settings, working=working, tell=tell
    ) as opened:
        _tell_rescheduled(opened.rescheduled, tell)
        _tell_unknown(opened.rules, tell)
        _tell_ahead(opened.store, here, tell)
        _tell_retired(opened.report.retired, tell)
        tell_lookalikes(opened.lookalikes, tell)
        if opened.mistakes:
            tell(f"{counted(opened.mistakes, 'problem')} in the decks; `srs check` lists them")
        yield opened


@contextmanager
def open_history(here: Context, *, ahead_is_told: bool = True) -> Iterator[tuple[Store, Rules]]:
    """Open the store without reading any decks; gives it with what acts depend on."""
    opening = history.open_history(here.database, here.settings, here.now(), working=working, tell=tell)
    with opening as (store, rules, moved):
        _tell_rescheduled(moved, tell)
        _tell_unknown(rules, tell)
        if ahead_is_told:
            _tell_ahead(store, here, tell)
        yield store, rules


def tell_problems(problems: Iterable[Problem]) -> None:
    """Write problems to standard error, one a line: what is only missing in one line a file, and the errors last."""
    for problem in gathered(problems):
        say(str(problem), err=True)


def _tell_retired(names: Sequence[str], tell: Tell) -> None:
    """Say which cards left the text since it was last read: by intent or by a slip, nobody loses one unseen."""
    if names:
        more = f" … and {len(names) - _FEW} more" if len(names) > _FEW else ""
        tell(
            f"{counted(len(names), 'card')} left the text: {' '.join(names[:_FEW])}{more}; what was learnt is kept, and"
            " comes back with the text (`srs cards --retired`)"
        )


def tell_lookalikes(found: Sequence[Adoption], tell: Tell = tell) -> None:
    """Say which new notes look like old ones that are gone, and how they get their history."""
    for each in found[:_SHOWN]:
        old, new = (f"{deck}:{name}" for deck, name in (each.old, each.new))
        tell(f"{new} looks like {old}, which is gone: {typed('adopt', names=[old, new])} gives it its history")
    if len(found) > _SHOWN:
        tell(f"… and {len(found) - _SHOWN} more look like notes that are gone: `srs adopt --help`")


def _tell_unknown(rules: Rules, tell: Tell) -> None:
    """Say which schedulers are in force that cannot be had here, whole or in part, and what stands in for them."""
    for name in rules.force.unknown:
        tell(
            f"the scheduler {name} is in force, which this srs does not have; SM-2 stands in for it until you upgrade"
            " srs, or `srs switch sm2`"
        )
    if rules.force.missing:
        tell(
            f"FSRS is in force, and its library is not here: `pip install {LIBRARY}`; until then SM-2 asks, so due days"
            " here are not the history's, and none is given to Anki"
        )
    for clause in rules.force.unfit:
        tell(f"the log has {clause}; `srs switch fsrs` or `srs fit` says it anew")


def _tell_ahead(store: Store, here: Context, tell: Tell) -> None:
    """Say in one line what lies more than a day ahead of the clock, and how it is cancelled."""
    late = ahead(store, here.now())
    if not late:
        return
    first = next((each for each in late if each.undo), late[0])
    clock = "the clock" if here.clock.pretended is None else "--now"
    day = moment_of(first.line.act.at).astimezone().date()
    mended = f"{first.undo} cancels it" if first.undo else f"it counts from {day - timedelta(days=1)} on"
    if len(late) == 1:
        tell(f"a line of {day} is more than a day ahead of {clock}, and does not count: {said(first.line)}; {mended}")
    else:
        tell(
            f"{len(late)} lines are more than a day ahead of {clock}, and do not count, such as {said(first.line)} on"
            f" {day}; {mended}; `srs log show` shows all"
        )


def _tell_rescheduled(moved: int | None, tell: Tell) -> None:
    if moved is not None:
        tell(f"the scheduler has changed: {counted(moved, 'card')} rescheduled from the history")
