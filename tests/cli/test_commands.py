"""Commands as typed: what they print, how they end, what they refuse and with which sentence."""

from __future__ import annotations

import json
import re
import stat
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.learner import Learner

SEA = """\
---
title: Sea
tags: [sea, exam]
source: A log book
---

## How to anchor? {#anchor}

1. Heave to {#c1}
2. Let go {#c2}

## How long is a mile? {#mile}

1852 metres.

> Since 1929.

## Where is the red light? {#red}

To {{c1::port::which side}}.
"""


@pytest.fixture
def sailor(learner: Learner) -> Learner:
    """Somebody with a deck of three notes and five cards, none of them answered."""
    learner.write("ship/sea.md", SEA)
    return learner


def test_cards_as_json_have_every_field(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "5")
    assert sailor.cards()["mile"] == {
        "id": "mile",
        "note": "mile",
        "kind": "basic",
        "deck": "ship",
        "chapter": "Sea",
        "tags": ["sea", "exam"],
        "state": "review",
        "due": "2026-12-02",
        "interval": 1,
        "ease": 2600,
        "repetitions": 1,
        "lapses": 0,
        "reviews": 1,
        "prompt": "How long is a mile?",
        "answer": "1852 metres.",
        "source": f"{sailor.decks / 'ship' / 'sea.md'}:12",
    }
    red = sailor.cards()["red/c1"]
    assert (red["due"], red["interval"], red["ease"], red["state"]) == (None, None, None, "new")
    assert (red["prompt"], red["answer"]) == ("Where is the red light?\nTo [which side].", "port")


