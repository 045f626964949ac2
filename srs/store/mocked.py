"""Outlines that were spoken by, and what of them a study day drills."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from srs.due import milliseconds
from srs.history import LogLine, Mock, Undo, parse_line
from srs.history.moments import FURTHEST_DAY
from srs.store.called import known_rows
from srs.store.forces import undos_of
from srs.store.query import ask

if TYPE_CHECKING:
    from srs.store.query import Reads


def mocks(connection: "Reads", decks: Collection[str], since: int = 0) -> list[tuple[LogLine, Mock]]:
    """Return the mocks of some decks that stand, from a moment (ms) on and in the order of their moments."""
    lines = [parse_line(row.line) for row in ask(connection, "mocks", decks=tuple(decks), since=since)]
    undos = undos_of(connection, Mock.what) if lines else []
    undone = {(line.deck, line.card, line.act.of) for line in undos if isinstance(line.act, Undo)}
    return [
        (line, line.act)
        for line in lines
        if isinstance(line.act, Mock) and (line.deck, line.card, line.act.at) not in undone
    ]


def missed_on(connection: "Reads", day: date, decks: Collection[str]) -> list[int]:
    """Return the cards behind what was left out in the mocks of a study day, save those answered well since.

    Each is the card that shows the history of the name in the mock's line. Crammed answers settle none.
    """
    earliest = milliseconds(datetime.combine(day, time(), UTC) - FURTHEST_DAY)
    found = [(line.deck, act) for line, act in mocks(connection, decks, earliest) if act.day == day]
    rows = known_rows(connection, {(deck, card) for deck, act in found for card in act.drills})
    missed = {rows[deck, card].shown: act.at for deck, act in found for card in act.drills if (deck, card) in rows}
    settled = {row.card_id: row.at for row in ask(connection, "settled", day=day, keys=list(missed))} if missed else {}
    return [key for key, at in missed.items() if settled.get(key, 0) < at]
