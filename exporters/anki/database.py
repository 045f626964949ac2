"""Notes as the SQLite database inside an Anki package, which genanki writes; knows no decks of ours and no files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import count, islice

import genanki

from exporters import Progress
from exporters.anki.identity import deck_id
from exporters.anki.note_types import STAMP, field_names, note_types, note_types_json
from exporters.anki.record import Record
from exporters.anki.scheduling import Birth, card_columns, card_data, revlog_rows

_PROGRESS = (
    "UPDATE cards SET type = ?, queue = ?, due = ?, ivl = ?, factor = ?, reps = ?, lapses = ?, data = ? WHERE id = ?"
)
_REVIEW = "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)"


def database(records: Sequence[Record], birth: Birth | None = None) -> bytes:
    """Return a database that holds these notes, their new cards to be studied in this order.

    The same records make the same bytes. All note types are always in it. `birth` is needed where there is progress.
    """
    decks = list(_decks(records, birth))
    with closing(sqlite3.connect(":memory:")) as connection:
        cursor = connection.cursor()
        genanki.Package(decks).write_to_db(cursor, 0, iter(()))
        standard, settings, moment = cursor.execute("SELECT decks, conf, crt FROM col").fetchone()
        named = json.loads(standard) | {str(deck.deck_id): deck.to_json() for deck in decks}
        # A collection of scheduler 1, as genanki's, gave its learning cards three buttons: Anki would count ours up.
        settings = json.loads(settings) | {"schedVer": 2}
        values = (json.dumps(note_types_json()), json.dumps(named), json.dumps(settings))
        cursor.execute(
            "UPDATE col SET models = ?, decks = ?, conf = ?, crt = ?", (*values, birth.seconds if birth else moment)
        )
        connection.commit()
        return connection.serialize()


class _Deck(genanki.Deck):  # type: ignore[misc] # genanki has no types
    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        """Write the notes alone: genanki would read and write all decks' names and note types for each deck anew."""
        for note in self.notes:
            note.write_to_db(cursor, timestamp, self.deck_id, id_gen)


class _Note(genanki.Note):  # type: ignore[misc] # genanki has no types
    """A note with a time of its own, and with ids of its own and its cards', in this order."""

    def __init__(self, record: Record, model: genanki.Model, ids: Iterable[int], cards: list[_Card]) -> None:
        super().__init__(model, stamped(record), tags=record.tags.split(), guid=record.guid)
        self.changed_s, self.ids, self.cards = record.changed_s, ids, cards

    def write_to_db(self, cursor: sqlite3.Cursor, _: float, deck_id: int, _id_gen: Iterator[int]) -> None:
        super().write_to_db(cursor, self.changed_s, deck_id, iter(self.ids))

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Warn of nothing: what is no tag here was escaped, and genanki takes some of it for tags all the same."""


class _Card(genanki.Card):  # type: ignore[misc] # genanki has no types
    """A card with its position among the new; `taken` are the moments by which reviews in the package are known."""

    def __init__(
        self, place: int, position: int, progress: Progress | None, birth: Birth | None, taken: set[int]
    ) -> None:
        super().__init__(place)
        self.position, self.progress, self.birth, self.taken = position, progress, birth, taken

    def write_to_db(
        self, cursor: sqlite3.Cursor, timestamp: float, deck_id: int, note_id: int, id_gen: Iterator[int], _: int = 0
    ) -> None:
        super().write_to_db(cursor, timestamp, deck_id, note_id, id_gen, self.position)
        if self.birth and self.progress and cursor.lastrowid:
            card = cursor.lastrowid
            columns = card_columns(self.progress, self.position, self.birth)
            cursor.execute(_PROGRESS, (*columns, card_data(self.progress.fsrs), card))
            cursor.executemany(_REVIEW, revlog_rows(card, self.progress, self.taken))


def _decks(records: Sequence[Record], birth: Birth | None) -> Iterable[_Deck]:
    """Return the notes by their decks; of two spellings of one deck's name, the first is kept."""
    names = {name: deck_id(name) for name in dict.fromkeys(record.deck for record in records)}
    decks: dict[int, _Deck] = {}
    for name, number in names.items():
        decks.setdefault(number, _Deck(number, name))
    note_ids = _ids([record.changed_s for record in records])
    card_ids = iter(_ids([record.changed_s for record in records for _ in record.ords]))
    models, positions, taken = note_types(), count(1), set[int]()
    for record, note_id in zip(records, note_ids, strict=True):
        cards = [_Card(place, next(positions), record.progress.get(place), birth, taken) for place in record.ords]
        ids = (note_id, *islice(card_ids, len(cards)))
        decks[names[record.deck]].add_note(_Note(record, models[record.note_type], ids, cards))
    return decks.values()


def _ids(moments: Sequence[int]) -> list[int]:
    """Return a different id for each moment in epoch seconds; Anki reads an id as milliseconds of that moment."""
    ids = [0] * len(moments)
    last = 0
    for index in sorted(range(len(moments)), key=moments.__getitem__):
        last = ids[index] = max(last + 1, moments[index] * 1000)
    return ids


def stamped(record: Record) -> tuple[str, ...]:
    """Return a note's fields with the time of its last change among them, by which an import tells versions."""
    place = field_names(record.note_type).index(STAMP)
    return (*record.fields[:place], str(record.changed_s), *record.fields[place + 1 :])
