"""Decks, settings, logs, history folders, packages and stores, spoiled by a seeded grammar."""

from __future__ import annotations

import hashlib
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.torture.world import DUMPS, World, build, earlier

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


GRAMMAR: tuple[Spoil, ...] = (_bytes, _lines, _values, _pieces, _nesting, _sizes, _encodings)
LOOKING = (("cards",), ("check",), ("stats",), ("log", "export", "-"), ("doctor",))
KINDS: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "deck": ("decks/ship/sea.md", (*LOOKING, ("export", "html", "-o", "@x.html"), ("show", "mile"), ("sync",))),
    "deck.toml": ("decks/ship/deck.toml", LOOKING),
    "settings": ("config.toml", (*LOOKING, ("config",))),
    "log": ("other.jsonl", (("log", "merge", "@other.jsonl"),)),
    "history folder": ("history", (("cards",), ("doctor",))),
    "apkg": ("sea.apkg", (("import", "anki", "@sea.apkg"),)),
    "apkg inside": ("sea.apkg", (("import", "anki", "@sea.apkg"),)),
    "store": ("srs.db", (("cards",), ("doctor",))),
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


def _tried(start: World, place: Path, kind: str, number: int, times: int) -> tuple[str, bytes]:
    world = start.copy(place)
    path, commands = KINDS[kind]
    file = world.top / path
    if file.is_dir():
        file = min(file.glob("*.jsonl"))
    chance = random.Random(number + 1)
    text = _spoil(file, kind, chance, times)
    before = _digests(world)
    words = chance.choice(commands)
    ended = world.srs(*words)
    if ended.complaint:
        return f"srs {' '.join(words)}: {ended.complaint}", text
    after = _digests(world)
    changed = [name for name in before if after.get(name) != before[name]]
    new = [name for name in after if name not in before and name != "x.html" and not name.startswith("history/")]
    if kind in ("history folder", "log"):  # this computer's own file goes on
        changed = [name for name in changed if not (name.startswith("history/") and (world.top / name).exists())]
    unasked = f"srs {' '.join(words)}: wrote unasked: {', '.join(changed + new)}"
    return unasked if changed + new else "", text


def _spoil(file: Path, kind: str, chance: random.Random, times: int) -> bytes:
    if kind == "apkg inside":
        with zipfile.ZipFile(file) as package:
            inside = {name: package.read(name) for name in package.namelist()}
        name = chance.choice(sorted(inside))
        inside[name] = text = _again(chance, inside[name], times, (_bytes,) if "collection" in name else GRAMMAR)
        with zipfile.ZipFile(file, "w") as package:
            for each, content in inside.items():
                package.writestr(each, content)
        return text
    binary = kind in ("store", "apkg")
    text = _again(chance, file.read_bytes(), times, (_bytes, _pieces, _sizes) if binary else GRAMMAR)
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
