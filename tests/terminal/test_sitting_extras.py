"""More of a sitting, key by key: lists recited, answers typed, cards flagged, leeches caught, what was missed again."""

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

pytestmark = pytest.mark.slow

OpenWindow = Callable[..., Any]


def grades(ship: Path, surroundings: dict[str, str]) -> list[tuple[str, int, int]]:
    """Return card, grade and milliseconds of the history."""
    done = forked.run(["log", "export", "-"], surroundings, ship)
    return [
        (line["card"], line["grade"], line["ms"]) for line in map(json.loads, done.out.splitlines()) if "grade" in line
    ]


@pytest.mark.parametrize(
    ("missed", "suggested", "grade"),
    [([], "Good", 4), ([2], "Hard", 3), ([1, 2], "Again", 1)],
    ids=["none", "one", "two"],
)
def test_a_list_is_recited_and_its_grade_suggested(
    open_window: OpenWindow, ship: Path, surroundings: dict[str, str], missed: list[int], suggested: str, grade: int
) -> None:
    """Each press shows a step, x marks the one shown last; Enter takes the suggestion."""
    window = open_window("review")
    steps = ("收紧锚链", "绞起船锚", "固定锚机")
    assert "收紧锚链" not in window.until("1. […]", "space next step")
    for number, step in enumerate(steps, 1):
        window.press(" ")
        window.until(step)
        if number in missed:
            window.press("x")
            window.until(f"✗ {step}")
    window.until("▎ 先紧，再绞", f"Enter takes {suggested}")
    window.press("\r")
    window.until("一海里有多长")
    window.press("q")
    assert window.ends() == 0
    assert [line[:2] for line in grades(ship, surroundings)] == [("anchor", grade)]


def test_a_mark_can_be_taken_off_and_another_grade_given(
    open_window: OpenWindow, ship: Path, surroundings: dict[str, str]
) -> None:
    window = open_window("review")
    window.until("1. […]")
    window.press(" x")
    window.until("✗ 收紧锚链")
    window.press("x")
    window.until("1. 收紧锚链", "2. […]")
    window.press(" ")
    window.until("3. […]")
    window.press("u")
    window.until("1. 收紧锚链", "2. […]", gone="3. […]")
    window.press("\r")
    window.until("Enter takes Good")
    window.press("4")
    window.until("一海里有多长")
    window.press("q")
    window.ends()
    assert [line[:2] for line in grades(ship, surroundings)] == [("anchor", 5)]


def test_an_answer_is_typed_and_compared(open_window: OpenWindow) -> None:
    window = open_window("review", "--type")
    window.until("1. […]")
    window.press("\r")
    window.until("Good 1d")
    window.press("3")
    window.until("一海里有多长", "▸", "Enter compare")
    window.press("1852 里q\x7f")
    window.until("▸ 1852 里▏")
    window.press("\r")
    window.until("✗ 1852 里", "→ 1852 米")
    window.press("2")
    window.until("红灯在 […]", "Enter compare")
    window.press("左舷\r")
    window.until("✓ as typed")
    window.press("3")
    window.until("一海里有多长", "(drill)")
    window.press("\x1b")
    window.until("1852 米", "Good done")


def test_a_card_is_flagged_and_listed(open_window: OpenWindow, ship: Path) -> None:
    window = open_window("review")
    window.until("1. […]")
    window.press("f")
    window.until("Enter keep the remark")
    window.press("第三步要改\r")
    window.until("Ship  ⚑", "flagged; `srs cards --flagged` lists it", gone="第三步要改")
    window.press("u")
    window.until("undone: flag", gone="⚑")
    window.press("f太短\r")
    window.until("Ship  ⚑")
    window.press("\r")
    window.until("⚑ 太短", "3. 固定锚机")
    window.press("f！\r")
    window.until("⚑ 太短！", "3. 固定锚机", "flagged; `srs cards --flagged` lists it")
    window.press("f\x1b")
    window.until("Enter takes Good", gone="Enter keep the remark")
    window.press("q")
    window.ends()
    listing = open_window("cards", "--flagged", width=200)
    listing.ends()
    assert f"{ship}/decks/ship/sea.md:7: anchor: 太短！" in listing.text


def test_a_leech_is_suspended_and_named(open_window: OpenWindow, ship: Path, surroundings: dict[str, str]) -> None:
    config = ship / "config.toml"
    config.write_text("leech_lapses = 1\n", encoding="utf-8")
    surroundings["SRS_CONFIG"] = str(config)
    for day, grade in ((1, "4"), (2, "4")):
        window = open_window("answer", "mile", grade, SRS_NOW=f"2026-12-0{day} 09:00")
        window.ends()
    window = open_window("review", "--new", "0", SRS_NOW="2026-12-08 09:00", SRS_CONFIG=str(config))
    window.until("一海里有多长")
    window.press("\r")
    window.until("Again 1d")
    window.press("1")
    window.ends()
    listing = open_window("cards", "--leeches", width=200, SRS_NOW="2026-12-08 10:00", SRS_CONFIG=str(config))
    listing.ends()
    assert f"{ship}/decks/ship/sea.md:15: mile: 1 lapse, grades 4 4 1" in listing.text
    shown = open_window("show", "mile", SRS_NOW="2026-12-08 10:00", SRS_CONFIG=str(config))
    shown.ends()
    assert "suspended" in shown.text


