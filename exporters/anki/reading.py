"""Reading what Anki exports: the notes and reviews in a package or a backup, of whatever version.

The file may come from anywhere: nothing in it is run, every size has a limit, and whatever is wrong with it becomes
one sentence.
"""

import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from zstandard import ZstdDecompressionReader, ZstdDecompressor, ZstdError

from exporters.anki.note_types import BOTH_ID, CLOZE_ID, ORDINARY_ID
from exporters.anki.scheduling import FILTERED, SUSPENDED
from srs.errors import SrsError
from srs.files import said_by

LARGEST = 2 * 1024**3
_CHUNK = 1024 * 1024
_SQLITE = b"SQLite format 3\x00"
# The newest comes first: where it stands, the older ones hold only a note that asks to update Anki.
_MEMBERS = ("collection.anki21b", "collection.anki21", "collection.anki2")
_TABLES = {
    "notes": ("id", "guid", "mid", "mod", "flds"),
    "cards": ("id", "nid", "ord", "queue"),
    "revlog": ("id", "cid", "ease", "factor", "time", "type"),
}
_OURS = (ORDINARY_ID, CLOZE_ID, BOTH_ID)


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note of one of our note types: its fields by name, and when it last changed there (epoch seconds)."""

    guid: str
    fields: dict[str, str]
    changed_s: int


@dataclass(frozen=True, slots=True)
class AnkiReview:
    """A row of the review log, with its card told as Anki tells it: the note's guid and the place among siblings.

    `at`: ms since 1970 UTC; `button`: 1 Again to 4 Easy, 0 for a reschedule by hand; `filtered`: answered in a
    filtered deck that moves nothing.
    """

    guid: str
    place: int
    at: int
    button: int
    ms: int
    filtered: bool


@dataclass(frozen=True, slots=True)
class AnkiFile:
    """What was found of ours and of others.

    `suspended` are cards of ours by their note's guid and their place; `others` counts the notes of other note types by
    the name of that. `whole`: it is said to be a whole collection.
    """

    notes: tuple[AnkiNote, ...]
    reviews: tuple[AnkiReview, ...]
    suspended: frozenset[tuple[str, int]]
    others: Mapping[str, int]
    whole: bool

    @property
    def foreign(self) -> int:
        """How many notes there are of other note types."""
        return sum(self.others.values())


def read_package(path: Path) -> AnkiFile:
    """Read an `.apkg` or `.colpkg` as Anki and AnkiDroid write it; raises SrsError for whatever is none."""
    with tempfile.TemporaryDirectory() as folder, _sentences(path):
        database = Path(folder) / "collection.db"
        _unpack(path, database)
        address = f"{database.as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
            return _read(connection, whole=path.suffix.lower() == ".colpkg")


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except zipfile.BadZipFile as error:
        raise SrsError(
            f"{path} is {_what(path)}, not an Anki package; export one with File › Export in Anki"
        ) from error
    except sqlite3.Error as error:
        raise SrsError(f"{path} holds no collection that can be read: {error}") from error
    except (RuntimeError, NotImplementedError, EOFError, ZstdError) as error:  # encrypted, compressed oddly, cut off
        raise SrsError(f"{path} cannot be unpacked: {error}") from error
    except (ValueError, TypeError, KeyError) as error:
        raise SrsError(f"{path} is not a collection written by Anki: {error}") from error
    except OSError as error:
        raise SrsError(f"{path} cannot be read: {said_by(error)}") from error


def _what(path: Path) -> str:
    """Say what a file is that is no archive."""
    with path.open("rb") as file:
        begin = file.read(1024)
    if begin.startswith(_SQLITE):
        return "a database, such as Anki keeps for itself"
    if not begin:
        return "empty"
    return "a file of other data" if b"\0" in begin or b"\xff" in begin else "text"


def _unpack(path: Path, target: Path) -> None:
    """Write the newest collection in a package to a file of its own; nothing else of it is touched."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        member = next((name for name in _MEMBERS if name in names), None)
        if member is None:
            raise SrsError(f"{path} holds no collection; export one with File › Export in Anki")
        with archive.open(member) as packed, target.open("wb") as out:
            compressed = member.endswith("b")
            _copy(ZstdDecompressor(max_window_size=2**27).stream_reader(packed) if compressed else packed, out, path)
    with target.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            raise SrsError(f"{path} holds something else than a collection under the name {member}")


