"""Months of computers that share a history: the same cards and the same log in the end, whatever happened.

python -m tests.months [--count N] [--seed N] [--minutes M]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.months.story import Story


def main() -> int:
    """Tell stories, one a seed; 1 if one of them ends otherwise than it must."""
    parser = argparse.ArgumentParser(prog="python -m tests.months", description=__doc__)
    parser.add_argument("--count", type=int, default=2, help="so many months")
    parser.add_argument("--seed", type=int, default=1, help="of the first")
    parser.add_argument("--minutes", type=float, default=10_000, help="begin none after that")
    given = parser.parse_args()
    for name in [name for name in os.environ if name.startswith("SRS_")]:
        del os.environ[name]
    end, told, acts, kills, found = time.monotonic() + 60 * given.minutes, 0, 0, 0, 0
    for seed in range(given.seed, given.seed + given.count):
        if time.monotonic() > end:
            break
        told += 1
        with tempfile.TemporaryDirectory() as place:
            try:
                story = Story(Path(place), seed, busy=0.6, kills=6)
                story.happens()
                acts += story.agrees()
                kills += story.was_killed
            except AssertionError as error:
                found += 1
                print(f"FOUND: --seed {seed} --count 1: {str(error)[:2000]}", flush=True)
    print(
        f"months: {told} from seed {given.seed} with {acts} acts in their logs and {kills} kills,"
        f" {found} that did not end in one history"
    )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
