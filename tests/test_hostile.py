"""Decks made to harm: whatever a command is asked, it answers in sentences, writes and reads nothing else, and ends.

Links, pipes and vast files are made here, since a repository cannot hold all of them.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NEED_ALL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.learner import Learner, Outcome

pytestmark = pytest.mark.slow

HOSTILE = Path(__file__).parent / "data" / "hostile"
WORD = "swordfish"
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
COMMANDS = [
    *(["check"], ["sync"], ["cards"], ["stats"]),
    *(["export", "anki", "-o", "OUT.apkg"], ["export", "html", "-o", "OUT.html"], ["export", "text", "-o", "OUT.txt"]),
    *(["check", "--style", "--coverage"], ["sync", "--dry-run"], ["sync", "--json"], [], ["cards", "--json"]),
    *(["cards", "--leeches"], ["show", "mile"], ["stats", "--json"]),
    *(["answer", "mile", "4"], ["log", "show"], ["log", "export", "-"], ["doctor"], ["config"]),
    *(
        ["check", "--json"],
        ["review", "--list"],
        ["review", "--list", "--json"],
        ["flag", "mile", "\x1b[2J"],
        ["bury", "mile"],
    ),
    *(
        ["cards", "--flagged"],
        ["suspend", "mile"],
        ["resume", "mile"],
        ["forget", "mile"],
        ["due", "mile", "2026-12-09"],
    ),
    *(["undo"], ["unflag", "mile"], ["adopt", "mile", "a"], ["adopt", "--dry-run", "ship", "boat"], ["switch", "sm2"]),
    *(["backup", "OUT.db", "--force"], ["backup", "--list"], ["restore", "OUT.db"]),
]

_QUICKLY = 7  # each way to read a deck or to give it away; the others run where everything must


def links(folder: Path, outside: Path) -> None:
    """A deck of links: a chapter, a folder, its settings, pictures, and folders that lead round and round."""
    (folder / "private.md").symlink_to(outside / "private.md")
    (folder / "part").mkdir()
    (folder / "part/away").symlink_to(outside)
    (folder / "part/up").symlink_to("../..")
    (folder / "part/ring").symlink_to("ring")
    (folder / "part/root").symlink_to("/")
    (folder / "key.png").symlink_to(outside / "key.png")
    (folder / "sea.md").write_text("## a {#a}\n\n![](key.png) ![](part/away/key.png)\n", encoding="utf-8")
    for name in ("sea.md.part", f".sea.md.{os.getpid()}.part", ".srs-.part"):
        (folder / name).symlink_to(outside / "private.md")


def linked_settings(folder: Path, outside: Path) -> None:
    """A deck whose deck.toml is somebody's credentials."""
    (folder / "deck.toml").unlink()
    (folder / "deck.toml").symlink_to(outside / "credentials")


def pipes(folder: Path, _: Path) -> None:
    """Files that keep whoever reads them waiting."""
    for name in ("wait.md", "wait.png"):
        os.mkfifo(folder / name)
    (folder / "sea.md").write_text("## a {#a}\n\n![](wait.png)\n", encoding="utf-8")


def vast(folder: Path, _: Path) -> None:
    """Files that are large on paper: ten gigabytes of nothing."""
    for name in ("vast.md", "vast.png", "other/deck.toml"):
        (folder.parent / "ship" / name).parent.mkdir(exist_ok=True)
        with (folder / name).open("wb") as file:
            file.truncate(10**10)
    (folder / "sea.md").write_text("## a {#a}\n\n![](vast.png)\n", encoding="utf-8")


def names(folder: Path, _: Path) -> None:
    """Files whose names act on a terminal, or are options."""
    for name in ("\x1b[2J\u202e.md", "a\nb.md", "-c!touch owned.md", "\x9b.md"):
        (folder / name).write_text("## a\n\nb {{c1::\n", encoding="utf-8")


def names_that_are_no_text(folder: Path, _: Path) -> None:
    """Files whose names are bytes that no text is: they can be neither told as they are nor stored."""
    for name in (b"\xff.md", b"\xfe\xff/a.md"):
        path = os.fsencode(folder) + b"/" + name
        Path(os.fsdecode(path)).parent.mkdir(exist_ok=True)
        Path(os.fsdecode(path)).write_text("## a\n\nb\n", encoding="utf-8")


