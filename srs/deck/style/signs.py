"""How much a text says, and what it says it with, in Chinese and in English alike."""

import re
from collections.abc import Iterator

from srs.characters import is_wide

_PIECES = re.compile(r"[A-Za-z0-9]+(?:[.'~/-][A-Za-z0-9]+)*%?")
_WORD = 2
SAYING_LITTLE = frozenset({
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "and", "or", "but", "is", "are", "was",
    "were", "be", "it", "its", "as", "from", "that", "this",
})  # fmt: skip
"""English words that say little by themselves."""


def cells(text: str) -> int:
    """Return the width of a text as it is read: a Chinese character counts twice."""
    return len(text) + sum(map(is_wide, text))


def signs(text: str) -> int:
    """Return how many signs a text is as long as: a Chinese character is one, a word or figure of other scripts two.

    Punctuation and blanks say nothing, and count for nothing.
    """
    words = _PIECES.findall(text)
    return _WORD * len(words) + sum(sign.isalnum() for sign in _PIECES.sub(" ", text))


def words(text: str) -> list[str]:
    """Return the words and figures in Latin letters, folded."""
    return [word.casefold() for word in _PIECES.findall(text)]


def bare(text: str) -> str:
    """Return a text folded, without punctuation and blanks: what is left to compare."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def stands_in(needle: str, text: str) -> bool:
    """Whether one text stands in another, in whatever case; Latin letters count only as whole words."""
    return any(True for _ in places(needle, text))


def places(needle: str, text: str) -> Iterator[int]:
    """Yield where one text begins in another, as `stands_in` has it."""
    if not needle.strip() or not _may_stand_in(needle, text):
        return
    before = r"(?<![A-Za-z0-9.])" if needle[:1].isascii() else ""
    after = r"(?![A-Za-z0-9.%])" if needle[-1:].isascii() else ""
    yield from (match.start() for match in re.finditer(before + re.escape(needle) + after, text, flags=re.IGNORECASE))


def _may_stand_in(needle: str, text: str) -> bool:
    """Whether it is worth while to search for a text: to make a pattern of it takes a hundred times as long as this."""
    if needle in text:
        return True
    if needle.isascii() and text.isascii():
        return needle.lower() in text.lower()
    return needle.lower() != needle.upper()  # a sign without case is nothing but itself
