"""What goes along with the cards of an export: how they stand, and the answers that they were given."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from exporters import Progress
from exporters.anki.database import CardKey, Logs
from exporters.anki.identity import card_ord
from exporters.anki.note_types import kind_of
from exporters.anki.record import Record
from srs.collection.past import ease_of, fsrs_at, fsrs_of, logged, past_answers
from srs.deck import split_card_id
from srs.history.force import InForce
from srs.scheduler import Fsrs
from srs.store.answers import CardStanding, last_counted, read_answers, read_standings
from srs.store.values import Choice

if TYPE_CHECKING:
    from srs.store.query import Reads


@dataclass(frozen=True, slots=True)
class Carried:
    """The cards of a choice as they stand, by their notes' rows, under the schedulers in force.

    `answered` are the moments (ms) of the last answers of FSRS's cards. `keys` are those cards whose answers are still
    to be read, by their rows, as Anki knows them, with their decks: they become known note by note.
    """

    force: InForce
    cards: Mapping[int, list[CardStanding]]
    answered: Mapping[int, int]
    keys: dict[int, tuple[CardKey, str]] = field(default_factory=dict)

    def progress(self, note: int, record: Record) -> dict[int, Progress]:
        """Return the progress of a note's cards by their places, and remember what Anki knows them by."""
        found, kind = {}, kind_of(record.note_type)
        for card in self.cards.get(note, ()):
            place = card_ord(kind, split_card_id(card.name)[1])
            if place is None:
                continue
            if not card.history:
                self.keys[card.key] = (record.guid, place), card.deck
            if card.memory or card.suspended or card.history:
                found[place] = self._progress(card)
        return found

    def logs(self, connection: "Reads", choice: Choice) -> Logs:
        """Yield the answers of those cards whose answers are still to be read, one card after the other."""
        for key, answers in read_answers(connection, choice.decks):
            if key in self.keys:
                known, deck = self.keys[key]
                yield known, logged(answers, self.force.of(deck))

    def _progress(self, card: CardStanding) -> Progress:
        """Return a card's progress, with its answers where the whole history is known."""
        scheduler = self.force.of(card.deck)
        ease = ease_of(scheduler, card.memory)
        if card.history:
            past, fsrs = tuple(past_answers(card.history, scheduler)), fsrs_of(card.history, card.memory, scheduler)
            return Progress(card.memory, ease, card.suspended, past, fsrs)
        fsrs = fsrs_at(self.answered.get(card.key), card.memory, scheduler)
        return Progress(card.memory, ease, card.suspended, fsrs=fsrs)


def read_carried(connection: "Reads", choice: Choice, force: InForce) -> Carried:
    """Return what is to go along with the cards of a choice."""
    cards: dict[int, list[CardStanding]] = defaultdict(list)
    for card in read_standings(connection, choice):
        cards[card.note].append(card)
    decks = [deck for deck in choice.decks if isinstance(force.of(deck), Fsrs)]
    return Carried(force, cards, last_counted(connection, decks) if decks else {})
