"""Anki packages: the notes, their images and their note types in one file, written whole or not at all."""

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import IO

from exporters import ExportNote
from exporters.anki.database import Logs, fill
from exporters.anki.fields import note_fields
from exporters.anki.identity import card_ord, deck_name, note_guid, tag_list
from exporters.anki.media import Media, named_bytes
from exporters.anki.note_types import note_type_of
from exporters.anki.record import Record
from exporters.anki.scheduling import Birth
from srs.errors import SrsError
from srs.files import beside, real, replacing

_QUICK = 1  # of zlib's levels: text shrinks to about a quarter in half the time, and the phone unpacks it anyway
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of the times that a zip archive can hold, and what one has that is not told
_COLLECTION = "collection.anki2"
_CHUNK = 1024 * 1024
_LARGE = 2**31 - 1  # bytes that an entry holds at most without more room for its size
# A database that is written once, and packed: what is left of it after a crash is thrown away.
_NEVER_READ_AGAIN = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -32768;
"""


def write_records(
    path: Path, records: Sequence[Record], media: Mapping[str, Path], birth: Birth | None, logs: Logs = ()
) -> None:
    """Write an Anki package of notes, their new cards to be studied in this order, with their images by name.

    The same records make the same bytes. A file at `path` is replaced as a whole, or left as it was. Progress is
    written if `birth` says how days are counted, and then `logs`, too. Raises SrsError if an image cannot be read or
    the file not written.
    """
    with replacing(path) as file, beside(real(path)) as database:
        try:
            with closing(sqlite3.connect(database)) as connection:
                connection.executescript(_NEVER_READ_AGAIN)
                fill(connection, records, birth, logs)
        except sqlite3.Error as error:
            raise SrsError(f"cannot write {path}: {error}") from error
        _write_archive(file, database, media)


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


def _write_archive(file: IO[bytes], database: Path, media: Mapping[str, Path]) -> None:
    names = {str(number): name for number, name in enumerate(media)}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as archive:
        large = database.stat().st_size >= _LARGE
        with database.open("rb") as data, archive.open(_COLLECTION, "w", force_zip64=large) as member:
            shutil.copyfileobj(data, member, _CHUNK)
        _say_nothing(archive.getinfo(_COLLECTION))
        archive.writestr(_entry("media"), json.dumps(names))
        for number, name in names.items():
            archive.writestr(_entry(number), named_bytes(media[name], name))


def _entry(name: str) -> zipfile.ZipInfo:
    """Return the entry of what is not compressed."""
    return _say_nothing(zipfile.ZipInfo(name, _EARLIEST))


def _say_nothing(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Let an archive's entry say nothing of when and where it was made."""
    entry.date_time = _EARLIEST
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
