"""A sitting as a person has it: in a terminal, key by key."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests import forked

if TYPE_CHECKING:
    from pathlib import Path

OpenWindow = Callable[..., Any]


@pytest.fixture
def srs(surroundings: dict[str, str]) -> Callable[..., str]:
    """Run a command beside the window, and return what it printed."""

    def run(*arguments: str) -> str:
        done = forked.run(arguments, surroundings)
        assert done.code == 0, done.err
        return done.out

    return run


def answered(srs: Callable[..., str]) -> list[tuple[str, int]]:
    """Return the cards and grades in the history."""
    lines = [json.loads(line) for line in srs("log", "export", "-").splitlines()]
    undone = {(line["card"], line["of"]) for line in lines if line.get("what") == "undo"}
    return [
        (each["card"], each["grade"]) for each in lines if "grade" in each and (each["card"], each["at"]) not in undone
    ]


def test_a_sitting_from_its_first_card_to_its_last(open_window: OpenWindow, srs: Callable[..., str]) -> None:
    """Each note gives one card today; what is graded below Good comes back before the end."""
    window = open_window("review")
    seen = window.until("起锚有哪 3 步", "0 done · 3 left", "3 new", "Ship", "space next step")
    assert not [given for given in ("收紧锚链", "海上", "anchor") if given in seen]
    window.press("\r")
    window.until("海上 › anchor", "1. 收紧锚链", "3. 固定锚机", "▎ 先紧，再绞", "1  Again 1d", "4  Easy 1d")
    window.press("1")
    window.until("0 done · 3 left", "2 new", "1 drill", "一海里有多长")
    window.press("\r")
    window.until("1852 米")
    window.press("3")
    window.until("红灯在 […]，绿灯在 右舷。")
    window.press("\r")
    window.until("红灯在 左舷，绿灯在 右舷。")
    window.press("4")
    window.until("2 done · 1 left", "(drill)", "起锚有哪 3 步")
    window.press("\r")
    window.until("Again again", "Good done")
    window.press("3")
    assert window.ends() == 0
    window.until("4 answers in", "75% recalled", "All done for today.", "Tomorrow: 3 due, 0 new")
    assert answered(srs) == [("anchor", 1), ("mile", 4), ("lights/c1", 5), ("anchor", 4)]


def test_tomorrow_asks_what_is_due_then(open_window: OpenWindow, srs: Callable[..., str]) -> None:
    srs("answer", "mile", "4")
    window = open_window("review", SRS_NOW="2026-12-01 10:00")
    window.until("0 due", "2 new")
    window.press("q")
    assert window.ends() == 0
    window = open_window("review", SRS_NOW="2026-12-02 08:00")
    window.until("一海里有多长", "1 due", "2 new")
    window.press("\r")
    window.until("1  Again 1d", "2  Hard 6d", "3  Good 6d", "4  Easy 6d")


def test_a_kill_loses_no_answered_card(open_window: OpenWindow, srs: Callable[..., str]) -> None:
    """After SIGKILL every card that was answered is in the history, and the sitting goes on behind it."""
    window = open_window("review")
    window.until("起锚有哪 3 步")
    window.press("\r")
    window.until("Again 1d")
    window.press("3")
    window.until("一海里有多长")
    window.press("\r")
    window.until("1852")
    window.press("1")
    window.until("红灯在 […]")
    window.kill()
    assert answered(srs) == [("anchor", 4), ("mile", 1)]
    assert "All is well" in srs("doctor")
    window = open_window("review", SRS_NOW="2026-12-01 09:30")
    window.until("红灯在 […]", "1 new", "1 drill")


def test_control_c_keeps_what_was_answered(open_window: OpenWindow, srs: Callable[..., str]) -> None:
    window = open_window("review")
    window.until("起锚有哪 3 步")
    window.press("\r")
    window.until("Again 1d")
    window.press("3")
    window.until("一海里有多长")
    window.press("\x03")
    assert window.ends() == 130
    assert "1 answer in" in window.text
    assert answered(srs) == [("anchor", 4)]


def test_a_closed_window_ends_the_sitting(open_window: OpenWindow, srs: Callable[..., str]) -> None:
    window = open_window("review")
    window.until("起锚有哪 3 步")
    window.press("\r")
    window.until("Again 1d")
    window.press("4")
    window.until("一海里有多长")
    window.close()
    assert answered(srs) == [("anchor", 5)]


def test_each_step_can_be_taken_back(open_window: OpenWindow, srs: Callable[..., str]) -> None:
    """Undo goes back over a grade, a suspended and a buried card, the latest first."""
    window = open_window("review")
    window.until("起锚有哪 3 步")
    window.press("\r")
    window.until("Again 1d")
    window.press("3")
    window.until("一海里有多长")
    window.press("s")
    window.until("红灯在 […]", "suspended mile")
    window.press("u")
    window.until("一海里有多长", "undone: suspend")
    window.press("b")
    window.until("红灯在 […]", "buried mile until tomorrow")
    window.press("u")
    window.until("一海里有多长", "undone: bury")
    window.press("u")
    window.until("起锚有哪 3 步", "undone: Good", "0 done · 3 left")
    window.press("u")
    window.until("nothing to undo")
    window.press("q")
    assert window.ends() == 0
    assert answered(srs) == []
    assert {card["state"] for card in json.loads(srs("cards", "--json"))} == {"new"}


def test_a_buried_card_waits_until_tomorrow_and_a_suspended_one_until_resumed(
    open_window: OpenWindow, srs: Callable[..., str]
) -> None:
    window = open_window("review")
    window.until("起锚有哪 3 步")
    window.press("b")
    window.until("一海里有多长")
    window.press("s")
    window.until("红灯在 […]")
    window.press("q")
    window.ends()
    states = {card["id"]: card["state"] for card in json.loads(srs("cards", "--json"))}
    assert states["anchor"] == "buried"
    assert states["mile"] == "suspended"
    window = open_window("review", SRS_NOW="2026-12-02 09:00")
    window.until("起锚有哪 3 步", "2 new")
    window.press("q")
    window.ends()
    srs("resume", "mile")
    assert {card["id"]: card["state"] for card in json.loads(srs("cards", "--json"))}["mile"] == "new"


def test_edit_comes_back_to_the_edited_card(open_window: OpenWindow, ship: Path) -> None:
    """The editor is opened at the note's line; the card is shown again with its new text."""
    editor = ship / "editor"
    script = """
import pathlib, sys
file = pathlib.Path(sys.argv[2])
(file.parent / "line").write_text(sys.argv[1])
file.write_text(file.read_text("utf-8").replace("起锚有哪", "起锚分哪"), "utf-8")
"""
    command = f"exec {shlex.quote(sys.executable)} -c {shlex.quote(script)}"
    editor.write_text(f'#!/bin/sh\n{command} "$@"\n', encoding="utf-8")
    editor.chmod(0o755)
    window = open_window("review", EDITOR=str(editor))
    window.until("起锚有哪 3 步")
    window.press("e")
    window.until("起锚分哪 3 步", "4 cards changed")
    assert (ship / "decks/ship/line").read_text() == "+7"
    window.press("\r")
    window.until("Good 1d")


