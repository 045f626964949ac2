"""Notes as the SQLite database inside an Anki package: its form is genanki's; knows no decks of ours and no files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING

import genanki

from exporters.anki.identity import deck_id
from exporters.anki.note_types import SORT_FIELD, STAMP, field_names, note_types_json
from exporters.anki.scheduling import Birth, Logged, card_columns, card_data, log_rows, revlog_rows

if TYPE_CHECKING:
    import sqlite3

    from exporters.anki.record import Record

CardKey = tuple[str, int]
"""A card by its note's guid and its place among siblings."""
Logs = Iterable[tuple[CardKey, Iterable[Logged]]]
"""Cards with their answers, one after the other: all of them need not be in memory at once."""

_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"
_CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?)"
_REVIEW = "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)"
_REPETITIONS = "UPDATE cards SET reps = (SELECT count(*) FROM revlog WHERE cid = cards.id) WHERE type = ?"
_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid"
_REVIEWED = 2  # a card's type


def fill(
    connection: sqlite3.Connection, records: Sequence[Record], birth: Birth | None = None, logs: Logs = ()
) -> None:
    """Write these notes into an empty database, their new cards to be studied in this order.

    The same records make the same bytes. All note types are always in it. `birth` is needed where there is progress;
    `logs` are answers of cards beside those in the records, and cards that are not in those are passed over.
    """
    cursor = connection.cursor()
    genanki.Package([]).write_to_db(cursor, 0, iter(()))
    indexes = cursor.execute(_INDEXES).fetchall()
    for name, _ in indexes:  # a tree that is made of all its entries at once is made in a fraction of the time
        cursor.execute(f"DROP INDEX {name}")
    decks = _decks(records)
    _write_collection(cursor, decks, birth)
    note_ids = _ids([record.changed_s for record in records])
    card_ids = _ids([record.changed_s for record in records for _ in record.ords])
    cursor.executemany(_NOTE, map(_note_row, records, note_ids))
    cursor.executemany(_CARD, _card_rows(records, note_ids, card_ids, decks, birth))
    if birth:
        cursor.executemany(_REVIEW, _log_rows(records, card_ids, logs))
    for _, sql in indexes:
        cursor.execute(sql)
    if birth:
        cursor.execute(_REPETITIONS, (_REVIEWED,))
    connection.commit()


def _decks(records: Iterable[Record]) -> dict[str, genanki.Deck]:
    """Return the decks by the names that notes have for them; of two spellings of one name, the first is kept."""
    decks: dict[int, genanki.Deck] = {}
    found: dict[str, genanki.Deck] = {}
    for name in dict.fromkeys(record.deck for record in records):
        number = deck_id(name)
        found[name] = decks.setdefault(number, genanki.Deck(number, name))
    return found


def _write_collection(cursor: sqlite3.Cursor, decks: dict[str, genanki.Deck], birth: Birth | None) -> None:
    """Write note types, decks and settings, each of them once: genanki reads and writes all of them for each deck."""
    standard, settings, moment = cursor.execute("SELECT decks, conf, crt FROM col").fetchone()
    named = json.loads(standard) | {str(deck.deck_id): deck.to_json() for deck in decks.values()}
    # A collection of scheduler 1, as genanki's, gave its learning cards three buttons: Anki would count ours up.
    settings = json.loads(settings) | {"schedVer": 2}
    values = (json.dumps(note_types_json()), json.dumps(named), json.dumps(settings))
    cursor.execute(
        "UPDATE col SET models = ?, decks = ?, conf = ?, crt = ?", (*values, birth.seconds if birth else moment)
    )


def _note_row(record: Record, note_id: int) -> tuple[object, ...]:
    sort_field = record.fields[SORT_FIELD]
    return note_id, record.guid, record.note_type, record.changed_s, record.tags, given(record), sort_field


def _card_rows(
    records: Iterable[Record],
    note_ids: Iterable[int],
    card_ids: Iterable[int],
    decks: dict[str, genanki.Deck],
    birth: Birth | None,
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of cards; a new card's place among the new is that of its note, and within it that of the text."""
    ids, positions = iter(card_ids), count(1)
    for record, note_id in zip(records, note_ids, strict=True):
        deck = decks[record.deck].deck_id
        for place in record.ords:
            progress = record.progress.get(place) if birth else None
            columns = card_columns(progress, next(positions), birth)
            data = card_data(progress.fsrs) if progress else ""
            yield next(ids), note_id, deck, place, record.changed_s, *columns, data


def _log_rows(records: Iterable[Record], card_ids: Iterable[int], logs: Logs) -> Iterator[tuple[int, ...]]:
    """Yield the review log: what stands in the records themselves, and then what came beside them."""
    taken: set[int] = set()
    ids = iter(card_ids)
    keys = {(record.guid, place): next(ids) for record in records for place in record.ords}
    for record in records:
        for place, progress in record.progress.items():
            if (record.guid, place) in keys:
                yield from revlog_rows(keys[record.guid, place], progress, taken)
    for key, answers in logs:
        if key in keys:
            yield from log_rows(keys[key], answers, taken)


def _ids(moments: Sequence[int]) -> list[int]:
    """Return a different id for each moment in epoch seconds; Anki reads an id as milliseconds of that moment."""
    ids = [0] * len(moments)
    last = 0
    for index in sorted(range(len(moments)), key=moments.__getitem__):
        last = ids[index] = max(last + 1, moments[index] * 1000)
    return ids


def given(record: Record) -> str:
    """Return a note's fields as they stand in Anki's database, the time of its last change among them."""
    return "\x1f".join(stamped(record))


def stamped(record: Record) -> tuple[str, ...]:
    """Return a note's fields with the time of its last change among them, by which an import tells versions."""
    place = field_names(record.note_type).index(STAMP)
    return (*record.fields[:place], str(record.changed_s), *record.fields[place + 1 :])
