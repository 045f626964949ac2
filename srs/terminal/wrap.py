"""Text cut into lines that fit a window, at the places where Unicode allows it, measured in cells."""

import re
from collections.abc import Iterator
from unicodedata import category

from rich.cells import cell_len, chop_cells
from rich.text import Text

_BLANKS = re.compile(" +")
_AT_BLANKS = re.compile(" +|[^ ]+ *")
_MOST_MARKS = 30  # more than any script piles up; the library looks back over all of them at each
_WORD = re.compile("[A-Za-z0-9]+(?:(?:[.,:;]|(?<=[0-9])-(?=[0-9]))[A-Za-z0-9]+)*[.,:;]?(?: +|$)")
_WORDS = re.compile(f"(?:{_WORD.pattern})*")


def wrap(text: Text, width: int) -> list[Text]:
    """Return the lines of a text, none wider than `width` cells; Chinese breaks between characters (UAX #14)."""
    lines: list[Text] = []
    for paragraph in text.split("\n", allow_blank=True):
        cuts = list(_cuts(paragraph.plain, max(2, width)))
        lines += [_trimmed(line) for line in paragraph.divide(cuts)]
    return lines


def _units(text: str) -> Iterator[str]:
    """Yield the pieces of a text between which a line may break.

    The algorithm takes any number of blanks for one, and its implementation looks back over all of them at each.
    """
    if _WORDS.fullmatch(text):  # nothing else stands between words than blanks, and there alone a line may break
        yield from _WORD.findall(text)
        return
    if _marks_in_a_row(text) > _MOST_MARKS:
        yield from _AT_BLANKS.findall(text)
        return
    from uniseg.linebreak import line_break_units  # noqa: PLC0415 -- text that fits waits for no library

    blanks = iter(_BLANKS.findall(text))
    for unit in line_break_units(_BLANKS.sub(" ", text)):
        yield _BLANKS.sub(lambda _: next(blanks), unit)


def _marks_in_a_row(text: str) -> int:
    """Return how many signs without a place of their own (accents, joiners) follow one another at most."""
    most = run = 0
    for sign in text:
        run = run + 1 if not sign.isascii() and category(sign) in {"Mn", "Me", "Cf"} else 0
        most = max(most, run)
    return most


def _trimmed(line: Text) -> Text:
    line.rstrip()
    return line


def _cuts(text: str, width: int) -> Iterator[int]:
    """Yield the offsets at which a new line begins."""
    if cell_len(text) <= width:
        return
    position, used = 0, 0
    for unit in _units(text):
        cells = cell_len(unit.rstrip(" "))
        if used and used + cells > width:
            yield position
            used = 0
        pieces = chop_cells(unit, width) if cells > width else [unit]
        for piece in pieces[:-1]:
            position += len(piece)
            yield position
        used += cell_len(pieces[-1])
        position += len(pieces[-1])
