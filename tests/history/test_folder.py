"""A history folder: its files are read no further than need be, and one's own only ever grows."""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from srs.errors import SrsError
from srs.history import LogLine, Resume, Review, format_line
from srs.history.folder import Mark, append, make_folder, make_id, read_end, read_id, scan
from srs.history.lines import parse_moment
from srs.scheduler import Grade

if TYPE_CHECKING:
    from pathlib import Path

AT = parse_moment("2026-12-01T09:00:00.000Z")
A, B, C = (LogLine("ship", name, Resume(AT)) for name in ("mile", "red", "anchor"))


def text_of(*lines: LogLine) -> bytes:
    return b"".join(f"{format_line(line)}\n".encode() for line in lines)


def read(folder: Path, mark: Mark) -> tuple[Mark, tuple[LogLine, ...], list[str]]:
    """Read a file beyond a mark, with what is said of its lines."""
    found = read_end(folder, mark)
    assert found is not None
    return found.mark, found.lines, [f"{each.path.name}:{each.line}: {each.message}" for each in found.problems]


def test_only_what_was_added_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    append(file, [A, B])
    mark, lines, _ = read(tmp_path, Mark("a.jsonl"))
    assert (lines, mark.size, mark.mtime_ns) == ((A, B), file.stat().st_size, file.stat().st_mtime_ns)
    append(file, [C])
    assert read(tmp_path, mark)[1] == (C,)


def test_a_file_that_shrank_or_was_rewritten_is_not_what_was_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    append(file, [A, B])
    mark, _, _ = read(tmp_path, Mark("a.jsonl"))
    for other in (text_of(A), text_of(B, A), text_of(C, A, B), text_of(B, A, C)):
        file.write_bytes(other)
        assert read_end(tmp_path, mark) is None, other
    file.write_bytes(text_of(A, B))
    os.utime(file, ns=(1, 1))
    assert read(tmp_path, mark)[:2] == (Mark("a.jsonl", mark.size, 1, mark.stamp), ())


def test_a_change_in_the_middle_of_a_long_file_is_seen_where_its_size_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    lines = [LogLine("ship", f"n{number:05}", Resume(AT)) for number in range(4000)]
    append(file, lines)
    mark, _, _ = read(tmp_path, Mark("a.jsonl"))
    file.write_bytes(file.read_bytes().replace(b"n02000", b"n92000"))
    assert read_end(tmp_path, mark) is None


@pytest.mark.parametrize("changed", ["n00000", "n03999"])
def test_a_change_at_either_end_of_what_was_read_is_seen_though_the_file_grew(tmp_path: Path, changed: str) -> None:
    """A long file that grew is not read through: its ends tell."""
    file = tmp_path / "a.jsonl"
    append(file, [LogLine("ship", f"n{number:05}", Resume(AT)) for number in range(4000)])
    mark, _, _ = read(tmp_path, Mark("a.jsonl"))
    append(file, [A])
    assert read(tmp_path, mark)[1] == (A,)
    file.write_bytes(file.read_bytes().replace(changed.encode(), b"n90000"))
    assert read_end(tmp_path, mark) is None