def test_cards_are_found_by_words_tags_and_what_is_due(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    assert set(sailor.cards("MILE long")) == {"mile"}
    assert set(sailor.cards("--tag", "exam")) == {"anchor", "anchor/c1", "anchor/c2", "mile", "red/c1"}
    assert sailor.cards("--tag", "exa") == {}
    assert sailor.cards("--due") == {}
    sailor.now = "2026-12-02 08:00"
    assert set(sailor.cards("--due")) == {"mile"}


def test_show_tells_a_card_with_its_history_and_place(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    shown = sailor.srs("show", "mile")
    for part in ("How long is a mile?", "1852 metres.", "Since 1929.", "2026-12-01  grade 4", "due 2026-12-02"):
        assert part in shown
    assert shown.rstrip().endswith("sea.md:12")


def test_an_answer_says_when_the_card_is_due(sailor: Learner) -> None:
    assert sailor.srs("answer", "mile", "4") == "mile: due 2026-12-02, interval 1 day\n"
    assert "a drill: only a day's first answer counts" in sailor.srs("answer", "mile", "1")
    assert sailor.progress() == {"mile": (2, "2026-12-02")}


def test_undo_takes_back_the_last_answer(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    sailor.srs("answer", "red/c1", "5")
    assert sailor.srs("undo") == "red/c1: grade 5 of 2026-12-01 taken back; new again\n"
    assert sailor.progress() == {"mile": (1, "2026-12-02")}
    sailor.srs("undo")
    outcome = sailor.types("undo")
    assert (outcome.code, outcome.err) == (1, "srs: there is no answer to take back\n")


def test_suspended_cards_wait_until_they_are_resumed(sailor: Learner) -> None:
    sailor.srs("suspend", "mile", "red/c1")
    assert [sailor.cards()[name]["state"] for name in ("mile", "red/c1")] == ["suspended", "suspended"]
    sailor.srs("resume", "mile")
    assert [sailor.cards()[name]["state"] for name in ("mile", "red/c1")] == ["new", "suspended"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["answer", "mile", "6"], 2, "grade '6' is none; a grade goes from 0 (blackout) to 5 (easy)"),
        (["answer", "mile", "good"], 2, "grade 'good' is none"),
        (["answer", "nowhere", "4"], 1, "no card nowhere; `srs cards` lists those there are"),
        (["show", "nowhere"], 1, "no card nowhere"),
        (["suspend", "mile", "nowhere"], 1, "no card nowhere"),
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


def test_problems_are_listed_where_they_stand(sailor: Learner) -> None:
    sailor.write("ship/sky.md", "## Empty {#empty}\n\n## What is {#open}\n\n{{c1::it\n")
    outcome = sailor.types("check")
    sky = sailor.decks / "ship" / "sky.md"
    assert outcome.err.split("\n")[:-1] == [
        f"{sky}:1: note without body; write the answer below its heading",
        f"{sky}:5: the cloze {{{{c1:: is not closed in its paragraph; end it with }}}}",
    ]
    assert (outcome.code, outcome.out) == (1, "3 notes, 5 cards: 2 problems\n")
    assert "2 problems in the decks; `srs check` lists them" in sailor.types("cards").err


def test_fixing_changes_nothing_but_the_missing_ids(learner: Learner) -> None:
    """Queue ends, a byte-order mark, trailing blanks, permissions and a link stay as they are."""
    text = b"\xef\xbb\xbf## How to anchor?  \r\n\r\n1. Heave to\r\n2. Let go {#c1}\r\n"
    target = learner.home / "elsewhere.md"
    target.write_bytes(text)
    target.chmod(0o640)
    learner.write("ship/other.md", "## Mile? {#mile}\n\n1852 m.\n")
    (learner.decks / "ship/sea.md").symlink_to(target)
    untouched = (learner.decks / "ship/other.md").stat().st_mtime_ns
    assert learner.types("check").code == 0
    assert target.read_bytes() == text
    said = learner.srs("check", "--fix")
    assert target.read_bytes() == (
        b"\xef\xbb\xbf## How to anchor? {#sea-how-to-anchor}  \r\n\r\n1. Heave to {#c2}\r\n2. Let go {#c1}\r\n"
    )
    assert "2 ids written" in said
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert (learner.decks / "ship/sea.md").is_symlink()
    assert (learner.decks / "ship/other.md").stat().st_mtime_ns == untouched


def test_fixing_never_gives_an_id_again(learner: Learner) -> None:
    """A step's number that a deleted step had is left free: its history would come with it."""
    learner.write("ship/sea.md", "## How? {#how}\n\n1. Heave {#c1}\n2. Haul {#c2}\n")
    learner.srs("answer", "how/c2", "5")
    learner.write("ship/sea.md", "## How? {#how}\n\n1. Heave {#c1}\n2. Make fast\n")
    learner.srs("check", "--fix")
    assert "Make fast {#c3}" in (learner.decks / "ship/sea.md").read_text(encoding="utf-8")
    assert set(learner.progress("--retired")) == {"how/c2"}


def test_the_history_goes_out_and_comes_back(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    sailor.now = "2026-12-02 09:00"
    sailor.srs("answer", "mile", "2")
    sailor.srs("answer", "anchor/c1", "5")
    log = sailor.home / "log.jsonl"
    assert sailor.srs("log", "export", log) == f"3 reviews written to {log}\n"
    assert [list(json.loads(line)) for line in log.read_text(encoding="utf-8").splitlines()] == [
        ["card", "at", "day", "grade", "ms", "from", "deck"]
    ] * 3
    before = sailor.cards()
    sailor.store.unlink()
    assert "3 reviews added, 0 known already" in sailor.srs("log", "merge", log)
    sailor.srs("sync")
    assert sailor.cards() == before
    assert "0 reviews added, 3 known already" in sailor.srs("log", "merge", log)
    assert len(sailor.srs("log", "show", "mile").splitlines()) == 2


def test_history_of_cards_not_in_the_decks_is_kept_until_they_come(sailor: Learner) -> None:
    line = '{"card":"knot","at":"2026-11-01T09:00:00Z","day":"2026-11-01","grade":4,"ms":900,"from":"terminal"}\n'
    log = sailor.home / "log.jsonl"
    log.write_text(line, encoding="utf-8")
    said = sailor.srs("log", "merge", log)
    assert "1 review for 1 card not in the decks, kept until a deck brings them: knot" in said
    sailor.write("ship/knots.md", "## How fast is a knot? {#knot}\n\nA mile an hour.\n")
    assert sailor.reads("sync")["returned"] == ["knot"]
    assert sailor.progress() == {"knot": (1, "2026-11-02")}


def test_a_log_with_a_bad_line_is_not_merged_at_all(sailor: Learner) -> None:
    log = sailor.home / "log.jsonl"
    good = '{"card":"mile","at":"2026-11-01T09:00:00Z","day":"2026-11-01","grade":4,"ms":9,"from":"x"}'
    log.write_text(f"{good}\n\nnonsense\n{good.replace('4', '9', 1)}\n", encoding="utf-8")
    outcome = sailor.types("log", "merge", log)
    assert outcome.code == 1
    assert [line.partition(": ")[0] for line in outcome.err.splitlines()] == [f"{log}:3", f"{log}:4", "srs"]
    assert "nothing was merged" in outcome.err
    assert sailor.progress() == {}


def test_an_export_that_fails_leaves_the_old_file(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills up half-way: what stood there before still stands, and nothing lies beside it."""
    sailor.srs("answer", "mile", "4")
    target = sailor.home / "out" / "log.jsonl"
    target.parent.mkdir()
    target.write_text("the old one", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    commands: list[list[str | Path]] = [["log", "export", target], ["export", "anki", "-o", target]]
    for command in commands:
        outcome = sailor.types(*command)
        assert (outcome.code, outcome.err) == (1, f"srs: cannot write {target}: no space left on device\n")
        assert target.read_text(encoding="utf-8") == "the old one"
        assert list(target.parent.iterdir()) == [target]


def test_today_at_a_glance(sailor: Learner) -> None:
    said = sailor.srs()
    assert "0 due, 3 new" in said
    assert "Streak: 0 days" in said
    sailor.srs("answer", "mile", "4")
    sailor.now = "2026-12-02 09:00"
    said = sailor.srs()
    assert re.search(r"1 due, \d new", said)
    assert "Streak: 1 day." in said
    assert "srs review" in said


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


def test_coverage_shows_each_chapter_by_kind(sailor: Learner) -> None:
    said = sailor.srs("check", "--coverage")
    assert re.search(r"^ +3 +5 +1 +1 +0 +1  Sea$", said, re.MULTILINE)
