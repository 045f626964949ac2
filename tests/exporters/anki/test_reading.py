"""Files that are not what they say: one sentence, exit 1, and the store as it was."""

from __future__ import annotations

import io
import os
import sqlite3
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
import zstandard

from exporters.anki import reading, unpacking
from exporters.anki.database import fill
from exporters.anki.found import AnkiCard, AnkiReview
from exporters.anki.note_types import ORDINARY_ID
from exporters.anki.reading import open_package
from srs.errors import SrsError
from tests.exporters.anki.phone import everything

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.learner import Learner

    Harm: TypeAlias = Callable[[Path], None]


def package(file: Path, **members: bytes) -> None:
    """Write a package with these members; `_` stands for a full stop in a name."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)


def changed(*statements: str) -> bytes:
    """Return a collection as we write it, after some statements."""
    connection = sqlite3.connect(":memory:")
    fill(connection, [])
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    return connection.serialize()


def empty(file: Path) -> None:
    """Write a file of 0 bytes."""
    file.write_bytes(b"")


def no_archive(file: Path) -> None:
    """Write a text."""
    file.write_text("Dear diary", encoding="utf-8")


def no_collection(file: Path) -> None:
    """Write an archive of something else."""
    package(file, media=b"{}")


def not_sqlite(file: Path) -> None:
    """Put a text in the collection's place."""
    package(file, collection_anki2=b"Dear diary " * 100)


def damaged_database(file: Path) -> None:
    """Cut the collection off behind its first page."""
    package(file, collection_anki2=changed()[:5000])


def half_a_name(file: Path) -> None:
    """Write a database whose schema is not UTF-8, which SQLite then tells in its own words."""
    data = changed("CREATE TABLE abcdefgh (x)", "CREATE VIEW v AS SELECT * FROM abcdefgh")
    package(file, collection_anki2=data.replace(b"TABLE abcdefgh", b"TABLE abc\xacefgh").replace(b"VIEW", b"VI\xacW"))


def truncated_zstd(file: Path) -> None:
    """Cut the compressed collection off in the middle."""
    package(file, collection_anki21b=zstandard.compress(changed())[:300])


def not_zstd(file: Path) -> None:
    """Put something uncompressed in the compressed collection's place."""
    package(file, collection_anki21b=changed())


def zip_bomb(file: Path) -> None:
    """Write a collection that unpacks to three times the limit, which the test has made small."""
    package(file, collection_anki2=b"SQLite format 3\x00" + bytes(3 * unpacking.LARGEST))


def zstd_bomb(file: Path) -> None:
    """The same, compressed twice."""
    package(file, collection_anki21b=zstandard.compress(b"SQLite format 3\x00" + bytes(3 * unpacking.LARGEST)))


def missing_table(file: Path) -> None:
    """Leave a table out."""
    package(file, collection_anki2=changed("DROP TABLE revlog"))


def missing_column(file: Path) -> None:
    """Make a table of Anki's with other columns."""
    package(file, collection_anki2=changed("DROP TABLE revlog", "CREATE TABLE revlog (id INTEGER)"))


def view_for_table(file: Path) -> None:
    """Put a view that computes for ever in a table's place."""
    endless = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)"
    endless += " SELECT id, 1 cid, 1 ease, 1 factor, 1 time, 1 type FROM n"
    package(file, collection_anki2=changed("DROP TABLE revlog", f"CREATE VIEW revlog AS {endless}"))


def strange_values(file: Path) -> None:
    """Put text where numbers belong."""
    package(
        file,
        collection_anki2=changed(
            "INSERT INTO notes VALUES (1, 'guid', 1846203917, 0, 0, '', 'a', 'a', 0, 0, '')",
            "INSERT INTO cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue,"
            " odid, flags, data) VALUES (1, 1, 1, 'first', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '')",
            "INSERT INTO revlog VALUES (1700000000000, 1, 0, 3, 1, 1, 2500, 1, 1)",
        ),
    )


def broken_models(file: Path) -> None:
    """Break the JSON that names the fields."""
    package(file, collection_anki2=changed("UPDATE col SET models = '{'"))


FOREVER = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)"
OURS = "INSERT INTO notes VALUES ({id}, 'g', 1846203917, {mod}, 0, '', {flds}, 'a', 0, 0, '')"
CARD = (
    "INSERT INTO cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue,"
    " odid, flags, data) VALUES (1, 1, 1, {ord}, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '')"
)
REVIEW = "INSERT INTO revlog VALUES (1700000000000, 1, 0, {ease}, 1, 1, 2500, {time}, 1)"
NOTE = OURS.format(id=1, mod=0, flds="'a'")


