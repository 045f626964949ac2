"""Which scheduler is in force: the latest word of the log, for all decks or for one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from srs.history.acts import LogLine, Switch, Undo
from srs.history.fold import in_order
from srs.scheduler import Scheduler, Sm2

SCHEDULERS: Mapping[str, Callable[[Switch], Scheduler]] = {"sm2": lambda act: Sm2(act.smooth)}
"""The schedulers that there are, by the names that the log gives them."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The schedulers in force: of all decks, and of those (by namespace) about which a later word was said.

    `unknown` are names of schedulers that this version does not have; SM-2 stands in for them.
    """

    everywhere: Scheduler = field(default_factory=Sm2)
    own: Mapping[str, Scheduler] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    def of(self, deck: str) -> Scheduler:
        """Return the scheduler of a deck."""
        return self.own.get(deck, self.everywhere)


def in_force(lines: Iterable[LogLine]) -> InForce:
    """Return the schedulers that acts leave in force; of those for all decks and for one the latest stands, whole."""
    acts = in_order(lines)
    undone = {(line.deck, line.act.of) for line in acts if isinstance(line.act, Undo) and line.act.act == Switch.what}
    latest: dict[str, Switch] = {}
    for line in acts:
        if isinstance(line.act, Switch) and (line.deck, line.act.at) not in undone:
            if not line.deck:
                latest.clear()
            latest[line.deck] = line.act
    made = {deck: (SCHEDULERS[act.name](act) if act.name in SCHEDULERS else Sm2()) for deck, act in latest.items()}
    unknown = tuple(sorted({act.name for act in latest.values()} - set(SCHEDULERS)))
    return InForce(made.pop("", Sm2()), made, unknown)