def test_half_a_last_line_is_told_and_read_with_the_rest_of_it(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(text_of(A, B)[:-20])
    mark, lines, said = read(tmp_path, Mark("a.jsonl"))
    assert lines == (A,)
    assert said == ["a.jsonl:2: half a line; it is read again once the rest of it is there"]
    file.write_bytes(text_of(A, B))
    assert read(tmp_path, mark)[1:] == ((B,), [])


def test_a_last_line_without_its_end_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(text_of(A)[:-1])
    mark, lines, said = read(tmp_path, Mark("a.jsonl"))
    assert (lines, said) == ((A,), [])
    append(file, [B])
    assert file.read_bytes() == text_of(A, B)
    assert read(tmp_path, mark)[1:] == ((B,), [])


def test_what_is_no_line_is_told_with_its_number_and_costs_no_other(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    parts = [
        b"\xef\xbb\xbf" + text_of(A),
        b"<<<<<<< HEAD\n",
        text_of(B)[:-1] + b"\r\n",
        b"=======\n\n",
        b"\xff\xfe\n",
        b'{"what": "resume"}\n',
        text_of(C),
    ]
    file.write_bytes(b"".join(parts))
    mark, lines, said = read(tmp_path, Mark("a.jsonl"))
    assert lines == (A, B, C)
    marker = "a conflict marker, which is passed over; the lines around it are used"
    assert said == [
        f"a.jsonl:2: {marker}",
        f"a.jsonl:4: {marker}",
        "a.jsonl:6: not a line of a log: not UTF-8",
        "a.jsonl:7: not a line of a log: card is missing",
    ]
    with file.open("ab") as opened:
        opened.write(b"rubbish\n")
    assert read(tmp_path, mark)[2][0].startswith("a.jsonl:9: not a line of a log")


def test_lines_begin_a_line_of_their_own(tmp_path: Path) -> None:
    """A write that was cut short spoils only its own line."""
    file = tmp_path / "a.jsonl"
    file.write_bytes(text_of(A) + text_of(B)[:9])
    append(file, [B])
    assert file.read_bytes() == text_of(A) + text_of(B)[:9] + b"\n" + text_of(B)


def test_ones_own_file_is_for_ones_own_eyes(tmp_path: Path) -> None:
    append(tmp_path / "a.jsonl", [A])
    assert (tmp_path / "a.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_write_that_fails_leaves_nothing_of_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.jsonl"
    append(file, [A])

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        append(file, [B])
    assert file.read_bytes() == text_of(A)


def test_every_file_of_the_kind_is_read_whatever_its_name(tmp_path: Path) -> None:
    names = ["a.jsonl", "a (conflicted copy).jsonl", "a.sync-conflict-20261201-090000-ABC.jsonl", "B.JSONL"]
    for name in [*names, "a.jsonl.tmp", "readme.md"]:
        (tmp_path / name).touch()
    (tmp_path / "folder.jsonl").mkdir()
    assert sorted(scan(tmp_path)) == sorted(names)


def test_a_folder_keeps_the_name_that_it_got_first(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "history"
    make_folder(folder, "one")
    make_folder(folder, "two")
    assert read_id(folder) == make_id(folder, "three") == "one"
    assert read_id(tmp_path) is None


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SrsError, match="cannot be made a history folder"):
        make_folder(tmp_path / "file" / "history", "one")


def test_an_answer_reads_as_it_was_written(tmp_path: Path) -> None:
    line = LogLine("ship", "mile", Review(AT, date(2026, 12, 1), Grade.GOOD, 900), '{"mood":"calm"}')
    append(tmp_path / "a.jsonl", [line])
    assert read(tmp_path, Mark("a.jsonl"))[1] == (line,)


@pytest.mark.skipif(sys.platform == "win32", reason="links as Unix has them")
def test_a_name_that_is_a_link_or_a_device_is_not_read(tmp_path: Path) -> None:
    for target in (os.devnull, "/dev/ptmx", "elsewhere"):
        (tmp_path / "srs-history-id").symlink_to(target)
        with pytest.raises(OSError, match=r"symbolic links"):
            read_id(tmp_path)
        (tmp_path / "srs-history-id").unlink()


@pytest.mark.parametrize("most", [200, 70, 75, 150])
def test_a_long_file_is_read_in_portions_of_whole_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Each with the numbers of its own lines, and none is told to be half because the portion ends in it."""
    file = tmp_path / "a.jsonl"
    file.write_bytes(text_of(A, B) + b"nonsense\n" + text_of(C, A, B) + b"more nonsense\n" + text_of(C)[:-9])
    whole = read(tmp_path, Mark("a.jsonl"))
    monkeypatch.setattr("srs.history.folder._MOST_AT_ONCE", max(most, len(text_of(C)) + 1))
    mark, lines, said, portions, more = Mark("a.jsonl"), list[LogLine](), list[str](), 0, True
    while more:
        found = read_end(tmp_path, mark)
        assert found is not None
        mark, more, portions = found.mark, found.more, portions + 1
        lines += found.lines
        said += [f"{each.path.name}:{each.line}: {each.message}" for each in found.problems]
    assert (mark, tuple(lines), said) == whole
    assert [each.partition(": ")[0] for each in said] == ["a.jsonl:3", "a.jsonl:7", "a.jsonl:8"]
    assert portions > 2
    assert read(tmp_path, mark)[1] == ()


def test_a_line_without_end_is_no_reason_to_read_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("srs.history.folder._MOST_AT_ONCE", 100)
    (tmp_path / "a.jsonl").write_bytes(text_of(A) + b"x" * 1000)
    mark = Mark("a.jsonl")
    for more in (True, False):
        found = read_end(tmp_path, mark)
        assert found is not None
        assert found.more == more
        mark = found.mark
    assert mark.size == len(text_of(A))
