"""Folders that are not what they seem: nothing hangs, nothing is followed for ever, every trouble has its line."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from srs.deck import find_decks, read_decks
from srs.errors import SrsError

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "## What stays usable? {#good}\n\nThis note.\n"
NOT_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as Unix has them")


@pytest.fixture
def ship(tmp_path: Path) -> Path:
    """A deck with one good chapter."""
    folder = tmp_path / "ship"
    folder.mkdir()
    (folder / "deck.toml").write_text('name = "Ship"\nnamespace = "ship"\n', encoding="utf-8")
    (folder / "good.md").write_text(NOTE, encoding="utf-8")
    return folder


def problems_of(folder: Path) -> list[str]:
    """Return what is said of a folder's decks, whose one good note must stay usable."""
    decks, problems = read_decks(folder)
    assert [note.id for deck in decks for chapter in deck.chapters for note in chapter.notes] == ["good"]
    assert not decks[0].sound
    return [str(problem).replace(str(folder), "ship") for problem in problems]


def test_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(SrsError, match=r"no folder .*--decks DIR"):
        find_decks(tmp_path / "none")


def test_the_folder_is_empty(tmp_path: Path) -> None:
    with pytest.raises(SrsError, match=r"no deck in .*deck\.toml and Markdown"):
        find_decks(tmp_path)


def test_a_line_of_ten_megabytes(ship: Path) -> None:
    (ship / "long.md").write_text("## How long? {#long}\n\n" + "x" * 10_000_000 + "\n", encoding="utf-8")
    assert problems_of(ship) == ["ship/long.md:3: a line of 10,000,000 characters; at most 20,000 make a card"]


def test_a_file_of_more_than_64_megabytes_is_not_read(ship: Path) -> None:
    with (ship / "vast.md").open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    assert problems_of(ship) == ["ship/vast.md:1: 67,108,865 bytes; a chapter has at most 67,108,864, split it"]


@NOT_WINDOWS
def test_a_link_that_leads_nowhere(ship: Path) -> None:
    (ship / "gone.md").symlink_to(ship / "nowhere.md")
    assert problems_of(ship) == ["ship/gone.md:1: cannot be read: no such file or directory"]


@NOT_WINDOWS
def test_a_link_to_itself(ship: Path) -> None:
    (ship / "ring.md").symlink_to(ship / "ring.md")
    assert problems_of(ship) == ["ship/ring.md:1: cannot be read: too many levels of symbolic links"]


@NOT_WINDOWS
def test_a_link_back_to_a_folder_above(ship: Path) -> None:
    (ship / "again").symlink_to(ship)
    assert problems_of(ship) == ["ship/again:1: this link leads back to a folder above it; remove it"]


@NOT_WINDOWS
def test_links_that_lead_round_between_decks(ship: Path) -> None:
    (ship.parent / "round").symlink_to(ship.parent)
    decks, problems = read_decks(ship.parent)
    assert [len(deck.chapters) for deck in decks] == [1]
    assert [problem.path.name for problem in problems] == ["round"]


@NOT_WINDOWS
@pytest.mark.parametrize("name", ["pipe.md", "deck.toml"])
def test_a_pipe_is_not_waited_for(ship: Path, name: str) -> None:
    (ship / name).unlink(missing_ok=True)
    os.mkfifo(ship / name)
    _, problems = read_decks(ship)
    assert [problem.message.partition(";")[0] for problem in problems] == [
        "this is neither a file nor a folder, and reading it could hang"
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="a file that fails when read, even to root, is Linux's own")
def test_a_file_that_cannot_be_read(ship: Path) -> None:
    (ship / "secret.md").symlink_to("/proc/self/mem")
    assert problems_of(ship) == ["ship/secret.md:1: cannot be read: input/output error"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("new = 0", []),
        ("reviews = 0", []),
        ("new = -1", ["ship/deck.toml:3: new takes a number of cards a day"]),
        ("reviews = true", ["ship/deck.toml:3: reviews takes a number of cards a day"]),
        ('new = "5"', ["ship/deck.toml:3: new takes a number of cards a day"]),
        (r'"n\u0065w" = -1', ["ship/deck.toml:1: new takes a number of cards a day"]),
    ],
)
def test_a_decks_own_limits_are_numbers_from_nought(ship: Path, line: str, said: list[str]) -> None:
    """A key that is spelt so that its line is not found is told at the first."""
    with (ship / "deck.toml").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    _, problems = read_decks(ship.parent)
    assert [str(problem).replace(str(ship), "ship") for problem in problems] == said
