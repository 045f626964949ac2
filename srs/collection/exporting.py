"""From the store to Anki: notes with their progress, made anew only where something changed since the last export."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from exporters import ExportNote, PastAnswer, Progress
from exporters.anki.changes import Changes, Exported, compare
from exporters.anki.fields import RENDERING
from exporters.anki.identity import card_ord, deck_name
from exporters.anki.media import Media
from exporters.anki.note_types import SORT_FIELD, kind_of
from exporters.anki.package import record_of
from exporters.anki.record import GivenNote, Record
from srs.deck import note_from_text, split_card_id
from srs.scheduler import trace
from srs.store.exports import given_notes
from srs.store.progress import read_progress
from srs.store.texts import StandingNote, standing_notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import Connection

    from srs.deck import Deck
    from srs.scheduler import Memory, Scheduler
    from srs.store.cards import Choice
    from srs.store.progress import CardProgress


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A package to be written, what it changes on the phone, and what to remember anew once it is written.

    `bare` counts notes without an id, or with steps that have no number.
    """

    records: tuple[Record, ...]
    media: Mapping[str, Path]
    changes: Changes
    given: tuple[GivenNote, ...]
    bare: int


def export_notes(connection: Connection, decks: Mapping[str, Deck], choice: Choice) -> Iterator[ExportNote]:
    """Yield the notes of a choice as every exporter takes them, without progress."""
    for row in standing_notes(connection, choice):
        yield _export_note(row, decks[row.deck], {})


def outgoing(
    connection: Connection, decks: Mapping[str, Deck], choice: Choice, now: int, progress: Scheduler | None = None
) -> Outgoing:
    """Return what an export to Anki at a moment (epoch seconds) writes; with progress if a scheduler is given.

    `decks` are by namespace.
    """
    last = given_notes(connection, choice.decks)
    by_note = {given.note_key: given for given in last.values()}
    standing = read_progress(connection, choice.decks) if progress else {}
    media, records, made = Media(), list[Record](), list[tuple[StandingNote, str]]()
    bare = 0
    for row in standing_notes(connection, choice):
        deck, digest = decks[row.deck], _digest(row, decks[row.deck])
        answers = _progress(standing.get(row.key, ()), progress)
        given = by_note.get(row.key)
        if given and given.made_from == digest:
            records.append(_again(given, row, deck, answers))
        else:
            item = _export_note(row, deck, answers)
            records.append(record_of(item, media))
            loose = not item.note.identified or not all(step.numbered for step in item.note.steps)
            bare += loose
            digest = "" if loose or _shows_images(records[-1]) else digest
        made.append((row, digest))
    stamped, changes = compare(records, {guid: _exported(given) for guid, given in last.items()}, now)
    remembered = (_given(record, row, digest) for record, (row, digest) in zip(stamped, made, strict=True))
    fresh = tuple(given for given in remembered if given != last.get(given.guid))
    return Outgoing(stamped, media.files, changes, fresh, bare)


def _shows_images(record: Record) -> bool:
    """Whether a note shows images, which may change without its text."""
    return any("<img" in field for field in record.fields)


def _export_note(row: StandingNote, deck: Deck, progress: Mapping[str, Progress]) -> ExportNote:
    return ExportNote(deck, row.chapter, note_from_text(row.text), row.changed_at // 1000, progress)


def _digest(row: StandingNote, deck: Deck) -> str:
    parts = (str(RENDERING), deck.namespace, deck.language, row.name, row.text, " ".join(row.tags), row.source)
    return sha256("\0".join(parts).encode()).hexdigest()[:32]


def _again(given: GivenNote, row: StandingNote, deck: Deck, progress: Mapping[str, Progress]) -> Record:
    """Return the record of a note whose content is what it was at the last export."""
    places = {part: card_ord(kind_of(given.note_type), part) for part in progress}
    return Record(
        given.guid,
        given.note_type,
        deck_name(deck, row.chapter),
        given.tags,
        given.fields,
        given.fields[SORT_FIELD],
        given.ords,
        given.changed_at,
        {place: progress[part] for part, place in places.items() if place is not None},
    )


def _progress(found: Iterable[CardProgress], scheduler: Scheduler | None) -> dict[str, Progress]:
    if scheduler is None:
        return {}
    return {
        split_card_id(card.name)[1]: Progress(
            card.memory, _ease(scheduler, card.memory), card.suspended, tuple(_past(card, scheduler))
        )
        for card in found
    }


def _past(card: CardProgress, scheduler: Scheduler) -> Iterator[PastAnswer]:
    answers = [review.answer for review in card.history]
    for review, (before, after) in zip(card.history, trace(scheduler, answers), strict=True):
        yield PastAnswer(
            review.at,
            review.grade,
            review.ms,
            drill=before is after,
            first=before is None,
            forgotten=before is not None and scheduler.shown(before).repetitions == 0,
            interval=after.interval if after else 0,
            last_interval=before.interval if before else 0,
            ease=_ease(scheduler, after),
        )


def _ease(scheduler: Scheduler, memory: Memory | None) -> int:
    return (scheduler.shown(memory).ease or 0) if memory else 0


def _exported(given: GivenNote) -> Exported:
    return Exported(
        given.guid,
        given.anki_deck,
        given.tags,
        given.fields,
        given.ords,
        given.changed_at,
        given.stands,
    )


def _given(record: Record, row: StandingNote, digest: str) -> GivenNote:
    return GivenNote(
        record.guid,
        row.key,
        record.note_type,
        record.deck,
        record.tags,
        record.fields,
        record.ords,
        record.changed_at,
        digest,
    )
