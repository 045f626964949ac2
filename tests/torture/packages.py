"""One package of ours in every form that Anki has written, and values spoiled cell by cell in its tables."""

from __future__ import annotations

import io
import json
import random
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import zstandard

_VALUES: tuple[object, ...] = (
    *(-1, 0, 2**31, 2**62, -(2**63), 253402300800000, 1e300, float("inf"), float("-inf"), 0.5, None),
    *("", "a", "{}", "[" * 3000, '{"1":', "\x1b[2J\u202e", "\x1f" * 500, "x" * 1_100_000, "<b " * 3000, "]]" * 900),
    *(b"", b"\xff\xfe\0", bytes(3000), b"\x0a\xff\xff\xff\xff\x0f"),
)
_HALF = "UPDATE {table} SET {column} = CAST(x'eda080' AS TEXT)"
_SCHEMA = (
    "DROP TABLE {table}",
    "ALTER TABLE {table} RENAME TO other",
    "ALTER TABLE {table} RENAME COLUMN {column} TO other",
    "CREATE TABLE other AS SELECT * FROM {table}; DROP TABLE {table}; CREATE VIEW {table} AS SELECT * FROM other",
    (
        "CREATE TABLE other AS SELECT * FROM {table}; DROP TABLE {table}; CREATE VIEW {table} AS"
        " WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT other.* FROM other, n"
    ),
    "DELETE FROM {table}",
    "INSERT OR IGNORE INTO {table} SELECT * FROM {table}",
)


def _oldest(collection: bytes) -> dict[str, bytes]:
    return {"collection.anki2": collection, "media": b"{}"}


def _old(collection: bytes) -> dict[str, bytes]:
    return {"collection.anki21": collection, "collection.anki2": b"update Anki", "media": b"{}"}


def _current(collection: bytes) -> dict[str, bytes]:
    """As Anki has written them since 2.1.50: tables for note types and their fields, all of it compressed."""
    with _opened(collection) as database:
        (models,) = database.execute("SELECT models FROM col").fetchone()
        database.executescript(
            "CREATE TABLE notetypes (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE unicase, mtime_secs INTEGER,"
            " usn INTEGER, config BLOB);"
            "CREATE TABLE fields (ntid INTEGER NOT NULL, ord INTEGER NOT NULL, name TEXT NOT NULL COLLATE unicase,"
            " config BLOB, PRIMARY KEY (ntid, ord)) WITHOUT ROWID;"
        )
        for key, model in json.loads(models).items():
            database.execute("INSERT INTO notetypes VALUES (?, ?, 0, 0, x'')", (int(key), model["name"]))
            rows = ((int(key), field["ord"], field["name"]) for field in model["flds"])
            database.executemany("INSERT INTO fields VALUES (?, ?, ?, x'')", rows)
        database.execute("UPDATE col SET models = '', ver = 18")
        database.commit()
        made = database.serialize()
    packed = zstandard.compress(made)
    return {"meta": b"\x08\x03", "collection.anki21b": packed, "collection.anki2": b"update Anki", "media": b""}


FORMS: dict[str, tuple[str, Callable[[bytes], dict[str, bytes]]]] = {
    "anki2": ("sea.apkg", _oldest),
    "anki21": ("sea.apkg", _old),
    "anki21b": ("sea.apkg", _current),
    "colpkg": ("sea.colpkg", _current),
    "old colpkg": ("sea.colpkg", _old),
}
"""What a form is called: the name of its file, and its members made of a collection of ours."""


def members(package: bytes) -> dict[str, bytes]:
    """Return what an archive holds."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(held: dict[str, bytes]) -> bytes:
    """Return an archive of members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return made.getvalue()


def in_form(package: bytes, form: str) -> bytes:
    """Return a package that we wrote as Anki writes it in another form."""
    _, make = FORMS[form]
    return packed(make(members(package)["collection.anki2"]))


def edited(package: bytes, old: str, new: str) -> bytes:
    """Return a package of ours as it comes back once these words were changed in Anki."""
    held = members(package)
    with _opened(held["collection.anki2"]) as database:
        changed = "UPDATE notes SET flds = replace(flds, ?, ?), mod = mod + 86400 WHERE instr(flds, ?)"
        database.execute(changed, (old, new, old))
        database.commit()
        held["collection.anki2"] = database.serialize()
    return packed(held)


def spoiled_cells(chance: random.Random, collection: bytes) -> bytes:
    """Return a collection, compressed or not, with a value, or all of a column, or a table, that is another."""
    compressed = collection.startswith(b"\x28\xb5\x2f\xfd")
    try:
        plain = zstandard.decompress(collection, 10**8) if compressed else collection
        with _opened(plain) as database:
            _spoil(chance, database)
            made = database.serialize()
    except (zstandard.ZstdError, sqlite3.Error, UnicodeDecodeError):  # spoiled before, as far as it goes
        return collection[::-1]
    return zstandard.compress(made) if compressed else made


def _spoil(chance: random.Random, database: sqlite3.Connection) -> None:
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    table = chance.choice([name for name in tables if not name.startswith("sqlite_")])
    column = chance.choice([row[1] for row in database.execute(f"PRAGMA table_info('{table}')")])
    named = {"table": f'"{table}"', "column": f'"{column}"'}
    way = chance.randrange(10)
    try:
        if way == 0:
            database.executescript(chance.choice(_SCHEMA).format(**named))
        elif way == 1:
            database.execute(_HALF.format(**named))
        else:
            one = " WHERE rowid = (SELECT min(rowid) FROM {table})" if way > 5 and table != "fields" else ""
            database.execute(
                ("UPDATE OR REPLACE {table} SET {column} = ?" + one).format(**named), (chance.choice(_VALUES),)
            )
    except sqlite3.DatabaseError:  # the schema holds against it: that, too, is an input
        database.rollback()
    database.commit()


@contextmanager
def _opened(collection: bytes) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(":memory:")
    database.deserialize(collection)
    database.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    database.execute("PRAGMA ignore_check_constraints = ON")
    try:
        yield database
    finally:
        database.close()
