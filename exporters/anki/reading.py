"""Reading what Anki exports: the notes and reviews in a package or a backup, of whatever version.

The file may come from anywhere: nothing in it is run, sizes and work have limits, each value is converted before it is
used, and whatever is wrong becomes one sentence.
"""

import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sys import getsizeof

from exporters.anki.measuring import Measure, NotAnkisError
from exporters.anki.note_types import BOTH_ID, CLOZE_ID, ORDINARY_ID
from exporters.anki.scheduling import FILTERED, SUSPENDED
from exporters.anki.unpacking import unpack
from srs.due import is_moment
from srs.errors import SrsError
from srs.files import said_by

LONGEST_NOTE = 1_000_000
"""Characters in all fields of a note; more is counted, and not compared."""
MOST_TEXT = 100_000_000
"""Bytes of memory that the fields of all notes may take; those beyond are counted, and not compared."""
_LONGEST_MODELS = 4_000_000
_LONGEST_GUID = 64
_MOST_FIELDS = 200  # we make 30; one may add some of one's own
_NAMELESS = "a type without a name"
_TABLES = {
    "notes": ("id", "guid", "mid", "mod", "flds"),
    "cards": ("id", "nid", "ord", "queue"),
    "revlog": ("id", "cid", "ease", "factor", "time", "type"),
}
_NAMES = {"fields": ("ntid", "ord", "name"), "notetypes": ("id", "name"), "col": ("models",)}
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

    `at`: ms since 1970 UTC, in the years that moments have; `button`: 1 Again to 4 Easy, 0 for a reschedule by hand;
    `filtered`: answered in a filtered deck that moves nothing.
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
    the name of that. `whole`: it is said to be a whole collection. `too_long` notes of ours have a text that no card
    has, and `misdated` counts reviews at moments outside the years that moments have.
    """

    notes: tuple[AnkiNote, ...]
    reviews: tuple[AnkiReview, ...]
    suspended: frozenset[tuple[str, int]]
    others: Mapping[str, int]
    whole: bool
    too_long: int = 0
    misdated: int = 0

    @property
    def foreign(self) -> int:
        """How many notes there are of other note types."""
        return sum(self.others.values())


def read_package(path: Path) -> AnkiFile:
    """Read an `.apkg` or `.colpkg` as Anki and AnkiDroid write it; raises SrsError for whatever is none."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            database = Path(folder) / "collection.db"
            unpack(path, database)
            address = f"{database.as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(address, uri=True)) as connection:
                connection.execute("PRAGMA trusted_schema = OFF")
                connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
                measure = Measure(connection, database.stat().st_size)
                return _read(connection, measure, whole=path.suffix.lower() == ".colpkg")
    except sqlite3.Error as error:
        said = "reading it would take longer than any collection does" if "interrupted" in str(error) else error
        raise SrsError(f"{path} holds no collection that can be read: {said}") from error
    except UnicodeDecodeError as error:  # in what SQLite says of a damaged file are bytes of it
        raise SrsError(f"{path} holds no collection that can be read: it is damaged") from error
    except NotAnkisError as error:
        raise SrsError(f"{path} is not a collection written by Anki: {error}") from error
    except OSError as error:
        raise SrsError(f"{path} cannot be read: {said_by(error)}") from error


_NOTES = f"""
SELECT guid, mid, mod, CASE WHEN length(flds) <= {LONGEST_NOTE} THEN flds END
FROM notes WHERE mid IN (?, ?, ?) ORDER BY id
"""  # noqa: S608 -- a number of ours
_REVIEWS = """
SELECT n.guid, c.ord, r.id, r.ease, r.time, r.type, r.factor
FROM revlog r JOIN cards c ON c.id = r.cid JOIN notes n ON n.id = c.nid
WHERE n.mid IN (?, ?, ?) ORDER BY r.id
"""
_SUSPENDED = """
SELECT n.guid, c.ord FROM cards c JOIN notes n ON n.id = c.nid WHERE n.mid IN (?, ?, ?) AND c.queue = ?
"""
_OTHERS = "SELECT mid FROM notes WHERE mid NOT IN (?, ?, ?)"  # counted row by row: where pages lead in circles, too


