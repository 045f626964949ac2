"""Take the pictures of the documents anew: `python docs/pictures.py`. What is seen is what the program drew.

A program runs in a pseudo-terminal; the screen as a terminal in memory holds it becomes an SVG.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.style import Style
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

TOP = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP))

# ruff: noqa: E402 -- found by the line above, wherever this is run from
from exporters import ExportNote
from srs.deck import read_decks
from tests.exporters.anki.camera import framed, page_of, photographed
from tests.exporters.anki.phone import Phone
from tests.terminal.window import Window

if TYPE_CHECKING:
    import pyte

DOCS = TOP / "docs"
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
    while "e2-steps/c3" not in window.text:
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


def cards() -> None:
    """Take cards as a phone shows them: a step asked and answered, by day and by night, and a cloze."""
    notes = {"e2-steps": (3, True, False), "e2-case-start": (0, False, True)}
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


def _learn(environment: dict[str, str]) -> None:
    """Let a week go by, so that the sitting has cards of every kind."""
    for day, names in enumerate([["e2-ops-goal", "e2-tension/c1", "e2-cpm"], ["e2-steps/c3", "e2-trigger"]]):
        for name in names:
            moment = f"2026-11-{24 + day} 09:00"
            subprocess.run(
                [sys.executable, "-m", "srs", "--now", moment, "answer", name, "4"], env=environment, check=True
            )


if __name__ == "__main__":
    main()