def deep(folder: Path, _: Path) -> None:
    """Folders in folders."""
    folder.joinpath(*["d"] * 300).mkdir(parents=True)
    folder.joinpath(*["d"] * 300, "lost.md").write_text("## a\n\nb\n", encoding="utf-8")


def chains(folder: Path, _: Path) -> None:
    """Links to links to links, more of them than anything follows."""
    for number in range(1200):
        (folder / f"l{number}").symlink_to(f"l{number + 1}")
    (folder / "l.md").symlink_to("l0")
    (folder / "sea.md").write_text("## a {#a}\n\n![](l0/x.png)\n", encoding="utf-8")


MADE: list[Any] = [
    links,
    linked_settings,
    pipes,
    vast,
    names,
    names_that_are_no_text,
    deep,
    pytest.param(chains, marks=pytest.mark.slow),
]


@pytest.fixture(autouse=True)
def _little_memory() -> Iterator[None]:
    """No deck may need more; what it would need is an error here."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (3 * 1024**3, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


def everything(folder: Path) -> dict[str, bytes]:
    """Return all regular files below a folder with their bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {str(path): b"" if path.stat().st_size > 10**7 else path.read_bytes() for path in files}


def tried(learner: Learner, outside: Path) -> list[Outcome]:
    """Run every command on the decks; each ends in sentences, and the decks and what lies outside stay as they are."""
    before = everything(learner.decks) | everything(outside)
    outcomes = []
    for command in COMMANDS if NEED_ALL else COMMANDS[:_QUICKLY]:
        out = learner.home / "out"
        words = [word.replace("OUT", str(out)) for word in command]
        outcome = learner.types(*words)
        said = outcome.out + outcome.err
        assert outcome.code in {0, 1}, (command, outcome)
        assert "Traceback" not in said, command
        assert not ACTING.search(said), (command, ACTING.findall(said))
        assert WORD not in said, command
        outcomes.append(outcome)
    learner.types("check", "--fix")
    for path, data in everything(outside).items():
        assert data == before[path]
    assert {path for path in before if path not in everything(learner.decks) | everything(outside)} == set()
    for made in learner.home.glob("out.*"):
        data = made.read_bytes()
        if zipfile.is_zipfile(made):
            with zipfile.ZipFile(made) as archive:
                data = b"".join(archive.read(name) for name in archive.namelist())
        assert WORD.encode() not in data
    return outcomes


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """What a deck should not reach."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "private.md").write_text(f"## Which word? {{#word}}\n\n{WORD}\n", encoding="utf-8")
    (folder / "key.png").write_bytes(b"\x89PNG\r\n\x1a\n" + WORD.encode())
    (folder / "credentials").write_text(f'password = "{WORD}"\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", sorted(path.name for path in HOSTILE.iterdir()))
def test_a_deck_that_was_made_to_harm_does_none(learner: Learner, outside: Path, name: str) -> None:
    shutil.copytree(HOSTILE / name, learner.decks, dirs_exist_ok=True, symlinks=True)
    check, *_ = tried(learner, outside)
    assert check.code == 0 or re.search(r"(?:sea\.md|deck\.toml):\d+: ", check.err), "what is wrong has its line"


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as Unix has them")
@pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__)
def test_files_that_were_made_to_harm_do_none(
    learner: Learner, outside: Path, make: Callable[[Path, Path], None]
) -> None:
    learner.write("ship/mile.md", "## How long is a mile? {#mile}\n\n1852 metres.\n")
    make(learner.decks / "ship", outside)
    check, _, cards, *_ = tried(learner, outside)
    assert check.code == 1
    if make is not linked_settings:
        assert "How long is a mile?" in cards.out, "a chapter that is whole stays usable"


def test_what_hides_reads_back_from_json_as_it_was(learner: Learner) -> None:
    shutil.copytree(HOSTILE / "signs-that-act-on-a-terminal", learner.decks, dirs_exist_ok=True)
    (card,) = json.loads(learner.types("cards", "--json").out)
    assert "\x1b]0;owned\x07" in card["answer"] or "\x1b]0;owned\x07" in card["prompt"]
