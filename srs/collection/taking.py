"""The reviews of a package from Anki, taken into the history: of each card those that it does not hold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

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
from srs.history import ANKI, ANKI_CRAM, Name, horizon
from srs.history.plain import Plain, line_of
from srs.scheduler import Grade
from srs.store.adding import all_rows, held, moments_of_cards
from srs.store.called import Named
from srs.store.merged import Merged
from srs.store.taking import Taking

_LONGEST = 2**31 - 1  # ms
_GRADES = {button: int(grade) for button, grade in GRADES.items()}
_AT_ONCE = 20_000  # reviews
_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the reviews of a package; `by_hand` counts reschedules, `misdated` moments that there are not."""

    merged: Merged
    by_hand: int
    misdated: int


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
    look, known, answered = _to_be_read(connection, package, ours)
    shown = {card: key for key, card in look}
    # Where nothing is known of the cards the history is asked for no answers on the way.
    taking = Taking(connection, rules.force, horizon(now), alone=not answered)
    failed = list[Plain]()
    by_hand = misdated = 0
    for lot in _lots(watched(package.logs([card for _, card in look]), share, len(look))):
        answers = [(shown[log.card], answer) for log in lot for answer in _answers(log, ours, days)]
        alike = held(connection, [(key if key in answered else None, answer.at) for key, answer in answers])
        new = [answer for (_, answer), known_here in zip(answers, alike, strict=True) if not known_here]
        taking.take_plain(new)
        failed += (answer for answer in new if answer.grade < Grade.HARD) if rules.leeches.suspend else ()
        by_hand += sum(review.button not in GRADES for log in lot for review in log.reviews)
        misdated += sum(log.misdated for log in lot)
        known += len(answers) - len(new)
    merged = taking.done()
    suspend_leeches(connection, map(line_of, failed), rules)
    return Taken(replace(merged, known=merged.known + known), by_hand, misdated)


def _to_be_read(
    connection: Connection, package: Package, ours: Ours
) -> tuple[list[tuple[int, AnkiCard]], int, set[int]]:
    """Return the cards that are not known to hold the same here, with the rows that show them.

    Beside them: how many answers the others hold, and which of the rows have answers at all.
    """
    rows, there, here = all_rows(connection), package.moments(), moments_of_cards(connection)
    look: list[tuple[int, AnkiCard]] = []
    known = 0
    for card in package.cards():
        key = _shown(card, ours, rows)
        if card.key in there and there[card.key] == here.get(key):
            known += here[key][0]
        elif card.key in there:
            look.append((key, card))
    return sorted(look), known, {key for key, _ in look if key in here}


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


def _answers(log: AnkiLog, ours: Ours, days: StudyDays) -> Iterator[Plain]:
    """Yield the reviews of a card of ours as our log has them."""
    if log.card.guid not in ours:
        return
    deck, name, kind = ours[log.card.guid]
    card = card_id(name, part_at(kind, log.card.place))
    for at, button, ms, filtered in log.reviews:
        if button in GRADES:
            grade, origin = _GRADES[button], ANKI_CRAM if filtered else ANKI
            yield Plain(deck, card, at, days[at].isoformat(), grade, min(ms, _LONGEST), origin)
