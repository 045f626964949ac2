"""The Markdown that decks are written in: CommonMark with tables, `$math$` and Anki's cloze notation.

One parse serves the terminal and Anki. HTML is text here, and so is everything else that would act by itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from srs.deck.values import MOST_CLOZES, MOST_STEPS

_CLOZE = re.compile(r"\{\{c(\d+)::")
_NEARLY_CLOZE = re.compile(r"\{\{[cC]\d*:")
# Each sign is read once, whatever the text: a search from every blank of a run of blanks would be quadratic.
_LABEL = re.compile(r"(?P<id>[^\s]*)(?P<classes>(?:[ \t]++\.[\w-]++)*+)(?P<rest>.*)", re.DOTALL)
_LABEL_END = re.compile(r"(?<! ) *+\{#[\w.-]++((?: ++\.\w++)*+)\}(?=[ \t#]*+$)", re.MULTILINE)
DEEPEST_LEVEL = 18  # the level up to which the parser reads what stands in lists and quotes
_STEP = re.compile(r"c([1-9]\d?)")
_OPENED = -1  # a place in no text, under which the parser's memory of a paragraph counts its clozes


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in braces at the end of a heading or of a step: `{#id .class}`; `rest` is what does not belong."""

    id: str
    classes: tuple[str, ...]
    rest: str


_NO_LABEL = Label("", (), "")


def label_of(inline: Token) -> Label:
    """Return the label of a heading or a step; an empty one if there is none."""
    label: Label = inline.meta.get("label", _NO_LABEL)
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
    right = number and int(number[1]) <= MOST_STEPS and not label.rest.strip() and not label.classes
    wrong = "" if right else f"{{#{label.id}}} is not a step's number; use {{#c1}} to {{#c{MOST_STEPS}}}"
    return label.id or provisional_id(inline.children or (), 6), wrong


def without_labels(text: str) -> str:
    """Return Markdown without the ids of its headings and items, their classes kept."""
    return _LABEL_END.sub(r"\1", text)


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


def too_deep(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the line of each list and quote that is nested so deep that the parser leaves out what stands in it."""
    yield from (line_of(token) for token in tokens if token.nesting == 1 and token.level > DEEPEST_LEVEL)


def parse(text: str) -> list[Token]:
    """Return the block tokens of a Markdown text."""
    return parser().parse(text)


def _labels(state: StateCore) -> None:
    """Take `{#id .class}` off the headings of notes and the items of their lists, into `meta["label"]`."""
    for inline in _labelled(state.tokens):
        begin, end = _label_bounds(inline.content)
        label = _LABEL.fullmatch(inline.content[begin:end].strip(" \t")[2:-1]) if end else None
        if label:
            inline.meta["label"] = Label(label["id"], tuple(label["classes"].replace(".", "").split()), label["rest"])
            inline.content = inline.content[:begin] + inline.content[end:]


def _label_bounds(text: str) -> tuple[int, int]:
    """Return where the first label that ends a line begins and ends, the blanks around it included; (0, 0) if none."""
    at = 0
    for line in text.split("\n"):
        bare = line.rstrip(" \t")
        begin = bare.rfind("{#")
        if begin >= 0 and bare.endswith("}") and not {"{", "}"} & set(bare[begin + 2 : -1]):
            return at + len(bare[:begin].rstrip(" \t")), at + len(line)
        at += len(line) + 1
    return 0, 0


def _labelled(tokens: Sequence[Token]) -> Iterator[Token]:
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            yield tokens[index + 1]
        elif token.type == "list_item_open" and token.level == 1 and token.info:
            first = tokens[index + 2 : index + 3]
            yield from (inline for inline in first if inline.type == "inline")


def _cloze(state: StateInline, silent: bool) -> bool:
    """Turn `{{c1::answer::hint}}` into cloze_open … cloze_close; what is wrong becomes a cloze_error token."""
    opening = _CLOZE.match(state.src, state.pos, state.posMax)
    if not opening:
        return _nearly_cloze(state, silent)
    if state.cache.get(_OPENED, 0) > MOST_CLOZES:
        return False
    begin, end = opening.end(), state.src.find("}}", opening.end(), state.posMax)
    if silent:
        state.pos = begin if end < 0 else end + 2
        return True
    if not _counts(state):
        return False
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
    if not opening or (not silent and not _counts(state)):
        return False
    if not silent:
        token = state.push("cloze_error", "", 0)
        message = f"{opening.group()} does not start a cloze; write {{{{c1::…}}}}, or \\{{{{ if you mean the braces"
        token.content, token.meta = opening.group(), {"message": message, "offset": state.pos}
    state.pos = opening.end()
    return True


def _counts(state: StateInline) -> bool:
    """Whether a paragraph opens no more clozes than Anki has numbers; of the first that is too many, it is told.

    Each is looked for to the end of its paragraph, so that without a limit the work would be quadratic.
    """
    opened = state.cache[_OPENED] = state.cache.get(_OPENED, 0) + 1
    if opened == MOST_CLOZES + 1:
        token = state.push("cloze_error", "", 0)
        token.meta = {"message": f"more than {MOST_CLOZES} clozes in a paragraph; split it", "offset": state.pos}
    return opened <= MOST_CLOZES


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
