"""Take the pictures of the documents anew: `python docs/pictures.py`. What is seen is what the program drew.

A program runs in a pseudo-terminal; the screen as a terminal in memory holds it becomes an SVG.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from rich.console import Console
from rich.style import Style
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

TOP = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP))

# ruff: noqa: E402 -- found by the line above, wherever this is run from
from benchmarks.learning import histories as made_up
from exporters import ExportNote
from srs.deck import read_decks
from srs.due import milliseconds
from srs.history import LogLine, Review, format_line
from srs.scheduler import Answer, Grade, Sm2
from tests.exporters.anki.camera import framed, page_of, photographed
from tests.exporters.anki.phone import Phone
from tests.terminal.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyte

DOCS = TOP / "docs"
_HOLIDAYS = 0.14
_GRADES = [Grade.AGAIN] + [Grade.HARD] * 2 + [Grade.GOOD] * 8 + [Grade.EASY]
_FORMAT = """\
<svg xmlns="http://www.w3.org/2000/svg" class="rich-terminal" viewBox="0 0 {width} {height}">
<style>
.{unique_id}-matrix {{
font-family: "DejaVu Sans Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", "PingFang SC", monospace;
font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def picture(screen: pyte.Screen, name: str, title: str) -> None:
    """Write what a terminal shows as an SVG; empty lines at the end are left out."""
    rows = [screen.buffer[number] for number in range(screen.lines)]
    while rows and not any(rows[-1][column].data.strip() for column in range(screen.columns)):
        rows.pop()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(
            width=screen.columns, record=True, file=nowhere, force_terminal=True, color_system="truecolor"
        )
        for row in rows:
            line = Text(end="\n", no_wrap=True)
            for column in range(screen.columns):
                cell = row[column]
                line.append(cell.data, _style(cell))
            line.rstrip()
            console.print(line, soft_wrap=True)
        svg = console.export_svg(title=title, theme=DIMMED_MONOKAI, code_format=_FORMAT, unique_id=name)
    (DOCS / f"{name}.svg").write_text("\n".join(each.rstrip() for each in svg.split("\n")), encoding="utf-8")


def _style(cell: pyte.screens.Char) -> Style:
    color = None if cell.fg == "default" else cell.fg
    color = {"brown": "yellow", "brightblack": "bright_black"}.get(color or "", color)
    if color and len(color) == len("rrggbb") and all(digit in "0123456789abcdef" for digit in color):
        color = f"#{color}"
    return Style(color=color, bold=cell.bold, italic=cell.italics, underline=cell.underscore, reverse=cell.reverse)


def sitting(environment: dict[str, str]) -> None:
    """Take a sitting at a step of the first list, asked and answered."""
    window = Window(["review"], environment)
    window.until("show answer")
    while not ("按哪 5 步走" in window.text and "3. […]" in window.text):
        window.press(" ")
        window.until("Good")
        window.press("3")
        window.until("show answer")
    picture(window.screen, "review-asked", "srs review")
    window.press(" ")
    window.until("Good")
    picture(window.screen, "review-answered", "srs review")
    window.press("q")
    window.ends()


def recital(environment: dict[str, str], folder: Path) -> None:
    """Take a list that is being recited, in a deck of that list alone."""
    (deck,), _ = read_decks(TOP / "decks")
    text = next(note.text for chapter in deck.chapters for note in chapter.notes if note.id == "e3-steps")
    (folder / "deck.toml").write_text('name = "产品经理面试"\nnamespace = "pm-interview"\n', encoding="utf-8")
    (folder / "e3.md").write_text(f"---\ntitle: E3 创新项目规划\n---\n\n{text}\n", encoding="utf-8")
    window = Window(["review"], environment | {"SRS_DECKS": str(folder), "SRS_DB": str(folder / "srs.db")})
    window.until("1. […]")
    window.press("   x")
    window.until("✗ ")
    window.press(" ")
    window.until("5. […]", "x missed it", "q quit")
    picture(window.screen, "review-recited", "srs review")
    window.press("q")
    window.ends()


def stats(environment: dict[str, str]) -> None:
    """Take the pictures of half a year's learning, made up but always the same."""
    window = Window(["stats"], environment, height=118)
    window.ends()
    picture(window.screen, "stats", "srs stats")


def compare(environment: dict[str, str], folder: Path) -> None:
    """Take the picture of promises held against what happened, on the answers of the benchmarks' made-up learner."""
    log = folder / "made-up.jsonl"
    lines = [
        LogLine("made-up", f"n{card}", Review(each.at, each.day, each.grade))
        for card, history in enumerate(made_up(12_000))
        for each in history
    ]
    log.write_text("".join(format_line(line) + "\n" for line in lines), encoding="utf-8")
    own = environment | {"SRS_DB": str(folder / "compare.db")}
    subprocess.run([sys.executable, "-m", "srs", "log", "merge", str(log)], env=own, check=True)
    window = Window(["compare"], own, height=50)
    window.ends()
    picture(window.screen, "compare", "srs compare")


def cards() -> None:
    """Take cards as a phone shows them: a step asked and answered, by day and by night, and a cloze."""
    notes = {"e2-steps": (3, True, False), "e2-pilot": (1, False, True)}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (deck,), _ = read_decks(TOP / "decks")
        chapters = {note.id: (chapter, note) for chapter in deck.chapters for note in chapter.notes}
        phone = Phone(folder)
        phone.take(ExportNote(deck.folder.deck, *chapters[note], 1_790_000_000) for note in notes)
        for note, (position, answer, night) in notes.items():
            page = page_of(phone.card(note, position), answer=answer, night=night)
            photographed(framed(folder, page), DOCS / f"phone-{note}.png", 520)


def main() -> None:
    """Take all pictures."""
    cards()
    with tempfile.TemporaryDirectory() as place:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SRS_")}
        environment = kept | {
            "TERM": "xterm-256color",
            "PYTHONPATH": str(TOP),
            "SRS_DECKS": str(TOP / "decks"),
            "SRS_DB": str(Path(place) / "srs.db"),
            "SRS_NOW": "2026-12-01 09:00",
        }
        for name in ("NO_COLOR", "COLUMNS", "LINES"):
            environment.pop(name, None)
        _learn(environment)
        sitting(environment)
        (Path(place) / "recital").mkdir()
        recital(environment, Path(place) / "recital")
        log = Path(place) / "log.jsonl"
        log.write_text("\n".join(format_line(line) for line in half_a_year()), encoding="utf-8")
        others = environment | {"SRS_DB": str(Path(place) / "stats.db")}
        subprocess.run([sys.executable, "-m", "srs", "log", "merge", str(log)], env=others, check=True)
        stats(others)
        compare(environment, Path(place))


def half_a_year() -> Iterator[LogLine]:
    """Yield the history of somebody who meets four new cards a day and comes on most days."""
    chance = Random(7)  # noqa: S311 -- the same history every time
    (deck,), _ = read_decks(TOP / "decks")
    waiting = [card for chapter in deck.chapters for note in chapter.notes for card in note.cards]
    answers: dict[str, list[Answer]] = {}
    due: dict[str, date] = {}
    day = date(2026, 7, 1)
    while (day := day + timedelta(days=1)) < date(2026, 12, 1):
        if chance.random() < _HOLIDAYS:
            continue
        at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
        for card in [*(card for card, when in due.items() if when <= day), *waiting[:4]]:
            answers.setdefault(card, []).append(Answer(day, chance.choice(_GRADES)))
            memory = Sm2().fold(answers[card])
            due[card] = memory.due if memory else day
            at += timedelta(seconds=chance.randrange(4, 20))
            review = Review(milliseconds(at), day, answers[card][-1].grade, chance.randrange(2500, 15_000))
            yield LogLine("pm-interview", card, review)
        del waiting[:4]


def _learn(environment: dict[str, str]) -> None:
    """Let a week go by, so that the sitting has cards of every kind."""
    for day, names in enumerate([["e2-ops-goal", "e2-tension/c1", "e2-estimate-gain"], ["e2-steps/c3", "e2-trigger"]]):
        for name in names:
            moment = f"2026-11-{24 + day} 09:00"
            subprocess.run(
                [sys.executable, "-m", "srs", "--now", moment, "answer", name, "4"], env=environment, check=True
            )


if __name__ == "__main__":
    main()
