"""The Markdown that decks are written in: CommonMark with tables, `$math$` and Anki's cloze notation.

One parse serves the terminal and Anki. HTML is text here, and so is everything else that would act by itself.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from srs.deck.bounds import bounds_plugin
from srs.deck.clozes import cloze
from srs.deck.dollars import formula
from srs.deck.emphasis import emphasis_plugin
from srs.deck.foreign import foreign_plugin, without_comment
from srs.deck.labels import LABEL, Label, read_label, read_line_end
from srs.deck.literal import literal_clozes
from srs.deck.values import MOST_STEPS, Kind

DEEPEST_LEVEL = 18  # the level up to which the parser reads what stands in lists and quotes
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
    dollarmath_plugin(markdown)
    markdown.inline.ruler.at("math_inline", formula)
    emphasis_plugin(markdown)
    foreign_plugin(markdown)
    bounds_plugin(markdown)
    markdown.core.ruler.before("inline", "labels", _labels)
    markdown.inline.ruler.before("escape", "cloze", cloze)
    markdown.core.ruler.after("inline", "literal_clozes", literal_clozes)
    return markdown


def too_deep(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the line of each list and quote that is nested so deep that the parser leaves out what stands in it."""
    yield from (line_of(token) for token in tokens if token.nesting == 1 and token.level > DEEPEST_LEVEL)


def too_wide(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the line of each table with more columns than any screen shows, and how many there are."""
    yield from (
        (line_of(token), token.meta["columns"]) for token in tokens if token.type == "table_open" and token.meta
    )


def parse(text: str) -> list[Token]:
    """Return the block tokens of a Markdown text."""
    return parser().parse(text)


def _labels(state: StateCore) -> None:
    """Take `{#id .class}` off the headings of notes and the items of their lists, into `meta["label"]`.

    What stands at the end of an outline's lines goes into `meta["end"]`. A comment may come after either.
    """
    spoken = False
    for opening, inline in _labelled(state.tokens):
        end = len(without_comment(inline.content))
        text, comment = inline.content[:end], inline.content[end:]
        if spoken and opening.type == "list_item_open":
            text, inline.meta["end"] = read_line_end(text)
        # Only ordered items can be steps; they carry their number's sign.
        found = LABEL.search(text) if opening.info or opening.type == "heading_open" else None
        if found:
            inline.meta["label"] = read_label(found)
            text = text[: found.start()] + text[found.end() :]
        inline.content = text + comment
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
