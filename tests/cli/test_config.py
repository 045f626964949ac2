"""`srs config`: every setting with its value, and where it came from."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from srs.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

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
        "decks": [str(learner.decks)],
        "store": str(learner.store),
        "history": "",
        "new": 20,
        "reviews": 200,
        "order": "due-first",
        "by_chapter": False,
        "rollover": 4,
        "six_grades": False,
        "type_answers": False,
        "space_is_good": False,
        "leech_lapses": 8,
        "backups": 14,
        "leech_action": "suspend",
        "anki": "",
        "sync_sittings": False,
        "anki_retired": "suspend",
    }
    assert said.count("default") == said.count("from --") == 2
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


def test_where_decks_and_store_are_from_is_shown(
    learner: Learner, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def shown(*options: str) -> str:
        assert run([*options, "--config", str(file), "config"]) == 0
        return capsys.readouterr().out

    file = learner.home / "config.toml"
    monkeypatch.chdir(learner.home)
    said = shown()
    assert "# the folders of your decks; now decks, the folder of this name here\n" in said
    assert f"; now {learner.home / 'home/.local/share/srs/srs.db'}\n" in said
    assert tomllib.loads(said)["decks"] == []
    monkeypatch.chdir(learner.decks)
    assert "decks, the decks that came with srs\n" in shown()
    file.write_text('decks = ["mine"]\nstore = "cards.db"\n', encoding="utf-8")
    said = shown()
    assert f'decks = ["{learner.home}/mine"]' in said
    assert f"; default [], from {file}\n" in said
    assert f'; default "", from {file}\n' in said
    monkeypatch.setenv("SRS_DB", "other.db")
    monkeypatch.setenv("SRS_DECKS", "there")
    assert "from SRS_DB\n" in shown()
    assert "from SRS_DECKS\n" in shown()
    assert "from --db\n" in shown("--db", "typed.db")
    assert "from --decks\n" in shown("--decks", "typed")


def test_decks_of_several_folders_are_reviewed_with_the_store_that_the_settings_name(
    learner: Learner, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    learner.write("ship/sea.md", "## Mile? {#mile}\n\n1852 m.\n")
    other = learner.home / "other"
    other.mkdir()
    (other / "deck.toml").write_text('name = "Boat"\nnamespace = "boat"\n', encoding="utf-8")
    (other / "oars.md").write_text("## Oar? {#oar}\n\nA paddle.\n", encoding="utf-8")
    file = learner.home / "config.toml"
    file.write_text('decks = ["decks", "other", "decks/ship"]\nstore = "cards.db"\n', encoding="utf-8")
    monkeypatch.chdir("/")
    assert run(["--config", str(file), "cards"]) == 0
    said = capsys.readouterr()
    assert {line.split("\t")[0] for line in said.out.splitlines()} == {"mile", "oar"}
    assert said.err == ""
    assert (learner.home / "cards.db").exists()
    (other / "deck.toml").write_text('name = "Boat"\nnamespace = "ship"\n', encoding="utf-8")
    assert run(["--config", str(file), "check"]) == 1
    assert capsys.readouterr().err.count("namespace 'ship' is ") == 2


def test_a_folder_of_several_that_is_not_there_is_told_and_the_others_are_reviewed(
    learner: Learner, capsys: pytest.CaptureFixture[str]
) -> None:
    learner.write("ship/sea.md", "## Mile? {#mile}\n\n1852 m.\n")
    (learner.home / "empty").mkdir()
    file = learner.home / "config.toml"
    file.write_text('decks = ["gone", "empty", "decks"]\nstore = "cards.db"\n', encoding="utf-8")
    assert run(["--config", str(file), "cards"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("mile\t")
    assert "1 problem in the decks" in said.err
    assert run(["--config", str(file), "check"]) == 1
    said = capsys.readouterr()
    assert f"gone:1: no folder {learner.home}/gone; name the one" in said.err
    assert f"empty:1: warning: no deck in {learner.home}/empty; " in said.err
    file.write_text('decks = ["gone", "empty"]\n', encoding="utf-8")
    assert run(["--config", str(file), "check"]) == 1
    assert capsys.readouterr().err.count("\n") == 2


def test_a_setting_is_written_and_in_force(learner: Learner) -> None:
    file = learner.home / "deep" / "folder" / "config.toml"
    assert learner.srs("--config", file, "config", "set", "new", "7") == f"new = 7 in {file}\n"
    assert file.read_bytes() == b"new = 7\n"
    assert lines(learner, "--config", file)["new"].startswith("7 ")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nwe", "5"], 1, "unknown setting 'nwe'; did you mean new?"),
        (["new", "-1"], 1, "new is -1; it takes a number from 0 to 9999"),
        (["new", "many"], 1, "new is 'many'; it takes a number from 0 to 9999"),
        (["new", "5", "6"], 2, "new takes one value"),
        (["new", ""], 1, "new is ''; it takes a number"),
        (["order", "wild"], 1, "order is 'wild'; it takes one of due-first"),
        (["by_chapter", "1"], 1, "by_chapter is 1; it takes true or false"),
        (["store", "a\nb"], 1, "it takes a path"),
        (["decks"], 2, "Missing argument"),
    ],
)
def test_what_does_not_fit_is_said_and_not_written(learner: Learner, words: list[str], code: int, said: str) -> None:
    file = learner.home / "config.toml"
    outcome = learner.types("--config", file, "config", "set", *words)
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert not file.exists()


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://me:let%20me@in@host/cards", "postgresql://me:***@host/cards"),
        ("postgresql://me@host/cards?password=let&user=me", "postgresql://me@host/cards?password=***&user=me"),
    ],
)
def test_a_password_in_an_address_is_shown_to_nobody(learner: Learner, address: str, shown: str) -> None:
    file = learner.home / "config.toml"
    assert f'store = "{shown}" in {file}' in learner.srs("--config", file, "config", "set", "store", address)
    assert address in file.read_text(encoding="utf-8")
    said = learner.srs("--config", file, "--db", address, "config")
    assert shown in said
    assert address not in said


def test_on_and_off_are_what_the_readme_calls_them(learner: Learner) -> None:
    file = learner.home / "config.toml"
    for word, value in (("on", "true"), ("off", "false")):
        assert learner.srs("--config", file, "config", "set", "space_is_good", word).startswith(
            f"space_is_good = {value} "
        )
