"""Reading what Anki exports: the notes and reviews in a package or a backup, of whatever version.

The file may come from anywhere: nothing in it is run, sizes and work have limits, each value is converted before it is
used, and whatever is wrong becomes one sentence.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from sys import getsizeof

from exporters.anki.beside import beside_ours
from exporters.anki.converting import LONGEST_GUID, as_guid, as_table, as_text, as_whole
from exporters.anki.found import AnkiCard, AnkiFile, AnkiLog, AnkiNote, AnkiReview, Fields
from exporters.anki.measuring import Measure, NotAnkisError
from exporters.anki.note_types import BOTH_ID, CLOZE_ID, ORDINARY_ID
from exporters.anki.scheduling import FILTERED, SUSPENDED
from exporters.anki.unpacking import unpack
from srs.due import is_moment
from srs.errors import SrsError
from srs.files import said_by
from srs.history.moments import PRIMES

LONGEST_NOTE = 1_000_000
"""Characters in all fields of a note; more is counted, and not compared."""
MOST_TEXT = 100_000_000
"""Bytes of memory that the fields of all notes may take; those beyond are counted, and not compared."""
_LONGEST_MODELS = 4_000_000
_MOST_FIELDS = 200  # we make 30; one may add some of one's own
_NAMELESS = "a type without a name"
_TABLES = {
    "notes": ("id", "guid", "mid", "mod", "flds"),
    "cards": ("id", "nid", "did", "ord", "queue"),
    "revlog": ("id", "cid", "ease", "factor", "time", "type"),
}
_NAMES = {
    "fields": ("ntid", "ord", "name"),
    "notetypes": ("id", "name"),
    "col": ("models", "decks"),
    "decks": ("id", "name"),
}
_OURS = (ORDINARY_ID, CLOZE_ID, BOTH_ID)


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open an `.apkg` or `.colpkg` as Anki and AnkiDroid write it; raises SrsError for whatever is none."""
    with ExitStack() as stack:
        with _sentences(path):
            database = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "collection.db"
            unpack(path, database)
            address = f"{database.as_uri()}?mode=ro&immutable=1"
            connection = stack.enter_context(closing(sqlite3.connect(address, uri=True)))
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
            measure = Measure(connection, database.stat().st_size)
            _check_tables(connection)
        yield Package(path, connection, measure)


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Turn whatever is wrong with a package into one sentence."""
    try:
        yield
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
_CARDS = "SELECT c.id, n.guid, c.ord FROM cards c JOIN notes n ON n.id = c.nid WHERE n.mid IN (?, ?, ?) ORDER BY c.id"
_P, _Q = PRIMES
_MOMENTS = f"""
SELECT cid, count(*), min(id), max(id), sum(id % {_P}), sum((id % {_P}) * (id % {_Q})) FROM revlog GROUP BY cid
"""  # noqa: S608 -- numbers of ours
_WANTED = "CREATE TEMP TABLE wanted (place INTEGER PRIMARY KEY, cid INTEGER)"
# In this order and no other: the log is searched by its index of cards, or by one that is made for the occasion.
_REVIEWS = """
SELECT w.place, r.id, r.ease, r.time, r.type, r.factor
FROM temp.wanted w CROSS JOIN main.revlog r ON r.cid = w.cid ORDER BY w.place, r.id
"""
_SUSPENDED = """
SELECT n.guid, c.ord FROM cards c JOIN notes n ON n.id = c.nid WHERE n.mid IN (?, ?, ?) AND c.queue = ?
"""
_OTHERS = "SELECT mid FROM notes WHERE mid NOT IN (?, ?, ?)"  # counted row by row: where pages lead in circles, too


@dataclass(frozen=True, slots=True)
class Package:
    """A package that is open to be read; each of its methods raises SrsError for what Anki never writes."""

    path: Path
    connection: sqlite3.Connection
    measure: Measure

    def content(self, given: Mapping[str, str] | None = None, tops: Sequence[str] = ()) -> AnkiFile:
        """Read all but the reviews.

        `given` is how the fields of notes were given to Anki, by guid, one after the other as they stand in its
        database: of those that stand so still, no more is told than their guids. `tops` are the names of our decks.
        """
        with _sentences(self.path):
            guids, notes, too_long = _notes(self.connection, self.measure, given or {})
            rows = self.measure.rows(_SUSPENDED, (*_OURS, SUSPENDED))
            suspended = frozenset((as_guid(guid), as_whole(place, "place")) for guid, place in rows)
            others, whole = _others(self.connection, self.measure), self.path.suffix.lower() == ".colpkg"
            beside = beside_ours(self.measure, _OURS, tops) if others else ()
            return AnkiFile(tuple(guids), tuple(notes), suspended, others, whole, too_long, beside)

    def cards(self) -> list[AnkiCard]:
        """Return the cards of our notes."""
        with _sentences(self.path):
            return [
                AnkiCard(as_whole(key, "card"), as_guid(guid), as_whole(place, "place"))
                for key, guid, place in self.measure.rows(_CARDS, _OURS)
            ]

    def moments(self) -> dict[object, tuple[object, ...]]:
        """Return what the moments of the reviews come to, as PRIMES say, of each card that has any, by its row."""
        with _sentences(self.path):
            return {key: tuple(summary) for key, *summary in self.measure.rows(_MOMENTS)}

    def logs(self, cards: Sequence[AnkiCard]) -> Iterator[AnkiLog]:
        """Yield the reviews of cards that have any, one card after the other; to be asked for once."""
        with _sentences(self.path):
            self.connection.execute(_WANTED)
            self.connection.executemany("INSERT INTO temp.wanted VALUES (?, ?)", enumerate(card.key for card in cards))
            for place, rows in groupby(self.measure.rows(_REVIEWS), key=itemgetter(0)):
                reviews, misdated = list[AnkiReview](), 0
                for _, *values, kind, factor in rows:
                    at, button, ms = map(as_whole, values, ("moment", "button", "time"))
                    if is_moment(at):
                        reviews.append(AnkiReview(at, button, max(0, ms), kind == FILTERED and not factor))
                    else:
                        misdated += 1
                yield AnkiLog(cards[as_whole(place, "place")], tuple(reviews), misdated)


def _notes(
    connection: sqlite3.Connection, measure: Measure, given: Mapping[str, str]
) -> tuple[list[str], list[AnkiNote], int]:
    """Return the guids of our notes, those that are not as they were given, and how many have too long a text."""
    names = _field_names(connection, measure)
    if (most := max(map(len, names.values()), default=0)) > _MOST_FIELDS:
        raise NotAnkisError(f"a note type with {most:,} fields")
    guids, notes, too_long, left = list[str](), list[AnkiNote](), 0, MOST_TEXT
    for guid, mid, mod, text in measure.rows(_NOTES, _OURS):
        if isinstance(guid, str) and text is not None and given.get(guid) == text:
            guids.append(guid)
            continue
        left -= getsizeof(text)
        if text is None or left < 0:
            too_long += 1
        else:
            known = names.get(as_whole(mid, "note type"), ())
            fields = Fields(known, as_text(text, "text"))
            notes.append(AnkiNote(as_guid(guid), fields, as_whole(mod, "moment")))
            guids.append(notes[-1].guid)
    return guids, notes, too_long


def _others(connection: sqlite3.Connection, measure: Measure) -> dict[str, int]:
    """Return how many notes there are of other note types, by their names, the most first."""
    called = _type_names(connection, measure)
    counts = Counter(called.get(as_whole(mid, "note type"), _NAMELESS) for (mid,) in measure.rows(_OTHERS, _OURS))
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
        return {as_whole(key, "note type"): as_text(name, "note type's name") for key, name in rows}
    return {
        int(key): str(as_table(model, "note type").get("name"))
        for key, model in _models(measure).items()
        if key.isdecimal() and len(key) <= LONGEST_GUID
    }


def _holds(connection: sqlite3.Connection, table: str) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
    return bool(connection.execute(query, (table,)).fetchone() != (0,))


def _field_names(connection: sqlite3.Connection, measure: Measure) -> dict[int, tuple[str, ...]]:
    """Return the names of our note types' fields, in order: from a table, or from JSON in older files."""
    if _holds(connection, "fields"):
        query = "SELECT ntid, name FROM fields WHERE ntid IN (?, ?, ?) ORDER BY ntid, ord"
        rows = [(as_whole(key, "note type"), as_text(name, "field's name")) for key, name in measure.rows(query, _OURS)]
        return {key: tuple(name for ntid, name in rows if ntid == key) for key in _OURS}
    known = _models(measure)
    return {key: _names_in(as_table(known[str(key)], "note type")) for key in _OURS if str(key) in known}


def _models(measure: Measure) -> dict[str, object]:
    asked = f"SELECT models FROM col WHERE length(models) <= {_LONGEST_MODELS}"  # noqa: S608 -- a number of ours
    (models,) = next(measure.rows(asked), (None,))
    return as_table(_parsed(models), "note types")


def _names_in(model: dict[str, object]) -> tuple[str, ...]:
    fields = model.get("flds")
    if not isinstance(fields, list):
        raise NotAnkisError("its note type has no fields")
    found = [as_table(field, "field") for field in fields]
    placed = [
        (as_whole(field.get("ord"), "field's place"), as_text(field.get("name"), "field's name")) for field in found
    ]
    return tuple(name for _, name in sorted(placed))


def _parsed(text: object) -> object:
    try:
        return json.loads(as_text(text, "list of note types"))
    except (ValueError, RecursionError) as error:  # of the parser alone: no JSON, a number too long, nested too deep
        raise NotAnkisError(f"its list of note types is not JSON: {error}") from error
