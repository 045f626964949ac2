"""A file that is written is whole or not there."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from srs.errors import SrsError
from srs.files import replacing, said_by

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_there_once_all_of_it_is_written(tmp_path: Path) -> None:
    target = tmp_path / "log.jsonl"
    with replacing(target) as file:
        file.write(b"one")
        assert not target.exists()
        file.write(b" two")
    assert target.read_bytes() == b"one two"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_keeps_its_permissions_and_its_link(tmp_path: Path) -> None:
    target, link = tmp_path / "log.jsonl", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o604)
    link.symlink_to(target)
    with replacing(link) as file:
        file.write(b"new")
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode), link.is_symlink()) == (b"new", 0o604, True)
    assert sorted(tmp_path.iterdir()) == [link, target]


def test_what_fails_on_the_way_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "log.jsonl"
    target.write_bytes(b"old")

    def write_and_fail(error: BaseException) -> None:
        with replacing(target) as file:
            file.write(b"half")
            raise error

    for error in (RuntimeError(), KeyboardInterrupt()):
        with pytest.raises(type(error)):
            write_and_fail(error)
    with pytest.raises(SrsError, match=f"^cannot write {target}: no space left on device$"):
        write_and_fail(OSError(28, "No space left on device"))
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_all_of_it_is_on_the_disk_before_it_takes_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a power cut could leave a file of the right name and no content."""
    target = tmp_path / "log.jsonl"
    seen: list[tuple[int, bool]] = []
    monkeypatch.setattr("os.fsync", lambda number: seen.append((os.fstat(number).st_size, target.exists())))
    with replacing(target) as file:
        file.write(b"12345")
    assert seen == [(5, False)]


def test_what_cannot_be_a_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SrsError, match=f"^cannot write {tmp_path}: is a directory$"), replacing(tmp_path):
        pass
    missing = tmp_path / "nowhere" / "log.jsonl"
    with pytest.raises(SrsError, match=f"^cannot write {missing}: no such file or directory$"), replacing(missing):
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_systems_words_end_a_sentence() -> None:
    assert said_by(OSError(13, "Permission denied")) == "permission denied"
    assert said_by(OSError("Something Else")) == "something else"
