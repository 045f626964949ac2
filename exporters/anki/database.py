"""Notes as the SQLite database inside an Anki package; knows no decks of ours, no files and no clock."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from exporters.anki.identity import deck_id
from exporters.anki.note_types import SORT_FIELD, STAMP, field_names, note_types_json
from exporters.anki.record import Record
from exporters.anki.scheduling import Birth, RevlogRow, card_columns, revlog_rows

_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"
_CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, '')"
_REVIEW = "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)"


def database(records: Sequence[Record], birth: Birth | None = None) -> bytes:
    """Return a database that holds these notes, their new cards to be studied in this order.

    The same records make the same bytes. Both note types are always in it. `birth` is needed where there is progress.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(APKG_SCHEMA)
        connection.executescript(APKG_COL)
        standard, settings = connection.execute("SELECT decks, conf FROM col").fetchone()
        deck_ids = {name: deck_id(name) for name in dict.fromkeys(record.deck for record in records)}
        decks = json.loads(standard) | _decks_json(deck_ids)
        # A collection of scheduler 1, as genanki's, gave its learning cards three buttons: Anki would count ours up.
        settings = json.loads(settings) | {"schedVer": 2}
        values = (json.dumps(note_types_json()), json.dumps(decks), json.dumps(settings))
        connection.execute("UPDATE col SET models = ?, decks = ?, conf = ?", values)
        note_ids = _ids([record.changed_s for record in records])
        connection.executemany(_NOTE, _note_rows(records, note_ids))
        cards = _card_keys(records, note_ids)
        if birth:
            connection.execute("UPDATE col SET crt = ?", (birth.seconds,))
            connection.executemany(_REVIEW, _review_rows(cards))
        connection.executemany(_CARD, _card_rows(cards, deck_ids, birth))
        connection.commit()
        return connection.serialize()


def _decks_json(deck_ids: Mapping[str, int]) -> dict[str, Any]:
    """Return decks as Anki's JSON, by id; of two spellings of one name, the first is kept."""
    named = {number: name for name, number in reversed(list(deck_ids.items()))}
    return {str(number): genanki.Deck(number, named[number]).to_json() for number in sorted(named)}


def _ids(moments: Sequence[int]) -> list[int]:
    """Return a different id for each moment in epoch seconds; Anki reads an id as milliseconds of that moment."""
    ids = [0] * len(moments)
    last = 0
    for index in sorted(range(len(moments)), key=moments.__getitem__):
        last = ids[index] = max(last + 1, moments[index] * 1000)
    return ids


def _note_rows(records: Sequence[Record], note_ids: Sequence[int]) -> Iterator[tuple[int | str, ...]]:
    for record, note_id in zip(records, note_ids, strict=True):
        fields = stamped(record)
        text = "\x1f".join(fields)
        yield note_id, record.guid, record.note_type, record.changed_s, record.tags, text, fields[SORT_FIELD]


def stamped(record: Record) -> tuple[str, ...]:
    """Return a note's fields with the time of its last change among them, by which an import tells versions."""
    place = field_names(record.note_type).index(STAMP)
    return (*record.fields[:place], str(record.changed_s), *record.fields[place + 1 :])


_CardKey = tuple[int, int, Record, int]  # its id, its note's id, its note, its place


def _card_keys(records: Sequence[Record], note_ids: Sequence[int]) -> list[_CardKey]:
    card_ids = iter(_ids([record.changed_s for record in records for _ in record.ords]))
    pairs = zip(records, note_ids, strict=True)
    return [(next(card_ids), note_id, record, place) for record, note_id in pairs for place in record.ords]


def _card_rows(
    cards: Sequence[_CardKey], deck_ids: Mapping[str, int], birth: Birth | None
) -> Iterator[tuple[int, ...]]:
    for position, (card_id, note_id, record, place) in enumerate(cards, 1):
        progress = record.progress.get(place) if birth else None
        columns = card_columns(progress, position, birth)
        yield card_id, note_id, deck_ids[record.deck], place, record.changed_s, *columns


def _review_rows(cards: Sequence[_CardKey]) -> Iterator[RevlogRow]:
    taken: set[int] = set()
    for card_id, _, record, place in cards:
        yield from revlog_rows(card_id, record.progress.get(place), taken)
