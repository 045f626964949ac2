"""A disk that is full, folders that refuse, pages that are damaged, many writers, clocks that jump."""

from __future__ import annotations

import json
import os
import random
import threading
from pathlib import Path

from tests.torture.forks import Ended
from tests.torture.kills import SCENES, worlds
from tests.torture.missing import forbidden, homeless, placeless
from tests.torture.sittings import asleep_over_the_rollover, two_at_once
from tests.torture.world import World, build

_PAGE = 4096
_ZONES = ("UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu")
_CLOCKS = (
    "2026-03-29 01:59",
    "2026-03-29 03:01",
    "2026-10-25 02:30",
    "2026-12-31 23:59",
    "2026-12-01 09:00",
    "2027-02-28 03:59",
    "2026-11-01 04:00",
)


def run(place: Path, count: int, seed: int, only: str = "") -> list[str]:
    """Let each of them fail; print the figures; return what was found."""
    chance, found = random.Random(seed), list[str]()
    parts = (
        *(("full", _full), ("refusing", _refusing), ("forbidden", forbidden), ("damaged", _damaged)),
        *(("homeless", homeless), ("placeless", placeless)),
        *(("writers", _writers), ("sittings", _sittings), ("clocks", _clocks)),
    )
    for name, part in parts:
        if only and not only.startswith(name):
            continue
        tried, problems = part(place, count, chance, only)
        print(f"  {name}: {tried} cases, {len(problems)} failures (seed {seed})", flush=True)
        found += [
            f"{name} {problem}\n  alone: python -m tests.torture surroundings --seed {seed} --case {name}"
            for problem in problems
        ]
    return found


def _sentence(ended: Ended) -> str:
    """What is wrong with how a command ended whose surroundings failed it."""
    if ended.complaint:
        return ended.complaint
    if ended.code == 1 and not ended.said.strip():
        return "exit 1 without a word"
    return ""


def _sound(world: World, before: list[str], *, whole: bool = True) -> str:
    doctor = world.srs("doctor")
    if doctor.code:
        return f"doctor: {doctor.said.strip()[-300:]}"
    acts = world.acts()
    if whole and not set(before) <= set(acts):
        return "an act is gone"
    return "" if len(acts) == len(set(acts)) else "an act is there twice"


