"""Which tests may notice a fault: those that run its line, the quickest first."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

from tests.mutation.faults import Fault

_ENOUGH_SECONDS = 60.0
_TIMED = re.compile(r"^\s*([\d.]+)s (?:call|setup)\s+(\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Selection:
    """Tests by the line they run, by file, and the seconds that each takes."""

    by_line: dict[tuple[str, int], frozenset[str]]
    by_file: dict[str, frozenset[str]]
    seconds: dict[str, float]

    def tests(self, fault: Fault) -> list[str]:
        """Return the tests for a fault: those of its own module first, then the quickest, as many as are quick enough.

        The tests of its module are asked whatever they run, since what is kept runs for the first of them only. A line
        that runs when its module is loaded, or in another process, has no test of its own: all that run anything of its
        file are asked, and those of its room.
        """
        path = str(fault.path)
        room = "/".join(("tests", *fault.path.parts[fault.path.parts[0] == "srs" : -1])) + "/"
        own = re.compile(rf"^{room}test_{re.escape(fault.path.stem.rstrip('_'))}\w*\.py::")
        found = {*self.by_line.get((path, fault.line), ()), *filter(own.search, self.seconds)}
        if (path, fault.line) not in self.by_line:
            found |= {*self.by_file.get(path, ()), *(test for test in self.seconds if test.startswith(room))}
        chosen: list[str] = []
        spent = 0.0
        for test in sorted(found, key=lambda test: (not own.search(test), self.seconds.get(test, 0.1), test)):
            spent += self.seconds.get(test, 0.1)
            if spent > _ENOUGH_SECONDS and chosen:
                break
            chosen.append(test)
        return chosen


def room_of(path: Path, top: Path) -> list[str]:
    """Return where the tests of a file's room lie: their folder, or for a file without a room those without one."""
    folder = Path("tests", *path.parts[path.parts[0] == "srs" : -1])
    if folder == Path("tests"):
        return sorted(str(file.relative_to(top)) for file in (top / folder).glob("test_*.py"))
    return [str(folder)]


def select(top: Path, among: Iterable[str] = ()) -> Selection:
    """Run the suite once, or these files and folders of it, and see which lines each test runs."""
    data = top / ".coverage"
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(os.cpu_count() or 1), *among]
    # Without a least duration, a test too quick to be timed is left out, and with it the test of a default value.
    timed = ["--durations=0", "--durations-min=0"]
    covered = ["--cov=srs", "--cov=exporters", "--cov-context=test", "--cov-report=", "-p", "no:cacheprovider"]
    # A line that a law runs at all, it runs soon; what runs only where nothing may be skipped takes long.
    few = {name: value for name, value in os.environ.items() if name != "SRS_TESTS_NEED_ALL"}
    few["SRS_TESTS_EXAMPLES"] = "5"
    done = subprocess.run([*command, *timed, *covered], capture_output=True, text=True, check=False, cwd=top, env=few)
    if done.returncode:
        raise SystemExit(f"the suite fails before any fault is made:\n{(done.stdout + done.stderr)[-3000:]}")
    seconds: dict[str, float] = defaultdict(float)
    for took, test in _TIMED.findall(done.stdout):
        seconds[test] += float(took)
    found = CoverageData(basename=str(data))
    found.read()
    by_line: dict[tuple[str, int], frozenset[str]] = {}
    by_file: dict[str, set[str]] = defaultdict(set)
    for file in found.measured_files():
        path = str(Path(file).resolve().relative_to(top.resolve()))
        for line, contexts in found.contexts_by_lineno(file).items():
            tests = frozenset(context.partition("|")[0] for context in contexts if "::" in context)
            if tests:
                by_line[path, line] = tests
                by_file[path] |= tests
    return Selection(by_line, {path: frozenset(tests) for path, tests in by_file.items()}, dict(seconds))
