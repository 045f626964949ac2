"""A log in a file is read in lots, and says what it says as a whole."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from srs.errors import SrsError
from srs.history import LogLine, format_line
from srs.history.beginnings import Beginning
from srs.history.log_file import Log, open_log
from srs.history.plain import line_of
from tests.history.told import answer, undo

if TYPE_CHECKING:
    from pathlib import Path

LINES = [answer(day) for day in range(5)] + [undo(answer(2)), answer(9, card="字")]


def read(log: Log) -> tuple[list[LogLine], list[tuple[int, str]]]:
    """Return all acts of a log, and what is wrong with other lines."""
    lots = list(log.lots())
    acts = [line for lot in lots for line in (*map(line_of, lot.answers), *lot.others)]
    return acts, [(problem.line, problem.message) for lot in lots for problem in lot.problems]


@pytest.mark.parametrize("at_once", [1, 7, 1_000_000])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_they_end_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int, end: str
) -> None:
    monkeypatch.setattr("srs.history.log_file._AT_ONCE", at_once)
    file = tmp_path / "log.jsonl"
    text = end.join([*map(format_line, LINES[:4]), "", " ", "nonsense", *map(format_line, LINES[4:]), '{"card": 1}'])
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    with open_log(file) as log:
        for _ in range(2):  # as often as one likes
            acts, problems = read(log)
            assert sorted(acts, key=repr) == sorted(LINES, key=repr)
            assert [line for line, _ in problems] == [7, 11]


@pytest.mark.parametrize("at_once", [1, 7, 100, 1_000_000])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_is_said_to_end_with_a_lot_is_what_was_read_and_can_be_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int, end: str
) -> None:
    """Lines that end as no system has it any more are never said to; nor is a last line without an end."""
    monkeypatch.setattr("srs.history.log_file._AT_ONCE", at_once)
    file = tmp_path / "log.jsonl"
    text = b"\xef\xbb\xbf" + end.join([*map(format_line, LINES[:4]), "", *map(format_line, LINES[4:])]).encode()
    file.write_bytes(text + f"{end}\ufeff{end}nonsense".encode())
    with open_log(file) as log:
        lots = list(log.lots())
        every = read(log)
        said = [(place, lot.prefix) for place, lot in enumerate(lots, 1) if lot.prefix]
        assert bool(said) == (end != "\r")
        for place, prefix in said:
            assert text.startswith(file.read_bytes()[: prefix.size]) or prefix.size > len(text)
            assert file.read_bytes()[: prefix.size].endswith(b"\n")
            passed = log.longest([prefix])
            assert passed.prefix() == prefix
            rest = list(log.lots(passed))
            assert sum(lot.acts for lot in lots[:place]) + sum(lot.acts for lot in rest) == len(LINES) == len(every[0])
            assert [each.line for lot in (*lots[:place], *rest) for each in lot.problems] == [9, 10]
            assert passed.prefix() == prefix, "reading on leaves it as it was"


def test_an_end_in_the_middle_that_no_system_has_any_more_is_counted(tmp_path: Path) -> None:
    """What would be passed over above it has other numbers, and is not said."""
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"\r".join([format_line(line).encode() for line in LINES[:2]]) + b"\n")
    with open_log(file) as log:
        (lot, last) = log.lots()
        assert (lot.acts, lot.prefix, last.prefix) == (2, None, None)
        assert [lot.prefix for lot in log.lots(Beginning())] == [None, None]


@pytest.mark.parametrize("at_once", [3, 10, 1000])
def test_of_a_line_that_is_too_long_only_the_length_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("srs.history.log_file._AT_ONCE", at_once)
    monkeypatch.setattr("srs.history.log_file.LONGEST_LINE", 150)
    monkeypatch.setattr("srs.history.lines.LONGEST_LINE", 150)
    good = format_line(LINES[0])
    assert len(good) < 150
    file = tmp_path / "log.jsonl"
    for last in ("\n", ""):
        file.write_text("\n".join(["字" * 300, good, "x" * 151, good, "y" * 1234]) + last, encoding="utf-8")
        with open_log(file) as log:
            acts, problems = read(log)
        assert acts == [LINES[0]] * 2
        assert [(line, said.partition(" ")[0]) for line, said in problems] == [(1, "300"), (3, "151"), (5, "1,234")]


def test_what_comes_through_a_pipe_is_put_aside(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    text = "".join(f"{format_line(line)}\n" for line in LINES)
    writer = threading.Thread(target=lambda: pipe.write_text(text, encoding="utf-8"))
    writer.start()
    with open_log(pipe) as log:
        assert len(read(log)[0]) == len(read(log)[0]) == len(LINES)
    writer.join()


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(SrsError, match="no such file"), open_log(tmp_path / "none"):
        pass
    with pytest.raises(SrsError, match="is a device"), open_log(tmp_path.joinpath("/dev/null")):
        pass
    (tmp_path / "half").write_bytes("字".encode()[:2])
    with open_log(tmp_path / "half") as log, pytest.raises(SrsError, match="is not UTF-8"):
        read(log)
    with pytest.raises(OSError, match="another"), open_log(tmp_path / "half"):
        raise OSError("another")
