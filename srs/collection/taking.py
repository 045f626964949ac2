"""The reviews of a package from Anki, taken into the history: of each card those that it does not hold."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from exporters.anki.found import AnkiCard, AnkiLog
from exporters.anki.identity import part_at
from exporters.anki.reading import Package
from exporters.anki.scheduling import GRADES
from srs.collection.answering import suspend_leeches
from srs.collection.noticing import Ours
from srs.collection.rules import Rules
from srs.collection.telling import Share, watched
from srs.deck import card_id
from srs.due.day import StudyDays
from srs.history import ANKI, ANKI_CRAM, LogLine, Name, Review, horizon
from srs.store.adding import all_rows, moments_of_cards, not_answered_yet
from srs.store.called import Named
from srs.store.log import Merged, merge

_LONGEST = 2**31 - 1  # ms
_AT_ONCE = 50_000  # reviews
_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the reviews of a package."""

    merged: Merged = field(default_factory=Merged)
    by_hand: int = 0
    misdated: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        """Join what became of the reviews of some cards with what became of those of others."""
        one, two = self.merged, other.merged
        merged = Merged(
            added=one.added + two.added,
            known=one.known + two.known,
            unknown=one.unknown + two.unknown,
            unknown_cards=(*one.unknown_cards, *two.unknown_cards),
            moved=one.moved + two.moved,
            kinds=Counter(one.kinds) + Counter(two.kinds),
            waiting=one.waiting + two.waiting,
        )
        return Taken(merged, self.by_hand + other.by_hand, self.misdated + other.misdated)


def take_reviews(
    connection: Connection,
    package: Package,
    ours: Ours,
    rules: Rules,
    now: int,
    days: StudyDays,
    share: Share | None = None,
) -> Taken:
    """Take the reviews of a package into the history, some cards at a time.

    Cards of which the store holds answers at the very same moments are passed over.
    """
    rows, there, here = all_rows(connection), package.moments(), moments_of_cards(connection)
    known = 0
    look: list[tuple[int, AnkiCard]] = []
    for card in package.cards():
        key = _shown(card, ours, rows)
        if card.key in there and there[card.key] != here.get(key):
            look.append((key, card))
        elif card.key in there:
            known += here[key][0]
    look.sort()
    taken = Taken(Merged(known=known))
    for lot in _lots(watched(package.logs([card for _, card in look]), share, len(look))):
        taken += _take_lot(connection, lot, ours, rules, now, days)
    return taken


def _shown(card: AnkiCard, ours: Ours, rows: Mapping[Name, Named]) -> int:
    """Return the row of the card that shows the history of one of Anki's; _NOWHERE if the store does not know it."""
    if card.guid not in ours:
        return _NOWHERE
    deck, name, kind = ours[card.guid]
    named = rows.get((deck, card_id(name, part_at(kind, card.place))))
    return named.shown if named else _NOWHERE


def _lots(logs: Iterable[AnkiLog]) -> Iterator[list[AnkiLog]]:
    """Yield the reviews of cards, of so many cards at a time that there are about as many as are held at once."""
    lot, held = list[AnkiLog](), 0
    for log in logs:
        lot.append(log)
        held += len(log.reviews)
        if held >= _AT_ONCE:
            yield lot
            lot, held = [], 0
    yield lot


def _take_lot(
    connection: Connection, lot: Iterable[AnkiLog], ours: Ours, rules: Rules, now: int, days: StudyDays
) -> Taken:
    by_hand, misdated, lines = 0, 0, list[LogLine]()
    for log in lot:
        by_hand += sum(review.button not in GRADES for review in log.reviews)
        misdated += log.misdated
        lines += _lines(log, ours, days)
    new = not_answered_yet(connection, lines)
    merged = merge(connection, new, rules.force, horizon(now))
    suspend_leeches(connection, merged.lines, rules)
    merged = replace(merged, known=merged.known + len(lines) - len(new), lines=())
    return Taken(merged, by_hand, misdated)


def _lines(log: AnkiLog, ours: Ours, days: StudyDays) -> Iterator[LogLine]:
    """Yield the reviews of a card of ours as our log has them."""
    if log.card.guid not in ours:
        return
    deck, name, kind = ours[log.card.guid]
    card = card_id(name, part_at(kind, log.card.place))
    for at, button, ms, filtered in log.reviews:
        if button in GRADES:
            told = Review(at, days[at], GRADES[button], min(ms, _LONGEST), ANKI_CRAM if filtered else ANKI)
            yield LogLine(deck, card, told)
