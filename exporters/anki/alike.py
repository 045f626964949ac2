"""What a field of Anki's reads as, whatever wraps it: editors there write no paragraphs, but lines.

The same words in the same lines and paragraphs, marked alike, are the same text, with `<p>`, `<div>`, `<br>` or bare.
Whatever else a field holds counts as it stands, and what acts in Anki (clozes, sound, mathematics) is told from
entities that only show the same signs.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import groupby
from unicodedata import normalize

_PIECE = re.compile(r"<[^<>]*>|[^<]+|<")
_NAMED = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*) ?/?>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|[&<>]")
_BLANK = re.compile(r"[ \t\n\r\f\xa0]+")
_ACTS = frozenset("{}[]:\\")
_MARKS = {"strong": "b", "b": "b", "em": "i", "i": "i", "del": "s", "s": "s", "code": "code"}
_AS_THEY_STAND = re.compile(r"<(?:pre|textarea|!--)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
# What only looks otherwise, and has no sign in Markdown; a bare `<span>` keeps apart what would act together.
_LOOKS = re.compile(r"</?(?:u|ins|font|big|small)(?:\s[^<>]*)?>|<span\s[^<>]*>|</span>", re.IGNORECASE)
_STYLED = re.compile(r"<(p|div|br|b|strong|i|em|s|del|code)\s[^<>]*>", re.IGNORECASE)


def alike(one: str, other: str) -> bool:
    """Whether two fields read alike."""
    return one == other or reading(one) == reading(other)


def same_words(one: str, other: str) -> bool:
    """Whether two fields read alike but for looks that no text of a deck has: lines below words, colours, sizes."""
    return alike(*(_STYLED.sub(r"<\1>", _LOOKS.sub("", html)) for html in (one, other)))


def reading(html: str) -> list[list[str]]:
    """Return the lines of each paragraph of a field, as HTML with the simplest tags alone as they are called here.

    A space is a space, hard or not, one or many; letters are composed, as Anki's editor may not keep them. Where blanks
    count (`<pre>`) the field is one line, as it stands.
    """
    if _AS_THEY_STAND.search(html):
        return [[normalize("NFC", html).replace("&nbsp;", " ").replace("\xa0", " ").strip()]]
    return [list(lines) for full, lines in groupby(_lines(html), bool) if full]


def strange(line: str) -> list[str]:
    """Return the tags of a line of a reading that no emphasis and no code of a deck's text makes."""
    return [tag for tag in _TAG.findall(line) if tag.strip("</>") not in _MARKS.values()]


def _lines(html: str) -> Iterator[str]:
    """Yield the lines of a field; an empty one parts two paragraphs."""
    line = ""
    for piece in _PIECE.findall(html):
        named = _NAMED.fullmatch(piece)
        name = named[1].lower() if named else ""
        if name == "br":
            yield _tidy(line)
            line = ""
        elif name in {"p", "div"}:
            if ended := _tidy(line):
                yield ended
            if name == "p":
                yield ""
            line = ""
        elif name in _MARKS:
            line += f"<{'/' if piece[1] == '/' else ''}{_MARKS[name]}>"
        else:
            line += piece if _TAG.fullmatch(piece) else _ENTITY.sub(_shown, piece)
    yield _tidy(line)


def _tidy(line: str) -> str:
    return normalize("NFC", _BLANK.sub(" ", line).strip(" \t\n\r\f\xa0"))


def _shown(found: re.Match[str]) -> str:
    """Return what an entity shows, but as a number where the sign itself would act."""
    sign = unescape(found[0])
    return f"&#{ord(sign)};" if sign in _ACTS else escape(sign, quote=False)
