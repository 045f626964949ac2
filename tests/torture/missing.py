"""What a command stands on is not there: no home folder, no current folder, no permission from some write on."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.torture.forks import NOBODY, Ended, command
from tests.torture.kills import SCENES, worlds
from tests.torture.world import World, build

_STRANGER = 54_321
"""The number of a user of whom the system knows nothing."""
_ALONE = (
    ("cards",),
    ("answer", "mile", "good"),
    ("config",),
    ("stats",),
    ("check",),
    ("review", "--list"),
    ("export", "text", "-o", "new.txt"),
    ("log", "export", "new.jsonl"),
    ("backup", "new.db"),
    ("doctor",),
)


def homeless(place: Path, _count: int, _chance: random.Random, _only: str) -> tuple[int, list[str]]:
    """The home folder is missing, or nobody knows which it is: a command works without one, or says what to set."""
    world, problems = build(place / "first"), list[str]()
    decks = ["--decks", str(world.top / "decks"), "--now", "2026-12-05 09:00"]

    def without_folder() -> None:
        _forget()
        os.environ["HOME"] = str(place / "nobodys" / "home")
        os.chdir(place)

    def without_name() -> None:
        _forget()
        os.chdir("/")
        os.setuid(_STRANGER)

    ways = {"no such folder": without_folder, "nobody knows it": without_name if os.getuid() == 0 else _forget}
    for way, first in ways.items():
        for words in _ALONE:
            ended = command([*decks, *words], first=first)
            problems += _told(f"{way}: srs {' '.join(words)}", ended)
    return len(ways) * len(_ALONE), problems


def _forget() -> None:
    for name in [name for name in os.environ if name.startswith(("SRS_", "XDG_")) or name == "HOME"]:
        del os.environ[name]


def placeless(place: Path, _count: int, _chance: random.Random, _only: str) -> tuple[int, list[str]]:
    """The current folder was removed, or may not be read."""
    world, problems = build(place / "first"), list[str]()
    before = world.acts()

    def removed() -> None:
        gone = tempfile.mkdtemp(dir=place)
        os.chdir(gone)
        Path(gone).rmdir()

    def closed() -> None:
        shut = Path(tempfile.mkdtemp(dir=place))
        os.chdir(shut)
        shut.chmod(0)

    for file in [world.top, *world.top.rglob("*")]:
        file.chmod(0o777)
    tried = 0
    for way, first in (("removed", removed), ("closed", closed)):
        for words in _ALONE:
            for given in (world.words(*words), ["--db", "near.db", *words], [*words]):
                tried += 1
                ended = command(given, first=_at(first, place), nobody=way == "closed")
                problems += _told(f"current folder {way}: srs {' '.join(given)}", ended)
    if not set(before) <= set(world.acts()):
        problems.append("an act is gone")
    return tried, problems


def _at(first: Callable[[], None], place: Path) -> Callable[[], None]:
    def both() -> None:
        _forget()
        os.environ["HOME"] = str(place / "home")
        first()

    return both


def forbidden(place: Path, count: int, chance: random.Random, only: str) -> tuple[int, list[str]]:
    """From the n-th write on nothing of the user's may be opened any more."""
    tried, problems = 0, []
    share = max(1, count // len(SCENES))
    for scene, world in worlds(place):
        _, _, case = only.partition(":")
        writes = world.copy(place / "whole").srs(*scene.words).writes
        before = [] if scene.name.startswith("migrate") else world.acts()
        for at in sorted(chance.sample(range(1, writes + 1), min(share, writes))):
            if case and case != f"{scene.name}:{at}":
                continue
            tried += 1
            poor = world.copy(place / "poor")
            _give(poor, NOBODY)
            ended = poor.srs(*scene.words, at=at, act=f"forbid:{poor.top}", nobody=True)
            _give(poor, os.getuid())
            problems += _told(f"{scene.name}: at write {at}", ended)
            doctor = poor.srs("doctor")
            if doctor.code:
                problems.append(f"{scene.name}: at write {at}: doctor: {doctor.said.strip()[-300:]}")
            elif scene.name != "restore" and not set(before) <= set(poor.acts()):
                problems.append(f"{scene.name}: at write {at}: an act is gone")
    return tried, problems


def _give(world: World, user: int) -> None:
    """Let all of it belong to a user, who may read and write it; where this is not root it does already."""
    world.top.chmod(0o777)
    for folder, folders, files in os.walk(world.top):
        for name in folders:
            (Path(folder) / name).chmod(0o777)
        for name in files:
            (Path(folder) / name).chmod(0o666)
        for name in (*folders, *files, "."):
            if os.getuid() == 0:
                os.chown(f"{folder}/{name}", user, user)


def _told(what: str, ended: Ended) -> list[str]:
    """Say what is wrong with how a command ended: a sentence and exit 1, or it simply worked."""
    wrong = ended.complaint or ("exit 1 without a word" if ended.code == 1 and not ended.said.strip() else "")
    return [f"{what}: {wrong}"] if wrong else []
