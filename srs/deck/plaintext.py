"""Plain text written as Markdown that reads as that text and as nothing else."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from string import punctuation
from unicodedata import category

_LEAD = re.compile(r"\s*")
_START = re.compile(r"(\d*)([!-/:-@\[-`{-~])")
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#$&|~!]")
_PUNCTUATION = re.compile(f"[{re.escape(punctuation)}]")
_BREAK = "\\\n"

Line = Callable[[str], str]


def paragraphs(text: str) -> list[list[str]]:
    """Return the lines of each paragraph; blank lines part them, and white space at the end of a line is nothing."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    return [list(group) for full, group in groupby(lines, bool) if full]


def writings(parts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the Markdown of paragraphs, the most readable first; the last is read as they stand by every parser.

    It may be read as something else where a sign means something; whoever uses it reads it back to find out.
    """
    for escaped in (_as_it_is, _start_escaped, _signs_escaped, _all_named):
        yield "\n\n".join(_BREAK.join(_line(line, escaped) for line in lines) for lines in parts)


def unwritable(text: str) -> str:
    """Return the first character that a deck cannot hold (a control other than tab and LF, half a pair), or nothing."""
    return next((sign for sign in text if category(sign) in {"Cc", "Cs"} and sign not in "\t\n"), "")


def _line(line: str, escaped: Line) -> str:
    """Return a line's Markdown; white space at its start, which Markdown would drop, is named."""
    lead = _LEAD.match(line)
    end = lead.end() if lead else 0
    return "".join(map(_named, line[:end])) + escaped(line[end:])


def _as_it_is(line: str) -> str:
    return line


def _start_escaped(line: str) -> str:
    return _START.sub(r"\1\\\2", line, count=1) if _START.match(line) else line


def _signs_escaped(line: str) -> str:
    escaped = _SIGNS.sub(r"\\\g<0>", line)
    return escaped if escaped.startswith("\\") else _start_escaped(escaped)


def _all_named(line: str) -> str:
    return _PUNCTUATION.sub(lambda sign: _named(sign[0]), line)


def _named(sign: str) -> str:
    return f"&#{ord(sign)};"
