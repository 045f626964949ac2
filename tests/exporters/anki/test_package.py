"""Packages: the same notes make the same bytes, in a file that is whole or not there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from srs.errors import SrsError
from tests.exporters.anki.phone import CHAPTER, DECK, TUESDAY, exported, write_notes

if TYPE_CHECKING:
    from pathlib import Path

BASIC = "## 多久不再弹？ {#snooze}\n\n3 天。"
STEPS = "## 按哪几步走？ {#steps}\n\n1. 算账 {#c1}\n2. 分层\n3. 限频 {#c3}"
CLOZE = "## 灰度？ {#pilot}\n\n在 {{c1::10%}} 的用户中，{{c2::留存}} 下滑。"


def test_the_same_notes_make_the_same_bytes(tmp_path: Path) -> None:
    """Neither the time nor the place of writing is in the file."""
    deck = replace(DECK, root=tmp_path)
    for name in ("b.png", "a.png", "c.png"):
        (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n" + name.encode())
    images = "## Bilder {#i}\n\n![](b.png) ![](a.png) ![](c.png)"
    chapters = (CHAPTER, replace(CHAPTER, title="E3"))
    notes = [item for chapter in chapters for item in exported(BASIC, STEPS, CLOZE, images, deck=deck, chapter=chapter)]
    (tmp_path / "elsewhere").mkdir()
    write_notes(tmp_path / "one.apkg", notes)
    write_notes(tmp_path / "elsewhere" / "two.apkg", notes)
    assert (tmp_path / "one.apkg").read_bytes() == (tmp_path / "elsewhere" / "two.apkg").read_bytes()


def test_bytes_do_not_hang_on_the_process(tmp_path: Path) -> None:
    """Another process, with other hashes and another clock, writes the same file."""
    script = f"""
from pathlib import Path
from tests.exporters.anki.phone import exported, write_notes
write_notes(Path("out.apkg"), exported(*{[BASIC, STEPS, CLOZE]!r}))
"""
    found = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path), "TZ": f"UTC{seed}"}
        subprocess.run([sys.executable, "-c", script], check=True, cwd=tmp_path, env=environment)
        found.add((tmp_path / "out.apkg").read_bytes())
    assert len(found) == 1


def test_nothing_is_left_beside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No temporary file stays, neither beside the package nor in the system's folder for them."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    (tmp_path / "out").mkdir()
    write_notes(tmp_path / "out" / "a.apkg", exported(BASIC))
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["a.apkg"]
    assert not list(temporary.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are of POSIX")
def test_a_package_may_be_read_by_whom_the_user_lets(tmp_path: Path) -> None:
    """The file has the permissions of any new file of the user's."""
    write_notes(tmp_path / "a.apkg", exported(BASIC))
    (tmp_path / "other").touch()
    assert (tmp_path / "a.apkg").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_export_that_fails_half_way_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Whatever stops the writing, the old package stays whole and nothing lies beside it."""
    target = tmp_path / "a.apkg"
    write_notes(target, exported(BASIC))
    before = target.read_bytes()

    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr("os.fsync", stop)
    with pytest.raises(SrsError if isinstance(error, OSError) else KeyboardInterrupt):
        write_notes(target, exported(BASIC, STEPS, changed_s=TUESDAY))
    assert target.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.apkg"]


def test_a_missing_image_stops_the_export_before_anything_is_written(tmp_path: Path) -> None:
    """A package without its images is no package."""
    deck = replace(DECK, root=tmp_path)
    with pytest.raises(SrsError, match=r"e02\.md: image none\.png does not exist"):
        write_notes(tmp_path / "a.apkg", exported("## q {#x}\n\n![](none.png)", deck=deck))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "reason"), [("none/a.apkg", "no such file or directory"), (".", "is a directory"), ("/", ".*")]
)
def test_a_path_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path, name: str, reason: str) -> None:
    """The sentence names the path and the reason."""
    with pytest.raises(SrsError, match=rf"^cannot write .*: {reason}$"):
        write_notes(tmp_path / name, exported(BASIC))


def test_the_archive_is_one_that_every_anki_reads(tmp_path: Path) -> None:
    """The members are those of the older format, which all versions take."""
    deck = replace(DECK, root=tmp_path)
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    write_notes(tmp_path / "a.apkg", exported("## q {#x}\n\n![](a.png)", deck=deck))
    with zipfile.ZipFile(tmp_path / "a.apkg") as archive:
        assert archive.namelist() == ["collection.anki2", "media", "0"]
        assert archive.read("0") == b"\x89PNG\r\n\x1a\n"
        assert archive.testzip() is None
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {oct(member.external_attr >> 16) for member in archive.infolist()} == {"0o644"}
