"""Tokens laid out as blocks of plain spans: what a terminal draws and what a script reads, from one walk."""

from collections.abc import Iterable, Sequence

from markdown_it.token import Token
from msgspec import Struct, field

from srs.deck.literal import LITERAL, gap_text
from srs.deck.markdown import inline_text

_SPAN_STYLES = {"code_inline": "code", "math_inline": "math", "image": "image", "gap": "gap"}


class Span(Struct, frozen=True):
    """A run of text; `styles` are names such as strong, em, s, link, mark, code, math, image and gap."""

    text: str
    styles: frozenset[str] = frozenset()


class Paragraph(Struct, frozen=True):
    """Text under a marker such as `1. `; `depth` counts the lists and quotes it stands in."""

    spans: tuple[Span, ...]
    depth: int = 0
    marker: str = ""
    heading: bool = False


class Code(Struct, frozen=True):
    """Lines to be kept as they are; also a formula that stands alone.

    `spans` is the same text with what is hidden or marked in it, and empty where nothing is.
    """

    text: str
    depth: int = 0
    spans: tuple[Span, ...] = ()


class Table(Struct, frozen=True):
    """Rows of cells, the first row being the heads."""

    rows: tuple[tuple[tuple[Span, ...], ...], ...]
    depth: int = 0


Block = Paragraph | Code | Table


class _Cursor(Struct):
    """Where the walk stands: open lists with their next number, the marker not used yet, the table being filled."""

    counters: list[int | None] = field(default_factory=list)
    marker: str = ""
    heading: bool = False
    rows: list[list[tuple[Span, ...]]] | None = None

    def follow(self, token: Token) -> None:
        """Keep count of what the token opens or closes."""
        match token.type:
            case "ordered_list_open":
                self.counters.append(int(token.attrs.get("start", 1)))
            case "bullet_list_open" | "blockquote_open":
                self.counters.append(None)
            case "ordered_list_close" | "bullet_list_close" | "blockquote_close":
                self.counters.pop()
            case "list_item_open":
                self.marker = self._next_marker()
            case "heading_open" | "heading_close":
                self.heading = token.nesting == 1
            case "table_open":
                self.rows = []
            case "tr_open" if self.rows is not None:
                self.rows.append([])

    def blocks(self, token: Token) -> list[Block]:
        """Return the block that the token completes, if it completes one."""
        depth = len(self.counters)
        match token.type:
            case "inline" if self.rows:
                self.rows[-1].append(spans(token.children or ()))
            case "inline":
                marker, self.marker = self.marker, ""
                return [Paragraph(spans(token.children or ()), depth, marker, self.heading)]
            case "fence" | "code_block" | "math_block" | "math_block_label":
                return [Code(token.content.strip("\n"), depth, _stripped(spans(token.children or ())))]
            case "hr":
                return [Paragraph((Span("———"),), depth)]
            case "table_close":
                rows, self.rows = self.rows or [], None
                return [Table(tuple(map(tuple, rows)), depth)]
        return []

    def _next_marker(self) -> str:
        number = self.counters[-1]
        if number is None:
            return "• "
        self.counters[-1] = number + 1
        return f"{number}. "


def lay_out(tokens: Sequence[Token]) -> list[Block]:
    """Return block tokens as blocks, top to bottom."""
    cursor = _Cursor()
    blocks: list[Block] = []
    for token in tokens:
        cursor.follow(token)
        blocks += cursor.blocks(token)
    return blocks


def spans(children: Iterable[Token]) -> tuple[Span, ...]:
    """Return inline tokens as spans, each with all the styles it stands in."""
    found: list[Span] = []
    styles: list[str] = []
    for token in children:
        if token.nesting == 1:
            styles.append(token.type.removesuffix("_open"))
        elif token.nesting == -1:
            styles.pop()
        elif text := _span_text(token):
            own = frozenset(filter(None, [*styles, _SPAN_STYLES.get(token.type)]))
            pieces = spans(token.children or ()) if token.type in LITERAL else ()
            found += [Span(each.text, each.styles | own) for each in pieces] or [Span(text, own)]
    return tuple(found)


def _stripped(found: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return spans without the line ends around them all, and without empty ones."""
    first = next((place for place, span in enumerate(found) if span.text.strip("\n")), 0)
    last = len(found) - next((place for place, span in enumerate(reversed(found)) if span.text.strip("\n")), 0)
    shown = [span.text for span in found[first:last]]
    shown[:1] = [text.lstrip("\n") for text in shown[:1]]
    shown[-1:] = [text.rstrip("\n") for text in shown[-1:]]
    return tuple(Span(text, span.styles) for text, span in zip(shown, found[first:last], strict=True) if text)


def _span_text(token: Token) -> str:
    if token.type == "gap":
        return gap_text(token.content)
    if token.type == "image":
        return f"[{inline_text([token]) or token.attrs['src']}]"
    return inline_text([token])


def plain(tokens: Sequence[Token]) -> str:
    """Return block tokens as plain text, a block a line."""
    return plain_blocks(lay_out(tokens))


def plain_blocks(blocks: Iterable[Block]) -> str:
    """Return blocks as plain text, each on a line of its own, or several."""
    return "\n".join(line for block in blocks for line in _plain_lines(block))


def plain_inline(children: Sequence[Token]) -> str:
    """Return inline tokens as plain text, gaps in brackets."""
    return "".join(span.text for span in spans(children))


def _plain_lines(block: Block) -> list[str]:
    match block:
        case Paragraph():
            indent = "  " * max(0, block.depth - 1)
            return [indent + block.marker + "".join(span.text for span in block.spans)]
        case Code():
            return block.text.split("\n")
        case Table():
            return [" | ".join("".join(span.text for span in cell) for cell in row) for row in block.rows]
