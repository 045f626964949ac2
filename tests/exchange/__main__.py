"""`python -m tests.exchange [--count N] [--seed N]`: random histories on three real devices and a server."""

import argparse
import os
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from subprocess import Popen
from typing import Any

BATCH = 10


def main() -> int:
    """Run so many histories, or for so long; the exit code is 1 if one of them ended in a difference."""
    parser = argparse.ArgumentParser(prog="python -m tests.exchange", description=__doc__)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=0, help="stop after so many, whatever the count")
    parser.add_argument("--kills", type=int, default=0, help="kill so many exchanges at an instant, first")
    parser.add_argument("--shrink", action="store_true", help="look for the shortest history that fails")
    wanted = parser.parse_args()
    from tests.exchange.devices import Clock, preload  # noqa: PLC0415 -- after the arguments

    if preload() is None:
        print("libfaketime is missing; on Debian: apt-get install faketime", file=sys.stderr)
        return 1
    if "FAKETIME_TIMESTAMP_FILE" not in os.environ:
        with tempfile.TemporaryDirectory() as folder:
            clock = Clock(Path(folder) / "clock")
            clock.forward(0)
            keeping = os.environ | clock.environment() | {"PYTHONDONTWRITEBYTECODE": "1"}
            return Popen([sys.executable, "-m", "tests.exchange", *sys.argv[1:]], env=keeping).wait()
    return run(wanted, Clock(Path(os.environ["FAKETIME_TIMESTAMP_FILE"])))


def run(wanted: argparse.Namespace, clock: Any) -> int:  # noqa: ANN401 -- named after the clock is set
    """Run the histories on the clock of this process."""
    from hypothesis import HealthCheck, Phase, settings  # noqa: PLC0415 -- after the clock is set
    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415 -- as above

    from tests.exchange.devices import free_port, start_server, wait_for  # noqa: PLC0415 -- as above
    from tests.exchange.machine import Histories  # noqa: PLC0415 -- as above
    from tests.exchange.statements import keep_compiled  # noqa: PLC0415 -- as above

    keep_compiled()
    begin, failed = time.monotonic(), 0
    if wanted.kills:
        from tests.exchange.kills import kills  # noqa: PLC0415 -- after the clock is set

        with tempfile.TemporaryDirectory() as folder:
            killed = kills(Path(folder), wanted.kills, wanted.seed)
        print(
            f"{killed} exchanges killed, each completed by the next run: {time.monotonic() - begin:.0f} s", flush=True
        )
    phases = [Phase.generate, Phase.shrink] if wanted.shrink else [Phase.generate]
    how = settings(
        max_examples=BATCH,
        stateful_step_count=25,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    for batch in count():
        seed = wanted.seed * 100_000 + batch
        spent = (time.monotonic() - begin) / 60
        if Histories.counts["histories"] >= wanted.count or (wanted.minutes and spent > wanted.minutes):
            break
        with tempfile.TemporaryDirectory() as folder:
            port = free_port()
            server = start_server(Path(folder), 300 if wanted.shrink else 2 * BATCH, port)
            Histories.server, Histories.clock = f"http://127.0.0.1:{port}/", clock
            Histories.users = (f"u{number}" for number in count(1))
            Histories._hypothesis_internal_use_seed = seed
            try:
                wait_for(port)
                run_state_machine_as_test(Histories, settings=how)
            except Exception as error:  # noqa: BLE001 -- counted and told, and the next batch goes on
                import traceback  # noqa: PLC0415 -- only for what failed

                failed += 1
                traceback.print_exception(error, limit=-3)
                print(f"batch of seed {seed} failed", flush=True)
            finally:
                server.kill()
                server.wait()
        if batch % BATCH == BATCH - 1:
            print(f"{Histories.counts['histories']} so far, {time.monotonic() - begin:.0f} s", flush=True)
    told = dict(sorted(Histories.counts.items()))
    agreed, thrown = told.pop("histories", 0), told.pop("thrown away", 0)
    print(
        f"{agreed} histories agreed, {failed} did not; {thrown} in which Anki's own library panicked are none of them"
    )
    print(f"{time.monotonic() - begin:.0f} s; {told}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
