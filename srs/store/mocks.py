"""Outlines that were spoken by, and what of them a study day drills."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, func, select

from srs.due import milliseconds
from srs.history import DRILLS, LogLine, Mock, Undo, parse_line
from srs.history.moments import FURTHEST_DAY
from srs.scheduler import Grade
from srs.store.acts import undos_of
from srs.store.adding import known_rows
from srs.store.lots import in_lots
from srs.store.tables import acts, reviews

_WELL = [int(grade) for grade in Grade if not grade.needs_drill]


def mocks(connection: Connection, decks: Collection[str], since: int = 0) -> list[tuple[LogLine, Mock]]:
    """Return the mocks of some decks that stand, from a moment (ms) on and in the order of their moments."""
    query = select(acts.c.line).where(acts.c.what == Mock.what, acts.c.at >= since, acts.c.deck.in_(decks))
    lines = [parse_line(line) for line in connection.scalars(query.order_by(acts.c.at, acts.c.card))]
    undos = undos_of(connection, Mock.what) if lines else []
    undone = {(line.deck, line.card, line.act.of) for line in undos if isinstance(line.act, Undo)}
    return [
        (line, line.act)
        for line in lines
        if isinstance(line.act, Mock) and (line.deck, line.card, line.act.at) not in undone
    ]


def missed_on(connection: Connection, day: date, decks: Collection[str]) -> list[int]:
    """Return the cards behind what was left out in the mocks of a study day, save those answered well since.

    Each is the card that shows the history of the name in the mock's line. Crammed answers settle none.
    """
    earliest = milliseconds(datetime.combine(day, time(), UTC) - FURTHEST_DAY)
    found = [(line.deck, act) for line, act in mocks(connection, decks, earliest) if act.day == day]
    rows = known_rows(connection, {(deck, card) for deck, act in found for card in act.drills})
    missed = {rows[deck, card].shown: act.at for deck, act in found for card in act.drills if (deck, card) in rows}
    settled = _settled(connection, day, missed)
    return [key for key, at in missed.items() if settled.get(key, 0) < at]


def _settled(connection: Connection, day: date, keys: Collection[int]) -> dict[int, int]:
    """Return the moments (ms) at which cards were last answered well on a study day, as far as they were."""
    found: dict[int, int] = {}
    for some in in_lots(keys):
        query = select(reviews.c.card_id, func.max(reviews.c.at).label("at")).where(
            reviews.c.card_id.in_(some), reviews.c.day == day, reviews.c.counts, reviews.c.origin.not_in(DRILLS)
        )
        for row in connection.execute(query.where(reviews.c.grade.in_(_WELL)).group_by(reviews.c.card_id)):
            found[row.card_id] = row.at
    return found