def _read(connection: sqlite3.Connection, measure: Measure, *, whole: bool) -> AnkiFile:
    _check_tables(connection)
    names = _field_names(connection, measure)
    if (most := max(map(len, names.values()), default=0)) > _MOST_FIELDS:
        raise NotAnkisError(f"a note type with {most:,} fields")
    notes, too_long, left = list[AnkiNote](), 0, MOST_TEXT
    for guid, mid, mod, text in measure.rows(_NOTES, _OURS):
        left -= getsizeof(text)
        if text is None or left < 0:
            too_long += 1
        else:
            known = names.get(_whole(mid, "note type"), ())
            named = dict(zip(known, _text(text, "text").split("\x1f", len(known)), strict=False))
            notes.append(AnkiNote(_guid(guid), named, _whole(mod, "moment")))
    reviews, misdated = list[AnkiReview](), 0
    for guid, place, at, ease, ms, kind, factor in measure.rows(_REVIEWS, _OURS):
        moment = _whole(at, "moment")
        if is_moment(moment):
            filtered = kind == FILTERED and not factor
            values = (_whole(place, "place"), moment, _whole(ease, "button"), max(0, _whole(ms, "time")))
            reviews.append(AnkiReview(_guid(guid), *values, filtered))
        else:
            misdated += 1
    suspended = frozenset(
        (_guid(guid), _whole(place, "place")) for guid, place in measure.rows(_SUSPENDED, (*_OURS, SUSPENDED))
    )
    others = _others(connection, measure)
    return AnkiFile(tuple(notes), tuple(reviews), suspended, others, whole, too_long, misdated)


def _others(connection: sqlite3.Connection, measure: Measure) -> dict[str, int]:
    """Return how many notes there are of other note types, by their names, the most first."""
    called = _type_names(connection, measure)
    counts = Counter(called.get(_whole(mid, "note type"), _NAMELESS) for (mid,) in measure.rows(_OTHERS, _OURS))
    return dict(counts.most_common())


def _check_tables(connection: sqlite3.Connection) -> None:
    """Refuse a database whose tables are not Anki's: a view or a column of such a name could compute what it likes."""
    made = {name: str(sql) for name, sql in connection.execute("SELECT name, sql FROM sqlite_master")}
    for table, columns in (_TABLES | {name: _NAMES[name] for name in _NAMES if name in made}).items():
        found = {row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})") if not row[6]}
        if not made.get(table, "").upper().startswith("CREATE TABLE") or not found.issuperset(columns):
            raise NotAnkisError(f"its table {table} is missing or not as it should be")


def _type_names(connection: sqlite3.Connection, measure: Measure) -> dict[int, str]:
    """Return the names of all note types: from a table, or from JSON in older files."""
    if _holds(connection, "notetypes"):
        rows = measure.rows("SELECT id, name FROM notetypes")
        return {_whole(key, "note type"): _text(name, "note type's name") for key, name in rows}
    return {
        int(key): str(_table(model, "note type").get("name"))
        for key, model in _models(measure).items()
        if key.isdecimal() and len(key) <= _LONGEST_GUID
    }


def _holds(connection: sqlite3.Connection, table: str) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
    return bool(connection.execute(query, (table,)).fetchone() != (0,))


def _field_names(connection: sqlite3.Connection, measure: Measure) -> dict[int, tuple[str, ...]]:
    """Return the names of our note types' fields, in order: from a table, or from JSON in older files."""
    if _holds(connection, "fields"):
        query = "SELECT ntid, name FROM fields WHERE ntid IN (?, ?, ?) ORDER BY ntid, ord"
        rows = [(_whole(key, "note type"), _text(name, "field's name")) for key, name in measure.rows(query, _OURS)]
        return {key: tuple(name for ntid, name in rows if ntid == key) for key in _OURS}
    known = _models(measure)
    return {key: _names_in(_table(known[str(key)], "note type")) for key in _OURS if str(key) in known}


def _models(measure: Measure) -> dict[str, object]:
    asked = f"SELECT models FROM col WHERE length(models) <= {_LONGEST_MODELS}"  # noqa: S608 -- a number of ours
    (models,) = next(measure.rows(asked), (None,))
    return _table(_parsed(models), "note types")


def _names_in(model: dict[str, object]) -> tuple[str, ...]:
    fields = model.get("flds")
    if not isinstance(fields, list):
        raise NotAnkisError("its note type has no fields")
    found = [_table(field, "field") for field in fields]
    placed = [(_whole(field.get("ord"), "field's place"), _text(field.get("name"), "field's name")) for field in found]
    return tuple(name for _, name in sorted(placed))


def _parsed(text: object) -> object:
    try:
        return json.loads(_text(text, "list of note types"))
    except (ValueError, RecursionError) as error:  # of the parser alone: no JSON, a number too long, nested too deep
        raise NotAnkisError(f"its list of note types is not JSON: {error}") from error


def _table(value: object, what: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise NotAnkisError(f"its {what} are not as they should be")
    return value


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise NotAnkisError(f"a {what} that is no text")
    return value


def _guid(value: object) -> str:
    guid = _text(value, "note's guid")
    if len(guid) > _LONGEST_GUID:
        raise NotAnkisError(f"a note's guid of {len(guid):,} characters")
    return guid


def _whole(value: object, what: str) -> int:
    """Return a number; one with a fraction of nothing is whole, too, as some tools write it."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, int):
        raise NotAnkisError(f"a {what} that is no whole number")
    return value
