"""Folders that are not what they seem: nothing hangs, nothing is followed for ever, every trouble has its line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from srs.deck import find_decks, read_decks, read_file
from srs.deck.media import media_fault
from srs.errors import Problem, SrsError
from srs.files import read_at_most

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


def test_a_line_of_half_a_megabyte(ship: Path) -> None:
    (ship / "long.md").write_text("## How long? {#long}\n\n" + "x" * 500_000 + "\n", encoding="utf-8")
    assert problems_of(ship) == ["ship/long.md:3: a line of 500,000 characters; at most 20,000 make a card"]


@pytest.mark.parametrize("size", [700_001, 10**10])
def test_a_file_of_more_than_700_kilobytes_is_not_read(ship: Path, size: int) -> None:
    """One that is large only on paper, too."""
    with (ship / "vast.md").open("wb") as file:
        file.truncate(size)
    assert problems_of(ship) == [f"ship/vast.md:1: {size:,} bytes; a chapter has at most 700,000, split it"]


def test_a_file_that_grew_since_it_was_found_is_not_read(ship: Path) -> None:
    with (ship / "vast.md").open("wb") as file:
        file.truncate(10**10)
    assert read_file(ship / "vast.md") == Problem(ship / "vast.md", 1, "more than 700,000 bytes; split it", "long-file")


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
    assert problems_of(ship) == ["ship/again:1: this link leads to a folder that is read already; remove it"]


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
def test_a_file_that_cannot_be_read() -> None:
    memory = Path("/proc/self/mem")
    assert read_file(memory) == Problem(memory, 1, "cannot be read: input/output error", "unreadable")


OUT = "this link leads out of the folder ship, and is left alone; move in what it leads to"


@NOT_WINDOWS
@pytest.mark.parametrize("inside_of_decks", [True, False])
def test_what_a_link_leads_out_of_the_deck_to_is_left_alone(
    tmp_path: Path, ship: Path, monkeypatch: pytest.MonkeyPatch, inside_of_decks: bool
) -> None:
    """A chapter, a folder, and the folder of another deck; also by way of a link that lies in the deck."""
    away = tmp_path / "away" if inside_of_decks else tmp_path.parent / f"{tmp_path.name}-away"
    (away / "deeper").mkdir(parents=True)
    (away / "private.md").write_text("## Which secret? {#secret}\n\nThis one.\n", encoding="utf-8")
    (ship / "note.md").symlink_to(away / "private.md")
    (ship / "folder").symlink_to(away)
    (ship / "part").mkdir()
    (ship / "part/again.md").symlink_to(ship / "note.md")
    (ship / "part/relative").symlink_to("../../" if inside_of_decks else "../../..", target_is_directory=True)
    (ship / "gone.md").symlink_to(away / "nowhere.md")
    read: list[Path] = []

    def noting(file: Path, most: int) -> bytes:
        read.append(file)
        return read_at_most(file, most)

    monkeypatch.setattr("srs.deck.reading.read_at_most", noting)
    assert problems_of(ship) == [
        f"ship/{path}:1: {OUT}" for path in ("folder", "gone.md", "note.md", "part/again.md", "part/relative")
    ]
    assert read == [ship / "deck.toml", ship / "good.md"]


@NOT_WINDOWS
def test_a_deck_that_is_a_link_out_of_the_folder_of_decks_is_left_alone(tmp_path: Path, ship: Path) -> None:
    decks = tmp_path / "decks"
    decks.mkdir()
    ship.rename(decks / "ship")
    (tmp_path / "private").mkdir()
    (tmp_path / "private/deck.toml").write_text('name = "P"\nnamespace = "p"\n', encoding="utf-8")
    (tmp_path / "private/own.md").write_text(NOTE, encoding="utf-8")
    (decks / "linked").symlink_to(tmp_path / "private")
    folders, problems = find_decks(decks)
    assert [folder.deck.namespace for folder in folders] == ["ship"]
    assert [str(problem) for problem in problems] == [f"{decks}/linked:1: {OUT.replace('folder ship', 'folder decks')}"]


@NOT_WINDOWS
def test_a_deck_toml_that_is_a_link_out_is_not_read(tmp_path: Path, ship: Path) -> None:
    (tmp_path / "credentials").write_text('password = "swordfish"\n', encoding="utf-8")
    (ship / "deck.toml").unlink()
    (ship / "deck.toml").symlink_to(tmp_path / "credentials")
    folders, problems = find_decks(ship)
    assert (folders, [str(problem) for problem in problems]) == ((), [f"{ship}/deck.toml:1: {OUT}"])


@NOT_WINDOWS
def test_a_folder_is_read_once_under_its_own_name(ship: Path) -> None:
    """However many links lead to it, and whichever comes first by name."""
    (ship / "z/deep").mkdir(parents=True)
    (ship / "good.md").rename(ship / "z/deep/good.md")
    (ship / "a").symlink_to(ship / "z/deep")
    (ship / "b").symlink_to(ship / "z")
    (ship / "z/deep/up").symlink_to(ship)
    said = "this link leads to a folder that is read already; remove it"
    assert problems_of(ship) == [f"ship/{path}:1: {said}" for path in ("a", "b", "z/deep/up")]


@NOT_WINDOWS
def test_a_link_within_the_deck_is_followed(ship: Path) -> None:
    (ship / ".drafts").mkdir()
    (ship / "good.md").rename(ship / ".drafts/good.md")
    (ship / "good.md").symlink_to(".drafts/good.md")
    decks, problems = read_decks(ship)
    assert (problems, [len(chapter.notes) for deck in decks for chapter in deck.chapters]) == ((), [1])


def test_folders_are_read_so_deep_and_no_deeper(ship: Path) -> None:
    deepest = ship.joinpath(*["d"] * 20)
    (deepest / "d").mkdir(parents=True)
    (deepest / "d/lost.md").write_text(NOTE.replace("good", "lost"), encoding="utf-8")
    (ship / "good.md").rename(deepest / "good.md")
    assert problems_of(ship) == [f"ship/{'d/' * 20}d:1: folders nested more than 20 deep; move this one up"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("new = 0", []),
        ("reviews = 0", []),
        ("new = -1", ["ship/deck.toml:3: new takes a number of cards a day, from 0 to 9999"]),
        ("new = 9999", []),
        ("new = 0xffffffff", ["ship/deck.toml:3: new takes a number of cards a day, from 0 to 9999"]),
        ("reviews = true", ["ship/deck.toml:3: reviews takes a number of cards a day, from 0 to 9999"]),
        ('new = "5"', ["ship/deck.toml:3: new takes a number of cards a day, from 0 to 9999"]),
        (r'"n\u0065w" = -1', ["ship/deck.toml:1: new takes a number of cards a day, from 0 to 9999"]),
    ],
)
def test_a_decks_own_limits_are_numbers_from_nought(ship: Path, line: str, said: list[str]) -> None:
    """A key that is spelt so that its line is not found is told at the first."""
    with (ship / "deck.toml").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    _, problems = read_decks(ship.parent)
    assert [str(problem).replace(str(ship), "ship") for problem in problems] == said


@NOT_WINDOWS
def test_a_deck_ends_at_its_own_folder_though_others_lie_beside_it(ship: Path) -> None:
    """Also where the folder of all decks is read: a deck that was fetched has no business in one of the learner's."""
    own = ship.parent / "own"
    own.mkdir()
    (own / "deck.toml").write_text('name = "Own"\nnamespace = "own"\n', encoding="utf-8")
    (own / "private.md").write_text(NOTE.replace("good", "private"), encoding="utf-8")
    (ship / "note.md").symlink_to(own / "private.md")
    (ship / "part").symlink_to(own)
    decks, problems = read_decks(ship.parent)
    assert [[note.id for chapter in deck.chapters for note in chapter.notes] for deck in decks] == [
        ["private"],
        ["good"],
    ]
    assert [str(problem) for problem in problems] == [f"{ship}/{name}:1: {OUT}" for name in ("note.md", "part")]


