"""What each moment of a sitting looks like: pages made from values, for a width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from srs.deck.face import answered, asked
from srs.scheduler import Grade
from srs.terminal.paint import paint, paint_inline, safe
from srs.terminal.screen import Page
from srs.terminal.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from srs.deck import Note
    from srs.scheduler import Memory
    from srs.session.sitting import Left

MARGIN = "  "
_QUIET = "dim"
_GRADE_STYLES = {Grade.HARD: "yellow", Grade.GOOD: "green", Grade.EASY: "cyan"}
FOUR_GRADES = {"1": Grade.AGAIN, "2": Grade.HARD, "3": Grade.GOOD, "4": Grade.EASY}
SIX_GRADES = {str(int(grade)): grade for grade in Grade}
_HELP = (
    ("space, Enter", "show the answer"),
    ("1 2 3 4", "grade it: Again, Hard, Good, Easy (0 to 5 with --six-grades)"),
    ("u", "undo the last step"),
    ("s", "suspend the card until `srs resume`"),
    ("b", "bury the card until tomorrow"),
    ("e", "edit the note in $EDITOR"),
    ("↑ ↓ PgUp PgDn", "scroll a long card"),
    ("q", "quit; every answer is kept"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A card as a page needs it: its note parsed, which part is asked, and where it comes from."""

    note: Note
    part: str
    name: str
    chapter: str
    drill: bool


def card_page(card: Card, done: int, left: Left, said: str, width: int, full: int) -> Page:
    """Return the page that asks a card."""
    keys = [
        ("space", "show answer"),
        ("u", "undo"),
        ("s", "suspend"),
        ("b", "bury"),
        ("e", "edit"),
        ("?", "help"),
        ("q", "quit"),
    ]
    return Page(_head(done, left, full), _asked(card, width), _foot([_key(*each) for each in keys], said, full))


def answer_page(
    card: Card,
    labels: Mapping[str, tuple[str, str, str]],
    done: int,
    left: Left,
    said: str,
    width: int,
    full: int,
) -> Page:
    """Return the page that shows a card's answer and what each key would do.

    `labels` give, for a key, the grade's name, the interval and a style.
    """
    body, focus = _answered(card, width)
    grades = [
        Text.assemble((f" {key} ", "reverse"), (f" {name} ", style), (interval, _QUIET))
        for key, (name, interval, style) in labels.items()
    ]
    return Page(
        _head(done, left, full),
        body,
        _foot(grades, said or "u undo   s suspend   b bury   e edit   ? help   q quit", full),
        focus,
    )


def help_page(width: int, full: int) -> Page:
    """Return the page that names every key."""
    lines = [Text(), Text(f"{MARGIN}Keys", style="bold"), Text()]
    for key, meaning in _HELP:
        first, *rest = wrap(Text(meaning), width - 18)
        lines.append(Text.assemble(MARGIN, (key.ljust(16), "bold"), first))
        lines += [Text(MARGIN + " " * 16).append_text(line) for line in rest]
    return Page([], lines, _foot([_key("any other key", "back to the card")], "", full))


def grade_labels(
    keys: Mapping[str, Grade], futures: Mapping[Grade, Memory | None], now: Memory | None
) -> dict[str, tuple[str, str, str]]:
    """Label each key with its grade's name, the interval it would give, and a style.

    A grade that moves nothing is a drill: it is asked again, or it is done.
    """
    labels = {}
    for key, grade in keys.items():
        future = futures[grade]
        moved = future is not None and future != now
        interval = f"{future.interval}d" if moved and future else "again" if grade.needs_drill else "done"
        labels[key] = (grade.name.capitalize(), interval, _GRADE_STYLES.get(grade, "red"))
    return labels


def _head(done: int, left: Left, full: int) -> list[Text]:
    line = Text.assemble(MARGIN, (f"{done} done", "bold"), (" · ", _QUIET), (f"{left.total} left", "bold"), "   ")
    parts = ((left.due, "due", "green"), (left.new, "new", "blue"), (left.drill, "drill", "yellow"))
    for number, name, style in parts:
        line.append(f"{number} {name}   ", style=style if number else _QUIET)
    return [line, _rule(full)]


def _foot(keys: Sequence[Text], said: str, full: int) -> list[Text]:
    return [_rule(full), *_flow(keys, full - 1), Text(f"{MARGIN}{said}", style=_QUIET)]


def _flow(pieces: Sequence[Text], width: int) -> list[Text]:
    """Set pieces side by side, on as many lines as they need."""
    lines = [Text(MARGIN)]
    for piece in pieces:
        if len(lines[-1]) > len(MARGIN) and lines[-1].cell_len + piece.cell_len > width:
            lines.append(Text(MARGIN))
        lines[-1].append_text(piece).append("  ")
    return lines


def _rule(full: int) -> Text:
    return Text("─" * (full - 1), style=_QUIET)


def _key(key: str, meaning: str) -> Text:
    return Text.assemble((f"{key} ", "bold"), (meaning, _QUIET))


def _heading(card: Card, width: int) -> list[Text]:
    where = safe(f"{card.chapter} › {card.name}{'  (drill)' if card.drill else ''}")
    quiet = Text(where, style=_QUIET)
    quiet.truncate(width, overflow="ellipsis")
    return [Text(), quiet, Text(), *wrap(paint_inline(card.note.prompt, "bold"), width)]


def _asked(card: Card, width: int) -> list[Text]:
    body = paint(asked(card.note, card.part).body, width)
    return _indented([*_heading(card, width), *([Text(), *body] if body else [])])


def _answered(card: Card, width: int) -> tuple[list[Text], int]:
    """Return the lines of an answered card, and the line on which the answer begins."""
    face = answered(card.note, card.part)
    heading = _heading(card, width)
    in_place = bool(card.part)
    between = [Text()] if in_place else [Text(), Text("· · ·", style=_QUIET), Text()]
    body = paint(face.body, width)
    extra = [Text.assemble(("▎ ", "blue"), line) for line in paint(face.extra, width - 2)]
    return _indented([*heading, *between, *body, *([Text(), *extra] if extra else [])]), 0 if in_place else len(heading)


def _indented(lines: Sequence[Text]) -> list[Text]:
    return [Text(MARGIN).append_text(line) for line in lines]
