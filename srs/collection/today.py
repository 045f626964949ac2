"""What a study day holds: the queue of a sitting, within the limits, and how the day stands."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from srs.deck import Deck
from srs.due import Limits, Order, Queue, Queued, drilled, joined, todays_queue
from srs.due.order import RANDOM, shuffled
from srs.settings import Settings
from srs.store import mocked, queued, seen
from srs.store.query import Readable
from srs.store.values import Choice, Counts

if TYPE_CHECKING:
    from srs.store.query import Reads

WEEK = 7


class Plan(Struct, frozen=True):
    """What a learner wants of a sitting: which cards, how many, how far ahead, and in which order.

    `own` are the limits of decks (namespaces) that have their own; the others share `limits`. `cram` asks all
    cards, due or not; `again` those that were missed today; either asks `most` of them at most. `only` are the rows of
    the cards it is about, if it is not about all of the choice.
    """

    choice: Choice
    limits: Limits
    ahead: int = 0
    cram: bool = False
    again: bool = False
    most: int | None = None
    order: Order = field(default_factory=Order)
    own: Mapping[str, Limits] = field(default_factory=dict)
    only: frozenset[int] | None = None

    def wanted(self, cards: Iterable[Queued]) -> Iterator[Queued]:
        """Yield those of some cards that the plan is about, none of them read before it is taken."""
        return (card for card in cards if self.only is None or card.key in self.only)

    @property
    def shares(self) -> Iterator[tuple[Choice, Limits]]:
        """The decks that share a limit, with it."""
        shared = tuple(deck for deck in self.choice.decks if deck not in self.own)
        if shared:
            yield replace(self.choice, decks=shared), self.limits
        for deck in self.choice.decks:
            if deck in self.own:
                yield replace(self.choice, decks=(deck,)), self.own[deck]


class Today(Struct, frozen=True):
    """How a study day stands: what is left to ask, what was answered, and what the days to come hold.

    `streak`: study days in a row with an answer, today included once it has one. `week`: cards that fall due on each
    of the seven days from today on, those overdue today. `next_due`: the first day after today, within the week,
    on which a card is due.
    """

    queue: Queue
    answered: int
    counts: Counts
    streak: int
    week: tuple[int, ...]
    next_due: date | None


def plan_for(choice: Choice, settings: Settings, decks: Mapping[str, Deck]) -> Plan:
    """Return the plan that the settings, and decks (by namespace) with limits of their own, make for a choice."""
    return Plan(
        choice,
        Limits(settings.new, settings.reviews),
        order=Order(settings.order, settings.by_chapter),
        own=dict(_own_limits(settings, decks)),
    )


def queue_for(store: Readable, plan: Plan, day: date) -> Queue:
    """Return the cards to ask on a study day, in their order; reads what is due, not all there is."""
    with store.reading() as connection:
        if plan.cram:
            return Queue(tuple(_crammed(connection, plan, day)[0][: plan.most]))
        if plan.again:
            missed = queued.these_cards(connection, plan.choice, day, seen.missed_on(connection, day))
            return drilled(islice(plan.wanted(missed), plan.most))
        return joined((_share(connection, plan, *share, day) for share in plan.shares), plan.order)


def crammed_before(store: Readable, plan: Plan, day: date) -> int:
    """Return how many cards of a plan that crams were asked already in this round; it goes on with the others."""
    with store.reading() as connection:
        return _crammed(connection, plan, day)[1]


def next_day(store: Readable, plan: Plan, day: date) -> date | None:
    """Return the first study day after `day` on which a card of a plan is due."""
    with store.reading() as connection:
        if plan.only is None:
            return queued.next_due(connection, plan.choice, day)
        known = plan.wanted(queued.all_cards(connection, plan.choice, day))
    return min((card.memory.due for card in known if card.memory and card.memory.due > day), default=None)


def today_of(store: Readable, plan: Plan, day: date) -> Today:
    """Return how a study day stands."""
    queue = queue_for(store, plan, day)
    with store.reading() as connection:
        done, _ = seen.read_today(connection, day, plan.choice.decks)
        loads = queued.due_by_day(connection, plan.choice, day + timedelta(days=WEEK - 1))
        return Today(
            queue,
            done.new_done + done.reviews_done,
            queued.count_cards(connection, plan.choice, day),
            streak(seen.study_days(connection, day), day),
            week(loads, day),
            min((due for due in loads if due > day), default=None),
        )


def week(due: Mapping[date, int], today: date) -> tuple[int, ...]:
    """Return the cards that fall due on each of the seven days from today on; what is overdue is due today."""
    overdue = sum(number for day, number in due.items() if day < today)
    first, *rest = (due.get(today + timedelta(days=ahead), 0) for ahead in range(WEEK))
    return (first + overdue, *rest)


def backlog_ends(due: int, limit: int, today: date) -> date | None:
    """Return the day on which `due` cards are cleared at a daily limit; `None` if they never are."""
    return today + timedelta(days=-(-due // limit) - 1) if limit else None


def streak(days: Iterable[date], today: date) -> int:
    """Count the study days in a row that saw an answer, given newest first; today may still be to come."""
    length, expected = 0, today
    for day in days:
        if day == today - timedelta(days=1):
            expected = day
        if day != expected:
            break
        length += 1
        expected = day - timedelta(days=1)
    return length


def _own_limits(general: Settings, decks: Mapping[str, Deck]) -> Iterator[tuple[str, Limits]]:
    """Yield the daily limits of decks that have their own; what a deck leaves open is the general one."""
    for name, deck in decks.items():
        if deck.new is not None or deck.reviews is not None:
            new = general.new if deck.new is None else deck.new
            yield name, Limits(new, general.reviews if deck.reviews is None else deck.reviews)


def _crammed(connection: "Reads", plan: Plan, day: date) -> tuple[list[Queued], int]:
    """Return the cards that were crammed the fewest times on a day, and how many others there are."""
    every = list(plan.wanted(queued.all_cards(connection, plan.choice, day)))
    times = seen.crammed_on(connection, day)
    fewest = min((times.get(card.key, 0) for card in every), default=0)
    left = [card for card in every if times.get(card.key, 0) == fewest]
    return shuffled(left, plan.order.seed) if plan.order.first == RANDOM else left, len(every) - len(left)


def _share(connection: "Reads", plan: Plan, choice: Choice, limits: Limits, day: date) -> Queue:
    today, unsettled = seen.read_today(connection, day, choice.decks)
    missed = [key for key in mocked.missed_on(connection, day, choice.decks) if key not in unsettled]
    drills = tuple(plan.wanted(queued.these_cards(connection, choice, day, [*unsettled, *missed])))
    due = plan.wanted(queued.due_cards(connection, choice, day, day + timedelta(days=plan.ahead)))
    # Of some cards only, the first new one of a note need not be the first of all its siblings.
    most = limits.new - today.new_done if plan.only is None else None
    notes = today.notes_seen | {card.note for card in drills}
    new = plan.wanted(queued.new_cards(connection, choice, day, most, notes))
    return todays_queue(due, new, drills, today, limits)
