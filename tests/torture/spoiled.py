"""Decks, settings, logs, history folders, packages and stores, spoiled by a seeded grammar.

Many inputs to a process: as many workers as there are cores, each a copy of the one that has loaded the program, and
each input in a child of its worker.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tests.torture.grammar import BINARY, GRAMMAR, Spoil, again
from tests.torture.packages import FORMS, in_form, members, packed, spoiled_cells
from tests.torture.shrinking import smallest
from tests.torture.world import DUMPS, World, build, earlier

_BATCH = 25  # inputs that a worker takes at a time
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


@dataclass(frozen=True)
class Unspoiled:
    """The worlds that inputs start from: of this version, and with the stores of the earlier ones."""

    place: Path
    first: World
    old: tuple[World, ...]

    def found(self, numbers: tuple[int, ...]) -> dict[tuple[str, str], str]:
        """Try inputs by their numbers; what they showed, the same complaint of the same kind once."""
        found: dict[tuple[str, str], str] = {}
        for number in numbers:
            case = self._case(number)
            problem, text = case.tried()
            if problem and (case.name, alike(problem)) not in found:
                found[case.name, alike(problem)] = case.told(problem, text)
        return found

    def _case(self, number: int) -> Case:
        chance, name = random.Random(number), list(KINDS)[number % len(KINDS)]
        start = chance.choice(self.old) if name == "store" else self.first
        return Case(number, name, start, self.place / f"spoiled{os.getpid()}", chance.choice((1, 1, 2, 4)))


def alike(problem: str) -> str:
    """What two complaints have in common that are one."""
    return re.sub(r"\d+", "N", problem)[:90]


@dataclass(frozen=True)
class Case:
    """One input: a kind, spoiled as its number says."""

    number: int
    name: str
    start: World
    place: Path
    times: int

    @property
    def kind(self) -> Kind:
        """What is spoiled."""
        return KINDS[self.name]

    def tried(self, times: int = 0, text: bytes | None = None) -> tuple[str, bytes]:
        """Run one command on it; what is wrong with how it ended, and what was spoiled as it then was.

        `times`: spoiled so often only; `text`: this instead of what the number says.
        """
        world, chance = self.start.copy(self.place), random.Random(self.number + 1)
        file = world.top / self.kind.path
        if "*" in self.kind.path:
            file = chance.choice(sorted(world.top.glob(self.kind.path)))
        if self.kind.form:
            file.write_bytes(in_form((world.top / "sea.apkg").read_bytes(), self.kind.form))
        spoiled = _spoil(file, self.kind, chance, times or self.times)
        if text is not None:
            file.write_bytes(text)
        words = [word.replace("FILE", file.name) for word in chance.choice(self.kind.commands)]
        problem = _run(world, words)
        return (f"srs {' '.join(words)}: {problem}" if problem else ""), spoiled if text is None else text

    def told(self, problem: str, text: bytes) -> str:
        """Say what was found, with the smallest case of it and how to run it alone."""
        for few in range(1, self.times):
            less, made = self.tried(few)
            if alike(less) == alike(problem):
                text = made
                break
        if not self.kind.inside:
            text = smallest(text, lambda less: alike(self.tried(text=less)[0]) == alike(problem))
        return (
            f"{self.name}: {problem}\n  spoiled to {len(text)} bytes: {text[:400]!r}\n"
            f"  alone: python -m tests.torture spoiled --case {self.number}"
        )


def run(place: Path, count: int, seed: int, only: str = "") -> list[str]:
    """Spoil; print the figures; return what was found, the same complaint of the same kind once."""
    first = build(place / "first")
    versions = [dump.stem for dump in sorted(DUMPS.glob("*.sql"))]
    unspoiled = Unspoiled(
        place, first, tuple(earlier(place / f"earlier{version}", version, first) for version in versions)
    )
    numbers = [int(only)] if only else list(range(seed * 1_000_000, seed * 1_000_000 + count))
    kinds = Counter(list(KINDS)[number % len(KINDS)] for number in numbers)
    found: dict[tuple[str, str], str] = {}
    for number, more in enumerate(_by_workers(unspoiled, numbers), 1):
        for key in more.keys() - found.keys():
            found[key] = more[key]
            print(f"  found: {more[key].splitlines()[0]}", flush=True)
        if number % 40 == 0:
            print(f"  {number * _BATCH} inputs, {len(found)} kinds of failure", flush=True)
    for kind, tried in kinds.items():
        print(f"  {kind}: {tried} inputs, {sum(one == kind for one, _ in found)} kinds of failure", flush=True)
    print(f"spoiled: {len(numbers)} inputs, {len(found)} kinds of failure (seed {seed})", flush=True)
    return list(found.values())


def _by_workers(unspoiled: Unspoiled, numbers: list[int]) -> Iterator[dict[tuple[str, str], str]]:
    batches = [tuple(numbers[at : at + _BATCH]) for at in range(0, len(numbers), _BATCH)]
    with ProcessPoolExecutor(mp_context=get_context("fork")) as workers:
        yield from workers.map(unspoiled.found, batches)


def _run(world: World, words: list[str]) -> str:
    before, old = _digests(world), (world.top / "decks/ship/sea.md").read_bytes()
    ended = world.srs(*words)
    if ended.complaint:
        return ended.complaint
    after = _digests(world)
    changed = [name for name in before if after.get(name) != before[name] and not _may_change(world, name, words)]
    new = [name for name in after if name not in before and not name.startswith(("new.", "history/"))]
    if words[:2] == ["check", "--fix"] and not _in_order(old, (world.top / "decks/ship/sea.md").read_bytes()):
        return "a word of the user's is gone"
    return f"wrote unasked: {', '.join(changed + new)}" if changed + new else ""


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
    text = again(chance, file.read_bytes(), times, kind.grammar)
    file.write_bytes(text)
    return text


def _digests(world: World) -> dict[str, str]:
    """Each file of the user's; the store and its copies are the program's own."""
    return {
        str(file.relative_to(world.top)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in world.top.rglob("*")
        if file.is_file() and not file.name.startswith("srs")
    }