@NOT_WINDOWS
def test_a_chain_of_links_longer_than_the_system_follows_takes_nothing_along(ship: Path) -> None:
    for number in range(1200):
        (ship / f".link{number}").symlink_to(f".link{number + 1}")
    (ship / "chain").symlink_to(".link0")
    (ship / "chain.md").symlink_to(".link0")
    assert problems_of(ship) == [
        "ship/chain.md:1: this link leads out of the folder ship, and is left alone; move in what it leads to"
    ]
    assert (
        media_fault("chain/x.png", ship / "sea.md", ship)
        == "image chain/x.png is outside the deck's folder; move it in"
    )
    assert "is hidden" in media_fault(".link0/x.png", ship / "sea.md", ship)


def test_more_decks_than_anybody_studies_are_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("srs.deck.folder.MOST_DECKS", 2)
    for name in ("one", "two", "six", "ten"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "deck.toml").write_text(f'name = "{name}"\nnamespace = "{name}"\n', encoding="utf-8")
    found, problems = find_decks(tmp_path)
    assert [folder.deck.name for folder in found] == ["one", "six"]
    assert [(problem.path.parent.name, problem.rule) for problem in problems] == [("ten", "many-decks")]


def test_a_folder_that_is_vast_is_told_and_not_looked_at_to_its_end(
    ship: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("srs.deck.folder.MOST_ENTRIES", 5)
    for name in "abc":
        (ship / name).mkdir()
        (ship / name / "more.md").write_text("## a {#a}\n\nb\n", encoding="utf-8")
    assert problems_of(ship) == [
        "ship/c:1: more than 5 files and folders, so the rest is not looked at; name a smaller folder"
    ]


def test_a_file_that_is_nearly_a_chapter_is_told(ship: Path) -> None:
    for name in ("more.markdown", "MORE.MD", "notes.txt", "README.MD", ".draft.markdown"):
        (ship / name).write_text(NOTE, encoding="utf-8")
    said = "not read, for a chapter's name ends in .md; rename it, or move it out of the deck"
    told = [(problem.path.name, problem.message, problem.warning) for problem in read_decks(ship)[1]]
    assert told == [("MORE.MD", said, True), ("more.markdown", said, True)]
