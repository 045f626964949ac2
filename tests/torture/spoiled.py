"""Decks, settings, logs, history folders, packages and stores, spoiled by a seeded grammar."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.torture.packages import FORMS, in_form, members, packed, spoiled_cells
from tests.torture.world import DUMPS, World, build, earlier

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
LOOKING = (("cards",), ("check",), ("stats",), ("log", "export", "-"), ("doctor",))
DECK = (
    *(
        ("export", "html", "-o", "@new.html"),
        ("export", "anki", "-o", "@new.apkg"),
        ("export", "text", "-o", "@new.txt"),
    ),
    *(("show", "mile"), ("sync",), ("check", "--fix"), ("check", "--style"), ("review", "--list"), ("cards", "--json")),
)
IMPORT = (("import", "anki", "@FILE"), ("import", "anki", "@FILE", "--apply"))


@dataclass(frozen=True)
class Kind:
    """What is spoiled: a file (`*` in its name: one of several), how, and the commands that read it then."""

    path: str
    commands: tuple[tuple[str, ...], ...]
    grammar: tuple[Spoil, ...] = GRAMMAR
    form: str = ""
    inside: bool = False


KINDS: dict[str, Kind] = {
    "deck": Kind("decks/ship/sea.md", (*LOOKING, *DECK)),
    "deck.toml": Kind("decks/ship/deck.toml", (*LOOKING, *DECK)),
    "settings": Kind("config.toml", (*LOOKING, ("config",), ("config", "set", "new", "3"), ("review", "--list"))),
    "log": Kind("other.jsonl", (("log", "merge", "@other.jsonl"), ("log", "merge", "@other.jsonl", "--dry-run"))),
    "history folder": Kind("history/*", (("cards",), ("doctor",), ("answer", "mile", "4"), ("log", "export", "-"))),
    **{f"{form} as a file": Kind(name, IMPORT, BINARY, form) for form, (name, _) in FORMS.items()},
    **{f"{form} inside": Kind(name, IMPORT, GRAMMAR, form, inside=True) for form, (name, _) in FORMS.items()},
    "store": Kind("srs.db", (("cards",), ("doctor",), ("log", "export", "-"), ("review", "--list")), BINARY),
}


def run(place: Path, count: int, seed: int, only: str = "") -> list[str]:
    """Spoil; print the figures; return what was found, the same complaint of the same kind once."""
    first = build(place / "first")
    old = {
        version: earlier(place / f"earlier{version}", version)
        for version in (dump.stem for dump in sorted(DUMPS.glob("*.sql")))
    }
    found: dict[tuple[str, str], str] = {}
    figures = dict.fromkeys(KINDS, 0)
    for number in [int(only)] if only else range(seed * 1_000_000, seed * 1_000_000 + count):
        chance = random.Random(number)
        kind = list(KINDS)[number % len(KINDS)]
        figures[kind] += 1
        start = old[chance.choice(list(old))] if kind == "store" else first
        times = chance.choice((1, 1, 2, 4))
        problem, text = _tried(start, place / "spoiled", kind, number, times)
        key = (kind, re.sub(r"\d+", "N", problem)[:90])
        if problem and key not in found:
            smaller = next(
                (
                    (said, made)
                    for few in range(1, times)
                    for said, made in [_tried(start, place / "spoiled", kind, number, few)]
                    if said
                ),
                (problem, text),
            )
            found[key] = (
                f"{kind}: {smaller[0]}\n  spoiled to: {smaller[1][:300]!r}\n"
                f"  alone: python -m tests.torture spoiled --case {number}"
            )
    for kind, tried in figures.items():
        print(f"  {kind}: {tried} inputs, {sum(one == kind for one, _ in found)} kinds of failure", flush=True)
    print(f"spoiled: {sum(figures.values())} inputs, {len(found)} kinds of failure (seed {seed})", flush=True)
    return list(found.values())


def _tried(start: World, place: Path, name: str, number: int, times: int) -> tuple[str, bytes]:
    world, kind, chance = start.copy(place), KINDS[name], random.Random(number + 1)
    file = chance.choice(sorted(world.top.glob(kind.path))) if "*" in kind.path else world.top / kind.path
    if kind.form:
        file.write_bytes(in_form((world.top / "sea.apkg").read_bytes(), kind.form))
    text = _spoil(file, kind, chance, times)
    before = _digests(world)
    words = [word.replace("FILE", file.name) for word in chance.choice(kind.commands)]
    old = (world.top / "decks/ship/sea.md").read_bytes()
    ended = world.srs(*words)
    if ended.complaint:
        return f"srs {' '.join(words)}: {ended.complaint}", text
    after = _digests(world)
    changed = [name for name in before if after.get(name) != before[name] and not _may_change(world, name, words)]
    new = [name for name in after if name not in before and not name.startswith(("new.", "history/"))]
    if words[:2] == ["check", "--fix"] and not _in_order(old, (world.top / "decks/ship/sea.md").read_bytes()):
        return "srs check --fix: a word of the user's is gone", text
    unasked = f"srs {' '.join(words)}: wrote unasked: {', '.join(changed + new)}"
    return unasked if changed + new else "", text


def _may_change(world: World, name: str, words: list[str]) -> bool:
    """Whether a command was asked to write a file, or the file is a log that may have grown."""
    asked = {"check": "decks/", "import": "decks/", "config": "config.toml"}.get(words[0], "none")
    grew = name.startswith("history/") and (world.top / name).exists()
    return grew or (name.startswith(asked) and ("--fix" in words or "--apply" in words or "set" in words))


def _in_order(old: bytes, new: bytes) -> bool:
    """Whether all of the old text stands in the new one, in its order."""
    rest = iter(new)
    return all(byte in rest for byte in old)


def _spoil(file: Path, kind: Kind, chance: random.Random, times: int) -> bytes:
    if kind.inside:
        held = members(file.read_bytes())
        newest = next(name for name in ("collection.anki21b", "collection.anki21", "collection.anki2") if name in held)
        name = newest if chance.random() < 0.8 else chance.choice(sorted(held))
        for _ in range(times):
            cells = name.startswith("collection") and chance.random() < 0.8
            held[name] = spoiled_cells(chance, held[name]) if cells else chance.choice(BINARY)(chance, held[name])
        text = held[name]
        file.write_bytes(packed(held))
        return text
    text = _again(chance, file.read_bytes(), times, kind.grammar)
    file.write_bytes(text)
    return text


def _again(chance: random.Random, text: bytes, times: int, grammar: tuple[Spoil, ...]) -> bytes:
    for _ in range(times):
        text = chance.choice(grammar)(chance, text)
    return text


def _digests(world: World) -> dict[str, str]:
    """Each file of the user's; the store and its copies are the program's own."""
    return {
        str(file.relative_to(world.top)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in world.top.rglob("*")
        if file.is_file() and not file.name.startswith("srs")
    }
