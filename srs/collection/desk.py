"""What commands work with: decks, settings and rules, and a store that is open, or will be when something is done."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct
from msgspec.structs import replace

from srs.collection.rules import Rules
from srs.collection.today import Plan, plan_for
from srs.deck import Deck, DeckFolder
from srs.due import study_day
from srs.errors import SrsError, UsageError, nearest, unknown_name
from srs.scheduler import Scheduler
from srs.settings import Settings
from srs.store.called import cards_called
from srs.store.queued import has_cards, list_cards
from srs.store.values import Choice, StoredCard

if TYPE_CHECKING:
    from srs.store.opening import Store
    from srs.store.query import Reads

_FEW = 4  # as many as a sentence holds


class Shelf(Protocol):
    """A store that is read at once, and opened when something is to be written."""

    def reading(self) -> AbstractContextManager["Reads"]:
        """Give a connection that sees one state of the store from beginning to end."""
        ...

    def opened(self) -> "Store":
        """Return the store, open."""
        ...


class Desk(Struct, frozen=True):
    """Decks, settings, the rules by which acts are done, and a store."""

    folders: tuple[DeckFolder, ...]
    settings: Settings
    rules: Rules
    store: Shelf

    @property
    def decks(self) -> dict[str, Deck]:
        """The decks by their namespaces."""
        return {folder.deck.namespace: folder.deck for folder in self.folders}

    def scheduler(self, deck: str) -> Scheduler:
        """Return what decides when the cards of a deck (its namespace) are asked next."""
        return self.rules.force.of(deck)

    def day_of(self, moment: datetime) -> date:
        """Return the study day of a moment in the learner's zone."""
        return study_day(moment, self.settings.rollover)

    def choice(self, deck: str | None = None, tag: str | None = None) -> Choice:
        """Return the cards of a deck, called by its namespace, its name or its folder, and of a tag.

        Raises UsageError if there is no such deck, or no card with such a tag.
        """
        decks = self.decks.values()
        chosen = [each for each in decks if deck is None or deck in {each.namespace, each.name, each.root.name}]
        if not chosen and deck is not None:
            raise UsageError(f"no deck {deck!r}; {unknown_name(deck, list(self.decks))}")
        if tag:
            self._expect(tag)
        return Choice(tuple(each.namespace for each in chosen), tag)

    def _expect(self, tag: str) -> None:
        """Raise UsageError if no card of any deck bears a tag."""
        every = Choice(tuple(self.decks))
        with self.store.reading() as connection:
            if has_cards(connection, replace(every, tag=tag)):
                return
            known = Counter(one for card in list_cards(connection, every) for one in card.tags)
        raise UsageError(f"no card has the tag {tag!r}; {unknown_name(tag, [name for name, _ in known.most_common()])}")

    def plan(self, deck: str | None = None, tag: str | None = None) -> Plan:
        """Return the plan of a sitting over a deck and a tag, as the settings have it."""
        return plan_for(self.choice(deck, tag), self.settings, self.decks)

    def file(self, card: StoredCard) -> Path:
        """Return the file a card's note stands in."""
        return self.decks[card.deck].root / card.path

    def source(self, card: StoredCard) -> str:
        """Return where a card's note stands, as `path:line`."""
        return f"{self.file(card)}:{card.line}"

    def cards(self, names: Sequence[str]) -> list[StoredCard]:
        """Return the cards of these ids, in their order; `deck:card` tells decks with the same id apart.

        A card that its text no longer asks for, retired or given away, gives way to one that stands.

        Raises SrsError for an id that no card has, and UsageError for one that several decks have.
        """
        decks = self.decks
        with self.store.reading() as connection:
            found = cards_called(connection, list(decks), [_own_name(name, decks) for name in names])
            known = {card.name for card in found}
            unknown = {own for name in names if (own := _own_name(name, decks)) not in known}
            others = list(list_cards(connection, Choice(tuple(decks)))) if unknown else []
        return [_the_card(name, found, decks, others) for name in names]

    def card(self, name: str) -> StoredCard:
        """Return the card of an id, as `cards` does."""
        return self.cards([name])[0]


def _own_name(name: str, decks: Iterable[str]) -> str:
    deck, colon, rest = name.partition(":")
    return rest if colon and deck in decks else name


def _the_card(name: str, found: Iterable[StoredCard], decks: Iterable[str], others: Sequence[StoredCard]) -> StoredCard:
    bare = _own_name(name, decks)
    among = [card for card in found if card.name == bare and name in {card.name, f"{card.deck}:{card.name}"}]
    if not among and (of_note := [card.name for card in others if card.note == bare]):
        raise SrsError(f"no card {name}; its note has {', '.join(of_note[:_FEW])}")
    if not among:
        near = nearest(bare, [called for card in others for called in (card.name, card.note)])
        raise SrsError(f"no card {name}; {f'did you mean {near}? ' if near else ''}`srs cards` lists all cards")
    standing = [card for card in among if not card.retired and card.heir_id is None]
    among = standing or among
    if len(among) > 1:
        raise UsageError(
            f"{name} is in several decks; say which: {', '.join(f'{card.deck}:{card.name}' for card in among)}"
        )
    return among[0]
