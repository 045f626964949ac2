"""Every command on a server, and the same words in a file's store: what is printed and what is known is the same."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from srs.cli.main import COMMANDS
from tests.learner import SEA, Learner, Outcome
from tests.terminal.window import Window

if TYPE_CHECKING:
    import pytest

    from tests.server.student import Student

MORE = (
    '## Which knot? {#Knot}\n\nA bowline.\n\n## Aft? {#aft tags="ship\'s"}\n\nBehind.\n\n## Öre? {#öre .both}\n\nOar.\n'
)
LINES = (
    '{"card":"mile","at":"2026-11-02T09:00:00.000Z","day":"2026-11-02","grade":4,"ms":99,"from":"terminal"}\n'
    '{"card":"nobody","at":"2026-11-02T09:00:00.001Z","day":"2026-11-02","grade":1,"ms":99,"from":"anki","deck":"x"}\n'
    '{"card":"mile","at":"2027-11-02T09:00:00.001Z","day":"2027-11-02","grade":1,"ms":99,"from":"anki","deck":"ship"}\n'
)
WORDS = """
sync --dry-run ; sync ; ; sync --json ; review ; cards ; cards --json ; cards --due ; show mile ; answer mile good
answer red/c1 again ; answer anchor/c1 0 ; undo ; answer anchor/c1 hard ; answer mile again ; cards --tag sea
cards --tag SEA ; suspend mile ; undo ; suspend red/c2 ; resume red/c2 ; flag mile a\\remark,\\100%\\'sure' ; undo
flag mile Is\\this\\right? ; flag red/c1 Hm ; unflag red/c1 ; cards --flagged --json ; bury anchor ; resume anchor
bury anchor/c2 ; due mile +7 ; forget red/c1 ; undo ; forget anchor/c1 ; edit mile ; switch sm2 --smooth --dry-run
switch sm2 --smooth ; doctor ; switch sm2 --no-smooth ; compare ; compare --json ; fit
mock ; switch fsrs --dry-run ; switch fsrs ; cards --json ; stats --json ; doctor ; switch sm2
stats ; stats --json ; stats --tag exam ; config ; check
check --json ; log show ; log show mile ; log merge LINES ; log merge LINES ; log export OUT ; doctor
log merge OUT ; answer red/c1 good ; log merge OUT --dry-run ; log merge OUT
new crew ; add A\\new\\one? Yes. --to ship ; check --fix ; sync ; export anki -o APKG ; import anki APKG
export text -o SHEET ; export anki -o APKG --with-progress ; import anki APKG
EDIT ; sync ; adopt mile league --dry-run ; adopt mile league ; undo
adopt mile league ; cards --json --retired ; show league ; doctor --repair ; log join FOLDER ; log show ; backup COPY
backup --list ; restore COPY ; stats --json ; doctor ; log export OUT --force ; cards --json --retired ; undo ;
"""
_STORE = re.compile(r"postgresql\S+learner\d+|/\S+/srs\.db")
_MOMENT = re.compile(r"(?<=:\d\d:)\d\d\.\d{3}(?=Z)")
ELSEWHERE = {"config", "backup", "restore", "add", "new"}
"""What speaks of files, and so of other ones for each learner; and of the store, which is told by its name."""


REFUSED = {"review", "mock", "edit", "backup", "restore", "fit"}
OF_ACCOUNTS = {"login", "logout"}  # these open no store
"""What wants a terminal, a store that is a file, or more answers than there are."""


def sentences() -> list[list[str]]:
    """Return the commands as words; a backslash stands for a blank within one."""
    return [[word.replace("\\", " ") for word in each.split()] for each in re.split("[;\n]", WORDS.strip())]


def typed(one: Learner, words: list[str], minute: int) -> Outcome:
    """Type a command a minute later than the one before."""
    files = {"LINES": "lines.jsonl", "OUT": "out.jsonl", "APKG": "out.apkg", "SHEET": "out.txt", "COPY": "copy.db"}
    if words == ["EDIT"]:
        one.edit("ship/sea.md", "How long is a mile? {#mile}", "How long is a league? {#league}")
        one.write("ship/Zenith.md", MORE)  # by code points it stands before sea.md, in a dictionary behind
        return Outcome(0, "", "")
    if words == ["log", "join", "FOLDER"]:
        (one.home / "folder").mkdir()
    there = {name: str(one.home / file) for name, file in files.items()} | {"FOLDER": str(one.home / "folder")}
    later = datetime(2026, 12, 1, 9, 0) + timedelta(minutes=minute)
    return replace(one, now=later.isoformat(" ", "minutes")).types(*(there.get(word, word) for word in words))


def told(one: Learner, outcome: Outcome) -> Outcome:
    """Return what a command said, without the names of this learner's files and store."""
    out, err = (_MOMENT.sub("", _STORE.sub("STORE", text)) for text in (outcome.out, outcome.err))
    out, err = (text.replace(str(one.home), "HOME") for text in (out, err))
    return Outcome(outcome.code, out, err)


def test_every_command_says_what_it_says_of_a_file(
    student: Student, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    plain = Learner(tmp_path / "plain", capsys)
    plain.home.mkdir()
    plain.write("ship/sea.md", SEA)
    said: set[str] = set()
    for minute, words in enumerate(sentences()):
        for one in (student, plain):
            (one.home / "lines.jsonl").write_text(LINES, encoding="utf-8")
        monkeypatch.chdir(student.home)
        here = typed(student, words, minute)
        monkeypatch.chdir(plain.home)
        there = typed(plain, words, minute)
        assert here.code == (1 if set(words[:1]) & REFUSED else 0), (words, here)
        if not words or words[0] not in ELSEWHERE:
            assert told(student, here) == told(plain, there), words
        said |= set(words[:1])
    assert said - {"EDIT"} == set(COMMANDS) - OF_ACCOUNTS
    logs = [(one.home / "out.jsonl").read_text(encoding="utf-8") for one in (student, plain)]
    assert _MOMENT.sub("", logs[0]) == _MOMENT.sub("", logs[1])


def test_a_sitting(student: Student) -> None:
    words = ["--decks", str(student.decks), "--db", student.address, "--now", student.now, "review"]
    window = Window(words, {**os.environ, "TERM": "xterm"})
    window.until("How to anchor?")
    window.press("\r")
    window.until("Make fast", "Good")
    window.press("3")
    window.until("How long is a mile?")
    window.press("u")
    window.until("How to anchor?")
    window.press("\r")
    window.until("Make fast", "Good")
    window.press("1")
    window.until("How long is a mile?")
    window.press("q")
    assert window.ends() == 0
    assert student.progress() == {"anchor": (1, "2026-12-02")}
    assert "2 acts" not in student.srs("log", "show")


def test_a_copy_is_pg_dump_s_work(student: Student) -> None:
    student.srs("sync")
    for words in (["backup", student.home / "copy"], ["backup", "--list"]):
        outcome = student.types(*words)
        assert outcome.code == 1
        assert "pg_dump" in outcome.err
        assert "let" not in outcome.err, "a password is nobody's to see"
    assert not (student.home / "copy").exists()
    assert "psql" in student.types("restore", student.home / "copy").err
