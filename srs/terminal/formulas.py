"""The mathematics of a card as text that can be read, with the gaps and marks in it."""

import re
from collections.abc import Iterable, Sequence

from markdown_it.token import Token

from srs.deck.literal import MATHS, with_children

# Signs for what stands in a formula beside its TeX, from the range that Unicode gives to nobody.
_OPEN, _CLOSE, _FIRST_GAP = "\ue000", "\ue001", 0xE100
_SIGNS = re.compile("([\ue000-\uf8ff])")


def with_formulas(tokens: Iterable[Token]) -> list[Token]:
    """Return block or inline tokens with their mathematics to be read; what cannot be is left as it is."""
    return [_read(token) for token in tokens]


def _read(token: Token) -> Token:
    if token.type in MATHS:
        return _formula(token)
    if token.type == "inline" and any(child.type in MATHS for child in token.children or ()):
        return with_children(token, with_formulas(token.children or ()))
    return token


def _formula(token: Token) -> Token:
    from srs.terminal.tex import readable  # noqa: PLC0415 -- a card without mathematics waits for no reader of it

    if _SIGNS.search(token.content):
        return token
    if not token.children:
        return token.copy(content=readable(token.content.strip()))
    tex, signs = _with_signs(token.children)
    text = readable(tex)
    if sorted(_SIGNS.findall(text)) != sorted(signs):
        return token
    pieces = (signs.get(piece) or Token("text", "", 0, content=piece) for piece in _SIGNS.split(text) if piece)
    return with_children(token, list(pieces))


def _with_signs(children: Sequence[Token]) -> tuple[str, dict[str, Token]]:
    """Return TeX with a sign for each gap, and for each end of a mark; and what they stand for."""
    tex, signs = "", dict[str, Token]()
    for child in children:
        if child.type == "text":
            tex += child.content
            continue
        ends = {"mark_open": _OPEN, "mark_close": _CLOSE}
        sign = ends.get(child.type) or chr(_FIRST_GAP + len(signs))
        signs[sign] = child
        tex += sign
    return tex, signs
