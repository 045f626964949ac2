r"""Commands of TeX that would act in Anki, where MathJax makes a page of what stands between `$` signs.

They name addresses, styles, classes and ids, load extensions, or write characters by number in a font from elsewhere.
"""

import re
from collections.abc import Iterator

from srs.deck.literal import MATHS
from srs.deck.markdown import line_of
from srs.deck.values import Note

_COMMAND = re.compile(r"\\(?:([a-zA-Z]+)|.)", re.DOTALL)
_ACTING = frozenset({
    "href", "url", "style", "class", "cssId", "data", "require", "unicode", "includegraphics", "mmlToken", "bbox",
})  # fmt: skip
_KIN = "html"  # KaTeX has \htmlClass, \htmlStyle, \htmlData and \htmlId


def acting_command(formula: str) -> str:
    r"""Return the first command in a formula that would act in Anki, such as `\href`; nothing if none would."""
    found = (each[1] for each in _COMMAND.finditer(formula) if each[1])
    return next((f"\\{name}" for name in found if name in _ACTING or name.startswith(_KIN)), "")


def formulas(note: Note) -> Iterator[tuple[int, str]]:
    """Yield the line of the file, and the text, of each formula of a note; one with clozes has only their pieces."""
    for token in (*note.prompt, *note.answer, *note.extra):
        for each in (token, *(token.children or ())):
            if each.type in MATHS:
                yield (note.line if token.map is None else line_of(token)), each.content