def test_an_editor_that_is_not_there_is_named(open_window: OpenWindow) -> None:
    window = open_window("review", EDITOR="no-such-editor")
    window.until("起锚有哪 3 步")
    window.press("e")
    window.until("the editor no-such-editor cannot be started")


def test_help_names_every_key(open_window: OpenWindow) -> None:
    window = open_window("review")
    window.until("起锚有哪 3 步")
    window.press("?")
    window.until("show the answer", "undo", "suspend", "bury", "edit", "quit")
    window.press("x")
    window.until("起锚有哪 3 步")


def test_six_grades_can_be_asked_for(open_window: OpenWindow, srs: Callable[..., str]) -> None:
    window = open_window("review", "--six-grades")
    window.until("起锚有哪 3 步")
    window.press("\r")
    window.until("0  Blackout 1d", "5  Easy 1d")
    window.press("0")
    window.until("一海里有多长")
    assert answered(srs) == [("anchor", 0)]


def test_cram_asks_every_card_and_moves_no_due_day(open_window: OpenWindow, srs: Callable[..., str]) -> None:
    srs("answer", "mile", "4")
    window = open_window("review", "--cram", SRS_NOW="2026-12-02 09:00")
    window.until("0 done · 7 left")
    for _ in range(5):
        window.press("\r")
        window.until("Good done")
        window.press("3")
        window.until("undo")
    window.press("q")
    window.ends()
    due = {card["id"]: card["due"] for card in json.loads(srs("cards", "--json"))}
    assert due["mile"] == "2026-12-02"
    assert due["anchor"] is None


