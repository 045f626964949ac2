"""What each moment of a sitting looks like: pages made from values, for a width."""

from collections.abc import Mapping, Sequence

from markdown_it.token import Token
from msgspec import Struct
from rich.cells import cell_len
from rich.text import Text

from srs.characters import shown_line
from srs.deck import Note
from srs.deck.face import Face, answered, asked, pictures, recited
from srs.deck.typed import Comparison
from srs.scheduler import Grade
from srs.terminal.frame import MARGIN, QUIET, Size, Standing, foot, grades_row, head, indented
from srs.terminal.grades import Label
from srs.terminal.keys import MISSED, NEXT_STEP, ON_EVERY_CARD, OPEN, SHOW, SHOW_ALL, Key
from srs.terminal.paint import lines_with, paint, paint_inline, safe
from srs.terminal.screen import Page
from srs.terminal.wrap import wrap


class Card(Struct, frozen=True):
    """A card as a page needs it: its note parsed, which part is asked, where it comes from, and any remark on it.

    `before` is the answer that was learnt, as block tokens, if the text says another one since; else nothing.
    """

    note: Note
    part: str
    name: str
    chapter: str
    drill: bool
    flag: str = ""
    deck: str = ""
    before: Sequence[Token] = ()


class Recital(Struct, frozen=True):
    """How far a list was recited: how many steps are shown, and which of them (counted from 0) were missed.

    `fresh` is the first step that the last key showed.
    """

    shown: int = 0
    missed: frozenset[int] = frozenset()
    fresh: int = 0

    @property
    def suggested(self) -> Grade:
        """What the learner may want to grade: all known is Good, one missed is Hard, more is Again."""
        return (Grade.GOOD, Grade.HARD, Grade.AGAIN)[min(2, len(self.missed))]


def card_page(card: Card, standing: Standing, size: Size) -> Page:
    """Return the page that asks a card; where it comes from might give the answer away, so only its deck is told."""
    return _asking_page(card, asked(card.note, card.part), [SHOW], standing, size)


def recital_page(card: Card, recital: Recital, standing: Standing, size: Size) -> Page:
    """Return the page on which a list is recited step by step."""
    keys = [NEXT_STEP, SHOW_ALL, *([MISSED] if recital.shown else [])]
    return _asking_page(card, recited(card.note, recital.shown, recital.missed), keys, standing, size)


def _asking_page(card: Card, face: Face, keys: Sequence[Key], standing: Standing, size: Size) -> Page:
    shown, lines = pictures(face), paint(face.body, size.text)
    body = indented([*([] if size.low else [Text()]), *lines]) if lines else []
    below = foot([*keys, *([OPEN] if shown else []), *ON_EVERY_CARD], standing, size)
    return Page(head(standing, size), body, below, lines_with(body, "gap"), _question(card, size, told=False), shown)


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
    """Return a card with a line below it that is being typed, behind a sign and a space; the line is always in view."""
    asking = card_page(card, standing, size)
    typed = Text.assemble((f"{MARGIN}{line[:2]}", "yellow"), _tail(line[2:], size.text - 4), ("▏", "blink"))
    below = [typed, *foot(keys, standing, size)]
    return Page(asking.head, asking.body, below, asking.focus, asking.question)


def answer_page(
    card: Card,
    labels: Mapping[str, Label],
    standing: Standing,
    size: Size,
    recital: Recital | None = None,
    comparison: Comparison | None = None,
    *,
    space_takes: Grade | None = None,
) -> Page:
    """Return the page that shows a card's answer and what each key would do; `space_takes` is what space grades it."""
    face = recited(card.note, recital.shown, recital.missed) if recital else answered(card.note, card.part)
    body, focus = _answered(card, face, size, recital, _compared(comparison, size.text) if comparison else [])
    suggested = recital.suggested if recital else None
    keys = [Key("enter", "Enter", f"takes {suggested.name.capitalize()}")] if suggested else []
    keys += [Key("space", "space", f"takes {space_takes.name.capitalize()}")] if space_takes and not suggested else []
    keys += [Key("x", "x", "missed the last")] if recital else []
    keys += [OPEN] if pictures(face) else []
    below = foot([*keys, *ON_EVERY_CARD], standing, size, grades_row(labels, suggested))
    return Page(head(standing, size), body, below, focus, _question(card, size, told=True), pictures(face))


