"""What was typed against what was to be recalled, character by character."""

import re
from difflib import SequenceMatcher
from unicodedata import normalize

from msgspec import Struct

from srs.deck.face import BETWEEN

# Beyond what compatibility forms make the same: signs that differ between a Chinese and a Latin keyboard.
_ALIKE = str.maketrans("。、“”‘’—–～…", ".,\"\"''--~.")
_CLOSING = ".!?;,"
_PARTING = frozenset(".,;/")

Run = tuple[str, bool]  # a stretch of text, and whether it agrees with the other side


class Comparison(Struct, frozen=True):
    """Both texts as stretches that agree or differ."""

    typed: tuple[Run, ...]
    expected: tuple[Run, ...]

    @property
    def right(self) -> bool:
        """Whether nothing differs."""
        return all(agrees for _, agrees in (*self.typed, *self.expected))


def compare(typed: str, expected: str) -> Comparison:
    """Compare two texts; width, case, spaces, kinds of punctuation and a closing full stop are forgiven.

    Where the answers of several gaps are expected, one after the other, it does not count what parts them: nothing, a
    blank, a comma, a semicolon, a slash or dots.
    """
    ours, theirs = _signs(typed), _signs(expected.replace(BETWEEN, " " * len(BETWEEN)))
    ends = {sum(place < gap.start() for _, place in theirs) for gap in re.finditer(BETWEEN, expected)}
    matcher = SequenceMatcher(None, [sign for sign, _ in ours], [sign for sign, _ in theirs], autojunk=False)
    agreed_ours, agreed_theirs = set[int](), set[int]()
    for block in matcher.get_matching_blocks():
        agreed_ours |= {ours[block.a + offset][1] for offset in range(block.size)}
        agreed_theirs |= {theirs[block.b + offset][1] for offset in range(block.size)}
    for what, start, stop, end, _ in matcher.get_opcodes():
        if what == "delete" and end in ends and _PARTING.issuperset(sign for sign, _ in ours[start:stop]):
            agreed_ours |= {place for _, place in ours[start:stop]}
    return Comparison(_runs(typed, ours, agreed_ours), _runs(expected, theirs, agreed_theirs))


def _signs(text: str) -> list[tuple[str, int]]:
    """Return the signs that count, each with its place in the text."""
    found = [
        (sign, place)
        for place, character in enumerate(text)
        for sign in normalize("NFKC", character).translate(_ALIKE).casefold()
        if not sign.isspace()
    ]
    while found and found[-1][0] in _CLOSING:
        found.pop()
    return found


def _runs(text: str, signs: list[tuple[str, int]], agreed: set[int]) -> tuple[Run, ...]:
    counted = {place for _, place in signs}
    runs: list[Run] = []
    for place, character in enumerate(text):
        agrees = place in agreed or place not in counted
        if runs and runs[-1][1] == agrees:
            runs[-1] = (runs[-1][0] + character, agrees)
        else:
            runs.append((character, agrees))
    return tuple(runs)
