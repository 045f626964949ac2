"""Global options, errors and exit codes: what every command has in common."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from srs.cli.main import run

if TYPE_CHECKING:
    from tests.learner import Learner
    from tests.newcomer import Newcomer


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ["answer", "mile", "6"],
            2,
            "'6' is not a grade; it takes again, hard, good, easy, or 0 (blackout) to 5 (easy)",
        ),
        (["answer", "mile", "well"], 2, "'well' is not a grade"),
        (["answer", "nowhere", "4"], 1, "no card nowhere; `srs cards` lists all cards"),
        (["show", "nowhere"], 1, "no card nowhere"),
        (["show", "ancor/c2"], 1, "no card ancor/c2; did you mean anchor/c2? `srs cards` lists all cards"),
        (["suspend", "mile", "nowhere"], 1, "no card nowhere"),
        (["resume", "mile", "nowhere"], 1, "no card nowhere"),
        (["answer", "mile"], 2, "Missing argument"),
        (["cards", "--deck", "boat"], 2, "no deck 'boat'; there is ship"),
        (["--now", "someday", "cards"], 2, "'someday' is not a moment; write one such as '2026-12-01 09:00'"),
        (["--now", "0001-01-01", "cards"], 2, "is in the year 1; choose one from 1990 to 2200"),
        (["--now", "+99999", "cards"], 2, "is in the year 2300; choose one from 1990 to 2200"),
        (["--rollover", "24", "cards"], 2, "less than or equal to 23"),
        (["--decks", "nowhere", "cards"], 1, "no folder nowhere; name the one that holds your decks with --decks DIR"),
        (["review"], 1, "review needs a terminal; `srs cards --due` lists what is due"),
        (["check", "nowhere.md"], 1, "no such file or folder: nowhere.md"),
        (["log", "merge", "nowhere.jsonl"], 1, "nowhere.jsonl cannot be read: no such file or directory"),
        (["export", "anki", "-o", "nowhere/ship.apkg"], 1, "cannot write nowhere/ship.apkg: no such file or directory"),
        (["frobnicate"], 2, "frobnicate"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    sailor: Learner, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, said: str
) -> None:
    monkeypatch.chdir(sailor.home)
    outcome = sailor.types(*arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert "Traceback" not in outcome.err
    assert sailor.progress() == {}


def test_a_study_day_ends_at_the_rollover(sailor: Learner) -> None:
    sailor.now = "2026-12-02 03:59"
    sailor.srs("answer", "mile", "4")
    assert sailor.progress() == {"mile": (1, "2026-12-02")}
    sailor.now = "2026-12-02 04:00"
    assert set(sailor.cards("--due")) == {"mile"}
    assert sailor.types("--rollover", "5", "cards", "--due").out == ""


def test_help_is_there_for_every_command(sailor: Learner) -> None:
    listed = sailor.srs("--help").split("Commands:")[1]
    for name in re.findall(r"^  (\w+)  ", listed, re.MULTILINE):
        assert sailor.srs(name, "--help").startswith("Usage: ")
    assert sailor.srs("--version") == "srs 0.1.0\n"


def test_an_option_wins_over_its_variable(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """The learner of these tests gives --decks, --db and --now; the variables stand in where they are not given."""
    monkeypatch.setenv("SRS_DECKS", "nowhere")
    monkeypatch.setenv("SRS_DB", "/nowhere/srs.db")
    monkeypatch.setenv("SRS_NOW", "2030-01-01")
    sailor.srs("answer", "mile", "4")
    assert sailor.progress() == {"mile": (1, "2026-12-02")}
    monkeypatch.setenv("SRS_DECKS", str(sailor.decks))
    monkeypatch.setenv("SRS_DB", str(sailor.store))
    assert run(["answer", "mile", "4"]) == 0
    sailor.now = "2030-01-01 13:00"
    assert sailor.progress() == {"mile": (2, "2030-01-07")}


def test_the_folder_called_decks_is_taken_where_none_is_named(
    sailor: Learner, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is none, the decks that come with srs."""
    monkeypatch.chdir(sailor.home)
    assert run(["--db", str(sailor.store), "cards"]) == 0
    assert "mile\t" in capsys.readouterr().out
    monkeypatch.chdir(sailor.decks)
    assert run(["--db", str(sailor.home / "other.db"), "sync"]) == 0
    assert "mile" not in capsys.readouterr().out


def test_an_interrupted_command_ends_as_a_shell_expects(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("srs.cli.bringing.bring_up", interrupt)
    assert sailor.types("sync").code == 130


LOADING = """
import os, signal, sys
from srs.__main__ import main
class Interrupting:
    def find_spec(self, name, *_):
        if name == "srs.cli.main":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there Ctrl-C is no signal")
def test_ctrl_c_while_the_command_line_is_loaded_ends_it_without_a_word() -> None:
    ended = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGINT, b"", b"")


def test_a_scheduler_that_is_switched_is_told_beside_the_output(sailor: Learner) -> None:
    """A settings file of an earlier version may still say `smooth`: that becomes an act, once."""
    config = sailor.home / "config.toml"
    config.write_text("smooth = true\n", encoding="utf-8")
    sailor.srs("answer", "mile", "4")
    plain = sailor.home / "none.toml"
    for file, said in ((config, True), (config, False), (plain, False)):
        outcome = sailor.types("--config", file, "cards", "--json")
        assert ("the scheduler has changed: 0 cards rescheduled" in outcome.err) == said
        assert outcome.out.startswith("[")
    act = '{"what": "scheduler", "card": "", "at": "2000-01-01T00:00:00.000Z", "name": "sm2", "smooth": true, '
    assert sailor.srs("log", "export", "-").startswith(act)


@pytest.mark.skipif(sys.platform == "win32", reason="links as Unix has them")
def test_a_folder_called_decks_that_leads_elsewhere_is_used_only_if_it_is_named(
    newcomer: Newcomer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cloned repository may hold such a link, to all that one has."""
    for deck in (tmp_path / "mine", tmp_path / "here" / "inside"):
        deck.mkdir(parents=True)
        (deck / "deck.toml").write_text('name = "a"\nnamespace = "a"\n', encoding="utf-8")
        (deck / "a.md").write_text("## a\n\nb\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    link = Path("decks")
    link.symlink_to(tmp_path / "mine")
    for words in (["cards"], ["check", "--fix"]):
        outcome = newcomer.types(*words)
        assert outcome.code == 1
        assert "the folder decks here is a link that leads elsewhere" in outcome.err
    assert (tmp_path / "mine" / "a.md").read_text(encoding="utf-8") == "## a\n\nb\n"
    assert newcomer.types("--decks", "decks", "cards").code == 0
    link.unlink()
    link.symlink_to("inside")
    assert newcomer.types("cards").code == 0
