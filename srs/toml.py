"""Small TOML files read within limits: those that decks and settings are kept in."""

import re
import tomllib

LONGEST_TOML = 16_000
MOST_KEYS = 200
_QUOTED = 60
_CHAIN = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){20}")
_DIGITS = re.compile(r"[0-9_]{4000}")
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
    if len(table) > MOST_KEYS:
        raise TomlError(1, f"too long: {len(table):,} keys; at most {MOST_KEYS} are read")
    return table


def brief(value: object) -> str:
    """Return a value as a message may quote it, however long it is and whatever it holds."""
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    said = repr(value)
    return said if len(said) <= _QUOTED else f"{said[:_QUOTED]}…"
