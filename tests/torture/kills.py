"""SIGKILL at every write, and at random instants."""

from __future__ import annotations

import json
import random
import shutil
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.torture.packages import edited
from tests.torture.sittings import sitting
from tests.torture.world import DUMPS, World, build, earlier

ALONE = "  alone: python -m tests.torture kills"
UNFIXED = "## How deep?\n\nSix fathoms.\n"


@dataclass(frozen=True)
class Scene:
    """A command with the world it is killed in; `more`: how many acts it adds, if that is known."""

    name: str
    words: tuple[str, ...]
    more: int | None = 0


SCENES = (
    Scene("answer", ("answer", "red/c2", "good"), 1),
    Scene("undo", ("undo",), 1),
    Scene("sync", ("sync",)),
    Scene("add", ("add", "How deep?", "Six fathoms.")),
    Scene("config set", ("config", "set", "new", "3")),
    Scene("import anki --apply", ("import", "anki", "@sea.apkg", "--apply"), None),
    Scene("log merge", ("log", "merge", "@other.jsonl"), None),
    Scene("log join", ("log", "join", "@second"), None),
    Scene("log export", ("log", "export", "@other.jsonl", "--force")),
    Scene("history folder, taken in and put out", ("cards",), None),
    Scene("export anki", ("export", "anki", "-o", "@sea.apkg")),
    Scene("export html", ("export", "html", "-o", "@sea.html")),
    Scene("export text", ("export", "text", "-o", "@sea.txt")),
    Scene("check --fix", ("check", "--fix"), None),
    Scene("backup", ("backup", "@copy2.db")),
    Scene("restore", ("restore", "@copy.db"), None),
    *(Scene(f"migrate {dump.stem}", ("cards",), None) for dump in sorted(DUMPS.glob("*.sql"))),
)


def worlds(place: Path) -> Iterator[tuple[Scene, World]]:
    """Each scene with its world before the command."""
    plain = build(place / "plain")
    for scene in SCENES:
        first, version = place / "first", scene.name.split()[-1]
        world = earlier(first, version, plain) if scene.name.startswith("migrate") else plain.copy(first)
        _prepare(scene.name, world)
        yield scene, world


def _prepare(name: str, world: World) -> None:
    """Give a command something to do."""
    top = world.top
    if name in ("sync", "check --fix"):
        chapter = top / "decks" / "ship" / "sea.md"
        chapter.write_text(chapter.read_text() + "\n" + UNFIXED)
    elif name == "import anki --apply":
        (top / "sea.apkg").write_bytes(edited((top / "sea.apkg").read_bytes(), "1852 metres", "1.852 km"))
    elif name == "log merge":  # takes away, too, so that a copy is kept before
        forget = {
            "what": "forget",
            "card": "mile",
            "deck": "ship",
            "at": "2026-12-03T09:00:00.000Z",
            "day": "2026-12-03",
        }
        with (top / "other.jsonl").open("a") as log:
            log.write(json.dumps(forget) + "\n")
    elif name == "log join":
        (top / "second").mkdir()
        shutil.copy(top / "other.jsonl", top / "second" / "other-computer.jsonl")
        (top / "second" / "srs-history-id").write_text("second\n")
    elif name.startswith("history folder"):  # one answer there is not here, and all that is here is not there
        for file in (top / "history").glob("*.jsonl"):
            file.unlink()
        shutil.copy(top / "other.jsonl", top / "history" / "other-computer.jsonl")


def run(place: Path, count: int, seed: int, only: str = "") -> list[str]:
    """Kill; print the figures; return what was found, each with how to run it alone."""
    chance, found, kills = random.Random(seed), [], 0
    share = max(2, count // len(SCENES))
    for scene, world in worlds(place):
        if only and not only.startswith(scene.name + ":"):
            continue
        begin = time.monotonic()
        whole = world.copy(place / "whole")
        through = whole.srs(*scene.words)
        lasted = time.monotonic() - begin
        if through.complaint:
            found.append(f"{scene.name}: not killed: {through.complaint}")
            continue
        new, new_acts = whole.files(), set(whole.acts())
        kept = new_acts & set(world.copy(place / "untouched").acts())
        if not kept:
            found.append(f"{scene.name}: nothing to lose, so nothing is shown")
        writes = range(1, through.writes + 1)
        chosen = [f"{at}" for at in (writes if len(writes) <= share else sorted(chance.sample(writes, share)))]
        chosen += [f"after {chance.uniform(0, lasted):.4f}" for _ in range(max(1, share // 4))]
        for at in [only.rpartition(":")[2]] if only else chosen:
            kills += 1
            problem = _killed(scene, world, place / "killed", at, new, new_acts, kept)
            if problem:
                found.append(
                    f"{scene.name}: killed at {at} of {through.writes}: {problem}\n{ALONE} --case '{scene.name}:{at}'"
                )
        print(f"  {scene.name}: {through.writes} writes, {len(chosen)} kills", flush=True)
    if not only or only.startswith("sitting:"):
        world = build(place / "first")
        seeds = [int(only.rpartition(":")[2])] if only else [seed * 1000 + number for number in range(share)]
        for number in seeds:
            kills += 1
            if problem := sitting(world, place / "killed", number):
                found.append(f"sitting: {problem}\n  alone: python -m tests.torture kills --case sitting:{number}")
        print(f"  sitting in a terminal: {len(seeds)} kills", flush=True)
    print(f"kills: {kills}, {len(found)} with a loss (seed {seed})", flush=True)
    return found


def _killed(  # noqa: PLR0911 -- each return is one thing that can be lost
    scene: Scene, world: World, place: Path, at: str, new: dict[str, str], new_acts: set[str], kept: set[str]
) -> str:
    after = float(at.split()[1]) if at.startswith("after") else None
    old = world.files()
    killed = world.copy(place)
    ended = killed.srs(*scene.words, at=0 if after is not None else int(at), after=after)
    for file, digest in killed.files().items():
        if file in old and digest not in (old[file], new.get(file)) and not _whole(killed.top / file):
            return f"{file} is neither the old nor the new one"
    doctor = killed.srs("doctor")
    if doctor.code:
        return f"doctor: {doctor.said.strip()[-300:]}"
    acts = killed.acts()
    if not kept <= set(acts):
        return "an act is gone that stood there before"
    keys = [json.loads(line).get("id") or line for line in acts]
    if len(keys) != len(set(keys)):
        return "an act is there twice"
    if scene.more == 1 and scene.name == "answer" and ended.said.strip() and len(acts) < len(new_acts):
        return "an acknowledged answer is gone"
    if (
        scene.name != "restore"
        and not scene.name.startswith("migrate")
        and len(acts) < len(new_acts) - (scene.more if scene.more is not None else len(new_acts))
    ):
        return "an act is gone"
    again = killed.srs(*scene.words)
    if again.code not in (0, 1) or again.complaint or "Traceback" in again.said:
        return f"the next run: {again.complaint or again.said}"
    left = [file for file in killed.files() if file.endswith((".part", ".tmp", "-journal"))]
    return f"left behind: {', '.join(left)}" if left else ""


def _whole(file: Path) -> bool:
    if file.suffix == ".jsonl":
        return all(json.loads(line) for line in file.read_text().splitlines()[:-1])
    if file.suffix != ".apkg":
        return False
    with zipfile.ZipFile(file) as package:
        return package.testzip() is None
