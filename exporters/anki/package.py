"""Anki packages: the notes, their images and their note types in one file, written whole or not at all."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import IO

from exporters import ExportNote
from exporters.anki.database import database
from exporters.anki.fields import note_fields
from exporters.anki.identity import card_ord, deck_name, note_guid, tag_list
from exporters.anki.media import Media, named_bytes
from exporters.anki.note_types import note_type_of
from exporters.anki.record import Record
from exporters.anki.scheduling import Birth
from srs.files import replacing

_QUICK = 1  # of zlib's levels: text shrinks to about a quarter in half the time, and the phone unpacks it anyway
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of the times that a zip archive can hold


def write_records(path: Path, records: Sequence[Record], media: Mapping[str, Path], birth: Birth | None) -> None:
    """Write an Anki package of notes, their new cards to be studied in this order, with their images by name.

    The same records make the same bytes. A file at `path` is replaced as a whole, or left as it was. Progress is
    written if `birth` says how days are counted. Raises SrsError if an image cannot be read or the file not written.
    """
    data = database(records, birth)
    with replacing(path) as file:
        _write_archive(file, data, media)


def record_of(item: ExportNote, media: Media) -> Record:
    """Return a note as Anki stores it; its images join the media."""
    note = item.note
    fields = note_fields(item, partial(media.name, item.deck, item.chapter))
    places = {part: place for part in note.parts if (place := card_ord(note.kind, part)) is not None}
    return Record(
        guid=note_guid(*(item.first or (item.deck.namespace, note.id)), note.kind),
        note_type=note_type_of(note.kind),
        deck=deck_name(item.deck, item.chapter),
        tags=tag_list(dict.fromkeys((*item.chapter.tags, *note.tags))),
        fields=fields,
        ords=tuple(places.values()),
        changed_s=item.changed_s,
        progress={places[part]: progress for part, progress in item.progress.items() if part in places},
    )


def _write_archive(file: IO[bytes], data: bytes, media: Mapping[str, Path]) -> None:
    names = {str(number): name for number, name in enumerate(media)}
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(_entry("collection.anki2", zipfile.ZIP_DEFLATED), data, compresslevel=_QUICK)
        archive.writestr(_entry("media"), json.dumps(names))
        for number, name in names.items():
            archive.writestr(_entry(number), named_bytes(media[name], name))


def _entry(name: str, compression: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """Return an archive's entry that says nothing of when and where it was made."""
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = compression
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
