"""What an address may name: pictures and sounds of the deck; no other file of a computer leaves with an export."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from srs.deck.media import LARGEST_MEDIA, images_stamp, media_fault, scheme_of

if TYPE_CHECKING:
    from pathlib import Path

NOT_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as Unix has them")
PNG = b"\x89PNG\r\n\x1a\n"
GOOD = {
    "a.png": PNG, "a.JPG": b"\xff\xd8\xff\xe0", "a.gif": b"GIF89a", "a.webp": b"RIFF\x0a\x00\x00\nWEBPVP8 ",
    "a.svg": b"<svg/>", "b.svg": b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x -->\n<svg xmlns=''/>",
    "a.avif": b"\x00\x00\x00\x1cftypavif", "a.mp3": b"ID3\x03", "b.mp3": b"\xff\xfb\x90", "a.ogg": b"OggS",
    "a.wav": b"RIFF\x0a\x00\x00\x00WAVE", "a.flac": b"fLaC", "a.m4a": b"\x00\x00\x00\x1cftypM4A ",
}  # fmt: skip


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """A deck's folder, with a secret beside it."""
    (tmp_path / "deck/part").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(PNG)
    return tmp_path / "deck"


def fault(deck: Path, source: str) -> str:
    """Return what is wrong with an address in a chapter of the deck."""
    return media_fault(source, deck / "part/sea.md", deck)


@pytest.mark.parametrize("name", GOOD)
def test_a_picture_or_a_sound_of_the_deck_is_fine(deck: Path, name: str) -> None:
    (deck / name).write_bytes(GOOD[name])
    assert fault(deck, f"../{name}") == ""
    assert fault(deck, f"./../part/../{name}") == ""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("id_rsa.png", b"-----BEGIN OPENSSH PRIVATE KEY-----"),
        ("history.svg", b"export TOKEN=1"),
        ("page.svg", b"<!-- only a comment -->"),
        ("empty.png", b""),
        ("song.mp3", b"MZ\x90"),
        ("a.jpg", PNG),
    ],
)
def test_what_is_not_what_its_name_says_stays(deck: Path, name: str, data: bytes) -> None:
    (deck / name).write_bytes(data)
    assert "is not what its name says" in fault(deck, f"../{name}")


@pytest.mark.parametrize("name", ["notes.txt", "srs.db", "config", "a.html", "deck.toml", "a.png.gpg"])
def test_other_kinds_of_files_stay(deck: Path, name: str) -> None:
    (deck / name).write_bytes(PNG)
    assert "is neither a picture nor a sound; a card takes .png .jpg" in fault(deck, f"../{name}")


@pytest.mark.parametrize("path", [".git/logo.png", ".env.png", "a/.hidden/b.png"])
def test_what_is_hidden_stays(deck: Path, path: str) -> None:
    (deck / path).parent.mkdir(parents=True, exist_ok=True)
    (deck / path).write_bytes(PNG)
    assert "begins with a full stop" in fault(deck, f"../{path}")


@NOT_WINDOWS
def test_links_are_followed_before_they_are_judged(deck: Path) -> None:
    (deck / ".git").mkdir()
    (deck / ".git/logo.png").write_bytes(PNG)
    (deck / "hidden.png").symlink_to(".git/logo.png")
    (deck / "outside.png").symlink_to("../secret.png")
    (deck / "folder").symlink_to("..")
    (deck / "ring.png").symlink_to("ring.png")
    os.mkfifo(deck / "pipe.png")
    assert "begins with a full stop" in fault(deck, "../hidden.png")
    assert "is outside the deck's folder" in fault(deck, "../outside.png")
    assert "is outside the deck's folder" in fault(deck, "../folder/secret.png")
    assert "cannot be read: too many levels" in fault(deck, "../ring.png")
    assert "cannot be read: it is a pipe" in fault(deck, "../pipe.png")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("a\0.png", "is no name that a file can have"),
        ("x" * 300 + ".png", "cannot be read: file name too long"),
        ("../../secret.png", "is outside the deck's folder"),
        ("/etc/hostname", "is outside the deck's folder"),
        ("http://[::1", "is not a local file"),
        ("JavaScript:alert(1)", "is not a local file"),
        ("none.png", "does not exist; looked for part/none.png"),
        ("..", "cannot be read: "),
    ],
)
def test_an_address_that_names_no_file_of_the_deck_is_told(deck: Path, address: str, said: str) -> None:
    assert said in fault(deck, address)


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (LARGEST_MEDIA, ""),
        (LARGEST_MEDIA + 1, "image ../vast.png has 20,000,001 bytes; at most 20,000,000 go onto a card"),
        (10**10, "image ../vast.png has 10,000,000,000 bytes; at most 20,000,000 go onto a card"),
    ],
)
def test_a_picture_has_a_size(deck: Path, size: int, said: str) -> None:
    """One that is large only on paper, too: ten gigabytes of nothing."""
    with (deck / "vast.png").open("wb") as file:
        file.write(PNG)
        file.truncate(size)
    assert fault(deck, "../vast.png") == said


@pytest.mark.parametrize(
    ("address", "scheme"),
    [("HTTPS://a.b", "https"), ("mailto:a@b", "mailto"), ("http://[::1", "http"), ("a/b:c", ""), ("", ""), (":a", "")],
)
def test_a_scheme_is_what_stands_before_the_first_colon(address: str, scheme: str) -> None:
    assert scheme_of(address) == scheme


def test_a_stamp_tells_whether_any_picture_came_went_or_changed(deck: Path) -> None:
    assert images_stamp([deck]) == ""
    (deck / "part/a.PNG").write_bytes(PNG)
    first = images_stamp([deck])
    assert first
    (deck / "part/sea.md").write_text("no picture", encoding="utf-8")
    (deck / ".git").mkdir()
    (deck / ".git/b.png").write_bytes(PNG)
    assert images_stamp([deck]) == first
    os.utime(deck / "part/a.PNG", ns=(1, 1))
    changed = images_stamp([deck])
    (deck / "part/a.PNG").write_bytes(PNG + b"more")
    os.utime(deck / "part/a.PNG", ns=(1, 1))
    assert len({"", first, changed, images_stamp([deck])}) == 4
