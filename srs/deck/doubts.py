"""Text that is read as written and was likely meant otherwise: clozes that ask nothing, lists that are none."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

from srs.deck.kinds import first_inline, items, tops
from srs.deck.literal import leaves
from srs.deck.markdown import label_of, line_of
from srs.deck.said import kinds_said
from srs.deck.values import Kind, Mistake

_NUMBERED = r"\d{1,2}(?:[、．]|[.)）](?=[^\s\d.]))|[(（]\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、"
_DASHED = r"[-+](?=[^\s\d+-])|[・•●○◦‣]"
_LISTS = (re.compile(_NUMBERED), re.compile(_DASHED))
_TEX_BRACKETS = re.compile(r"\\\\|`[^`]*`|(\\[(\[])((?:(?!\\[)\]]).){1,200})\\[)\]]", re.DOTALL)
_SIGNS_OF_TEX = frozenset("\\^_=")


def doubts(classes: Sequence[str], kind: Kind, answer: Sequence[Token], extra: Sequence[Token]) -> Iterator[Mistake]:
    """Yield what of a note's body asks or shows something else than it looks like; `classes` stand in its heading."""
    if gap := _first_cloze(extra):
        what = "a cloze in the quote at the end makes no card; put it in the text above, or take the braces out"
        yield Mistake(line_of(gap), what, "cloze-unasked")
    if kind is not Kind.CLOZE and kind is not Kind.BOTH and (gap := _first_cloze(answer)):
        what = f"a .{kind} note asks no clozes; take .{kind} out of the heading, or the braces out of the text"
        yield Mistake(line_of(gap), what, "cloze-unasked", warning=True)
    if kind in {Kind.CLOZE, Kind.BASIC, Kind.BOTH}:
        yield from _numbers_unasked(answer, kind, said=bool(kinds_said(classes)))
    if kind is Kind.SET and "type" in classes:
        what = ".type asks for nothing to be typed here, for a set is recalled as a whole; take it out of the heading"
        yield Mistake(line_of(answer[0]), what, "type-unasked", warning=True)
    if kind is Kind.BASIC and not kinds_said(classes):
        yield from _list_in_parts(answer)
    for inline in (token for token in (*answer, *extra) if token.type == "inline"):
        yield from _formulas_amiss(inline)
        if inline.level == 1 and kind is not Kind.CLOZE and not kinds_said(classes):
            yield from _list_amiss(inline)


def _first_cloze(blocks: Sequence[Token]) -> Token | None:
    return next((token for token in blocks if any(each.type == "cloze_open" for each in leaves(token))), None)


def _numbers_unasked(answer: Sequence[Token], kind: Kind, *, said: bool) -> Iterator[Mistake]:
    """Tell of the numbers of steps in a body that is not asked by them: a card would vanish, or get another's history.

    Where the heading says the kind, that is what its writer wants.
    """
    why = "is not the whole answer" if kind is Kind.BASIC else "has clozes, or is asked as a whole"
    for inline in filter(None, map(first_inline, items(answer))):
        if "label" in inline.meta:
            number = f"{{#{label_of(inline).id}}}"
            what = f"this list {why}, so {number} asks nothing; take the number out, or what stands beside the list"
            yield Mistake(line_of(inline), what, "step-number", warning=said and kind is not Kind.CLOZE)


def _list_in_parts(answer: Sequence[Token]) -> Iterator[Mistake]:
    """Warn of what breaks a list, so that its items are not asked: what was to belong to one, or another sign.

    Such is a list right below another, which no one writes as two, and what stands before a list goes on counting.
    """
    blocks = [answer[begin:end] for begin, end in tops(answer)]
    for place, (above, below) in enumerate(pairwise(blocks)):
        first, second = above[0], below[0]
        if not first.type.endswith("list_open"):
            continue
        *_, last = (token for token in above if token.type == "list_item_open" and token.level == 1)
        touches = second.type.endswith("list_open") and line_of(second) == _end_of(above)
        follows = any(_goes_on(block[0], last.info) for block in blocks[place + 1 :])
        if touches or follows:
            signs = f"{last.info}{last.markup} "
            what = (
                f"the list above ends here, so its items are not asked: {len(signs)} blanks before this make it a part"
                f" of {signs!r}, or say .basic in the heading"
            )
            yield Mistake(line_of(second), what, "list-parted", warning=True)
            return


def _end_of(block: Sequence[Token]) -> int:
    """Return the line behind the last text of a block."""
    return max((token.map[1] + 1 for token in block if token.map and token.nesting == 0), default=0)


def _goes_on(block: Token, number: str) -> bool:
    """Whether a list counts on from a number."""
    return block.type == "ordered_list_open" and bool(number) and block.attrs.get("start") == int(number) + 1


def _formulas_amiss(inline: Token) -> Iterator[Mistake]:
    for found in _TEX_BRACKETS.finditer(inline.content):
        if found[1] and _SIGNS_OF_TEX & set(found[2]):
            line = line_of(inline) + inline.content.count("\n", 0, found.start())
            close = ")" if found[1] == "\\(" else "]"
            what = f"{found[1]}…\\{close} is text here, and loses its backslashes; write $…$ for a formula"
            yield Mistake(line, what, "formula", warning=True)
            break
    lines = inline.content.split("\n") if inline.content.count("$$") % 2 else []
    for number, text in enumerate(lines, line_of(inline)):
        if text.lstrip().startswith("$$"):
            what = "this formula has no end before the next empty line; end it with $$, or write \\$\\$ for text"
            yield Mistake(number, what, "open-formula")
            break


def _list_amiss(inline: Token) -> Iterator[Mistake]:
    """Warn of two lines or more that look like a list's items, and are lines of a text."""
    lines = inline.content.split("\n")
    for pattern, right in zip(_LISTS, ("1. ", "- "), strict=True):
        found = [number for number, line in enumerate(lines) if pattern.match(line)]
        if len(found) > 1:
            what = (
                f"these lines are no list; begin each with {right!r}, the blank included, or say .basic in the heading"
            )
            yield Mistake(line_of(inline) + found[0], what, "no-list", warning=True)
