"""Measure ours against theirs, side by side in one run, and print the table.

    python -m benchmarks [--scale 0.1] [--against FILE] [NAME …]

Each benchmark makes its own collection in a temporary folder. `--scale` makes all of them smaller, to see that they
run; the aims are meant for the whole size. `--against` takes what an earlier run printed, or README: a ratio that has
grown by more than a tenth since then is told, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import (
    answering,
    commanding,
    exchanging,
    exporting,
    forgetting,
    phoning,
    reading,
    replaying,
    sharing,
    sitting,
    starting,
    syncing,
)
from benchmarks.comparing import ratios, slower
from benchmarks.timing import HEAD, Row

BENCHMARKS = {
    "starting": starting.rows,
    "syncing": syncing.rows,
    "answering": answering.rows,
    "sitting": sitting.rows,
    "reading": reading.rows,
    "replaying": replaying.rows,
    "forgetting": forgetting.rows,
    "exporting": exporting.rows,
    "phoning": phoning.rows,
    "sharing": sharing.rows,
    "exchanging": exchanging.rows,
    "commanding": commanding.rows,
}


def main() -> None:
    """Run the benchmarks that are named, or all."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    ask.add_argument("--scale", type=float, default=1.0)
    ask.add_argument("--against", type=Path, metavar="FILE", help="what an earlier run printed")
    chosen = ask.parse_args()
    before = ratios(chosen.against.read_text(encoding="utf-8")) if chosen.against else {}
    rows: list[Row] = []
    print(machine(), HEAD, sep="\n\n")
    for name in chosen.names or BENCHMARKS:
        began = time.perf_counter()
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
            for row in BENCHMARKS[name](Path(place), chosen.scale):
                rows.append(row)
                print(row, flush=True)
        print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    if chosen.against:
        sys.exit("\n".join(slower(before, rows)) or None)


def machine() -> str:
    """Say what the figures were taken on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("sqlmodel", "typer", "genanki", "anki", "supermemo2"))
    python = f"Python {platform.python_version()}"
    return f"{datetime.now(UTC):%Y-%m-%d}, {python}, {os.cpu_count()} cores, {platform.machine()}; {packages}"


if __name__ == "__main__":
    main()
