"""From Anki to the store: which reviews of its log are ours, and what they say in our words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from exporters.anki.identity import note_guid, part_at
from exporters.anki.note_types import kind_of
from exporters.anki.scheduling import GRADES
from srs.deck import Kind, card_id
from srs.store.log import LogLine
from srs.store.reviews import ANKI, ANKI_CRAM, Review
from srs.store.tables import exports, notes, reviews

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from sqlalchemy import Connection

    from exporters.anki.reading import AnkiFile, AnkiReview

_APART = 5  # ms; answers of one moment are exported one after the other, and nobody answers a card again so soon


@dataclass(frozen=True, slots=True)
class OurNote:
    """A note that Anki may hold: its deck's namespace, its id, and whether it asks clozes there."""

    deck: str
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Incoming:
    """The reviews to merge, and how many were left out: reschedules by hand, and notes of decks that are not here."""

    lines: tuple[LogLine, ...]
    by_hand: int
    unknown_notes: int


def incoming(connection: Connection, file: AnkiFile, day_of: Callable[[int], date]) -> Incoming:
    """Return what a file's reviews say; `day_of` gives the study day of a moment (ms) in the learner's zone."""
    ours = our_notes(connection, {note.guid for note in file.notes})
    shared = _shared_moments(connection)
    lines = []
    by_hand = 0
    for review in file.reviews:
        if review.button not in GRADES:
            by_hand += 1
        elif note := ours.get(review.guid):
            lines.append(_line(note, review, day_of, shared))
    unknown = sum(note.guid not in ours for note in file.notes)
    return Incoming(tuple(lines), by_hand, unknown)


def our_notes(connection: Connection, guids: Iterable[str]) -> dict[str, OurNote]:
    """Return the notes behind guids: those once exported, and those whose guid follows from their id."""
    query = select(exports.c.guid, exports.c.note_type, notes.c.deck, notes.c.name)
    found = {
        row.guid: OurNote(row.deck, row.name, kind_of(row.note_type))
        for row in connection.execute(query.join(notes, exports.c.note_id == notes.c.id)).all()
    }
    if set(guids) <= set(found):
        return found
    for row in connection.execute(select(notes.c.deck, notes.c.name)).all():
        for kind in (Kind.BASIC, Kind.CLOZE):
            found.setdefault(note_guid(row.deck, row.name, kind), OurNote(row.deck, row.name, kind))
    return found


def _line(note: OurNote, review: AnkiReview, day_of: Callable[[int], date], shared: set[int]) -> LogLine:
    origin = ANKI_CRAM if review.filtered else ANKI
    at = next((earlier for earlier in range(review.at - 1, review.at - _APART, -1) if earlier in shared), review.at)
    told = Review(at, day_of(at), GRADES[review.button], min(review.ms, 2**31 - 1), origin)
    return LogLine(note.deck, card_id(note.name, part_at(note.kind, review.place)), told)


def _shared_moments(connection: Connection) -> set[int]:
    """Return the moments at which two cards were answered, on two devices: Anki was given the later one's ms later."""
    query = select(reviews.c.at).group_by(reviews.c.at).having(func.count() > 1)
    return set(connection.scalars(query))