def test_limits_of_the_day_hold_across_sittings(open_window: OpenWindow) -> None:
    for _ in range(2):
        window = open_window("review", "--new", "1")
        seen = window.until("1 new") if _ == 0 else ""
        if seen:
            window.press("\r")
            window.until("Good 1d")
            window.press("3")
        assert window.ends() == 0
    assert "Done for today" in window.text


def test_nothing_is_asked_when_nothing_is_due(open_window: OpenWindow, srs: Callable[..., str]) -> None:
    for card in ("anchor", "mile", "lights/c1"):
        srs("answer", card, "4")
    srs("suspend", "anchor/c1", "anchor/c2", "anchor/c3", "lights/c2")
    window = open_window("review")
    assert window.ends() == 0
    assert "the next card is due on 2026-12-02" in window.text
    assert "srs review --ahead 1" in window.text


@pytest.mark.parametrize(("width", "height"), [(60, 20), (80, 24), (200, 50)])
def test_every_window_shows_the_card_and_the_keys(open_window: OpenWindow, width: int, height: int) -> None:
    window = open_window("review", width=width, height=height)
    seen = window.until("起锚有哪 3 步", "space next step", "left")
    assert len(seen.split("\n")) == height
    window.press("\r")
    window.until("1. 收紧锚链", "4  Easy 1d")


def test_a_window_that_changes_is_drawn_anew(open_window: OpenWindow) -> None:
    window = open_window("review")
    window.until("起锚有哪 3 步")
    window.resize(60, 20)
    window.until("f flag  ? help  q quit")
    window.until("起锚有哪 3 步")
    assert window.text.split("\n")[1].strip("─") == ""
    assert len(window.text.split("\n")[1]) == 59


def test_a_long_card_scrolls(open_window: OpenWindow, ship: Path) -> None:
    lines = "\n\n".join(f"第 {number} 段" for number in range(1, 41))
    (ship / "decks/ship/long.md").write_text(f"## 长文？ {{#aa}}\n\n{lines}\n", encoding="utf-8")
    window = open_window("review", "--tag", "none")
    window.ends()
    window = open_window("review", "--deck", "ship", "--new", "5")
    window.until("长文")
    window.press("\r")
    window.until("第 1 段", "↓ more")
    window.press("\x1b[6~")
    window.until("第 12 段")
    for _ in range(8):
        window.press("\x1b[6~")
    window.until("第 40 段", gone="↓ more")
    window.press("\x1b[5~")
    window.until("↓ more")


def test_no_colour_is_written_when_none_is_wanted(open_window: OpenWindow) -> None:
    window = open_window("review", NO_COLOR="1")
    window.until("起锚有哪 3 步")
    window.press("\r")
    window.until("Good 1d")
    colours = {b"\x1b[3%dm" % number for number in range(8)}
    assert not any(colour in window.raw for colour in colours)


def test_only_sixteen_colours_are_used(open_window: OpenWindow) -> None:
    window = open_window("review")
    window.until("起锚有哪 3 步")
    window.press("\r")
    window.until("Good 1d")
    assert b"\x1b[32m" in window.raw or b";32m" in window.raw
    assert b"38;5;" not in window.raw
    assert b"38;2;" not in window.raw


def test_card_text_never_acts_on_the_terminal(open_window: OpenWindow, ship: Path) -> None:
    text = "## 危险？ {#aa}\n\n[b]x[/b] \x1b[31mred\x1b]0;title\x07 <script>alert(1)</script> {{ 🎉 \u202eabc\u202c\n"
    (ship / "decks/ship/a.md").write_text(text, encoding="utf-8")
    window = open_window("review")
    window.until("危险")
    window.press("\r")
    window.until("[b]x[/b]", "␛[31mred", "<script>alert(1)</script>", "{{")
    assert window.screen.title != "title"
    assert b"\x1b[31mred" not in window.raw


def test_problems_in_a_deck_are_mentioned_and_good_notes_are_asked(open_window: OpenWindow, ship: Path) -> None:
    (ship / "decks/ship/bad.md").write_text("## 空的 {#bad}\n\n## 好的？ {#good}\n\n对。\n", encoding="utf-8")
    window = open_window("review")
    window.until("好的？", "1 problem in the decks; `srs check` lists them")
