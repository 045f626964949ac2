"""Whatever a reader is given, it gives values, or says in one sentence what is wrong: it never fails otherwise."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporters.anki.database import fill
from exporters.anki.note_types import ORDINARY_ID
from srs.deck.chapter import read_chapter
from srs.deck.deck_file import read_deck_file
from srs.errors import SrsError
from srs.history import format_line, parse_line
from srs.history.folder import Mark, read_end
from srs.settings import NOTED, checked, read_settings
from srs.toml import brief
from tests.exporters.anki.phone import everything

if TYPE_CHECKING:
    from pathlib import Path

_SCALAR = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from(
        [-1, 0, 2**31, 2**63, 10**400, "2026-12-01", "2026-12-01T09:00:00.000Z", "0001-01-01", "a/c1", "٣"]
    ),
)
VALUE = st.recursive(_SCALAR, lambda held: st.lists(held, max_size=3) | st.dictionaries(st.text(), held, max_size=3))
KINDS = ["undo", "suspend", "resume", "flag", "unflag", "bury", "forget", "set", "adopt", "scheduler", "mock", "new"]
KEYS = ["card", "deck", "at", "day", "grade", "ms", "from", "of", "act", "until", "due", "interval", "ease", "remark"]
RIGHT = {
    "card": "a",
    "deck": "b",
    "at": "2026-11-01T09:00:00.000Z",
    "day": "2026-11-01",
    "grade": 4,
    "ms": 1,
    "from": "c",
}
TOML = st.one_of(
    st.text(max_size=40),
    st.integers().map(str),
    st.integers(0).map(hex),
    st.sampled_from(
        ["[[1]]", "{a.b = 1}", "1e999", "nan", '"\\U0010ffff"', "2026-02-28", "'''\n'''", '["", 5]', "true"]
    ),
)
_IN_ONE_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.dictionaries(st.sampled_from([*KEYS, "what"]), VALUE, max_size=4), st.none() | st.sampled_from(KINDS))
def test_a_line_of_a_log(given_: dict[str, object], what: str | None) -> None:
    """What is read can be written again."""
    line = json.dumps(RIGHT | ({} if what is None else {"what": what}) | given_)
    with suppress(ValueError):
        assert parse_line(format_line(parse_line(line))) == parse_line(line)


@_IN_ONE_FOLDER
@given(st.lists(st.binary(max_size=30) | st.just(json.dumps(RIGHT).encode()), max_size=4))
def test_a_file_of_a_history_folder(tmp_path: Path, lines: list[bytes]) -> None:
    """A line is read or told, and none is both."""
    (tmp_path / "one.jsonl").write_bytes(b"\n".join(lines))
    reading = read_end(tmp_path, Mark("one.jsonl"))
    assert reading
    assert len(reading.lines) + len(reading.problems) <= b"\n".join(lines).count(b"\n") + 1
    assert len(reading.lines) >= sum(line == json.dumps(RIGHT).encode() for line in lines[:-1]) - lines.count(b"")


@_IN_ONE_FOLDER
@given(st.sampled_from(["name", "namespace", "new", "order", "a b", '"\\u0000"']), TOML)
def test_a_deck_toml(tmp_path: Path, key: str, value: str) -> None:
    (tmp_path / "deck.toml").write_text(f'{key} = {value}\nlanguage = "zh"\n', "utf-8", errors="replace")
    deck, mistakes = read_deck_file(tmp_path)
    assert (deck is None) == bool(mistakes)


@_IN_ONE_FOLDER
@given(st.sampled_from(list(NOTED)), TOML, VALUE)
def test_settings(tmp_path: Path, name: str, written: str, value: object) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"{name} = {written}\n", "utf-8", errors="replace")
    with suppress(SrsError):
        read_settings(file)
    with suppress(SrsError):
        checked(name, value, "here")
    assert len(brief(value)) < 100


@_IN_ONE_FOLDER
@given(
    st.lists(
        st.binary(max_size=20) | st.sampled_from([b"## a {#a}\n\n", b"{{c1::", b"$$\n", b"---\n", b"![](", b"|-|\n"])
    )
)
def test_a_chapter(tmp_path: Path, pieces: list[bytes]) -> None:
    chapter, _ = read_chapter(tmp_path / "a.md", tmp_path, b"".join(pieces))
    assert chapter.path.name == "a.md"


@_IN_ONE_FOLDER
@given(
    st.sampled_from(
        ["notes.guid", "notes.mid", "notes.mod", "notes.flds", "cards.ord", "revlog.id", "revlog.ease", "col.models"]
    ),
    st.one_of(
        st.none(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.text(st.characters(codec="utf-8")), st.binary()
    ),
)
def test_a_package(tmp_path: Path, cell: str, value: object) -> None:
    table, column = cell.split(".")
    held = sqlite3.connect(":memory:")
    fill(held, [])
    held.execute(f"INSERT INTO notes VALUES (1, 'guid', {ORDINARY_ID}, 0, 0, '', 'a', 'a', 0, 0, '')")
    held.execute("INSERT INTO cards VALUES (1, 1, 1, 0, 0, 0, 2, 2, 1, 1, 2500, 1, 0, 0, 0, 0, 0, '')")
    held.execute("INSERT INTO revlog VALUES (1764579600000, 1, 0, 3, 1, 1, 2500, 1000, 1)")
    with suppress(sqlite3.IntegrityError):  # the schema holds against it
        held.execute(f"UPDATE {table} SET {column} = ?", (value,))
    held.commit()
    with zipfile.ZipFile(tmp_path / "a.apkg", "w") as archive:
        archive.writestr("collection.anki2", held.serialize())
        archive.writestr("media", "{}")
    held.close()
    with suppress(SrsError):
        found, _ = everything(tmp_path / "a.apkg")
        assert len(found.notes) + found.foreign == 1


def test_the_package_that_is_spoiled_above_is_read_where_it_is_not(tmp_path: Path) -> None:
    test_a_package.hypothesis.inner_test(tmp_path, "notes.flds", "b")  # type: ignore[attr-defined]  # made by @given
    found, logs = everything(tmp_path / "a.apkg")
    assert [note.guid for note in found.notes] == ["guid"]
    assert [len(log.reviews) for log in logs] == [1]
