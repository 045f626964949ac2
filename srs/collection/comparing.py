"""Schedulers compared on the learner's own answers, and FSRS fitted to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from srs.collection import acting
from srs.collection.collection import Collection
from srs.collection.telling import Share, in_turns, watched
from srs.due import milliseconds
from srs.errors import SrsError
from srs.history.force import FSRS, SCHEDULERS, SM2, every_in_force, fitted
from srs.scheduler import Answer, Fsrs, Scheduler, Sm2, Step
from srs.scheduler.fitting import NEEDED, fit
from srs.scheduler.fsrs import library, model
from srs.stats.promises import Judgement, Promise, constant, judge, promises, rate_of
from srs.store.forces import switches
from srs.store.progress import read_histories

FITTED = "fsrs-fitted"
History = Sequence[Step]


@dataclass(frozen=True, slots=True)
class Compared:
    """How each scheduler's promises were kept, on the later half of the judged answers.

    `reviews`: all answers, `judged`: those that test a memory. `constant` is the promise that everybody can make: the
    share that was recalled in the first half. `library`: whether that of FSRS is here; without it, and with too few
    judged answers for a fit, judgements are of nothing.
    """

    reviews: int
    judged: int
    schedulers: dict[str, Judgement]
    constant: Judgement
    library: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """What a fit found: how published, kept and fitted parameters do on later answers that none was fitted to.

    `kept` are the parameters from before, `None` if those were the published ones. `better`: the fitted ones predict
    better than both, and are kept from now on.
    """

    judged: int
    parameters: tuple[float, ...]
    published: Judgement
    kept: Judgement | None
    fitted: Judgement

    @property
    def better(self) -> bool:
        """Whether the fitted parameters lose less than whatever else there is."""
        others = [each.log_loss or 0 for each in (self.published, self.kept) if each]
        return self.fitted.log_loss is not None and self.fitted.log_loss < min(others)


def compare(collection: Collection, share: Share | None = None) -> Compared:
    """Return how the schedulers' promises were kept on all answers of the log; writes nothing.

    `share` is told how many of the replays' histories are done.
    """
    replays = _Replays(collection, share, turns=4)
    base = promises(Sm2(), replays.again())
    first, later = _halved(base)
    found = {SM2: judge(later), FSRS: Judgement(), FITTED: Judgement()}
    here = library() is not None
    if here:
        found[FSRS] = replays.later(len(first), Fsrs())
        if len(base) >= NEEDED:
            found[FITTED] = replays.later(len(first), Fsrs(weights=fit(replays.before(later[0].at))))
    reviews = sum(isinstance(step, Answer) for history in replays.histories for step in history)
    return Compared(reviews, len(base), found, judge(constant(rate_of(first), later)), here)


def fit_to(collection: Collection, now: datetime, share: Share | None = None, *, dry_run: bool = False) -> Fit:
    """Fit FSRS to the first half of the judged answers, and keep that in the log if it predicts the later half better.

    The acts repeat what is in force: a fit switches nothing by itself, though where FSRS is in force its memories are
    those of the fitted parameters then. `share` is told how many of the replays' histories are done. Raises SrsError if
    there are too few answers, or no library.
    """
    model(())  # raises what is to be told where there is no library
    with collection.store.reading() as connection:
        lines = switches(connection)
    kept = fitted(lines, "")
    replays = _Replays(collection, share, turns=5 if kept else 4)
    base = promises(Sm2(), replays.again())
    if len(base) < NEEDED:
        raise SrsError(
            f"a fit needs {NEEDED} judged answers, each the first of a card's later study day; the log has {len(base)}"
        )
    first, later = _halved(base)
    weights = fit(replays.before(later[0].at))
    done = Fit(
        len(base),
        weights,
        replays.later(len(first), Fsrs()),
        replays.later(len(first), Fsrs(weights=kept)) if kept else None,
        replays.later(len(first), Fsrs(weights=weights)),
    )
    if done.better and not dry_run:
        acts = [
            (deck, replace(act, parameters=weights) if act.name in SCHEDULERS else act)
            for deck, act in sorted(every_in_force(lines).items())
        ]
        with collection.store.writing() as connection:
            acting.switch(connection, acts, milliseconds(now), collection.rules)
    return done


class _Replays:
    """The histories of all cards, gone over by one scheduler after the other, in so many turns at most."""

    def __init__(self, collection: Collection, share: Share | None, turns: int) -> None:
        with collection.store.reading() as connection:
            self.histories = [[act.step for act in history] for history in read_histories(connection)]
        self._turns = in_turns(share, turns)

    def again(self) -> Iterator[History]:
        """Go over them once more."""
        return watched(self.histories, next(self._turns), len(self.histories))

    def later(self, first: int, scheduler: Scheduler) -> Judgement:
        """Return how a scheduler's promises were kept, the first so many of them apart."""
        return judge(promises(scheduler, self.again())[first:])

    def before(self, at: int) -> Iterator[History]:
        """Yield what came before a moment (ms); a step by hand has none and goes with the answer before it."""
        for history in self.again():
            later = (n for n, step in enumerate(history) if isinstance(step, Answer) and step.at >= at)
            yield history[: next(later, len(history))]


def _halved(found: Sequence[Promise]) -> tuple[Sequence[Promise], Sequence[Promise]]:
    half = len(found) // 2
    return found[:half], found[half:]
