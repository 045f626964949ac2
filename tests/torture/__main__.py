"""Make everything around the program fail, and see that nothing is lost.

python -m tests.torture [PART...] [--count N] [--seed N] [--case CASE]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from tests.torture.forks import seen_by_nobody, warm

PARTS = {"kills": 40, "spoiled": 300, "surroundings": 20}
"""Each part with its count in `.ci/run`."""


MEMORY = "/dev/shm"  # noqa: S108 -- a folder of one's own is made there; no disk has to keep what is thrown away
"""Where writing costs least, on systems that have it."""


def main() -> int:
    """Run the parts; 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("parts", nargs="*", default=[])
    parser.add_argument("--count", type=int, help="so many cases of each part")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", default="", help="one case alone, as a failure names it")
    given = parser.parse_args()
    if not seen_by_nobody(Path(__file__)):
        parser.error("other users cannot read this checkout, so no command can be tried without rights: move it")
    found: list[str] = []
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        Path(folder).chmod(0o755)
        warm(Path(folder))
        for part in given.parts or PARTS:
            print(f"{part}:", flush=True)
            module = import_module(f"tests.torture.{part}")
            found += module.run(Path(folder), given.count or PARTS[part], given.seed, given.case)
    for line in found:
        print(f"FOUND {line}", flush=True)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
