"""Work on many values shared out to processes, for what takes one of them long: as many as there are cores."""

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import IO, Any, Self, TypeVar, cast

from srs.errors import SrsError

A = TypeVar("A")
B = TypeVar("B")
MOST = 8


def in_processes(work: Callable[[A], B], lots: Iterable[A]) -> Iterator[B]:
    """Yield what a function makes of each lot, in order; a SrsError that it raises is raised here.

    The function stands in a module, since each process loads it anew: it should need little, and lots should be so
    large that the way there and back does not count. All processes are gone when the iteration ends, however it does.
    """
    with ExitStack() as stack:
        free = deque(stack.enter_context(_Worker()) for _ in range(min(MOST, os.cpu_count() or 1)))
        busy: deque[_Worker] = deque()
        for lot in lots:
            if not free:
                free.append(busy.popleft())
                yield free[0].result()
            worker = free.popleft()
            worker.give(work, lot)
            busy.append(worker)
        for worker in busy:
            yield worker.result()


class _Worker:
    """A process of this program that does what it is given, one thing after the other, until nothing more comes."""

    def __enter__(self) -> Self:
        """Start it, without the current folder, whose modules are whoever's wrote it."""
        command = [sys.executable, "-P", "-m", __name__]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 -- our own
        self._given, self._told = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        return self

    def __exit__(self, *_: object) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.communicate()

    def give(self, work: Callable[[Any], Any], lot: object) -> None:
        """Let it begin."""
        try:
            pickle.dump((work, lot), self._given)
            self._given.flush()
        except BrokenPipeError as error:
            raise _gone() from error

    def result(self) -> Any:  # noqa: ANN401 -- what the function returns
        """Wait for what it made."""
        try:
            made, found = pickle.load(self._told)  # noqa: S301 -- from our own process
        except (EOFError, pickle.UnpicklingError) as error:
            raise _gone() from error
        if not made:
            raise found
        return found


def _gone() -> SrsError:
    return SrsError("a process that took part in the work was ended from outside; nothing was done, try again")


def _serve() -> None:
    """Do what comes in, and say what it made, until nothing more comes; Ctrl-C is the business of who gave it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(os.dup(1), "wb") as told:
        os.dup2(2, 1)  # what else is printed must not stand among the results
        while True:
            try:
                work, lot = pickle.load(sys.stdin.buffer)  # noqa: S301 -- from our own process
            except EOFError:
                return
            try:
                found = True, work(lot)
            except SrsError as error:
                found = False, error
            pickle.dump(found, told)
            told.flush()


if __name__ == "__main__":
    _serve()
