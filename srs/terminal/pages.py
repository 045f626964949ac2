"""What each moment of a sitting looks like: pages made from values, for a width."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from srs.characters import shown_line
from srs.collection.sitting import Left
from srs.deck import Note
from srs.deck.face import answered, asked, recited
from srs.deck.typed import Comparison
from srs.scheduler import Grade
from srs.terminal.grades import Label
from srs.terminal.keys import MISSED, NEXT_STEP, ON_EVERY_CARD, SHOW, SHOW_ALL, Key
from srs.terminal.paint import paint, paint_inline, safe
from srs.terminal.screen import Page
from srs.terminal.wrap import wrap

MARGIN = "  "
_QUIET = "dim"
_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Card:
    """A card as a page needs it: its note parsed, which part is asked, where it comes from, and any remark on it."""

    note: Note
    part: str
    name: str
    chapter: str
    drill: bool
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Recital:
    """How far a list was recited: how many steps are shown, and which of them (counted from 0) were missed."""

    shown: int = 0
    missed: frozenset[int] = frozenset()

    @property
    def suggested(self) -> Grade:
        """What the learner may want to grade: all known is Good, one missed is Hard, more is Again."""
        return (Grade.GOOD, Grade.HARD, Grade.AGAIN)[min(2, len(self.missed))]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the sitting stands: cards done and left, how long the rest may take (ms), and a sentence to show once."""

    done: int
    left: Left
    ms_left: int | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Size:
    """The cells that a line of text may take, and those of the whole window."""

    text: int
    full: int


def card_page(card: Card, standing: Standing, size: Size) -> Page:
    """Return the page that asks a card."""
    body = paint(asked(card.note, card.part).body, size.text)
    lines = [*_heading(card, size), *([Text(), *body] if body else [])]
    return Page(_head(standing, size), _indented(lines), _foot([SHOW, *ON_EVERY_CARD], standing, size))


def recital_page(card: Card, recital: Recital, standing: Standing, size: Size) -> Page:
    """Return the page on which a list is recited step by step."""
    body = paint(recited(card.note, recital.shown, recital.missed).body, size.text)
    mark = [MISSED] if recital.shown else []
    lines = _indented([*_heading(card, size), Text(), *body])
    keys = [NEXT_STEP, SHOW_ALL, *mark, *ON_EVERY_CARD]
    return Page(_head(standing, size), lines, _foot(keys, standing, size), max(0, len(lines) - 1))


def typing_page(card: Card, typed: str, standing: Standing, size: Size) -> Page:
    """Return the page on which an answer is typed."""
    return _line_page(
        card,
        f"▸ {typed}",
        [Key("enter", "Enter", "compare"), Key("escape", "Esc", "show without typing")],
        standing,
        size,
    )


def remark_page(card: Card, typed: str, standing: Standing, size: Size) -> Page:
    """Return the page on which a remark is written."""
    keys = [Key("enter", "Enter", "keep the remark; an empty one takes it off"), Key("escape", "Esc", "leave it")]
    return _line_page(card, f"⚑ {typed}", keys, standing, size)


def _line_page(card: Card, line: str, keys: Sequence[Key], standing: Standing, size: Size) -> Page:
    """Return a card with a line below it that is being typed, behind a sign and a space."""
    asking = card_page(card, standing, size)
    typed = Text.assemble((f"{MARGIN}{line[:2]}", "yellow"), _tail(line[2:], size.text - 4), ("▏", "blink"))
    return Page(asking.head, [*asking.body, Text(), typed], _foot(keys, standing, size), len(asking.body) + 1)


def answer_page(
    card: Card,
    labels: Mapping[str, Label],
    standing: Standing,
    size: Size,
    recital: Recital | None = None,
    comparison: Comparison | None = None,
) -> Page:
    """Return the page that shows a card's answer and what each key would do."""
    body, focus = _answered(card, size, recital)
    if comparison:
        body += _indented(_compared(comparison, size.text))
    suggested = recital.suggested if recital else None
    grades = [_grade(key, label, suggested=label[0] is suggested) for key, label in labels.items()]
    keys = [Key("enter", "Enter", f"takes {suggested.name.capitalize()}")] if suggested else []
    keys += [Key("x", "x", "missed the last")] if recital else []
    foot = [_rule(size), *_flow(grades, size), *_flow([_key(key) for key in (*keys, *ON_EVERY_CARD)], size)]
    return Page(_head(standing, size), body, foot, focus)


