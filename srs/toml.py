"""Small TOML files read within limits: those that decks and settings are kept in."""

import re
import tomllib
from collections.abc import Iterator

LONGEST_TOML = 16_000
MOST_KEYS = 200
_QUOTED = 60
_CHAIN = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){20}")
_MOST_BITS = 63
_DIGITS = re.compile(r"[0-9_]{4000}")
_LONG_NUMBER = re.compile(r"\b(?:0x[0-9a-fA-F_]{16}|0o[0-7_]{21}|0b[01_]{63}|[0-9_]{19})")
_LINE = re.compile(r"at line (\d+)")


class TomlError(Exception):
    """What keeps a text from being read, as the end of a sentence that begins with `it is`, and its line from 1."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


def read_toml(text: str) -> dict[str, object]:
    """Return the keys of a TOML text with their values; raises TomlError for what is none, or beyond the limits.

    Values are whatever TOML knows: who asks for a text must look whether it is one. No text holds half a character.
    """
    if len(text) > LONGEST_TOML:
        raise TomlError(1, f"too long: {len(text):,} characters; at most {LONGEST_TOML:,} are read")
    if chain := _CHAIN.search(text):  # the library takes quadratic time for a key of many parts
        raise TomlError(text.count("\n", 0, chain.start()) + 1, "nested too deep, a key of more than 20 parts")
    try:
        table = tomllib.loads(text)
    except RecursionError as error:
        raise TomlError(1, "nested too deep, a list in a list in a list; write it flat") from error
    except tomllib.TOMLDecodeError as error:
        place = _LINE.search(str(error))
        raise TomlError(int(place[1]) if place else 1, f"not TOML: {str(error)[0].lower()}{str(error)[1:]}") from error
    except ValueError as error:  # of the library alone: a number of thousands of digits
        digits = _DIGITS.search(text)
        raise TomlError(text.count("\n", 0, digits.start() if digits else 0) + 1, "not TOML: such a number") from error
    if any(isinstance(value, int) and value.bit_length() > _MOST_BITS for value in _values(table)):
        raise TomlError(_line_of_number(text), "not TOML: a number beyond 64 bits")
    if len(table) > MOST_KEYS:
        raise TomlError(1, f"too long: {len(table):,} keys; at most {MOST_KEYS} are read")
    return table


def _values(held: object) -> Iterator[object]:
    """Yield every value that a table or a list holds, however deep."""
    open_ = [held]
    while open_:
        value = open_.pop()
        yield value
        open_ += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _line_of_number(text: str) -> int:
    """Return the line, from 1, of the first number that may be beyond 64 bits; 1 if it is hard to tell."""
    number = _LONG_NUMBER.search(text)
    return text.count("\n", 0, number.start()) + 1 if number else 1


def brief(value: object) -> str:
    """Return a value as a message may quote it, however long it is and whatever it holds."""
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    said = repr(value)
    return said if len(said) <= _QUOTED else f"{said[:_QUOTED]}…"
