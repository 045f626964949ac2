"""Text of a chapter that would come to no card, or to the wrong one: found, so that it is told instead of lost."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from markdown_it.token import Token

from srs.deck.markdown import inline_text, line_of
from srs.deck.values import Mistake

_CONFLICT_BEGINS = re.compile(r"<{7}(?: |$)")
_CONFLICT_ENDS = re.compile(r">{7}(?: |$)")
_CONFLICT_PARTS = re.compile(r"(?:={7}|\|{7}(?: .*)?)$")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})(.*)")
_HEADING = re.compile(r" {0,3}##[ \t]")
_LABELLED_HEADING = re.compile(r" {0,3}##[ \t].*\{#")
_NO_BLANK = re.compile(r"(#{2,6})[^# \t].{0,30}")
_WIDE_HEADING = re.compile(r"(?=#*＃)([#＃]{2,6})[^#＃].{0,30}")


class ByLine:
    """Mistakes in the order of their lines, from which those of a stretch of lines are taken."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self._mistakes = sorted(mistakes, key=lambda mistake: mistake.line)
        self._lines = [mistake.line for mistake in self._mistakes]
        self._left = [True] * len(self._lines)

    def take(self, begin: int, end: int) -> list[Mistake]:
        """Take the mistakes after a line (from 1) up to another."""
        first, last = bisect_right(self._lines, begin), bisect_right(self._lines, end)
        self._left[first:last] = [False] * (last - first)
        return self._mistakes[first:last]

    def left(self) -> Iterator[Mistake]:
        """Yield those that nobody has taken."""
        return compress(self._mistakes, self._left)


@dataclass(frozen=True, slots=True)
class Mended:
    """A chapter's lines with those blank that would spoil the notes around them.

    `spoilt` are lines (from 1) of which nothing can be known: a note that holds one is not used, and no other mistake
    of it told.
    """

    lines: list[str]
    mistakes: tuple[Mistake, ...] = ()
    spoilt: frozenset[int] = frozenset()


def without_conflicts(lines: Sequence[str]) -> Mended:
    """Return a chapter's lines without git's conflict markers; what stands between them is spoilt."""
    kept, mistakes, spoilt = list(lines), list[Mistake](), set[int]()
    begin = 0
    for number, line in enumerate(lines, 1):
        if line[:1] not in {"<", "=", "|", ">"}:
            continue
        begins, ends = _CONFLICT_BEGINS.match(line), _CONFLICT_ENDS.match(line)
        if begins or ends or (begin and _CONFLICT_PARTS.match(line)):
            kept[number - 1] = ""
        if begins or (ends and not begin):
            what = (
                f"{line[:7]} marks a merge conflict; keep one side and delete git's marks, or indent it if it is text"
            )
            mistakes.append(Mistake(number, what, "merge-conflict"))
            spoilt.add(number)
        if begins:
            begin = number
        elif ends and begin:
            spoilt |= {between for between in range(begin + 1, number) if kept[between - 1].strip()}
            spoilt -= {begin}
            begin = 0
    return Mended(kept, tuple(mistakes), frozenset(spoilt))


def without_open_fences(tokens: Sequence[Token], lines: Sequence[str]) -> Mended:
    """Return a chapter's lines without the code blocks that have no end, so that the notes below are read.

    `tokens` are what the lines were parsed to. Where a block is closed by the opening of a later one, the first that
    runs over a heading is the one without an end.
    """
    unclosed = [line_of(token) for token in tokens if token.type == "fence" and not _closed(token, lines)]
    if not unclosed:
        return Mended(list(lines))
    stretches = list(_fences_over_headings(lines)) or [(number, number + 1) for number in unclosed]
    kept = list(lines)
    for begin, end in stretches:
        kept[begin - 1 : end - 1] = [""] * (end - begin)
    begins = [begin for begin, _ in stretches]
    return Mended(kept, tuple(_open_fence(number, lines) for number in begins), frozenset(begins))


