"""`srs undo`: the last act taken back, or one cancelled by its moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.learner import Learner


def test_undo_takes_back_the_last_answer(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    sailor.srs("answer", "red/c1", "5")
    assert sailor.srs("undo") == "red/c1: grade 5 of 2026-12-01 undone; new again\n"
    assert sailor.progress() == {"mile": (1, "2026-12-02")}
    sailor.srs("undo")
    outcome = sailor.types("undo")
    assert (outcome.code, outcome.err) == (1, "srs: there is nothing to undo on this computer\n")


def test_undo_tells_when_the_card_is_due_without_the_answer(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    sailor.now = "2026-12-02 09:00"
    sailor.srs("answer", "mile", "2")
    assert sailor.srs("undo") == "mile: grade 2 of 2026-12-02 undone; due 2026-12-02\n"


def test_undo_asks_a_card_again_that_the_answer_suspended_as_a_leech(sailor: Learner) -> None:
    """As `u` does in a sitting."""
    config = sailor.home / "config.toml"
    config.write_text("leech_lapses = 1\n", encoding="utf-8")
    for day, grade in ((1, "4"), (2, "1")):
        sailor.now = f"2026-12-0{day} 09:00"
        sailor.srs("--config", config, "answer", "mile", grade)
    sailor.srs("--config", config, "undo")
    card = sailor.cards()["mile"]
    assert (card["state"], card["lapses"], card["due"]) == ("review", 0, "2026-12-02")


AHEAD = "2027-01-05T09:00:00.000Z"
ANSWER = f'{{"card":"mile","at":"{AHEAD}","day":"2027-01-05","grade":4,"ms":9,"from":"x","deck":"ship"}}'
FORGET = f'{{"what":"forget","card":"mile","at":"{AHEAD}","day":"2027-01-05","deck":"ship"}}'
SUSPEND = f'{{"what":"suspend","card":"mile","at":"{AHEAD}","deck":"ship"}}'
SWITCH = f'{{"what":"scheduler","card":"","at":"{AHEAD}","name":"sm2","smooth":true,"deck":""}}'


def takes(sailor: Learner, *lines: str) -> None:
    """Take lines in that were written elsewhere."""
    log = sailor.home / "log.jsonl"
    log.write_text("\n".join(lines), encoding="utf-8")
    sailor.srs("sync")
    sailor.srs("log", "merge", log)


def test_a_line_ahead_of_the_clock_is_told_with_the_command_that_cancels_it(sailor: Learner) -> None:
    """At each opening, until it is cancelled; when its month has come it counts for nothing."""
    takes(sailor, ANSWER)
    command = f"srs undo ship:mile --at {AHEAD} --act answer"
    told = (
        "a line of 2027-01-05 is more than a day ahead of --now, and does not count: mile: grade 4 of 2027-01-05;"
        f" `{command}` cancels it\n"
    )
    for words in ((), ("cards",), ("log", "show"), ("log", "export", "-")):
        assert sailor.types(*words).err == told
    assert sailor.srs(*command.split()[1:]) == "mile: grade 4 of 2027-01-05 cancelled\n"
    assert sailor.types("cards").err == ""
    sailor.now = "2027-02-01 09:00"
    assert sailor.progress() == {}
    outcome = sailor.types(*command.split()[1:])
    assert (outcome.code, outcome.err) == (1, f"srs: that line of ship:mile at {AHEAD} is cancelled already\n")


def test_a_line_ahead_that_no_undo_can_name_is_told_with_its_day(sailor: Learner) -> None:
    takes(sailor, SUSPEND)
    told = "a line of 2027-01-05 is more than a day ahead of --now, and does not count: mile: suspended;"
    assert sailor.types("cards").err == f"{told} it counts from 2027-01-04 on\n"
    outcome = sailor.types("undo", "mile", "--at", AHEAD)
    assert (outcome.code, "an undo cannot cancel what stands of mile" in outcome.err) == (1, True)
    sailor.now = "2027-01-04 09:00"
    assert sailor.cards()["mile"]["state"] == "suspended"


def test_of_several_lines_ahead_one_is_told(sailor: Learner) -> None:
    """One that can be cancelled, if there is any."""
    takes(sailor, SUSPEND, SWITCH)
    command = f"srs undo --at {AHEAD} --act scheduler"
    assert sailor.types("cards").err == (
        "2 lines are more than a day ahead of --now, and do not count, such as all decks: scheduler sm2, smoothed"
        f" on 2027-01-05; `{command}` cancels it; `srs log show` shows all\n"
    )
    shown = sailor.srs("log", "show").splitlines()
    assert sorted(line.partition("  (")[2] for line in shown) == [
        "ahead of the clock: counts from 2027-01-04)",
        f"ahead of the clock: counts from 2027-01-04; `{command}` cancels it)",
    ]
    sailor.srs(*command.split()[1:])
    sailor.now = "2027-02-01 09:00"
    assert sailor.srs("switch", "sm2", "--no-smooth") == "sm2 is in force already\n"


def test_of_several_lines_at_a_moment_one_is_named(sailor: Learner) -> None:
    takes(sailor, ANSWER, FORGET)
    outcome = sailor.types("undo", "--at", AHEAD)
    assert (outcome.code, outcome.err.startswith(f"srs: several lines stand at {AHEAD}; say which: ")) == (2, True)
    sailor.srs("undo", "--at", AHEAD, "--act", "forget")
    assert sailor.srs("undo", "--at", AHEAD) == "mile: grade 4 of 2027-01-05 cancelled\n"


def test_a_line_that_waits_for_its_deck_is_cancelled_with_it(sailor: Learner) -> None:
    takes(sailor, ANSWER.replace("mile", "knot").replace(',"deck":"ship"', ""))
    sailor.srs("undo", "knot", "--at", AHEAD)
    sailor.write("ship/knots.md", "## How fast is a knot? {#knot}\n\nA mile an hour.\n")
    sailor.now = "2027-02-01 09:00"
    assert sailor.progress() == {}
    assert "All is well" in sailor.srs("doctor")


@pytest.mark.parametrize("how", ["exported", "shown"])
def test_a_line_of_long_ago_is_cancelled_too_and_undo_passes_it_over_then(sailor: Learner, how: str) -> None:
    """Its moment is one of the log's, or the minute that `srs log show` tells."""
    sailor.srs("answer", "anchor", "4")
    sailor.srs("answer", "mile", "4")
    (moment,) = [line.split('"')[7] for line in sailor.srs("log", "export", "-").splitlines() if "mile" in line]
    assert sailor.srs("undo", "mile", "--at", moment if how == "exported" else "2026-12-01 09:00")
    assert sailor.progress() == {"anchor": (1, "2026-12-02")}
    assert sailor.srs("undo").startswith("anchor: grade 4")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["mile"], 2, "`srs undo` takes back the last act, whichever it was; a line of the log is named by --at"),
        (["--at", "yesterday"], 2, "--at: 'yesterday' is not a UTC moment"),
        (["--at", AHEAD], 1, f"the log has no line at {AHEAD}"),
        (["nope", "--at", AHEAD], 1, f"the log has no line of nope at {AHEAD}"),
        (["--at", AHEAD, "--act", "flag"], 2, "an undo cancels no 'flag'; --act takes answer, forget, set"),
    ],
)
def test_what_cannot_be_cancelled_is_told(sailor: Learner, words: list[str], code: int, said: str) -> None:
    outcome = sailor.types("undo", *words)
    assert (outcome.code, outcome.err.startswith(f"srs: {said}")) == (code, True)
