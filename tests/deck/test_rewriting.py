"""A note's new text in its chapter: only the lines that differ, and only where the old ones still stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from srs.deck.rewriting import write_note

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "## Mile? {#mile}\n\n1852 metres."


@pytest.fixture
def chapter(tmp_path: Path) -> Path:
    """A chapter with a note from its third line on, with line ends as Windows has them."""
    file = tmp_path / "sea.md"
    file.write_bytes(b"Text.\r\n\r\n" + NOTE.replace("\n", "\r\n").encode() + b"\r\n")
    return file


def test_a_line_is_written_and_all_else_stays(chapter: Path) -> None:
    assert write_note(chapter, 3, NOTE, NOTE.replace("1852", "1853"))
    assert chapter.read_bytes() == b"Text.\r\n\r\n## Mile? {#mile}\r\n\r\n1853 metres.\r\n"


@pytest.mark.parametrize(
    ("new", "written"),
    [
        (f"{NOTE}\n\nMore.", b"## Mile? {#mile}\r\n\r\n1852 metres.\r\n\r\nMore.\r\n"),
        ("## Mile? {#mile}\nMore.", b"## Mile? {#mile}\r\nMore.\r\n"),
    ],
    ids=["more", "fewer"],
)
def test_lines_that_come_and_go_keep_the_ends_of_the_file(chapter: Path, new: str, written: bytes) -> None:
    assert write_note(chapter, 3, NOTE, new)
    assert chapter.read_bytes() == b"Text.\r\n\r\n" + written


def test_the_last_line_of_a_file_stays_without_an_end(chapter: Path) -> None:
    chapter.write_bytes(NOTE.replace("\n", "\r\n").encode())
    assert write_note(chapter, 1, NOTE, f"{NOTE}\nMore.")
    assert chapter.read_bytes() == NOTE.replace("\n", "\r\n").encode() + b"\r\nMore."


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [(2, NOTE, NOTE.replace("1852", "1853")), (3, NOTE.replace("1852", "1851"), NOTE.replace("1852", "1853"))],
    ids=["another line", "another text"],
)
def test_nothing_is_written_where_it_does_not_fit(chapter: Path, line: int, old: str, new: str) -> None:
    before = chapter.read_bytes()
    assert not write_note(chapter, line, old, new)
    assert chapter.read_bytes() == before