def _question(card: Card, size: Size, *, told: bool) -> list[Text]:
    """Return the lines that ask; chapter, id and remark may give the answer away and are told with it alone."""
    where = f"{card.chapter} › {card.name}" if told else card.deck
    flagged = "  ⚑" if card.flag and not told else ""
    quiet = Text(shown_line(f"{where}{'  (drill)' if card.drill else ''}{flagged}".strip()), style=QUIET)
    quiet.truncate(size.text, overflow="ellipsis")
    flag = wrap(Text(f"⚑ {shown_line(card.flag)}", style="yellow"), size.text) if card.flag and told else []
    heading = asked(card.note, card.part).prompt  # none where the body asks
    prompt = wrap(paint_inline(heading, "bold"), size.text) if heading else []
    blank = [] if size.low or not heading else [Text()]
    return indented([quiet, *flag, *prompt] if size.low else [Text(), quiet, *flag, *blank, *prompt])


def _answered(
    card: Card, face: Face, size: Size, recital: Recital | None, compared: Sequence[Text]
) -> tuple[list[Text], range]:
    """Return the lines of an answered card below its question, and those among them that answer it."""
    in_place = bool(card.part) or recital is not None
    blank = [] if size.low else [Text()]
    between = blank if in_place else [*blank, Text("· · ·", style=QUIET), *blank]
    body = paint(face.body, size.text)
    before = [*between, *compared, *([Text()] if compared else [])]
    since = _since(card, size)
    lines = indented([*before, *body, *since, *_extra(face, size)])
    if recital:
        return lines, _freshly(card.note, recital, len(before), size)
    told = range(len(between), len(before)) if compared else lines_with(lines, "mark")
    return lines, told if in_place else range(len(between), len(before) + len(body) + len(since))


def _freshly(note: Note, recital: Recital, above: int, size: Size) -> range:
    """Return the line of the step that the last key showed first, below some lines; none if it showed none."""
    gap = lines_with(paint(recited(note, recital.fresh, recital.missed).body, size.text), "gap")
    return range(above + gap.start, above + gap.stop) if gap else range(0)


def _extra(face: Face, size: Size) -> list[Text]:
    lines = [Text.assemble(("▎ ", "blue"), line) for line in paint(face.extra, size.text - 2)]
    return [Text(), *lines] if lines else []


def _since(card: Card, size: Size) -> list[Text]:
    """Return what is to be told of an answer that was learnt otherwise."""
    if not card.before:
        return []
    told = wrap(Text("Changed since you learnt it; before:", style=QUIET), size.text - 2)
    return [Text(), *(Text.assemble(("▎ ", "yellow"), line) for line in (*told, *paint(card.before, size.text - 2)))]


def _compared(comparison: Comparison, width: int) -> list[Text]:
    """Return what was typed and what was expected, where they differ; if they do not, that they do not."""
    if comparison.right:
        expected = "".join(text for text, _ in comparison.expected)
        return wrap(Text.assemble(("✓ as typed ", "green"), (safe(expected), QUIET)), width)
    lines: list[Text] = []
    for sign, runs, style in (("✗ ", comparison.typed, "red"), ("→ ", comparison.expected, "green")):
        line = Text()
        for text, agrees in runs:
            line.append(safe(text), "" if agrees else f"{style} underline")
        lines += [Text(sign, style=QUIET).append_text(each) for each in wrap(line, width - 2)]
    return lines


def _tail(typed: str, width: int) -> str:
    """Return the end of what was typed, as much as fits a line."""
    while cell_len(typed) > width:
        typed = typed[1:]
    return safe(typed)
