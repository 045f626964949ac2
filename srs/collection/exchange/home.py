"""What comes home from an account, taken into the history: each act under the name of its card."""

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from exporters.anki.exchange.values import Coming, Key
from srs.collection.answering import latest_of, suspend_leeches
from srs.collection.rules import Rules
from srs.history import LogLine, Name, Review, Suspend, horizon, moment_after
from srs.store.adding import not_answered_yet
from srs.store.called import known_rows
from srs.store.log import Merged, merge
from srs.store.states import card_state

_FROM_ANKI = json.dumps({"from": "anki"}, separators=(",", ":"))
_DELETED = json.dumps({"from": "anki-deleted"}, separators=(",", ":"))


def take_home(
    connection: Connection, coming: Iterable[Coming], names: Mapping[Key, Name], rules: Rules, now: int
) -> Merged:
    """Take acts into the history; what is known already changes nothing.

    An act keeps the moment that it has there. A note's deletion has none: the suspensions that stand for it come after
    all that is known of their cards.
    """
    lines = [_line(connection, each, names[each.key], rules, now) for each in coming]
    answers = [line for line in lines if isinstance(line.act, Review)]
    new = not_answered_yet(connection, answers) if answers else []
    others = [line for line in lines if not isinstance(line.act, Review)]
    merged = merge(connection, [*new, *others], rules.force, horizon(now))
    suspend_leeches(connection, merged.lines, rules)
    return merged


def reviews_in(lines: Sequence[LogLine]) -> int:
    """Return how many of some lines are answers."""
    return sum(isinstance(line.act, Review) for line in lines)


def _line(connection: Connection, each: Coming, name: Name, rules: Rules, now: int) -> LogLine:
    if isinstance(each.act, Review):
        return LogLine(*name, each.act)
    if not each.deleted:
        return LogLine(*name, each.act, _FROM_ANKI)
    row = known_rows(connection, [name])[name].shown
    at = moment_after(now, latest_of(connection, row, card_state(connection, row)), rules.draw)
    return LogLine(*name, Suspend(at), _DELETED)