def _copy(source: IO[bytes] | ZstdDecompressionReader, target: IO[bytes], path: Path) -> None:
    size = 0
    while data := source.read(_CHUNK):
        size += len(data)
        if size > LARGEST:
            raise SrsError(f"{path} unpacks to more than {LARGEST // 1024**2:,} MB; no collection is that large")
        target.write(data)


_NOTES = "SELECT guid, mid, mod, flds FROM notes WHERE mid IN (?, ?, ?) ORDER BY id"
_REVIEWS = """
SELECT n.guid, c.ord, r.id, r.ease, r.time, r.type, r.factor
FROM revlog r JOIN cards c ON c.id = r.cid JOIN notes n ON n.id = c.nid
WHERE n.mid IN (?, ?, ?) ORDER BY r.id
"""
_SUSPENDED = """
SELECT n.guid, c.ord FROM cards c JOIN notes n ON n.id = c.nid WHERE n.mid IN (?, ?, ?) AND c.queue = ?
"""
_OTHERS = "SELECT mid, count(*) FROM notes WHERE mid NOT IN (?, ?, ?) GROUP BY mid ORDER BY count(*) DESC, mid"


def _read(connection: sqlite3.Connection, *, whole: bool) -> AnkiFile:
    _check_tables(connection)
    names = _field_names(connection)
    notes = tuple(
        AnkiNote(str(guid), dict(zip(names.get(mid, ()), str(fields).split("\x1f"), strict=False)), int(mod))
        for guid, mid, mod, fields in connection.execute(_NOTES, _OURS)
    )
    reviews = tuple(
        AnkiReview(str(guid), int(place), int(at), int(ease), max(0, int(ms)), kind == FILTERED and not factor)
        for guid, place, at, ease, ms, kind, factor in connection.execute(_REVIEWS, _OURS)
    )
    called = _type_names(connection)
    others: dict[str, int] = {}
    for mid, number in connection.execute(_OTHERS, _OURS):
        name = called.get(int(mid), "a type without a name")
        others[name] = others.get(name, 0) + int(number)
    suspended = connection.execute(_SUSPENDED, (*_OURS, SUSPENDED))
    return AnkiFile(notes, reviews, frozenset((str(guid), int(place)) for guid, place in suspended), others, whole)


def _check_tables(connection: sqlite3.Connection) -> None:
    """Refuse a database whose tables are not Anki's; a view by such a name could compute whatever it likes."""
    kinds = dict(connection.execute("SELECT name, type FROM sqlite_master"))
    for table, columns in _TABLES.items():
        found = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        if kinds.get(table) != "table" or not found.issuperset(columns):
            raise ValueError(f"its table {table} is missing or not as it should be")


def _type_names(connection: sqlite3.Connection) -> dict[int, str]:
    """Return the names of all note types: from a table, or from JSON in older files."""
    if "notetypes" in _tables(connection):
        return {int(key): str(name) for key, name in connection.execute("SELECT id, name FROM notetypes")}
    (models,) = connection.execute("SELECT models FROM col").fetchone()
    return {int(key): str(model.get("name")) for key, model in json.loads(models).items()}


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _field_names(connection: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    """Return the names of our note types' fields, in order: from a table, or from JSON in older files."""
    if "fields" in _tables(connection):
        rows = connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord").fetchall()
        return {key: tuple(str(name) for ntid, name in rows if ntid == key) for key in _OURS}
    (models,) = connection.execute("SELECT models FROM col").fetchone()
    known = json.loads(models)
    return {
        key: tuple(str(field["name"]) for field in sorted(known[str(key)]["flds"], key=lambda field: field["ord"]))
        for key in _OURS
        if str(key) in known
    }
