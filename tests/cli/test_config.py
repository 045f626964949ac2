"""`srs config`: every setting with its value, and where it came from."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.learner import Learner


def lines(learner: Learner, *options: str | Path) -> dict[str, str]:
    """Return what is said of each setting, by its name."""
    said = learner.srs(*options, "config").splitlines()
    return {line.split(" = ")[0]: line.split(" = ")[1] for line in said if " = " in line}


def test_without_a_file_the_defaults_are_shown_as_one(learner: Learner) -> None:
    """The text is a settings file that changes nothing."""
    file = learner.home / "config.toml"
    said = learner.srs("--config", file, "config")
    assert said.startswith(f"# {file} (does not exist yet")
    assert tomllib.loads(said) == {
        "new": 20,
        "reviews": 200,
        "order": "due-first",
        "by_chapter": False,
        "rollover": 4,
        "six_grades": False,
        "type_answers": False,
        "space_is_good": False,
        "smooth": False,
        "leech_lapses": 8,
        "leech_action": "suspend",
    }
    assert "default" not in said
    assert len({line.index("#") for line in said.splitlines()[1:]}) == 1


def test_what_is_set_is_shown_with_the_default_and_where_it_came_from(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = learner.home / "config.toml"
    file.write_text('new = 5\nreviews = 50\nby_chapter = true\nleech_action = "mark"\n', encoding="utf-8")
    monkeypatch.setenv("SRS_NEW", "7")
    said = lines(learner, "--config", file)
    assert said["new"].startswith("7 ")
    assert said["new"].endswith("; default 20, from SRS_NEW")
    assert said["reviews"].startswith("50 ")
    assert said["reviews"].endswith(f"; default 200, from {file}")
    assert said["by_chapter"].startswith("true ")
    assert said["by_chapter"].endswith(f"; default false, from {file}")
    assert said["leech_action"].startswith('"mark" ')
    assert said["leech_action"].endswith(f'; default "suspend", from {file}')
    assert "from" not in said["rollover"]
    assert learner.srs("--config", file, "config").startswith(f"# {file}\n")


def test_an_hour_typed_as_an_option_is_in_force(learner: Learner) -> None:
    """It wins over the file and over the environment."""
    file = learner.home / "config.toml"
    file.write_text("rollover = 5\n", encoding="utf-8")
    assert lines(learner, "--config", file)["rollover"].startswith("5 ")
    for hour in ("7", "0"):
        said = lines(learner, "--config", file, "--rollover", hour)["rollover"]
        assert said.startswith(f"{hour} ")
        assert said.endswith("; default 4, from --rollover")
