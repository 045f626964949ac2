"""Put faults into a copy of the code, one at a time, and count those that a test notices.

python -m tests.mutation                      every fault of the rooms that all else stands on
python -m tests.mutation --sample 200         so many faults of all other rooms, drawn by --seed
python -m tests.mutation ground --sample 150  so many faults of the rooms that all else stands on
python -m tests.mutation srs/due --minutes 5  every fault of some files, as far as it comes
python -m tests.mutation --sample 4 --near    ask only the tests of each fault's own room: quick, and stricter
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.mutation.faults import Fault, faults_of
from tests.mutation.selection import Selection, room_of, select

TOP = Path(__file__).resolve().parents[2]
GROUND = (
    "srs/scheduler",
    "srs/due",
    "srs/history",
    "srs/sync/plan.py",
    "srs/store/acts.py",
    "srs/store/adding.py",
    "srs/store/chaining.py",
    "srs/store/folding.py",
    "srs/store/log.py",
    "srs/store/memories.py",
    "srs/store/replaying.py",
    "srs/store/reviews.py",
    "srs/store/waiting.py",
)
"""What everything else stands on: the scheduler, what is due, how text is matched, how the log is folded."""

_NOT_OURS = ("srs/store/migrations", "srs/decks")
_PATIENCE = 240.0


def main() -> int:
    """Run, and print what survived; 0 whatever was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description="Mutation testing.")
    parser.add_argument("paths", nargs="*", help="files, folders, or `ground`: the rooms that all else stands on")
    parser.add_argument("--sample", type=int, help="so many faults of these, or without paths of all other rooms")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--near", action="store_true", help="ask only the tests of the faults' own rooms")
    parser.add_argument("--minutes", type=float, default=10_000, help="stop then")
    given = parser.parse_args()
    if given.sample:
        among = list(_faults(_named(given.paths))) if given.paths else _elsewhere()
        chosen = _sample(among, given.sample, given.seed)
    else:
        chosen = list(_faults(_named(given.paths or ["ground"])))
    equivalent = _equivalent()
    faults = [fault for fault in chosen if _key(fault) not in equivalent]
    print(f"{len(faults)} faults, and {len(chosen) - len(faults)} that change nothing (tests/mutation/equivalent.txt)")
    with tempfile.TemporaryDirectory() as folder:
        copies = [_copy(Path(folder) / str(number)) for number in range(os.cpu_count() or 1)]
        rooms = {test for fault in faults for test in room_of(fault.path, TOP)} if given.near else ()
        selection = select(copies[0], sorted(rooms))
        _report(list(_tried(faults, copies, selection, time.monotonic() + 60 * given.minutes)))
    return 0


def _faults(paths: list[str]) -> Iterator[Fault]:
    for path in paths:
        files = sorted((TOP / path).rglob("*.py")) if (TOP / path).is_dir() else [TOP / path]
        for file in files:
            name = file.relative_to(TOP)
            if not str(name).startswith(_NOT_OURS):
                yield from faults_of(name, TOP)


def _named(paths: list[str]) -> list[str]:
    return [each for path in paths for each in (GROUND if path == "ground" else (path,))]


def _elsewhere() -> list[Fault]:
    ground = set(_faults(list(GROUND)))
    return [fault for fault in _faults(["srs", "exporters"]) if fault not in ground]


def _sample(among: list[Fault], size: int, seed: int) -> list[Fault]:
    return sorted(random.Random(seed).sample(among, min(size, len(among))))  # noqa: S311 -- the same sample for a seed


def _equivalent() -> set[str]:
    lines = (TOP / "tests" / "mutation" / "equivalent.txt").read_text(encoding="utf-8").splitlines()
    return {line.partition("  # ")[0] for line in lines if line and not line.startswith("#")}


def _key(fault: Fault) -> str:
    source = (TOP / fault.path).read_text(encoding="utf-8").split("\n")[fault.line - 1]
    return f"{fault.path}: {source.strip()}: `{fault.was}` -> `{fault.became}`"


def _copy(to: Path) -> Path:
    ignored = shutil.ignore_patterns(".git", ".venv*", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(TOP, to, ignore=ignored)
    return to


def _tried(
    faults: list[Fault], copies: list[Path], selection: Selection, end: float
) -> Iterator[tuple[Fault, bool | None]]:
    free: SimpleQueue[Path] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def one(fault: Fault) -> tuple[Fault, bool | None]:
        if time.monotonic() > end:
            return fault, None
        copy = free.get()
        try:
            return fault, _noticed(fault, copy, selection.tests(fault))
        finally:
            free.put(copy)

    with ThreadPoolExecutor(len(copies)) as pool:
        for number, (fault, noticed) in enumerate(pool.map(one, faults), 1):
            if noticed is False:
                print(f"survived {fault}", flush=True)
            if number % 50 == 0:
                print(f"{number} of {len(faults)} tried", flush=True)
            yield fault, noticed


def _noticed(fault: Fault, copy: Path, tests: list[str]) -> bool:
    """Whether a test fails, or takes far too long, while the fault is in the code."""
    if not tests:
        return False
    file = copy / fault.path
    source = file.read_text(encoding="utf-8")
    arguments = copy / "tests-to-run"
    arguments.write_text("\n".join(tests), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header"]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)}
    try:
        file.write_text(fault.applied(source), encoding="utf-8")
        done = subprocess.run(
            [*command, f"@{arguments}"], capture_output=True, check=False, cwd=copy, timeout=_PATIENCE, env=environment
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        file.write_text(source, encoding="utf-8")
    return done.returncode != 0


def _report(tried: list[tuple[Fault, bool | None]]) -> None:
    every = [(fault, noticed) for fault, noticed in tried if noticed is not None]
    rooms = Counter("/".join(fault.path.parts[:2]) for fault, _ in every)
    killed = Counter("/".join(fault.path.parts[:2]) for fault, noticed in every if noticed)
    for room, count in sorted(rooms.items()):
        print(f"{room:24} {killed[room]:5} of {count:5}  {killed[room] / count:6.1%}")
    total = sum(rooms.values())
    if total:
        print(f"{'all':24} {sum(killed.values()):5} of {total:5}  {sum(killed.values()) / total:6.1%}")
    if len(every) < len(tried):
        print(f"{len(tried) - len(every)} were not tried for want of time")


if __name__ == "__main__":
    sys.exit(main())