def test_what_was_missed_comes_again(open_window: OpenWindow, ship: Path, surroundings: dict[str, str]) -> None:
    for card, grade in (("mile", "1"), ("anchor", "4")):
        open_window("answer", card, grade).ends()
    window = open_window("review", "--again")
    window.until("0 done · 1 left", "一海里有多长", "(drill)")
    window.press("\r")
    window.until("Good done")
    window.press("3")
    assert window.ends() == 0
    assert [line[:2] for line in grades(ship, surroundings)][-1] == ("mile", 4)


def test_a_backlog_is_told_with_the_day_it_ends(open_window: OpenWindow) -> None:
    for card in ("mile", "anchor", "lights/c1"):
        open_window("answer", card, "4").ends()
    window = open_window("review", "--limit", "2", SRS_NOW="2026-12-20 09:00")
    window.until("3 cards are due: at 2 a day", "2 left")


def test_a_mistyped_setting_stops_before_the_first_card(open_window: OpenWindow, ship: Path) -> None:
    (ship / "config.toml").write_text("nwe = 5\n", encoding="utf-8")
    window = open_window("review", SRS_CONFIG=str(ship / "config.toml"), width=200)
    assert window.ends() == 1
    assert "unknown setting 'nwe'; did you mean new?" in window.text


@pytest.mark.parametrize(
    ("options", "first"),
    [
        ([], "一海里有多长"),
        (["--order", "new-first"], "起锚有哪 3 步"),
        (["--order", "mixed"], "起锚有哪 3 步"),
        (["--by-chapter"], "一海里有多长"),
        (["--tag", "sea", "--order", "new-first"], "起锚有哪 3 步"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_order_is_the_learners_choice(open_window: OpenWindow, options: list[str], first: str) -> None:
    open_window("answer", "mile", "4").ends()
    window = open_window("review", *options, SRS_NOW="2026-12-02 09:00")
    window.until(first, "3 left")


def test_cards_ahead_of_their_day(open_window: OpenWindow) -> None:
    open_window("answer", "mile", "4").ends()
    window = open_window("review", "--ahead", "1", "--new", "0", SRS_NOW="2026-12-01 20:00")
    window.ends()
    assert "Done for today" in window.text
    window = open_window("review", "--ahead", "6", "--new", "0", SRS_NOW="2026-12-02 09:00")
    window.until("一海里有多长", "1 left")


def test_undo_goes_back_as_far_as_the_sitting(open_window: OpenWindow) -> None:
    """Across an answer, a drill, a suspension and a bury, to the first card."""
    window = open_window("review")
    window.until("1. […]")
    window.press("\r")
    window.until("Good 1d")
    window.press("1")
    window.until("一海里有多长")
    window.press("s")
    window.until("suspended mile", "红灯")
    window.press("b")
    window.until("buried lights", "(drill)")
    window.press("\r")
    window.until("Good done")
    window.press("1")
    window.until("(drill)", "1. […]")
    for said in ("Again", "bury", "suspend", "Again"):
        window.press("u")
        window.until(f"undone: {said}")
    window.until("0 done · 3 left", "3 new", "0 drill")


def editor(ship: Path, old: str, new: str) -> str:
    """Make an editor that replaces a text in a file, and return its command."""
    script = ship / "editor.py"
    code = "import pathlib, sys\nfile = pathlib.Path(sys.argv[-1])\ntext = file.read_text('utf-8')\n"
    code += f"assert {old!r} in text\nfile.write_text(text.replace({old!r}, {new!r}), 'utf-8')\n"
    script.write_text(code, encoding="utf-8")
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(script))}"


def test_a_card_whose_part_has_left_its_note_is_asked_no_more_though_the_deck_has_a_mistake(
    open_window: OpenWindow, ship: Path
) -> None:
    """A note of another kind has other cards; a mistake elsewhere keeps the old ones from retiring, not from leaving.

    They come neither now, nor by undo, nor in the next sitting.
    """
    old, new = "**1852** 米。", "**1852** 米。\n\n## 空的 {#bad}\n\n## 好的？ {#good}\n\n是 {{c1::对}}。"
    command = editor(ship, old, new)
    open_window("review", "--new", "0").ends()
    window = open_window("review", EDITOR=command)
    window.until("起锚有哪 3 步")
    window.press("e")
    window.until("起锚有哪 3 步", "sea.md:19: ", "no body")
    window.press("q")
    window.ends()
    command = editor(ship, "红灯在 {{c1::左舷}}，绿灯在 {{c2::右舷::哪一舷}}。", "左舷。")
    window = open_window("review", EDITOR=command)
    window.until("起锚有哪 3 步")
    window.press("\r")
    window.until("Good 1d")
    window.press("3")
    window.until("一海里有多长")
    window.press("\r")
    window.until("Good 1d")
    window.press("3")
    window.until("好的？")
    window.press("\r")
    window.until("Good 1d")
    window.press("3")
    window.until("红灯在 […]")
    window.press("e")
    assert window.ends() == 0
    assert "Traceback" not in window.raw.decode()
    listing = open_window("review", "--list", "--cram", width=200)
    listing.ends()
    assert "lights/c1" not in listing.text
    assert "lights" in listing.text, "the note as it is now"
    window = open_window("review")
    window.until("红灯在哪一舷")
    window.press("\r")
    window.until("左舷", "Good 1d")


def test_a_card_that_another_window_took_out_of_the_text_is_left_out(open_window: OpenWindow, ship: Path) -> None:
    window = open_window("review")
    window.until("起锚有哪 3 步")
    file = ship / "decks/ship/sea.md"
    text = file.read_text(encoding="utf-8").replace("{{c1::左舷}}，绿灯在 {{c2::右舷::哪一舷}}", "左舷")
    file.write_text(text, encoding="utf-8")
    open_window("sync").ends()
    window.press("\r")
    window.until("Good 1d")
    window.press("3")
    window.until("一海里有多长")
    window.press("\r")
    window.until("Good 1d")
    window.press("3")
    assert window.ends() == 0
    assert "Traceback" not in window.raw.decode()


def test_an_answer_that_was_edited_since_it_was_learnt_says_so_once(open_window: OpenWindow, ship: Path) -> None:
    """What stood before is shown with the answer, the due day stays; after the next answer it is what was learnt."""
    for card in ("mile", "lights/c1"):
        open_window("answer", card, "4").ends()
    file = ship / "decks/ship/sea.md"
    text = file.read_text(encoding="utf-8").replace("**1852** 米", "**1853** 米").replace("c2::右舷", "c2::右边")
    file.write_text(text, encoding="utf-8")
    window = open_window("review", "--new", "0", SRS_NOW="2026-12-02 09:00")
    assert "1852" not in window.until("一海里有多长", "2 due")
    window.press("\r")
    window.until("1853 米", "▎ Changed since you learnt it; before:", "▎ 1852 米", "Good 6d", "its due day stays")
    window.press("3")
    assert "1852" not in window.until("红灯在 […]")
    window.press("\r")
    assert "Changed" not in window.until("红灯在 左舷", "Good 6d")
    window.press("3")
    window.ends()
    window = open_window("review", "--new", "0", SRS_NOW="2026-12-09 09:00")
    window.until("一海里有多长")
    window.press("\r")
    assert "Changed" not in window.until("1853 米", "Good 1")


@pytest.mark.skipif(sys.platform == "win32", reason="pictures are opened by a call there")
def test_a_picture_is_opened_in_the_systems_viewer(
    open_window: OpenWindow, ship: Path, surroundings: dict[str, str]
) -> None:
    (ship / "decks/ship/sea chart.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (ship / "decks/ship/a.md").write_text("## 图？ {#aa}\n\n![图](sea%20chart.png)\n", encoding="utf-8")
    opener = ship / "bin" / ("open" if sys.platform == "darwin" else "xdg-open")
    opener.parent.mkdir()
    opener.write_text(
        f'#!/bin/sh\nprintf "%s" "$1" > "{ship}/told"\nmv "{ship}/told" "{ship}/given"\n', encoding="utf-8"
    )
    opener.chmod(0o755)
    window = open_window("review", PATH=f"{opener.parent}:{surroundings['PATH']}")
    assert "picture" not in window.until("图？", "q quit")
    window.press("o\r")
    window.until("[图]", "o picture")
    window.press("o")
    window.until("opened sea chart.png")
    window.press("3")
    window.until("起锚有哪 3 步")
    assert (ship / "given").read_text(encoding="utf-8") == str(ship / "decks/ship/sea chart.png")


def test_an_editor_that_is_no_command_is_told(open_window: OpenWindow) -> None:
    window = open_window("review", EDITOR="vim 'x")
    window.until("起锚有哪 3 步")
    window.press("e")
    window.until("the editor vim 'x is no command", "set EDITOR to the one")


def test_a_cram_says_that_it_goes_on(open_window: OpenWindow) -> None:
    window = open_window("review", "--cram")
    window.until("0 done · 7 left")
    window.press("\r")
    window.until("Good done")
    window.press("3")
    window.until("1 done · 6 left")
    window.press("q")
    window.ends()
    window.until("6 cards left for today: run the same command to continue.")
    window = open_window("review", "--cram")
    window.until("0 done · 6 left", "going on: 1 card crammed today already")
