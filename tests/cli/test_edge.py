"""The edge of the process: no output and no surroundings end in a traceback, and an exit code says what was done."""

from __future__ import annotations

import json
import os
import pwd
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from srs.cli.edge import reason
from srs.cli.main import COMMANDS, run
from tests.conftest import NEED_ALL
from tests.learner import DECK_TOML

if TYPE_CHECKING:
    from tests.learner import Learner

pytestmark = pytest.mark.slow
MILE = "## 海里 ▲ é 😀? {#mile}\n\n1852 米。\n\n## Knot? {#knot}\n\nA mile an hour.\n"
SHOWS = [
    *([], ["--help"], ["--version"], ["cards"], ["cards", "--json"], ["show", "mile"], ["check"]),
    *(["check", "--coverage"], ["stats"], ["stats", "--json"], ["config"], ["doctor"], ["log", "show"]),
    *(["log", "export", "-"], ["sync", "--help"], ["compare"], ["compare", "--json"], ["login", "--help"]),
]
DOES = [
    *(["answer", "mile", "4"], ["undo"], ["suspend", "mile"], ["resume", "mile"], ["sync"], ["backup", "copy.db"]),
    *(["export", "html", "-o", "x.html"], ["export", "anki", "-o", "x.apkg"], ["import", "anki", "x.apkg"]),
    *(["log", "export", "log.jsonl"], ["log", "merge", "log.jsonl"], ["config", "set", "new", "5"]),
    *(["flag", "mile", "long"], ["unflag", "mile"], ["bury", "mile"], ["forget", "mile"], ["due", "mile", "+3"]),
    *(["adopt", "-n", "left", "mile"], ["switch", "sm2", "--smooth"], ["switch", "fsrs"], ["restore", "copy.db"]),
    *(["new", "boat", "--in", "more"], ["add", "Fathom?", "1.8 m"], ["check", "--fix"], ["doctor", "--repair"]),
    ["logout"],
]
FAILS = [["adopt", "knot", "mile"], ["review"], ["show", "nobody"], ["edit", "mile"], ["fit"], ["mock", "nobody"]]


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    code: int
    out: bytes
    err: str


@dataclass
class Shell:
    """Runs srs as a process of its own, its streams and surroundings as a shell would set them up."""

    home: Path

    def srs(
        self,
        words: list[str],
        streams: str = "",
        pipe: IO[bytes] | int = subprocess.PIPE,
        surroundings: dict[str, str] | None = None,
    ) -> Ended:
        """Run a command; `streams` are a shell's redirections, `pipe` is where output goes otherwise."""
        place = {"HOME": str(self.home), "SRS_DB": str(self.home / "srs.db"), "PATH": os.environ["PATH"]}
        place |= {"PYTHONPATH": os.pathsep.join(sys.path), "SRS_NOW": "2026-12-01 09:00"}
        command = ["sh", "-c", f'"$0" -m srs "$@" {streams}', sys.executable, *words]
        done = subprocess.run(
            command,
            cwd=self.home,
            env=place | (surroundings or {}),
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
        err = done.stderr.decode("utf-8", "replace")
        assert "Traceback" not in err, (words, streams, err)
        return Ended(done.returncode, done.stdout or b"", err)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Somebody with a deck in Chinese and one answer; a note has left the text since, and that was told."""
    deck = tmp_path / "decks/ship"
    deck.mkdir(parents=True)
    (deck / "deck.toml").write_text(DECK_TOML, encoding="utf-8")
    (deck / "sea.md").write_text(f"{MILE}\n## What left? {{#left}}\n\nThis.\n", encoding="utf-8")
    assert run(["--decks", str(deck), "--db", str(tmp_path / "srs.db"), "answer", "knot", "4"]) == 0
    (deck / "sea.md").write_text(MILE, encoding="utf-8")
    assert run(["--decks", str(deck), "--db", str(tmp_path / "srs.db"), "sync"]) == 0
    return Shell(tmp_path)


def test_every_command_is_tried() -> None:
    assert {words[0] for words in [*SHOWS, *DOES, *FAILS] if words} >= set(COMMANDS)


@pytest.mark.parametrize(
    ("streams", "why", "acts", "shows"),
    [
        ("> /dev/full", "no space left on device", DOES, SHOWS),
        (">&-", "bad file descriptor", DOES[:2], SHOWS[:4]),
        # The same rule stands behind all of them, so each command is tried once here, and twice where all must run.
        (">&- <&- 2>&-", "", DOES if NEED_ALL else DOES[:2], SHOWS if NEED_ALL else SHOWS[:4]),
    ],
    ids=["full", "closed", "all closed"],
)
def test_output_that_cannot_be_written_is_told_and_stops_nothing(
    shell: Shell, streams: str, why: str, acts: list[list[str]], shows: list[list[str]]
) -> None:
    """What was done is told as done by the exit code; what was only to be shown was not."""
    said = f"srs: standard output cannot be written: {why}\n" if why else ""
    for code, commands in ((0, acts), (1, shows)):
        for words in commands:
            ended = shell.srs(words, streams)
            assert (words, ended.code, ended.err.endswith(said)) == (words, code, True), ended
    for words in FAILS:
        assert shell.srs(words, streams).code == 1
    if acts is DOES:
        assert (shell.home / "x.html").stat().st_size > 1000
        assert (shell.home / "more/boat/start.md").exists()
        assert len(shell.srs(["cards"]).out.splitlines()) == 3


def test_a_file_opened_by_a_command_never_takes_the_place_of_a_closed_stream(shell: Shell) -> None:
    shell.srs(["export", "text", "-o", "plain.txt"])
    shell.srs(["export", "text", "-o", "closed.txt"], ">&- <&- 2>&-")
    assert (shell.home / "closed.txt").read_bytes() == (shell.home / "plain.txt").read_bytes()


@pytest.mark.parametrize(("words", "code"), [(["answer", "mile", "4"], 0), (["cards", "--json"], 1), (["stats"], 1)])
def test_a_reader_that_has_gone_away_stops_what_shows_and_not_what_does(
    shell: Shell, words: list[str], code: int
) -> None:
    """As in `srs cards | head -1`: quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        ended = shell.srs(words, pipe=pipe)
    assert (ended.code, ended.err) == (code, "")


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
    ids=lambda value: next(iter(value.values())),
)
def test_output_that_is_not_utf_8_takes_any_text(shell: Shell, surroundings: dict[str, str]) -> None:
    shown = [[], ["cards"], ["cards", "--json"], ["show", "mile"], ["check", "--coverage"], ["stats"], ["log", "show"]]
    for words in [*shown, ["answer", "mile", "4"], ["add", "米?", "米"]]:
        ended = shell.srs(words, surroundings=surroundings)
        assert (words, ended.code) == (words, 0), ended
    assert "## 米? {#sea-1}\n\n米\n" in (shell.home / "decks/ship/sea.md").read_text(encoding="utf-8")


