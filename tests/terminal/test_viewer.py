"""The system's viewer: it is given pictures of the deck, by their whole paths, and nothing else."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from srs.terminal.viewer import view

if TYPE_CHECKING:
    from pathlib import Path


PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deck with pictures and other files, on a system whose viewer writes down what it is given."""
    root = tmp_path / "deck"
    (root / "part").mkdir(parents=True)
    for name in ("flag.png", "a b;touch x.png", "run.sh", "note.desktop", "bare"):
        (root / name).write_bytes(PNG)
    (root / "acts.svg").write_text("<svg><script>alert(1)</script></svg>", encoding="utf-8")
    (root / "page.png").write_text("<html>", encoding="utf-8")
    (root / "song.flac").write_bytes(b"fLaC")
    (tmp_path / "secret.png").write_bytes(PNG)
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/told"\nmv "{tmp_path}/told" "{tmp_path}/given"\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{opener.parent}:/usr/bin:/bin")
    monkeypatch.setattr("sys.platform", "linux")
    return root


@pytest.mark.parametrize("name", ["flag.png", "a b;touch x.png"])
def test_a_picture_is_opened_by_its_whole_path(deck: Path, tmp_path: Path, name: str) -> None:
    assert view(f"../{name}", deck / "part" / "sea.md", deck) == f"opened {name}"
    end = time.monotonic() + 20
    while not (tmp_path / "given").exists():
        assert time.monotonic() < end
    assert (tmp_path / "given").read_text(encoding="utf-8") == f"{deck / name}\n"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("../../secret.png", "outside the deck's folder"),
        ("https://example.org/a.png", "is not a local file"),
        ("../none.png", "does not exist"),
        ("../run.sh", "is neither a picture nor a sound"),
        ("../note.desktop", "is neither a picture nor a sound"),
        ("../bare", "is neither a picture nor a sound"),
        ("../page.png", "its bytes are not those of a .png file"),
        ("../acts.svg", "not opened: an SVG can act like a page of the web"),
        ("../song.flac", "not opened: .flac is no kind of picture"),
    ],
)
def test_what_is_no_picture_of_the_deck_is_not_opened(deck: Path, tmp_path: Path, address: str, said: str) -> None:
    assert said in view(address, deck / "part" / "sea.md", deck)
    assert not (tmp_path / "given").exists()


def test_a_system_without_a_viewer_is_told_where_the_picture_is(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    said = view("../flag.png", deck / "part" / "sea.md", deck)
    assert said == f"xdg-open cannot be started; the picture is {deck / 'flag.png'}"