def _grade(key: str, label: Label, *, suggested: bool) -> Text:
    grade, interval, style = label
    if suggested:
        style = f"{style} bold underline"
    return Text.assemble((f" {key} ", "reverse"), (f" {grade.name.capitalize()} ", style), (interval, _QUIET))


def _head(standing: Standing, size: Size) -> list[Text]:
    left = standing.left
    done = (f"{standing.done} done", "bold"), (" · ", _QUIET), (f"{left.total} left", "bold"), "   "
    line = Text.assemble(MARGIN, *done)
    for number, name, style in ((left.due, "due", "green"), (left.new, "new", "blue"), (left.drill, "drill", "yellow")):
        line.append(f"{number} {name}   ", style=style if number else _QUIET)
    if standing.ms_left is not None:
        minutes = max(1, round(standing.ms_left / _MINUTE))
        line.append(f"~{minutes} min", style=_QUIET)
    return [line, _rule(size)]


def _foot(keys: Sequence[Key], standing: Standing, size: Size) -> list[Text]:
    return [
        _rule(size),
        *_flow([_key(key) for key in keys], size),
        Text(f"{MARGIN}{shown_line(standing.said)}", style=_QUIET),
    ]


def _flow(pieces: Sequence[Text], size: Size) -> list[Text]:
    """Set pieces side by side, on as many lines as they need."""
    lines = [Text(MARGIN)]
    for piece in pieces:
        gap = "  " if len(lines[-1]) > len(MARGIN) else ""
        if gap and lines[-1].cell_len + len(gap) + piece.cell_len > size.full - 1:
            lines.append(Text(MARGIN))
            gap = ""
        lines[-1].append(gap).append_text(piece)
    return lines


def _rule(size: Size) -> Text:
    return Text("─" * (size.full - 1), style=_QUIET)


def _key(key: Key) -> Text:
    return Text.assemble((f"{key.label} ", "bold"), (key.foot, _QUIET))


def _heading(card: Card, size: Size) -> list[Text]:
    where = shown_line(f"{card.chapter} › {card.name}{'  (drill)' if card.drill else ''}")
    quiet = Text(where, style=_QUIET)
    quiet.truncate(size.text, overflow="ellipsis")
    flag = wrap(Text(f"⚑ {shown_line(card.flag)}", style="yellow"), size.text) if card.flag else []
    return [Text(), quiet, *flag, Text(), *wrap(paint_inline(card.note.prompt, "bold"), size.text)]


def _answered(card: Card, size: Size, recital: Recital | None) -> tuple[list[Text], int]:
    """Return the lines of an answered card, and the line on which the answer begins."""
    face = recited(card.note, recital.shown, recital.missed) if recital else answered(card.note, card.part)
    heading = _heading(card, size)
    in_place = bool(card.part) or recital is not None
    between = [Text()] if in_place else [Text(), Text("· · ·", style=_QUIET), Text()]
    body = paint(face.body, size.text)
    extra = [Text.assemble(("▎ ", "blue"), line) for line in paint(face.extra, size.text - 2)]
    return _indented([*heading, *between, *body, *([Text(), *extra] if extra else [])]), 0 if in_place else len(heading)


def _compared(comparison: Comparison, width: int) -> list[Text]:
    if comparison.right:
        return [Text(), Text("✓ as typed", style="green")]
    lines = [Text()]
    for sign, runs, style in (("▸ ", comparison.typed, "red"), ("✓ ", comparison.expected, "green")):
        line = Text()
        for text, agrees in runs:
            line.append(safe(text), "" if agrees else f"{style} underline")
        lines += [Text(sign, style=_QUIET).append_text(each) for each in wrap(line, width - 2)]
    return lines


def _tail(typed: str, width: int) -> str:
    """Return the end of what was typed, as much as fits a line."""
    while cell_len(typed) > width:
        typed = typed[1:]
    return safe(typed)


def _indented(lines: Sequence[Text]) -> list[Text]:
    return [Text(MARGIN).append_text(line) for line in lines]
