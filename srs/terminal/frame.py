"""What stands around a card: how the sitting stands above it, the keys and what there is to say below it."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from rich.text import Text

from srs.characters import shown_line
from srs.collection.sitting import Left
from srs.scheduler import Grade
from srs.terminal.grades import Label
from srs.terminal.keys import HELP, OPEN, QUIT, SHOW, SHOW_ALL, Key
from srs.terminal.wrap import wrap

MARGIN = "  "
QUIET = "dim"
_MINUTE = 60_000
_LOW = 16  # lines; in a lower window the card gets the room that rules, blank lines and most keys would take
_ALWAYS = frozenset({HELP.name, QUIT.name, SHOW.name, SHOW_ALL.name, OPEN.name, "escape"})


class Standing(Struct, frozen=True):
    """How the sitting stands: cards done and left, how long the rest may take (ms), and a sentence to show once."""

    done: int
    left: Left
    ms_left: int | None = None
    said: str = ""


class Size(Struct, frozen=True):
    """The cells that a line of text may take, and the cells and the lines of the whole window."""

    text: int
    full: int
    height: int = 24

    @property
    def low(self) -> bool:
        """Whether there are so few lines that the card needs all of them."""
        return self.height < _LOW


def head(standing: Standing, size: Size) -> list[Text]:
    """Return the lines above a card: what is done, and what is left of which sort."""
    left = standing.left
    done = (f"{standing.done} done", "bold"), (" · ", QUIET), (f"{left.total} left", "bold"), "   "
    line = Text.assemble(MARGIN, *done)
    for number, name, style in ((left.due, "due", "green"), (left.new, "new", "blue"), (left.drill, "drill", "yellow")):
        line.append(f"{number} {name}   ", style=style if number else QUIET)
    if standing.ms_left is not None:
        minutes = max(1, round(standing.ms_left / _MINUTE))
        line.append(f"~{minutes} min", style=QUIET)
    return [line] if size.low else [line, rule(size)]


def foot(
    keys: Iterable[Key], standing: Standing, size: Size, grades: Sequence[Text] = (), *, all_keys: bool = False
) -> list[Text]:
    """Return the lines below a card: grades if there are any, keys, and what there is to say, none of it cut.

    In a low window only the keys that one cannot do without are shown, unless it is to be `all_keys`.
    """
    shown = [key for key in keys if all_keys or not size.low or key.name in _ALWAYS]
    told = [_key(key) for key in shown]
    rows = flow([*grades, *told], size) if size.low else [*(flow(grades, size) if grades else ()), *flow(told, size)]
    said = wrap(Text(shown_line(standing.said), style=QUIET), size.full - 1 - len(MARGIN)) if standing.said else []
    blank = [Text()] if not (said or grades or size.low) else []
    return [*([] if size.low else [rule(size)]), *rows, *indented(said), *blank]


def grades_row(labels: Mapping[str, Label], suggested: Grade | None) -> list[Text]:
    """Return what stands on each key that grades; the one that is suggested stands out."""
    return [_grade(key, label, suggested=label[0] is suggested) for key, label in labels.items()]


def flow(pieces: Sequence[Text], size: Size) -> list[Text]:
    """Set pieces side by side, on as many lines as they need."""
    lines = [Text(MARGIN)]
    for piece in pieces:
        gap = "  " if len(lines[-1]) > len(MARGIN) else ""
        if gap and lines[-1].cell_len + len(gap) + piece.cell_len > size.full - 1:
            lines.append(Text(MARGIN))
            gap = ""
        lines[-1].append(gap).append_text(piece)
    return lines


def rule(size: Size) -> Text:
    """Return a line across the window."""
    return Text("─" * (size.full - 1), style=QUIET)


def indented(lines: Iterable[Text]) -> list[Text]:
    """Return lines behind the margin."""
    return [Text(MARGIN).append_text(line) for line in lines]


def _grade(key: str, label: Label, *, suggested: bool) -> Text:
    grade, interval, style = label
    if suggested:
        style = f"{style} bold underline"
    return Text.assemble((f" {key} ", "reverse"), (f" {grade.name.capitalize()} ", style), (interval, QUIET))


def _key(key: Key) -> Text:
    return Text.assemble((f"{key.label} ", "bold"), (key.foot, QUIET))
