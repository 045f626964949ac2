"""Which scheduler is in force: the latest word of the log, for all decks or for one."""

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct, field

from srs.history.acts import LogLine, Switch, Undo
from srs.history.fold import in_order
from srs.scheduler import Fsrs, Scheduler, Sm2
from srs.scheduler.fsrs import LEAST_RETENTION, MOST_RETENTION, RETENTION, library, unfit

SM2, FSRS = "sm2", "fsrs"


class InForce(Struct, frozen=True):
    """The schedulers in force: of all decks, and of those (by namespace) about which a later word was said.

    `unknown` are names of schedulers that this version does not have, and `missing` says that the library of one it has
    is not here; SM-2 stands in for them. `unfit` are clauses that say what of an act could not be used.
    """

    everywhere: Scheduler = field(default_factory=Sm2)
    own: Mapping[str, Scheduler] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    missing: bool = False
    unfit: tuple[str, ...] = ()

    @property
    def stands_in(self) -> bool:
        """Whether SM-2 stands in for a scheduler in force, so that due days here are not those of the history."""
        return bool(self.unknown) or self.missing

    def of(self, deck: str) -> Scheduler:
        """Return the scheduler of a deck."""
        return self.own.get(deck, self.everywhere)


def in_force(lines: Iterable[LogLine]) -> InForce:
    """Return the schedulers that acts leave in force; of those for all decks and for one the latest stands, whole."""
    latest = switches_in_force(lines)
    made = {deck: made_of(act) for deck, act in latest.items()}
    unknown = tuple(sorted({act.name for act in latest.values()} - set(SCHEDULERS)))
    ours = [act for act in latest.values() if act.name == FSRS]
    missing = bool(ours) and library() is None
    doubts = dict.fromkeys(clause for act in ours for clause in _doubts(act))
    return InForce(made.pop("", Sm2()), made, unknown, missing, tuple(doubts))


def switches_in_force(lines: Iterable[LogLine]) -> dict[str, Switch]:
    """Return the acts that are in force, by deck (`""`: all decks without one of their own)."""
    latest: dict[str, Switch] = {}
    for deck, act in _standing(lines):
        if not deck:
            latest.clear()
        latest[deck] = act
    return latest


def every_in_force(lines: Iterable[LogLine]) -> dict[str, Switch]:
    """Return the same with an act for all decks, which SM-2 has where none was given."""
    return {"": Switch(0, SM2)} | switches_in_force(lines)


def fitted(lines: Iterable[LogLine], deck: str) -> tuple[float, ...]:
    """Return the parameters of FSRS that were fitted last, for all decks or for this one; `()` if none were."""
    every = [act.parameters for named, act in _standing(lines) if named in {"", deck} and act.parameters]
    return next((parameters for parameters in reversed(every) if not unfit(parameters)), ())


def _standing(lines: Iterable[LogLine]) -> list[tuple[str, Switch]]:
    """Return the switches that were not undone, in order, each with its deck."""
    acts = in_order(lines)
    undone = {(line.deck, line.act.of) for line in acts if isinstance(line.act, Undo) and line.act.act == Switch.what}
    return [
        (line.deck, line.act)
        for line in acts
        if isinstance(line.act, Switch) and (line.deck, line.act.at) not in undone
    ]


def made_of(act: Switch) -> Scheduler:
    """Return the scheduler that an act puts in force, or SM-2 where there is none of its name."""
    return SCHEDULERS[act.name](act) if act.name in SCHEDULERS else Sm2()


def _fsrs(act: Switch) -> Scheduler:
    """Return FSRS as an act has it; what of it cannot be used gives way to what is published, on every computer."""
    if library() is None:
        return Sm2(act.smooth)
    retention = act.retention if LEAST_RETENTION <= act.retention <= MOST_RETENTION else RETENTION
    return Fsrs(retention, () if unfit(act.parameters) else act.parameters, act.smooth)


def _doubts(act: Switch) -> Iterable[str]:
    if not LEAST_RETENTION <= act.retention <= MOST_RETENTION:
        yield (
            f"a retention of {act.retention:g}, outside {LEAST_RETENTION:g} to {MOST_RETENTION:g}, for which"
            f" {RETENTION:g} stands in"
        )
    if wrong := unfit(act.parameters):
        yield f"parameters that FSRS cannot use ({wrong}), for which the published ones stand in"


SCHEDULERS: Mapping[str, Callable[[Switch], Scheduler]] = {SM2: lambda act: Sm2(act.smooth), FSRS: _fsrs}
"""The schedulers that there are, by the names that the log gives them."""
