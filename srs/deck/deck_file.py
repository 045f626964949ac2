"""What a deck says of itself in its `deck.toml`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from srs.deck.reading import read_file
from srs.deck.values import DECK_FILE, Deck, Mistake
from srs.errors import Problem, unknown_key
from srs.toml import TomlError, brief, read_toml

_KEYS = ("name", "namespace", "language", "author", "source", "licence", "new", "reviews", "order")
_LIMITS = ("new", "reviews")
_MOST = 9999  # as in the settings
_NAMESPACE = re.compile(r"\w[\w.-]{0,99}")
_KEY = re.compile(r"\s*+\[*+['\"]?([\w-]++)")


def read_deck_file(folder: Path) -> tuple[Deck | None, list[Mistake]]:
    """Return the deck that a folder's file tells of, or what is wrong with the file."""
    data = read_file(folder / DECK_FILE)
    if isinstance(data, Problem):
        return None, [Mistake(data.line, data.message, data.rule)]
    try:
        text = data.decode("utf-8-sig")
        table: dict[str, Any] = read_toml(text)
    except UnicodeDecodeError as error:
        return None, [Mistake(data.count(b"\n", 0, error.start) + 1, "not UTF-8; save it as UTF-8", "not-utf-8")]
    except TomlError as error:
        return None, [Mistake(error.line, str(error), "not-toml")]
    mistakes = list(_deck_mistakes(table, text))
    order = tuple(entry.strip() for entry in table.pop("order", ())) if not mistakes else ()
    return (None, mistakes) if mistakes else (Deck(root=folder, order=order, **table), [])


def is_namespace(text: str) -> bool:
    """Whether a text can tell a deck from all others."""
    return _NAMESPACE.fullmatch(text) is not None


def _deck_mistakes(table: dict[str, object], text: str) -> Iterator[Mistake]:
    for key in ("name", "namespace"):
        if key not in table:
            yield Mistake(1, f'{key} is missing; write {key} = "…"', "no-name")
    lines = _lines_of_keys(text)
    for key, value in table.items():
        line = lines.get(key, 1)
        if key not in _KEYS:
            yield Mistake(line, f"unknown key {brief(key)}; {unknown_key(key, _KEYS)}", "unknown-key")
        elif fault := _fault(key, value):
            yield Mistake(line, fault, "deck-key")


def _fault(key: str, value: object) -> str:
    """Say what is wrong with the value of a key, or nothing."""
    if key in _LIMITS:
        right = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST
        return "" if right else f"{key} takes a number of cards a day, from 0 to {_MOST}"
    if key == "order":
        right = isinstance(value, list) and all(isinstance(entry, str) and entry.strip() for entry in value)
        return "" if right else 'order takes chapters and tags in quotes: order = ["tag:core", "e10"]'
    if not isinstance(value, str) or not value.strip():
        return f"{key} takes a text in quotes"
    if key == "namespace" and not _NAMESPACE.fullmatch(value):
        return f"namespace {brief(value)} is not one word of letters, digits, - _ ."
    return ""


def line_of_key(text: str, key: str) -> int:
    """Return the line, from 1, on which a key of a deck's file stands; the first if it is hard to tell."""
    return _lines_of_keys(text).get(key, 1)


def _lines_of_keys(text: str) -> dict[str, int]:
    """Return the line, from 1, on which each key of a deck's file seems to begin first."""
    numbered = [(found[1], line) for line, each in enumerate(text.split("\n"), 1) if (found := _KEY.match(each))]
    return dict(reversed(numbered))
