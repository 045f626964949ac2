"""A setting written into the settings file: that line, and nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.collection.configuring import set_setting
from srs.errors import SrsError
from srs.settings import read_settings

LINES = {
    "new": ["new = 5", "new=5  # a few", "  new   =   5"],
    "order": ["order = 'mixed' # so", 'order = "new-first"'],
    "by_chapter": ["by_chapter = true"],
    "decks": ['decks = ["/a", "/b"]', 'decks = [\n  "/a",  # mine\n  "/b",\n]'],
    "store": ['store = "/a b.db"'],
}
REMARKS = ["", "# a remark", "   # another = 3", "\t"]
SETS = [("new", ["7"]), ("order", ["mixed"]), ("by_chapter", ["no"]), ("decks", ["/x y", '/q"']), ("store", ["/z.db"])]


@given(
    st.lists(st.sampled_from(sorted(LINES)), unique=True).flatmap(
        lambda names: st.tuples(*(st.sampled_from(LINES[name]) for name in names))
    ),
    st.lists(st.sampled_from(REMARKS), min_size=6, max_size=6),
    st.sampled_from(SETS),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_only_the_settings_own_lines_change(
    written: tuple[str, ...], remarks: list[str], setting: tuple[str, list[str]], end: str, last: bool
) -> None:
    """Whatever stands around it, in whatever line ends, keeps every byte."""
    name, words = setting
    parts = [part for pair in zip(remarks, [*written, ""], strict=False) for part in pair]
    text = "\n".join(parts).replace("\n", end) + (end if last else "")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "config.toml"
        file.write_bytes(text.encode())
        value = set_setting(file, name, words)
        after = file.read_bytes().decode()
        settings, _ = read_settings(file, {})
    assert getattr(settings, name) == value
    assert tomllib.loads(after).keys() == tomllib.loads(text).keys() | {name}
    old = next((each.replace("\n", end) for each in written if each.split("=")[0].strip() == name), None)
    if old is None:
        assert after.startswith(text)
        assert after.removeprefix(text).removeprefix(end).count(end) == 1
    else:
        before, behind = text.split(old)
        assert after.startswith(before)
        assert after.endswith(behind)
        remark = old.partition("#")[2] if end not in old else ""
        assert remark in after


def test_a_path_is_written_as_it_is_meant_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "elsewhere" / "config.toml"
    assert set_setting(file, "decks", ["mine", "./up/../other", "~/cards"]) == (
        str(tmp_path / "mine"),
        str(tmp_path / "other"),
        "~/cards",
    )
    assert set_setting(file, "store", ["postgresql://me@host/cards"]) == "postgresql://me@host/cards"
    assert set_setting(file, "store", ["cards.db"]) == str(tmp_path / "cards.db")
    assert set_setting(file, "decks", [""]) == ()
    assert set_setting(file, "store", [""]) == ""
    assert read_settings(file, {})[0].decks == ()
    assert file.read_text(encoding="utf-8") == 'decks = []\nstore = ""\n'


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_last_line_that_is_not_ended_stays_a_line_of_its_own(tmp_path: Path, end: str) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(f"# mine{end}new = 3".encode())
    set_setting(file, "reviews", ["4"])
    assert file.read_bytes().decode().splitlines() == ["# mine", "new = 3", "reviews = 4"]


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xef\xbb\xbfnew = 3 # few\n")
    set_setting(file, "new", ["4"])
    assert file.read_bytes() == b"\xef\xbb\xbfnew = 4 # few\n"


def test_a_file_that_cannot_be_written_is_as_it_was(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    with pytest.raises(SrsError, match="cannot be written: "):
        set_setting(blocked / "config.toml", "new", ["4"])
    assert blocked.read_bytes() == b""