def _full(place: Path, count: int, chance: random.Random, only: str) -> tuple[int, list[str]]:
    """The disk is full from the n-th write on."""
    tried, problems = 0, []
    share = max(1, count // len(SCENES))
    for scene, world in worlds(place):
        _, _, case = only.partition(":")
        whole = world.copy(place / "whole").srs(*scene.words)
        places = range(1, whole.writes + 1)
        old = world.files()
        before = [] if scene.name.startswith("migrate") else world.acts()
        for at in places if len(places) <= share else sorted(chance.sample(places, share)):
            if case and case != f"{scene.name}:{at}":
                continue
            tried += 1
            poor = world.copy(place / "poor")
            ended = poor.srs(*scene.words, at=at, act="full")
            now = poor.files()
            lost = [file for file in old if file not in now]
            problem = (
                _sentence(ended)
                or (f"gone: {lost}" if lost else "")
                or _sound(poor, before, whole=scene.name != "restore")
            )
            if problem:
                problems.append(f"{scene.name}: at write {at}: {problem}")
    return tried, problems


def _refusing(place: Path, count: int, chance: random.Random, only: str) -> tuple[int, list[str]]:
    """A file or a folder may only be read, or not even that."""
    del count, chance, only
    tried, problems = 0, []
    world = build(place / "first")
    before = world.acts()
    commands = (
        ("cards",),
        ("answer", "red/c2", "good"),
        ("sync",),
        ("check", "--fix"),
        ("export", "anki", "-o", "@sea.apkg"),
        ("config", "set", "new", "3"),
    )
    for path in (
        "decks",
        "decks/ship",
        "decks/ship/sea.md",
        "decks/ship/deck.toml",
        "srs.db",
        ".",
        "history",
        "config.toml",
    ):
        for mode in (0o555, 0o000):
            for words in commands:
                tried += 1
                poor = world.copy(place / "poor")
                for file in [poor.top, *poor.top.rglob("*")]:
                    file.chmod(0o777)
                (poor.top / path).chmod(mode)
                problem = _sentence(poor.srs(*words, nobody=True))
                for file in [poor.top, poor.top / path]:
                    file.chmod(0o777)
                problem = problem or _sound(poor, before)
                if problem:
                    problems.append(f"{path} {mode:o}: srs {' '.join(words)}: {problem}")
    return tried, problems


def _damaged(place: Path, count: int, chance: random.Random, only: str) -> tuple[int, list[str]]:
    """A page of the store holds something else; that is told, never a traceback."""
    del only
    problems = []
    world = build(place / "first")
    pages = (world.top / "srs.db").stat().st_size // _PAGE
    for _ in range(count // 2):
        poor, page = world.copy(place / "poor"), chance.randrange(pages)
        with (poor.top / "srs.db").open("r+b") as file:
            file.seek(page * _PAGE)
            file.write(chance.choice((bytes(_PAGE), chance.randbytes(_PAGE), chance.randbytes(16))))
        for words in (("cards",), ("answer", "red/c2", "good"), ("doctor",), ("backup", "@new.db")):
            problem = _sentence(poor.srs(*words))
            if problem:
                problems.append(f"page {page} of {pages}: srs {' '.join(words)}: {problem}")
    return count // 2, problems


def _writers(place: Path, count: int, chance: random.Random, only: str) -> tuple[int, list[str]]:
    """Eight at once: each answer that was said to be saved is there, once."""
    del chance, only
    world = build(place / "first")
    before, ended = world.acts(), list[Ended]()

    def write(number: int) -> None:
        for minute in range(max(1, count // 20)):
            ended.append(
                world.srs(
                    "answer",
                    ("mile", "red/c1", "red/c2", "anchor")[number % 4],
                    "good",
                    now=f"2026-12-{5 + number:02} 10:{minute:02}",
                )
            )

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    saved = sum(one.code == 0 for one in ended)
    problems = [problem for one in ended if (problem := _sentence(one))]
    after = world.acts()
    if len(after) != len(before) + saved:
        problems.append(f"{saved} were saved, {len(after) - len(before)} are there")
    problem = _sound(world, before)
    return len(ended), problems + ([problem] if problem else [])


def _clocks(place: Path, count: int, chance: random.Random, only: str) -> tuple[int, list[str]]:
    """The clock goes back and forth, and the zone with it: nothing is lost, and the fold is what a replay gives."""
    del only
    world, problems = build(place / "first"), list[str]()
    zone = os.environ.get("TZ")
    saved = len(world.acts())
    for _ in range(count // 2):
        os.environ["TZ"] = chance.choice(_ZONES)
        now = chance.choice(_CLOCKS)
        ended = world.srs(
            "answer",
            chance.choice(("mile", "red/c1", "red/c2", "anchor")),
            chance.choice(("again", "good", "easy")),
            now=now,
        )
        saved += ended.code == 0
        if problem := _sentence(ended):
            problems.append(f"{os.environ['TZ']} {now}: {problem}")
    if zone is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = zone
    acts = world.acts()
    if len({json.dumps(json.loads(line)) for line in acts}) != saved:
        problems.append(f"{saved} were saved, {len(acts)} are there")
    problem = _sound(world, [])
    return count // 2, problems + ([problem] if problem else [])


def _sittings(place: Path, count: int, chance: random.Random, only: str) -> tuple[int, list[str]]:
    """Two sittings over one store, and one that is open while the study day changes."""
    del chance, only
    world = build(place / "first")
    ways = [*[two_at_once] * max(1, count // 20), asleep_over_the_rollover]
    said = [f"{way.__name__}: {problem}" for way in ways if (problem := way(world, place / "open"))]
    return len(ways), said
