"""Work shared out to several processes, where there is much of it and a system that can divide itself."""

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

MOST_WORKERS = 8
_OF_A_SITTING = (signal.SIGTERM, signal.SIGHUP, signal.SIGTSTP, signal.SIGCONT) if sys.platform != "win32" else ()
A = TypeVar("A")
B = TypeVar("B")


class Shared(Generic[A, B]):
    """What a function makes of things: made ahead by the workers, where there are any, and by itself where not.

    Whatever keeps a worker from its work, as a lack of processes or of memory, is no matter: it is done here.
    """

    def __init__(self, work: Callable[[A], B]) -> None:
        self._made_of = work
        self._ahead: deque[A] = deque()
        self._workers: deque[tuple[BaseProcess, Connection]] = deque()  # that whose turn is next comes first

    def of(self, thing: A) -> B:
        """Return what the function makes of a thing; they are asked for in the order in which they were given."""
        while self._workers and self._ahead and thing in self._ahead:
            try:
                found: B = self._workers[0][1].recv()
            except (EOFError, OSError):
                self.stop()
                break
            self._workers.rotate(-1)
            if self._ahead.popleft() == thing:
                return found
        return self._made_of(thing)

    def start(self, things: Sequence[A], number: int) -> None:
        """Let so many processes take things by turns."""
        self._ahead.extend(things)
        try:
            from multiprocessing import get_context  # noqa: PLC0415 -- a day without much to do needs none

            here = get_context("fork")
            for first in range(number):
                ours, theirs = here.Pipe(duplex=False)
                process = here.Process(target=self._work, args=(things[first::number], theirs), daemon=True)
                process.start()
                theirs.close()
                self._workers.append((process, ours))
        except (OSError, ImportError, ValueError):  # no processes, or no way to make one of another
            self.stop()

    def stop(self) -> None:
        """Let no process work on."""
        self._ahead.clear()
        while self._workers:
            process, connection = self._workers.popleft()
            connection.close()
            process.kill()
            process.join()

    def _work(self, things: Sequence[A], to: "Connection") -> None:
        """Send what is made of each thing; Ctrl-C is for whoever asked for it, and whoever has gone needs nothing."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in _OF_A_SITTING:  # else a worker, too, would give the terminal back, and draw pages
            signal.signal(number, signal.SIG_DFL)
        for _, connection in self._workers:
            connection.close()  # else they would keep one another alive
        with suppress(Exception):  # it is met again here, by whoever does the work instead
            for thing in things:
                to.send(self._made_of(thing))
        os._exit(0)  # nothing that belongs to the other process is let go of here


@contextmanager
def shared(work: Callable[[A], B], things: Sequence[A], *, much: bool) -> Iterator[Shared[A, B]]:
    """Give what a function makes of things, at which several processes work if it is said to be much.

    They are divided off at once, with all that is loaded and known by then; only what is made goes from one to another.
    """
    found = Shared(work)
    number = min(_processors(), MOST_WORKERS, len(things))
    if much and number > 1 and sys.platform == "linux" and _alone():
        found.start(things, number)
    try:
        yield found
    finally:
        found.stop()


def _alone() -> bool:
    """Whether no other thread works: what it has locked just then would stay locked in a worker, for ever."""
    return threading.active_count() == 1


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
