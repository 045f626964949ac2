"""Names that were given away, and stand in the text beside the note that has their history: a mistake of the deck."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import Connection

from srs.deck import Deck, Place, ReadDeck, split_card_id
from srs.errors import Problem
from srs.history import Name
from srs.store.chaining import heirs
from srs.store.opening import open_store
from srs.store.texts import places


def given_away_in_store(connection: Connection, decks: Mapping[str, Deck]) -> list[Problem]:
    """Return the mistakes of decks (by namespace) as they were last read."""
    known = _heirs_of_notes(connection)
    found = places(connection, {*known, *known.values()})
    return _told(
        known,
        {
            (each.deck, each.note): Place(decks[each.deck].root / each.path, each.line)
            for each in found
            if each.deck in decks
        },
    )


def given_away(database: str, decks: Iterable[ReadDeck]) -> list[Problem]:
    """Return the mistakes of decks as they are read now; a store that is not there yet knows none."""
    if "://" not in database and not Path(database).exists():
        return []
    with open_store(database) as store, store.reading() as connection:
        known = _heirs_of_notes(connection)
    if not known:
        return []
    return _told(
        known,
        {
            (deck.folder.deck.namespace, note.id): Place(deck.folder.deck.root / chapter.path, note.line)
            for deck in decks
            for chapter in deck.chapters
            for note in chapter.notes
        },
    )


def _heirs_of_notes(connection: Connection) -> dict[Name, Name]:
    pairs = {
        ((deck, split_card_id(card)[0]), (heir_deck, split_card_id(heir)[0]))
        for (deck, card), (heir_deck, heir) in heirs(connection).items()
    }
    return {old: new for old, new in sorted(pairs) if old != new}


def _told(known: Mapping[Name, Name], stands: Mapping[Name, Place]) -> list[Problem]:
    return [
        Problem(
            stands[old].file,
            stands[old].line,
            f"{old[1]} goes on as {new[1]} ({stands[new].file}:{stands[new].line}), which has its history;"
            " take it out, or give it a new id",
            "given-away",
        )
        for old, new in known.items()
        if old in stands and new in stands
    ]