def endless_names(file: Path) -> None:
    """Put a view that never ends where the names of the fields are looked for."""
    view = f"CREATE VIEW col AS {FOREVER} SELECT id, '' models FROM n WHERE id < 0"
    package(file, collection_anki2=changed("DROP TABLE col", view))


def endless_fields(file: Path) -> None:
    """The same where newer versions keep them."""
    package(file, collection_anki2=changed(f"CREATE VIEW fields AS {FOREVER} SELECT id ntid, id ord, id name FROM n"))


def virtual_table(file: Path) -> None:
    """Put a table that is made by code of SQLite's in a table's place."""
    columns = "id, cid, ease, factor, time, type"
    package(file, collection_anki2=changed("DROP TABLE revlog", f"CREATE VIRTUAL TABLE revlog USING fts5({columns})"))


def computed_column(file: Path) -> None:
    """Let a column make a text for each row, which might be a gigabyte."""
    columns = "id INTEGER PRIMARY KEY, guid, mid, mod, flds AS (printf('%.*c', 1000, 'x'))"
    row = "INSERT INTO notes (id, guid, mid, mod) VALUES (1, 'g', 1846203917, 0)"
    package(file, collection_anki2=changed("DROP TABLE notes", f"CREATE TABLE notes ({columns})", row))


def tables_without_keys(file: Path) -> None:
    """Give many notes and cards the same id, so that joining them multiplies."""
    count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
    package(
        file,
        collection_anki2=changed(
            *("DROP TABLE notes", "DROP TABLE cards", "DROP TABLE revlog"),
            "CREATE TABLE notes (id, guid, mid, mod, flds)",
            "CREATE TABLE cards (id, nid, ord)",
            "CREATE TABLE revlog (id, cid, ease, factor, time, type)",
            f"{count} INSERT INTO notes SELECT 1, 'g', 1846203917, 0, 'a' FROM n",
            f"{count} INSERT INTO cards SELECT 1, 1, 0 FROM n",
            f"{count} INSERT INTO revlog SELECT 1700000000000, 1, 3, 2500, 1, 1 FROM n",
        ),
    )


def sizes_that_cannot_be(file: Path) -> None:
    """Break the stream of a member whose directory is sound."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", changed())
    data = bytearray(file.read_bytes())
    data[50:90] = b"\xff" * 40
    file.write_bytes(data)


def directory_that_leads_nowhere(file: Path) -> None:
    """Move the archive's directory before its beginning."""
    package(file, collection_anki2=changed())
    data = bytearray(file.read_bytes())
    data[-6:-2] = b"\xf0\xff\xff\x7f"
    file.write_bytes(data)


def encrypted(file: Path) -> None:
    """Say that a password is needed."""
    package(file, collection_anki2=changed())
    data = bytearray(file.read_bytes())
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(data)


def pipe(file: Path) -> None:
    """Wait for ever for somebody who writes."""
    os.mkfifo(file)


VALUES = {
    "infinite moment of a note": [OURS.format(id=1, mod="9e999", flds="'a'")],
    "text that is bytes": [OURS.format(id=1, mod=0, flds="x'00ff'")],
    "infinite time": [OURS.format(id=1, mod=0, flds="'a'"), CARD.format(ord=0), REVIEW.format(ease=3, time="9e999")],
    "half a button": [NOTE, CARD.format(ord=0), REVIEW.format(ease=2.5, time=1)],
    "no place": [NOTE, CARD.format(ord="'first'"), REVIEW.format(ease=3, time=1)],
    "nested types": ["UPDATE col SET models = '" + "[" * 100_000 + "'"],
    "types that are a list": ["UPDATE col SET models = '[]'"],
    "a number of 5,000 digits": ["UPDATE col SET models = '" + "1" * 5000 + "'"],
    "fields that are text": ["""UPDATE col SET models = '{"1846203917": {"flds": "a"}}'"""],
    "a field without a name": ["""UPDATE col SET models = '{"1846203917": {"flds": [{"ord": 0}]}}'"""],
    "no row of the collection": ["DELETE FROM col"],
}


@pytest.mark.parametrize("statements", VALUES.values(), ids=VALUES)
def test_a_value_that_anki_never_writes_is_told(tmp_path: Path, statements: list[str]) -> None:
    file = tmp_path / "back.apkg"
    package(file, collection_anki2=changed(*statements))
    with pytest.raises(SrsError, match=f"^{file} is not a collection written by Anki: [^\n]+$"):
        everything(file)


