"""The documents say what the program does: every command, option and variable stands in README."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import srs
from exporters.anki.reading import LONGEST_NOTE, MOST_TEXT
from exporters.anki.unpacking import LARGEST
from exporters.sheet import MOST_PICTURES
from srs.deck.bounds import MOST_COLUMNS
from srs.deck.chapter import LONGEST_LINE, MOST_PIECES
from srs.deck.chapter import LONGEST_NOTE as LONGEST_NOTE_HERE
from srs.deck.check import MOST_NOTES
from srs.deck.check import MOST_TEXT as MOST_TEXT_HERE
from srs.deck.folder import DEEPEST_FOLDER, MOST_DECKS, MOST_ENTRIES
from srs.deck.front_matter import DEEPEST_FRONT_MATTER, LONGEST_FRONT_MATTER
from srs.deck.markdown import DEEPEST_LEVEL
from srs.deck.media import LARGEST_MEDIA, SUFFIXES
from srs.deck.reading import LARGEST_FILE
from srs.deck.values import MOST_CLOZES, MOST_STEPS
from srs.due import moment_of
from srs.due.day import EARLIEST, LATEST
from srs.history.lines import LONGEST_LINE as LONGEST_LOG_LINE
from srs.settings import NOTED
from srs.toml import LONGEST_TOML, MOST_KEYS
from tests import forked

if TYPE_CHECKING:
    from tests.learner import Learner

TOP = Path(__file__).resolve().parents[1]
README = (TOP / "README.md").read_text(encoding="utf-8")


def help_of(*command: str) -> str:
    """Return what a command says of itself."""
    done = forked.run([*command, "--help"], os.environ)
    assert done.code == 0, done.err
    return done.out


def commands(*group: str) -> list[str]:
    """Return the commands of a group, as its help lists them."""
    listed = help_of(*group).split("Commands:")[1]
    return re.findall(r"^  (\w+)  ", listed, re.MULTILINE)


def test_every_command_stands_in_readme() -> None:
    groups = {"log"}
    names = [name for name in commands() if name not in groups]
    names += [f"{group} {name}" for group in groups for name in commands(group)]
    assert len(names) >= 14
    assert [name for name in names if f"srs {name}" not in README] == []


def test_every_environment_variable_and_setting_stands_in_readme() -> None:
    variables = set(re.findall(r"env var:\s+(\w+)", help_of()))
    variables |= {noted.variable for noted in NOTED.values()} - {""}
    assert len(variables) >= 7
    wanted = variables | {name for name, noted in NOTED.items() if not noted.former}
    assert {name for name in wanted if f"`{name}`" not in README} == set()


def test_the_version_is_one() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == srs.__version__


def test_no_file_names_a_package_registry_or_a_machines_path() -> None:
    """A stranger's clone has neither."""
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=False, cwd=TOP)
    files = [TOP / name for name in listed.stdout.split("\n") if name] or [*TOP.glob("*.*"), *TOP.glob("srs/**/*.py")]
    registry = "py" + "pi.org"
    for file in files:
        if file.is_file() and file.suffix in {".py", ".md", ".toml", ".txt", ""}:
            text = file.read_bytes().decode("utf-8", "replace")
            assert registry not in text, file
            assert not re.search(r"(?<![\w.])/(?:home|root|Users)/\w", text), file


def test_the_library_does_what_readme_shows(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lines are run as they stand, beside a folder of decks."""
    learner.write("ship/sea.md", "## How long is a mile? {#mile}\n\n1852 m.\n")
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(example.splitlines()) <= 14
    monkeypatch.chdir(learner.home)
    done = subprocess.run(
        [sys.executable, "-c", example],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(TOP)},
    )
    due, log = done.stdout.splitlines()
    assert due.startswith("mile is due on 20")
    assert log.startswith("2 acts in the log; ")
    assert log.endswith("sea.md:1")


def test_every_name_of_the_library_is_there() -> None:
    for names in srs._ROOMS.values():
        for name in names:
            assert getattr(srs, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        srs.nothing  # noqa: B018 -- asking is the point


def test_every_limit_on_what_strangers_write_is_named() -> None:
    """The numbers of the code, as SECURITY.md has them."""
    told = (TOP / "SECURITY.md").read_text(encoding="utf-8")
    limits = (
        f"| a chapter | {LARGEST_FILE:,} bytes |",
        f"| a line of a chapter | {LONGEST_LINE:,} characters |",
        f"| folders in folders | {DEEPEST_FOLDER} |",
        f"| lists and quotes in one another | {DEEPEST_LEVEL} levels",
        f"| clozes in a paragraph | {MOST_CLOZES}, ",
        f"| steps of a note | {MOST_STEPS} |",
        f"| front matter | {LONGEST_FRONT_MATTER:,} characters, lists {DEEPEST_FRONT_MATTER} deep",
        f"| `deck.toml`, settings | {LONGEST_TOML:,} characters, {MOST_KEYS} keys",
        f"| a picture or a sound | {LARGEST_MEDIA:,} bytes; {' '.join(sorted(SUFFIXES, key=told.index))} |",
        f"| a package, unpacked | {LARGEST // 1024**2:,} MB |",
        f"| the text of a note from Anki | {LONGEST_NOTE:,} characters |",
        f"| files and folders in a folder of decks | {MOST_ENTRIES:,} |",
        f"| decks in a folder of decks | {MOST_DECKS:,} |",
        f"| a note of a chapter | {LONGEST_NOTE_HERE:,} characters |",
        f"| pieces of text in a chapter (words, emphasis, code …) | {MOST_PIECES:,} |",
        f"| the chapters of all decks that are read at once | {MOST_TEXT_HERE:,} bytes |",
        f"| notes and mistakes of all decks that are read at once | {MOST_NOTES:,} |",
        f"| a line of a log | {LONGEST_LOG_LINE:,} characters |",
        f"| columns of a table | {MOST_COLUMNS} |",
        f"| the text of all notes of a package | {MOST_TEXT:,} bytes of memory |",
        f"| pictures in a study sheet | {MOST_PICTURES:,} bytes, ",
        f"| moments | the years {moment_of(EARLIEST).year} to {moment_of(LATEST).year} |",
    )
    assert [limit for limit in limits if limit not in told] == []


def test_what_is_pinned_is_what_is_needed_and_its_licences_are_told() -> None:
    """Each package in one version with its digests, from wherever the reader's pip finds it."""
    pinned = (TOP / "requirements/pinned.txt").read_text(encoding="utf-8")
    names = re.findall(r"^([a-z0-9-]+)==\S+(?: ;.*)? \\\n    --hash=sha256:[0-9a-f]{64}", pinned, re.MULTILINE)
    assert len(names) == pinned.count("==") - pinned.count(" == ") > 20
    assert not re.search(r"://|^\s*-(?!-hash)", pinned, re.MULTILINE)
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.match(r"[\w-]+", each)[0].lower() for each in project["dependencies"]}  # type: ignore[index]
    assert needed - {"tzdata"} <= set(names)
    licences = (TOP / "docs/licences.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| ([a-z0-9-]+) \| [^?|]+ \|$", licences, re.MULTILINE)[1:] == names
