"""The line of cards for a sitting, read from the store."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from srs.due import Limits, Line, Order, drilled, joined, todays_line
from srs.store import cards, reviews

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from sqlalchemy import Connection

    from srs.store.cards import Choice
    from srs.store.opening import Store


@dataclass(frozen=True, slots=True)
class Plan:
    """What a learner wants of a sitting: which cards, how many, how far ahead, and in which order.

    `own` are the limits of decks (namespaces) that have their own; the others share `limits`. `cram` asks all
    cards, due or not; `again` those that were missed today.
    """

    choice: Choice
    limits: Limits
    ahead: int = 0
    cram: bool = False
    again: bool = False
    order: Order = field(default_factory=Order)
    own: Mapping[str, Limits] = field(default_factory=dict)

    @property
    def shares(self) -> Iterator[tuple[Choice, Limits]]:
        """The decks that share a limit, with it."""
        shared = tuple(deck for deck in self.choice.decks if deck not in self.own)
        if shared:
            yield replace(self.choice, decks=shared), self.limits
        for deck in self.choice.decks:
            if deck in self.own:
                yield replace(self.choice, decks=(deck,)), self.own[deck]


def line_for(store: Store, plan: Plan, day: date) -> Line:
    """Return the cards to ask on a study day, in their order; reads what is due, not all there is."""
    with store.reading() as connection:
        if plan.cram:
            return Line(tuple(cards.all_cards(connection, plan.choice, day)))
        if plan.again:
            return drilled(cards.these_cards(connection, plan.choice, day, reviews.missed_on(connection, day)))
        return joined((_share(connection, plan, *share, day) for share in plan.shares), plan.order)


def _share(connection: Connection, plan: Plan, choice: Choice, limits: Limits, day: date) -> Line:
    today, unsettled = reviews.read_today(connection, day, choice.decks)
    drills = cards.these_cards(connection, choice, day, unsettled)
    due = cards.due_cards(connection, choice, day, day + timedelta(days=plan.ahead))
    new = cards.new_cards(connection, choice, day, limits.new - today.new_done, today.notes_seen)
    return todays_line(due, new, drills, today, limits)