@pytest.mark.parametrize(
    "harm",
    [
        *(endless_names, endless_fields, virtual_table, computed_column, tables_without_keys),
        *(sizes_that_cannot_be, directory_that_leads_nowhere, encrypted),
        *([] if sys.platform == "win32" else [pipe]),
        *(
            empty,
            no_archive,
            no_collection,
            not_sqlite,
            damaged_database,
            half_a_name,
            truncated_zstd,
            not_zstd,
            zip_bomb,
            zstd_bomb,
        ),
        *(missing_table, missing_column, view_for_table, strange_values, broken_models),
    ],
    ids=lambda harm: harm.__name__,
)
def test_a_hostile_file_changes_nothing(learner: Learner, monkeypatch: pytest.MonkeyPatch, harm: Harm) -> None:
    monkeypatch.setattr(unpacking, "LARGEST", 3 * 1024 * 1024)
    learner.write("ship/sea.md", "## Mile? {#mile}\n\n1852 m.\n")
    learner.srs("answer", "mile", "4")
    before = learner.srs("log", "export", "-")
    file = learner.home / "back.apkg"
    harm(file)
    outcome = learner.types("import", "anki", file)
    assert (outcome.code, outcome.out) == (1, ""), outcome
    assert outcome.err.startswith(f"srs: {file} "), outcome
    assert outcome.err.count("\n") == 1
    assert learner.srs("log", "export", "-") == before


def test_work_without_end_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps are SQLite's own, and counted: no clock decides."""
    monkeypatch.setattr(reading, "_check_tables", lambda _: None)
    view = f"CREATE VIEW revlog AS {FOREVER} SELECT id, 1 cid, 1 ease, 1 factor, 1 time, 1 type FROM n"
    data = changed("DROP TABLE revlog", view, NOTE, CARD.format(ord=0))
    package(tmp_path / "back.apkg", collection_anki2=data)
    with pytest.raises(SrsError, match="reading it would take longer than any collection does"):
        everything(tmp_path / "back.apkg")


def test_what_cannot_be_a_review_or_a_text_is_left_out_and_told(learner: Learner) -> None:
    """Moments before the year 2000 and after 9999, and a note of a megabyte; what stands beside them is taken."""
    learner.write("ship/sea.md", "## Mile? {#mile}\n\n1852 m.\n")
    learner.srs("export", "anki", "-o", learner.home / "out.apkg")
    with zipfile.ZipFile(learner.home / "out.apkg") as archive:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(archive.read("collection.anki2"))
    (card,) = connection.execute("SELECT id FROM cards").fetchone()
    moments = [0, 946_684_799_999, 253_402_214_400_000, 2**62, -(2**62), 1_700_000_000_000, 253_402_214_399_999]
    connection.executemany(f"INSERT INTO revlog VALUES (?, {card}, 0, 3, 1, 1, 2500, 1, 1)", [(at,) for at in moments])
    connection.execute("UPDATE notes SET flds = replace(flds, '1852', printf('%.*c', 1000000, 'x'))")
    connection.commit()
    package(learner.home / "back.apkg", collection_anki2=connection.serialize())
    said = learner.srs("import", "anki", learner.home / "back.apkg")
    assert "1 review added" in said
    assert "1 review from later than now, kept" in said
    assert "left out: 5 reviews outside the years 2000 to 9999" in said
    assert "left out: 1 note of more than 1 MB of text" in said
    assert "edited" not in said
    assert "All is well" in learner.srs("doctor")


@pytest.mark.parametrize("bomb", [zip_bomb, zstd_bomb], ids=lambda bomb: bomb.__name__)
def test_a_bomb_is_refused_for_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bomb: Harm) -> None:
    """It is not unpacked to its end, and not taken for a damaged file."""
    monkeypatch.setattr(unpacking, "LARGEST", 3 * 1024 * 1024)
    bomb(tmp_path / "back.apkg")
    with pytest.raises(SrsError, match="unpacks to more than 3 MB; no collection is that large"):
        everything(tmp_path / "back.apkg")


@pytest.mark.parametrize(
    ("answer", "filtered"),
    [
        ("INSERT INTO revlog VALUES (1789286400000, 1, 0, 3, 1, 1, 0, -5, 3)", True),
        ("INSERT INTO revlog VALUES (1789286400000, 1, 0, 3, 1, 1, 2500, -5, 3)", False),
        ("INSERT INTO revlog VALUES (1789286400000, 1, 0, 3, 1, 1, 0, -5, 1)", False),
        ("INSERT INTO revlog VALUES (1789286400000, 1, 0, 3, 1, 1, 2500, -5, 1)", False),
    ],
)
def test_an_answer_moved_nothing_if_a_filtered_deck_gave_it_no_ease(
    tmp_path: Path, answer: str, filtered: bool
) -> None:
    """A filtered deck that reschedules writes the ease that it left. A negative time is taken as none."""
    note = "INSERT INTO notes VALUES (1, 'guid', 1846203917, 9, 0, '', 'a', 'a', 0, 0, '')"
    card = "INSERT INTO cards VALUES (1, 1, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '')"
    package(tmp_path / "back.apkg", collection_anki2=changed(note, card, answer))
    (log,) = everything(tmp_path / "back.apkg")[1]
    assert log.card == AnkiCard(1, "guid", place=2)
    assert log.reviews == (AnkiReview(at=1_789_286_400_000, button=3, ms=0, filtered=filtered),)


