"""A file that is written is whole or not there."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from srs.errors import SrsError
from srs.files import beside, lies_in, make_private, read_at_most, read_inside, real, replacing, said_by

if TYPE_CHECKING:
    from pathlib import Path

NOT_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="links and permissions as Unix has them")


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


@NOT_WINDOWS
def test_a_link_that_waits_under_a_name_leads_nowhere(tmp_path: Path) -> None:
    """A deck may bring links along under every name that can be guessed; none of them is written through."""
    precious = tmp_path / "bashrc"
    precious.write_text("alias l=ls", encoding="utf-8")
    folder = tmp_path / "deck"
    folder.mkdir()
    target = folder / "sea.md"
    for name in (f".sea.md.{os.getpid()}.part", "sea.md.part", ".srs-.part", ".srs-a1b2c3d4.part"):
        (folder / name).symlink_to(precious)
    with replacing(target) as file:
        file.write(b"new")
        (made,) = (each for each in folder.iterdir() if not each.is_symlink())
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert precious.read_text(encoding="utf-8") == "alias l=ls"
    assert target.read_bytes() == b"new"
    assert not target.is_symlink()


@NOT_WINDOWS
def test_a_link_is_not_followed_where_the_system_offers_a_name_that_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter(["taken123", "free1234"])
    monkeypatch.setattr("tempfile._get_candidate_names", lambda: names)
    (tmp_path / ".srs-taken123.part").symlink_to(tmp_path / "bashrc")
    with replacing(tmp_path / "sea.md") as file:
        file.write(b"new")
    assert not (tmp_path / "bashrc").exists()


@NOT_WINDOWS
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_permissions_that_the_umask_leaves(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        with replacing(tmp_path / "log.jsonl") as file:
            file.write(b"new")
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "log.jsonl").stat().st_mode) == mode


@NOT_WINDOWS
def test_what_an_interrupted_run_left_goes_and_what_another_one_writes_stays(tmp_path: Path) -> None:
    """Also one that had the permissions of its target already; other names, and links, are left alone."""
    for name, mode in ((".srs-left1234.part", 0o600), (".srs-near1234.part", 0o644), ("a.part", 0o600)):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(mode)
    (tmp_path / ".srs-link1234.part").symlink_to(tmp_path / "a.part")
    with beside(tmp_path / "one") as one, beside(tmp_path / "other") as other:
        assert (one.exists(), other.exists()) == (True, True)
    assert sorted(each.name for each in tmp_path.iterdir()) == [".srs-link1234.part", "a.part"]


@NOT_WINDOWS
def test_what_is_private_is_made_so_with_the_folders_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "new" / "deeper" / "srs.db"
    make_private(file)
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (file, file.parent, file.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]
    file.write_bytes(b"kept")
    make_private(file)
    assert file.read_bytes() == b"kept"


@NOT_WINDOWS
def test_no_more_is_read_than_is_asked_for_and_no_pipe_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "long"
    file.write_bytes(b"12345")
    assert read_at_most(file, 3) == b"123"
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="it is a pipe"):
        read_at_most(tmp_path / "pipe", 3)
    with pytest.raises(OSError, match="it is no file"):
        read_at_most(tmp_path / os.devnull, 3)


@NOT_WINDOWS
def test_a_link_lies_where_it_leads_to_and_one_that_cannot_be_followed_nowhere(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "file").touch()
    for name, target in {
        "there": "file",
        "itself": "itself",
        "nowhere": "none",
        "out": "..",
        "round": "back",
        "back": "round",
    }.items():
        (inside / name).symlink_to(target)
    for number in range(1200):
        (inside / f"link{number}").symlink_to(f"link{number + 1}")
    lies = {
        name: lies_in(inside / name, inside)
        for name in ("there", "itself", "nowhere", "out", "round", "link0", "link1199")
    }
    assert lies == {
        "there": True,
        "itself": True,
        "nowhere": True,
        "out": False,
        "round": False,
        "link0": False,
        "link1199": True,
    }
    with pytest.raises(OSError, match=r"Too many levels"):
        real(inside / "link0")


@NOT_WINDOWS
def test_a_file_that_lies_elsewhere_or_is_too_large_is_not_read(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (inside / "file").write_bytes(b"12345")
    (inside / "link").symlink_to("file")
    (inside / "out").symlink_to("../secret")
    assert read_inside(inside / "file", inside, 5) == read_inside(inside / "link", inside, 5) == b"12345"
    for name, most in (("out", 10), ("file", 4), ("none", 10)):
        with pytest.raises(OSError, match=r"changed|too large|No such"):
            read_inside(inside / name, inside, most)
