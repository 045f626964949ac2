"""A seeded grammar of what may happen to a text: bytes, lines, values, nesting, sizes, dates, encodings, shapes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_SIGNS = (
    *(
        b"[",
        b"]",
        b"![",
        b"](",
        b"[a](b",
        b"`",
        b"``",
        b"*",
        b"_",
        b"**a",
        b"~~",
        b"> ",
        b"- ",
        b"1. ",
        b"$",
        b"$$",
        b"$$a\n",
    ),
    *(
        b"{{c1::",
        b"}}",
        b"::",
        b"<",
        b"<!--",
        b"<b ",
        b"|",
        b"|-",
        b"\\",
        b"&",
        b"# ",
        b"## a\n",
        b"{#a}",
        b"\n",
        b" ",
        b"\t",
    ),
    *(b"a", b"\n\n", b"---\n", b"```\n", b"[a]: b\n", "中".encode(), b"- b {cards=", b"(1 min)", b"<<<<<<< a\n"),
)

Spoil = Callable[[random.Random, bytes], bytes]
_VALUES = (
    b"-1",
    b"99999999999999999999",
    b"1e999",
    b"NaN",
    b"null",
    b'""',
    b"[]",
    b"{}",
    b"true",
    b"0x10",
    "²".encode(),
    b"9" * 5000,
)
_DATES = (
    b"0000-00-00",
    b"9999-12-31T23:59:59.999Z",
    b"10000-01-01T00:00:00Z",
    b"0001-01-01T00:00:00+14:00",
    b"2026-02-30",
    b"2026-03-29T02:30:00",
)
_PIECES = (
    b"\0",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b'"\\ud800"',
    "\u202e".encode(),
    b"\r",
    b"\x1b[2J",
    b"---\n",
    b"```\n",
    b"$$",
    b"{{c1::",
    b"}}",
    b"{#",
    b"](http://[",
    b"../../x",
    b"\\U99999999",
)


def _bytes(chance: random.Random, text: bytes) -> bytes:
    spoiled = bytearray(text or b" ")
    for _ in range(chance.randint(1, 8)):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def _lines(chance: random.Random, text: bytes) -> bytes:
    lines = text.splitlines(keepends=True) or [b"\n"]
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    return b"".join(
        chance.choice((lines[:at] + lines[at + 1 :], [*lines[:at], lines[other], *lines[at:]], lines[:at], lines[::-1]))
    )


def _values(chance: random.Random, text: bytes) -> bytes:
    found = list(re.finditer(rb'"[^"\n]*"|\d+', text))
    if not found:
        return _pieces(chance, text)
    one = chance.choice(found)
    return text[: one.start()] + chance.choice(_VALUES + _DATES) + text[one.end() :]


def _pieces(chance: random.Random, text: bytes) -> bytes:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(_PIECES) + text[at:]


def _nesting(chance: random.Random, text: bytes) -> bytes:
    opening, closing = chance.choice(
        ((b"[", b"]"), (b'{"a":', b"}"), (b"> ", b""), (b"- ", b""), (b"*", b"*"), (b"{{c1::", b"}}"))
    )
    deep = chance.choice((50, 3000))
    at = chance.choice([0, len(text), *(place.end() for place in re.finditer(rb"[=:]\s?|\n", text))])
    return text[:at] + opening * deep + b"1" + closing * deep + text[at:]


def _sizes(chance: random.Random, text: bytes) -> bytes:
    at = chance.randint(0, len(text))
    return (
        text[:at]
        + chance.choice((b" ", b"a", b"\n", b"2.", b"\t", b"#", "中".encode())) * chance.choice((300, 8000))
        + text[at:]
    )


def _encodings(chance: random.Random, text: bytes) -> bytes:
    plain = text.decode(errors="replace")
    return plain.encode(chance.choice(("utf-16", "utf-32", "utf-8-sig", "utf-7", "latin-1")), "replace")


def _shapes(chance: random.Random, text: bytes) -> bytes:
    """Signs of Markdown over and over, as a reader would go back and forth over them."""
    signs = b"".join(chance.choice(_SIGNS) for _ in range(chance.choice((1, 2, 3))))
    at = chance.choice([0, len(text), *(place.end() for place in re.finditer(rb"\n", text))])
    return text[:at] + signs * (chance.choice((2000, 20_000, 120_000)) // len(signs)) + b"\n" + text[at:]


GRAMMAR: tuple[Spoil, ...] = (_bytes, _lines, _values, _pieces, _nesting, _sizes, _encodings, _shapes)
BINARY: tuple[Spoil, ...] = (_bytes, _pieces, _sizes)


def again(chance: random.Random, text: bytes, times: int, grammar: tuple[Spoil, ...]) -> bytes:
    """Return a text after so many of these happened to it."""
    for _ in range(times):
        text = chance.choice(grammar)(chance, text)
    return text
