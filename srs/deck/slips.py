"""Labels that are nearly right: text in braces that looks like one, full-width signs, a label out of its place."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from markdown_it.token import Token

from srs.deck.labels import LABEL
from srs.deck.markdown import line_of
from srs.deck.values import Mistake

_SAID = r"[\w.-]{1,99}|\.[\w .-]{1,99}|(?:\.[\w-]+ )*(?:tags|rank|id)=[^{}]{0,99}|[ \t]+#[^{}]{1,99}"
_BRACES = re.compile(rf"(?:^|[ \t])(\{{(?:{_SAID})\}})[ \t]*$")
_WIDE = re.compile(r"[{｛][#＃][^{}｛｝\n]{1,99}[}｝]\s*$")
_ASTRAY = re.compile(r"\\.|`[^`]*`|(\{#\w[\w.-]*(?: [^{}\n]*)?\})")
_MORE_SAID = r'(?:[ \t]+(?:\.[\w-]+|(?:tags|rank)=(?:"[^"{}]*"|[^\s"{}]+)))*'
_HALF = re.compile(rf"(?:^|[ \t])(\{{#[\w.-]{{1,99}}{_MORE_SAID}|#[\w.-]{{1,99}}{_MORE_SAID}\}})[ \t]*$")
_STEP_SIGNS = re.compile(r"(?:^|[ \t])(\{c\d{1,2}\}|[(（]#c\d{1,2}[)）])[ \t]*$")
_NUMBER_AT_END = re.compile(r"(?<!\\)(\{#c\d{1,3}\})[ \t]*$")
_NUMBER_ASTRAY = re.compile(r"\\.|`[^`]*`|(\{#c\d{1,3}\})")


def label_slips(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Mistake]:
    """Yield what looks like a label of a heading or a step, and is text."""
    for opening, inline in _first_lines(tokens):
        found = _slip(opening, inline)
        if found:
            sign, what, rule = found
            column = lines[line_of(inline) - 1].rfind(sign) + 1
            yield Mistake(line_of(inline), what, rule, max(column, 1))


def _first_lines(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield what opens each heading and each item of a list, with its first line of text."""
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            yield token, tokens[index + 1]
        elif token.type == "list_item_open":
            yield from ((token, inline) for inline in tokens[index + 2 : index + 3] if inline.type == "inline")


def _slip(opening: Token, inline: Token) -> tuple[str, str, str] | None:
    """Return the first thing amiss, what is to be told of it, and the rule; nothing if all is well."""
    line = inline.content.split("\n", 1)[0]
    if opening.type == "heading_open" and opening.tag != "h2":
        return _on_no_note(line, opening.markup)
    if opening.type == "list_item_open" and not (opening.info and opening.level == 1):
        return _on_no_step(line)
    return _of_signs(line, heading=opening.type == "heading_open") or _astray(opening, inline, line)


def _of_signs(line: str, *, heading: bool) -> tuple[str, str, str] | None:
    if (wide := _WIDE.search(line)) and (sign := wide.group().strip()) != normalize("NFKC", sign):
        return sign, f"{sign} is text here, for its signs are full-width; write {normalize('NFKC', sign)}", "full-width"
    if heading and (braces := _BRACES.search(line)):
        return braces[1], _of_braces(braces[1]), "heading-braces"
    if (half := _HALF.search(line)) and (half[1].startswith("{") or "{" not in line):
        right = f"{{{half[1].strip('{}')}}}"
        return half[1], f"{half[1]} is text here, for it lacks a brace; write {right}", "label-place"
    if not heading and (number := _STEP_SIGNS.search(line)):
        right = f"{{#{number[1].strip('{}()（）#')}}}"
        return number[1], f"{number[1]} is text here; write {right}, or put text behind it", "label-place"
    return None


def _astray(opening: Token, inline: Token, line: str) -> tuple[str, str, str] | None:
    pattern = _ASTRAY if opening.type == "heading_open" else _NUMBER_ASTRAY
    sign = next((found[1] for found in pattern.finditer(line) if found[1]), "")
    if not sign:
        return None
    if "label" in inline.meta:
        return sign, f"{sign} stands beside another label; keep one of them, at the end", "label-place"
    what = f"{sign} is text here, for more comes behind it; move it to the line's end, or write \\{sign} for text"
    return sign, what, "label-place"


def _on_no_step(line: str) -> tuple[str, str, str] | None:
    found = _NUMBER_AT_END.search(line)
    if not found:
        return None
    what = f"only a step has a number, an item of a list 1. 2. 3. that is the whole answer; take {found[1]} out"
    return found[1], what, "label-place"


def _on_no_note(line: str, markup: str) -> tuple[str, str, str] | None:
    found = LABEL.search(line)
    if not found or not found["id"]:
        return None
    sign = found.group().strip()
    what = f"a heading {markup} begins no note, so {sign} is text; write ## for a note of its own, or take it out"
    return sign, what, "label-place"


def _of_braces(sign: str) -> str:
    word = sign[1:-1].strip().removeprefix("#")
    if word.startswith("id="):
        word = word[3:].strip("\"'")
    right = f"{{#my-note {word}}}" if word.startswith(".") or "=" in word else f"{{#{word}}}"
    return f"{sign} is text here; write {right} if it is meant for srs, or \\{sign} if it is text"