def test_a_note_that_stands_as_it_was_given_is_known_by_its_guid_alone(tmp_path: Path) -> None:
    package(tmp_path / "back.apkg", collection_anki2=changed(NOTE))
    (note,) = everything(tmp_path / "back.apkg")[0].notes
    found = []
    for text in ("a", "a more"):
        with open_package(tmp_path / "back.apkg") as opened:
            found.append(opened.content({note.guid: text}))
    as_given, edited = found
    assert (as_given.guids, as_given.notes) == ((note.guid,), ())
    assert (edited.guids, edited.notes) == ((note.guid,), (note,))


def test_what_stands_in_a_collections_place_is_named(tmp_path: Path) -> None:
    not_sqlite(tmp_path / "back.apkg")
    with pytest.raises(SrsError, match=r"holds something else than a collection under the name collection\.anki2$"):
        everything(tmp_path / "back.apkg")


def test_a_path_in_a_media_name_leads_nowhere(learner: Learner) -> None:
    """Nothing is unpacked but the collection, so a name cannot choose where a file goes."""
    learner.write("ship/sea.md", "## Mile? {#mile}\n\n1852 m.\n")
    file = learner.home / "back.apkg"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("collection.anki2", changed())
        archive.writestr("../../escaped.md", b"## Out? {#out}\n\nYes.\n")
        archive.writestr("media", b'{"0": "../../escaped.md"}')
    before = sorted(learner.home.rglob("*"))
    assert "with no notes; nothing was taken" in learner.types("import", "anki", file).err
    assert {path.name for path in set(learner.home.rglob("*")) - set(before)} <= {"srs.db", "srs.db-wal", "srs.db-shm"}
    assert not (learner.home.parent / "escaped.md").exists()


def test_sql_in_fields_is_text(learner: Learner) -> None:
    learner.write("ship/sea.md", "## Mile? {#mile}\n\n1852 m.\n")
    learner.srs("export", "anki", "-o", learner.home / "out.apkg")
    with zipfile.ZipFile(learner.home / "out.apkg") as archive:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(archive.read("collection.anki2"))
    connection.execute("UPDATE notes SET flds = replace(flds, '1852', '1852''; DROP TABLE reviews; --')")
    connection.commit()
    data = io.BytesIO(connection.serialize()).getvalue()
    package(learner.home / "back.apkg", collection_anki2=data)
    said = learner.srs("import", "anki", learner.home / "back.apkg")
    assert "+ 1852'; DROP TABLE reviews; -- m." in said
    assert "All is well" in learner.srs("doctor")


def test_a_file_that_is_not_there(learner: Learner) -> None:
    learner.write("ship/sea.md", "## Mile? {#mile}\n\n1852 m.\n")
    outcome = learner.types("import", "anki", Path("nowhere.apkg"))
    assert (outcome.code, outcome.err) == (1, "srs: nowhere.apkg cannot be read: no such file or directory\n")


def test_texts_that_come_to_too_much_are_counted_and_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = "INSERT INTO notes VALUES ({0}, 'guid{0}', {1}, 0, 0, '', '{2}', 'a', 0, 0, '')"
    rows = (note.format(number, ORDINARY_ID, "x" * 1000) for number in range(10))
    package(tmp_path / "many.apkg", collection_anki2=changed(*rows), media=b"{}")
    monkeypatch.setattr(reading, "MOST_TEXT", 5000)
    found, _ = everything(tmp_path / "many.apkg")
    assert (len(found.notes), found.too_long) == (4, 6)


def test_a_note_type_with_more_fields_than_anybody_makes_is_refused(tmp_path: Path) -> None:
    """Each of its notes would become as many texts."""
    rows = [f"INSERT INTO fields VALUES ({ORDINARY_ID}, {number}, 'f{number}', '')" for number in range(201)]
    table = "CREATE TABLE fields (ntid INTEGER, ord INTEGER, name TEXT, config BLOB)"
    package(tmp_path / "many.apkg", collection_anki2=changed(table, *rows), media=b"{}")
    with pytest.raises(SrsError, match="a note type with 201 fields"):
        everything(tmp_path / "many.apkg")
    package(tmp_path / "some.apkg", collection_anki2=changed(table, *rows[:200]), media=b"{}")
    assert everything(tmp_path / "some.apkg")[0].notes == ()
