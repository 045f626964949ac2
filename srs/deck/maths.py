r"""Formulas with commands of TeX that might act in Anki, where MathJax makes a page of what stands between `$` signs.

No list of those that act could be whole, since MathJax loads extensions by itself: what is not known to only set a
formula is taken to act.
"""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from srs.deck.literal import MATHS
from srs.deck.markdown import line_of
from srs.deck.tex import SETTING
from srs.deck.values import Note

# A backslash before another ends a row, so that what follows is no command: nothing in SETTING takes it as it stands,
_COMMAND = re.compile(r"\\(?:([a-zA-Z]+)|.)", re.DOTALL)
# but chemistry, which has a grammar of its own.
_CHEMISTRY = re.compile(r"\\(?:ce|pu)(?![a-zA-Z])")
_ANYWHERE = re.compile(r"\\([a-zA-Z]+)")
# A colour by its name; what else a browser takes for one may be more than a colour.
_COLOUR = re.compile(r"\\(?:text)?color\s*\{\s*[a-zA-Z]+\s*\}")


def acting_command(formula: str) -> str:
    r"""Return the first command in a formula that might act in Anki, such as `\href`; nothing if none might."""
    plain = _COLOUR.sub(" ", formula)
    found = (_ANYWHERE if _CHEMISTRY.search(plain) else _COMMAND).finditer(plain)
    return next((each[0] for each in found if each[1] and each[1] not in SETTING), "")


def acting_in(formula: Token) -> str:
    """Return the first command that might act in a formula, whole or in the pieces that its clozes make, hints too."""
    pieces = formula.children or ()
    texts = (formula.content, *(piece.content for piece in pieces), *(piece.meta.get("hint", "") for piece in pieces))
    return next(filter(None, map(acting_command, texts)), "")


def formulas(note: Note) -> Iterator[tuple[int, Token]]:
    """Yield the line of the file of each formula of a note, and the formula."""
    for token in (*note.prompt, *note.answer, *note.extra):
        for each in (token, *(token.children or ())):
            if each.type in MATHS:
                yield (note.line if token.map is None else line_of(token)), each