def test_what_an_encoding_lacks_is_written_as_json_writes_it(shell: Shell) -> None:
    out = shell.srs(["cards", "mile", "--json"], surroundings={"PYTHONIOENCODING": "latin-1"}).out
    assert rb'"prompt": "\u6d77\u91cc \u25b2 ' + b"\xe9" + rb' \ud83d\ude00?"' in out
    assert json.loads(out.decode("latin-1"))[0]["prompt"] == "海里 ▲ é 😀?"
    assert "海里".encode() in shell.srs(["cards", "mile"], surroundings={"PYTHONIOENCODING": "ascii"}).out


@pytest.mark.parametrize("columns", ["999999999", "²", "-3"])
def test_a_window_as_wide_as_nobody_has_is_none(shell: Shell, columns: str) -> None:
    wide = shell.srs(["stats"], surroundings={"COLUMNS": columns, "LINES": columns})
    assert wide == shell.srs(["stats"])


def test_a_pipe_is_no_store_and_is_not_waited_for(shell: Shell) -> None:
    os.mkfifo(shell.home / "pipe")
    for name in ("pipe", f"sqlite:///{shell.home}/pipe"):
        ended = shell.srs(["--db", name, "cards"])
        assert (ended.code, ended.err) == (
            1,
            f"srs: {name} is no file that a store can be kept in; name another with --db\n",
        )


def test_an_empty_home_is_as_if_it_were_not_set(shell: Shell) -> None:
    home = pwd.getpwuid(os.getuid()).pw_dir
    (shell.home / "config.toml").write_text('decks = ["~/mine"]\n', encoding="utf-8")
    said = shell.srs(["--config", "config.toml", "config"], surroundings={"HOME": ""}).out.decode()
    assert f'decks = ["{home}/mine"]' in said


def test_where_nobody_knows_the_home_it_is_said(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """With store and settings named, nobody has to know it."""

    def unknown(_: object) -> None:
        raise KeyError

    learner.write("ship/sea.md", MILE)
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", unknown)
    outcome = learner.types("cards")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        "srs: the home folder is not known; set HOME, or name the store with --db and the settings with --config\n"
    )
    assert learner.srs("--config", learner.home / "config.toml", "cards").count("\n") == 2


def test_a_current_folder_that_is_gone_is_said(shell: Shell) -> None:
    for words in (["--db", "x.db", "cards"], ["export", "html", "-o", "x.html"], ["config", "set", "decks", "x"]):
        gone = shell.home / "gone"
        gone.mkdir()
        script = f'cd gone && rmdir ../gone && exec "{sys.executable}" -m srs "$@"'
        done = subprocess.run(
            ["sh", "-c", script, "sh", *words],
            cwd=shell.home,
            env=os.environ | {"HOME": str(shell.home), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (
            1,
            "srs: the current folder is not there any more; change to one that is\n",
        )


def test_what_the_system_refuses_is_said_in_a_sentence(
    learner: Learner, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object) -> bool:
        raise PermissionError(13, "Permission denied", "decks")

    monkeypatch.setattr(Path, "is_dir", refused)
    assert run(["--db", str(learner.store), "cards"]) == 1
    assert capsys.readouterr().err == "srs: decks: permission denied\n"
    monkeypatch.setattr(os, "getcwd", refused)
    assert reason(OSError(5, "Input/output error")) == "the current folder cannot be read; change to one that can"


def test_a_mistake_of_ours_is_not_hidden(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    learner.write("ship/sea.md", MILE)
    monkeypatch.setattr("srs.cli.bringing.bring_up", broken)
    with pytest.raises(ZeroDivisionError):
        learner.types("sync")