def open_fences(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Mistake]:
    """Yield the code blocks that have no end."""
    for token in tokens:
        if token.type == "fence" and not _closed(token, lines):
            yield _open_fence(line_of(token), lines)


def _open_fence(number: int, lines: Sequence[str]) -> Mistake:
    found = _FENCE.match(lines[number - 1])
    sign, column = (found[1], found.start(1) + 1) if found else ("```", 1)
    what = f"this code block has no end, so it takes in all that follows; end it with a line {sign}"
    return Mistake(number, what, "open-fence", column)


def _closed(fence: Token, lines: Sequence[str]) -> bool:
    begin, end = fence.map or (0, 0)
    last = lines[end - 1].lstrip(" \t>").rstrip() if end - 1 > begin else ""
    return len(last) >= len(fence.markup) and set(last) == {fence.markup[0]}


def _fences_over_headings(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the code blocks that are not closed before the next note's heading: from their first line up to it."""
    heading = _LABELLED_HEADING if any(map(_LABELLED_HEADING.match, lines)) else _HEADING
    begin, sign = 0, ""
    for number, line in enumerate(lines, 1):
        if heading.match(line):
            if begin:
                yield begin, number
            begin = 0
            continue
        found = _FENCE.match(line)
        if found and not begin and not (found[1][0] == "`" and "`" in found[2]):
            begin, sign = number, found[1]
        elif found and begin and found[1].startswith(sign) and not found[2].strip():
            begin = 0
    if begin:
        yield begin, len(lines) + 1


def stray_text(tokens: Sequence[Token]) -> Iterator[Mistake]:
    """Yield what a chapter says outside its notes, or that it says something but has no note."""
    unspaced = list(_unspaced_headings(tokens))
    yield from unspaced
    has_note = any(token.type == "heading_open" and token.level == 0 and token.tag == "h2" for token in tokens)
    if has_note:
        told = {mistake.line for mistake in unspaced}
        for token in _outside(tokens):
            if line_of(token) not in told:
                what = "this text stands in no note, so it is never asked; give it a heading ##, or put it in <!-- -->"
                yield Mistake(line_of(token), what, "text-outside-notes")
    elif not unspaced:
        first = next((token for token in tokens if token.type == "heading_open"), None)
        text = next(_outside(tokens), first)
        if text:
            what = (
                "this chapter has text, but no note; begin each note with a heading ## that asks, the answer below it"
            )
            yield Mistake(line_of(text), what, "no-note")


def _outside(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the first block of each stretch of text outside the notes; a title (#) is none."""
    in_note = told = False
    for index, token in enumerate(tokens):
        if token.level > 0 or token.nesting < 0:
            continue
        if token.type == "heading_open" and token.tag in {"h1", "h2"}:
            in_note, told = token.tag == "h2", False
        elif not (in_note or told) and _says_something(tokens, index):
            told = True
            yield token


def _says_something(tokens: Sequence[Token], index: int) -> bool:
    if tokens[index].type == "paragraph_open":
        children = tokens[index + 1].children or ()
        return bool(inline_text(children).strip()) or any(child.type == "image" for child in children)
    return tokens[index].type != "hr"


def _unspaced_headings(tokens: Sequence[Token]) -> Iterator[Mistake]:
    for index, token in enumerate(tokens):
        if token.type != "paragraph_open" or token.level > 0:
            continue
        content = tokens[index + 1].content
        for line, text in enumerate(content.split("\n"), line_of(token)):
            if found := _NO_BLANK.match(text):
                what = (
                    f"{found[0]} is no heading without a blank behind {found[1]}; put it in, or \\ before it for text"
                )
                yield Mistake(line, what, "heading-without-blank")
            elif found := _WIDE_HEADING.match(text):
                what = (
                    f"{found[0]} is no heading, for {found[1]} is full-width; write {'#' * len(found[1])} and a blank"
                )
                yield Mistake(line, what, "full-width")
