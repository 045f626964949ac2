"""Two computers that share a history by git, as README says it: its lines word for word."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import pytest

from tests.learner import SEA, Learner

if TYPE_CHECKING:
    from collections.abc import Iterable

README = Path(__file__).resolve().parents[2] / "README.md"


def blocks() -> list[str]:
    """Return README's lines for the first computer, for the second, and for each day."""
    section = README.read_text(encoding="utf-8").partition("**Two computers**")[2]
    return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)[:3]


def types(one: Learner, lines: str, remote: Path) -> None:
    """Type lines at a computer; git really runs, and whatever comes after `;` does so, too."""
    place = one.home
    for line in lines.replace("YOUR-REMOTE", str(remote)).splitlines():
        for sequence in line.split(" ; "):
            for command in sequence.split(" && "):
                words = [word.replace("~", str(one.home)) for word in command.split()]
                if words[0] == "cd":
                    place = Path(words[1])
                elif words[0] == "srs":
                    one.srs("--config", one.home / "config.toml", *words[1:])
                elif not _git(one.home, place, words):
                    break


def _git(home: Path, place: Path, words: Iterable[str]) -> bool:
    name = {f"GIT_{who}_{what}": "sailor@ship" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", **name}
    return subprocess.run(list(words), cwd=place, env=surroundings, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not which("git"), reason="git is not here")
def test_the_lines_of_readme_carry_a_history(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second, daily = blocks()
    remote = tmp_path / "remote.git"
    assert _git(tmp_path, tmp_path, ["git", "init", "--bare", str(remote)])
    a, b = (Learner(tmp_path / name, capsys) for name in ("a", "b"))
    for one in (a, b):
        one.write("ship/sea.md", SEA)
    types(a, first, remote)
    types(b, second, remote)
    for day in ("2026-12-01 09:00", "2026-12-02 09:00"):
        for one, card in ((a, "mile"), (b, "anchor")):
            replace(one, now=day).srs("--config", one.home / "config.toml", "answer", card, "good")
        for one in (a, b, a):  # both have something that the other lacks
            types(replace(one, now=day), daily, remote)
    now = "2026-12-02 10:00"
    logs = [replace(one, now=now).srs("--config", one.home / "config.toml", "log", "export", "-") for one in (a, b)]
    assert logs[0] == logs[1]
    assert logs[0].count("\n") == 4
