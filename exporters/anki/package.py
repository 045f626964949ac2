"""Anki packages: the notes, their images and their note types in one file, written whole or not at all."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING

from exporters.anki.database import Record, database
from exporters.anki.fields import note_fields
from exporters.anki.identity import card_ord, deck_name, note_guid, tag_list
from exporters.anki.media import Media
from exporters.anki.note_types import CLOZE_ID, ORDINARY_ID, SORT_FIELD
from srs.deck import Kind
from srs.files import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from exporters import ExportNote

_QUICK = 1  # of zlib's levels: text shrinks to about a quarter in half the time, and the phone unpacks it anyway
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of the times that a zip archive can hold


@dataclass(frozen=True, slots=True)
class Summary:
    """What a package holds; `unnumbered` counts the steps that have no number in the text and so no card in Anki."""

    notes: int
    cards: int
    media: int
    unnumbered: int


def write_package(path: Path, notes: Iterable[ExportNote]) -> Summary:
    """Write an Anki package with new cards, to be studied in the order of `notes`, and return what it holds.

    The same notes make the same bytes. A file at `path` is replaced as a whole, or left as it was.
    Raises SrsError if an image cannot be read or the file cannot be written.
    """
    media = Media()
    chosen = list(notes)
    records = [_record(item, media) for item in chosen]
    data = database(records)
    with replacing(path) as file:
        _write_archive(file, data, media.files)
    unnumbered = sum(not step.numbered for item in chosen for step in item.note.steps)
    return Summary(len(records), sum(len(record.ords) for record in records), len(media.files), unnumbered)


def _record(item: ExportNote, media: Media) -> Record:
    note = item.note
    places = (card_ord(note.kind, part) for part in note.parts)
    fields = note_fields(item, partial(media.name, item.deck, item.chapter))
    return Record(
        guid=note_guid(item.deck.namespace, note.id, note.kind),
        note_type=CLOZE_ID if note.kind is Kind.CLOZE else ORDINARY_ID,
        deck=deck_name(item.deck, item.chapter),
        tags=tag_list(item.chapter.tags),
        fields=fields,
        sort_field=fields[SORT_FIELD],
        ords=tuple(place for place in places if place is not None),
        changed_at=item.changed_at,
    )


def _write_archive(file: IO[bytes], data: bytes, media: Mapping[str, Path]) -> None:
    names = {str(number): name for number, name in enumerate(media)}
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(_entry("collection.anki2", zipfile.ZIP_DEFLATED), data, compresslevel=_QUICK)
        archive.writestr(_entry("media"), json.dumps(names))
        for number, name in names.items():
            archive.writestr(_entry(number), media[name].read_bytes())


def _entry(name: str, compression: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """Return an archive's entry that says nothing of when and where it was made."""
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = compression
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
