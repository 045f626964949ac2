"""The Markdown that decks are written in: CommonMark with tables, `$math$` and Anki's cloze notation.

One parse serves the terminal and Anki. HTML is text here, and so is everything else that would act by itself.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from srs.deck.labels import LABEL, Label, read_label, read_line_end
from srs.deck.values import MOST_CLOZES, MOST_STEPS, Kind

_CLOZE = re.compile(r"\{\{c(\d+)::")
_NEARLY_CLOZE = re.compile(r"\{\{[cC]\d*:")
_STEP = re.compile(r"c([1-9]\d?)")


def label_of(inline: Token) -> Label:
    """Return the label of a heading or a step; an empty one if there is none."""
    label: Label = inline.meta.get("label", Label())
    return label


def line_of(token: Token) -> int:
    """Return the line on which a token begins, counted from 1."""
    return (token.map[0] if token.map else 0) + 1


def provisional_id(inline: Sequence[Token], length: int) -> str:
    """Return the id that text has until it is given one: `~` and so many digits of a digest of its words."""
    return f"~{sha256(' '.join(inline_text(inline).split()).encode()).hexdigest()[:length]}"


def step_label(inline: Token) -> tuple[str, str]:
    """Return the part that a step's label names, or a provisional one, and what is wrong with the label, or nothing."""
    label = label_of(inline)
    if "label" not in inline.meta:
        return provisional_id(inline.children or (), 6), ""
    number = _STEP.fullmatch(label.id)
    right = number and int(number[1]) <= MOST_STEPS and not (label.rest.strip() or label.classes or label.said)
    wrong = "" if right else f"{{#{label.id}}} is not a step's number; use {{#c1}} to {{#c{MOST_STEPS}}}"
    return label.id or provisional_id(inline.children or (), 6), wrong


@cache
def parser() -> MarkdownIt:
    """Return the one parser; its tokens carry the lines they came from, counted from 0."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # Underlined headings would turn text above a rule into a note; references would tie a note to text elsewhere.
    markdown.disable(["lheading", "reference"])
    dollarmath_plugin(markdown, allow_space=False, allow_digits=False)
    markdown.core.ruler.before("inline", "labels", _labels)
    markdown.inline.ruler.before("escape", "cloze", _cloze)
    return markdown


def parse(text: str) -> list[Token]:
    """Return the block tokens of a Markdown text."""
    return parser().parse(text)


def _labels(state: StateCore) -> None:
    """Take `{#id .class}` off the headings of notes and the items of their lists, into `meta["label"]`.

    What stands at the end of an outline's lines goes into `meta["end"]`.
    """
    spoken = False
    for opening, inline in _labelled(state.tokens):
        if spoken and opening.type == "list_item_open":
            inline.content, inline.meta["end"] = read_line_end(inline.content)
        # Only ordered items can be steps; they carry their number's sign.
        found = LABEL.search(inline.content) if opening.info or opening.type == "heading_open" else None
        if found:
            inline.meta["label"] = read_label(found)
            inline.content = inline.content[: found.start()] + inline.content[found.end() :]
        if opening.type == "heading_open":
            spoken = Kind.MOCK in label_of(inline).classes


def _labelled(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield the headings of notes and the items of lists: what opens them, and their first line of text."""
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            yield token, tokens[index + 1]
        elif token.type == "list_item_open" and token.level == 1:
            first = tokens[index + 2 : index + 3]
            yield from ((token, inline) for inline in first if inline.type == "inline")


def _cloze(state: StateInline, silent: bool) -> bool:
    """Turn `{{c1::answer::hint}}` into cloze_open … cloze_close; what is wrong becomes a cloze_error token."""
    opening = _CLOZE.match(state.src, state.pos, state.posMax)
    if not opening:
        return _nearly_cloze(state, silent)
    begin, end = opening.end(), state.src.find("}}", opening.end(), state.posMax)
    if silent:
        state.pos = begin if end < 0 else end + 2
        return True
    error = _cloze_error(state.src, opening, end)
    if error:
        token = state.push("cloze_error", "", 0)
        token.content, token.meta = opening.group(), {"message": error, "offset": state.pos}
        state.pos = begin
        return True
    inside, _, hint = state.src[begin:end].partition("::")
    token = state.push("cloze_open", "", 1)
    token.meta = {"number": int(opening.group(1)), "hint": hint}
    _parse_inside(state, begin, begin + len(inside))
    state.push("cloze_close", "", -1)
    state.pos = end + 2
    return True


def _nearly_cloze(state: StateInline, silent: bool) -> bool:
    """Tell of what was surely meant as a cloze: `{{c1:…`, `{{C1::…` or `{{c::…`; other braces are text."""
    opening = _NEARLY_CLOZE.match(state.src, state.pos, state.posMax)
    if not opening:
        return False
    if not silent:
        token = state.push("cloze_error", "", 0)
        message = f"{opening.group()} does not start a cloze; write {{{{c1::…}}}}, or \\{{{{ if you mean the braces"
        token.content, token.meta = opening.group(), {"message": message, "offset": state.pos}
    state.pos = opening.end()
    return True


def _parse_inside(state: StateInline, begin: int, end: int) -> None:
    outer = state.posMax
    state.pos, state.posMax = begin, end
    state.md.inline.tokenize(state)
    state.posMax = outer


def _cloze_error(source: str, opening: re.Match[str], end: int) -> str:
    begin, number = opening.end(), opening.group(1)
    if end < 0:
        return f"the cloze {opening.group()} is not closed in its paragraph; end it with }}}}"
    inside = source[begin:end]
    if _CLOZE.search(inside):
        return f"a cloze inside the cloze {opening.group()}; close the outer one first, clozes cannot be nested"
    if not inside.partition("::")[0].strip():
        return f"the cloze {opening.group()} hides nothing; write what should be recalled"
    if inside.count("$") % 2:
        return "}} inside $math$ ends the cloze; put a space between the braces: } }"
    if len(number) > len(str(MOST_CLOZES)) or not 1 <= int(number) <= MOST_CLOZES:
        return f"cloze number {number[:9]} is out of range; Anki takes 1 to {MOST_CLOZES}"
    return ""


def inline_text(tokens: Sequence[Token]) -> str:
    """Return inline tokens as plain text, as it would be read aloud."""
    return "".join(_plain(token) for token in tokens)


def _plain(token: Token) -> str:
    match token.type:
        case "softbreak" | "hardbreak":
            return "\n"
        case "image":
            return inline_text(token.children or ()) or token.content
        case _:
            return token.content
