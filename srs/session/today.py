"""The line of cards for a sitting, read from the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from srs.due import Limits, Line, todays_line
from srs.store import cards, reviews

if TYPE_CHECKING:
    from datetime import date

    from srs.store.cards import Choice
    from srs.store.opening import Store


@dataclass(frozen=True, slots=True)
class Plan:
    """What a learner wants of a sitting: which cards, how many, and how far ahead; `cram` asks all, due or not."""

    choice: Choice
    limits: Limits
    ahead: int = 0
    cram: bool = False


def line_for(store: Store, plan: Plan, day: date) -> Line:
    """Return the cards to ask on a study day, in their order; reads what is due, not all there is."""
    with store.reading() as connection:
        if plan.cram:
            return Line(tuple(cards.all_cards(connection, plan.choice, day)))
        today, unsettled = reviews.read_today(connection, day)
        drills = cards.these_cards(connection, plan.choice, day, unsettled)
        due = cards.due_cards(connection, plan.choice, day, day + timedelta(days=plan.ahead))
        new = cards.new_cards(connection, plan.choice, day, plan.limits.new - today.new_done, today.notes_seen)
    return todays_line(due, new, drills, today, plan.limits)
