"""Blocks of a card as styled lines of text; card text never acts on the terminal, it is only shown."""

from collections.abc import Iterable, Sequence

from markdown_it.token import Token
from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from srs.characters import shown
from srs.deck.layout import Block, Code, Paragraph, Span, Table, lay_out, spans
from srs.terminal.formulas import with_formulas
from srs.terminal.wrap import wrap

# The sixteen colours only, so that the learner's own palette decides, in the light and in the dark.
_STYLES = {
    "strong": Style(bold=True),
    "em": Style(italic=True),
    "s": Style(strike=True),
    "link": Style(underline=True),
    "code": Style(color="cyan"),
    "math": Style(color="cyan", italic=True),
    "image": Style(color="magenta"),
    # The name goes along, so that a page can tell where it must look; it is never written to a terminal.
    "gap": Style(color="yellow", bold=True, meta={"gap": True}),
    "mark": Style(color="green", bold=True, meta={"mark": True}),
}
_BREAKS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\t": "    "})
_INDENT = 3


def safe(text: str) -> str:
    """Return card text as `shown` does, an escape sequence being text; its line separators break lines."""
    return shown(text.translate(_BREAKS))


def paint_inline(tokens: Iterable[Token], style: str = "") -> Text:
    """Return inline tokens as styled text."""
    return _text(spans(with_formulas(tokens)), style)


def paint(tokens: Sequence[Token], width: int) -> list[Text]:
    """Return block tokens as lines of at most `width` cells, paragraphs a blank line apart, list items not."""
    lines: list[Text] = []
    before: Block | None = None
    for block in lay_out(with_formulas(tokens)):
        if before is not None and not (_in_list(before) and _in_list(block)):
            lines.append(Text())
        lines += _lines(block, width)
        before = block
    return lines


def lines_with(lines: Sequence[Text], name: str) -> range:
    """Return the lines from the first to the last that hold a `gap` or a `mark`; an empty range if none does."""
    found = [
        number
        for number, line in enumerate(lines)
        if any(isinstance(span.style, Style) and span.style.meta.get(name) for span in line.spans)
    ]
    return range(found[0], found[-1] + 1) if found else range(0)


def _in_list(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.depth > 0


def _text(found: Iterable[Span], style: str = "") -> Text:
    text = Text(style=style)
    for span in found:
        text.append(
            safe(span.text),
            Style.combine([Style(), *(style for name, style in _STYLES.items() if name in span.styles)]),
        )
    return text


def _lines(block: Block, width: int) -> list[Text]:
    match block:
        case Paragraph():
            return _paragraph(block, width)
        case Code():
            inset = " " * (_INDENT * block.depth + 2)
            code = _text(block.spans or [Span(block.text)])
            code.style = _STYLES["code"]
            return [Text(inset).append_text(line) for line in wrap(code, width - len(inset))]
        case Table():
            return _table(block, width)


def _paragraph(block: Paragraph, width: int) -> list[Text]:
    inset = _INDENT * max(0, block.depth - 1)
    hang = max(_INDENT, cell_len(block.marker)) if block.depth else 0
    text = _text(block.spans, "bold" if block.heading else "")
    lines = wrap(text, width - inset - hang)
    marker = " " * inset + block.marker.ljust(hang)
    return [Text(marker if index == 0 else " " * (inset + hang)).append_text(line) for index, line in enumerate(lines)]


def _table(block: Table, width: int) -> list[Text]:
    """Set a table in columns as wide as what they hold; one too wide is set as its rows, a cell a line."""
    rows = [[_text(cell) for cell in row] for row in block.rows]
    widths = [
        max((row[column].cell_len for row in rows if column < len(row)), default=0) for column in range(len(rows[0]))
    ]
    if sum(widths) + 3 * (len(widths) - 1) > width:
        return _stacked(rows, width)
    lines = [_row(row, widths) for row in rows]
    return [lines[0], Text("─┼─".join("─" * each for each in widths), style="dim"), *lines[1:]]


def _row(row: Sequence[Text], widths: Sequence[int]) -> Text:
    line = Text()
    for column, (cell, width) in enumerate(zip(row, widths, strict=False)):
        line.append(" │ " if column else "", style="dim").append_text(cell)
        line.append(" " * (width - cell.cell_len))
    return line


def _stacked(rows: Sequence[Sequence[Text]], width: int) -> list[Text]:
    heads, *rest = rows
    lines: list[Text] = []
    for row in rest:
        for head, cell in zip(heads, row, strict=False):
            lines += wrap(Text.assemble(head, ": ", cell), width)
        lines.append(Text())
    return lines[:-1]
