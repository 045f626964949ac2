"""Chapters read by several processes, where there is much to read and a system that can divide itself."""

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Generic, TypeVar

from srs.deck.folder import ChapterFile

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

WORTH_IT = 200_000  # bytes of chapters; less is read before another process has begun
MOST_WORKERS = 8
_OF_A_SITTING = (signal.SIGTERM, signal.SIGHUP, signal.SIGTSTP, signal.SIGCONT) if sys.platform != "win32" else ()
T = TypeVar("T")


class Reads(Generic[T]):
    """What a function makes of chapters: read ahead by the workers, where there are any, and by itself where not.

    Whatever keeps a worker from its work, as a lack of processes or of memory, is no matter: it is done here.
    """

    def __init__(self, read: Callable[[ChapterFile], T]) -> None:
        self._read = read
        self._ahead: deque[ChapterFile] = deque()
        self._workers: deque[tuple[BaseProcess, Connection]] = deque()  # that whose turn is next comes first

    def of(self, chapter: ChapterFile) -> T:
        """Return what the function makes of a chapter; they are asked for in the order in which they were given."""
        while self._workers and self._ahead and chapter in self._ahead:
            try:
                found: T = self._workers[0][1].recv()
            except (EOFError, OSError):
                self.stop()
                break
            self._workers.rotate(-1)
            if self._ahead.popleft() == chapter:
                return found
        return self._read(chapter)

    def start(self, chapters: Sequence[ChapterFile], number: int) -> None:
        """Let so many processes read chapters by turns."""
        self._ahead.extend(chapters)
        try:
            from multiprocessing import get_context  # noqa: PLC0415 -- a day without much to read needs none

            import srs.deck.front_matter  # noqa: F401, PLC0415 -- once for all of them

            here = get_context("fork")
            for first in range(number):
                ours, theirs = here.Pipe(duplex=False)
                process = here.Process(target=self._work, args=(chapters[first::number], theirs), daemon=True)
                process.start()
                theirs.close()
                self._workers.append((process, ours))
        except (OSError, ImportError, ValueError):  # no processes, or no way to make one of another
            self.stop()

    def stop(self) -> None:
        """Let no process read on."""
        self._ahead.clear()
        while self._workers:
            process, connection = self._workers.popleft()
            connection.close()
            process.kill()
            process.join()

    def _work(self, chapters: Sequence[ChapterFile], to: "Connection") -> None:
        """Send what is made of each chapter; Ctrl-C is for whoever asked for it, and whoever has gone needs nothing."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in _OF_A_SITTING:  # else a worker, too, would give the terminal back, and draw pages
            signal.signal(number, signal.SIG_DFL)
        for _, connection in self._workers:
            connection.close()  # else they would keep one another alive
        with suppress(Exception):  # it is met again here, by whoever reads the chapter instead
            for chapter in chapters:
                to.send(self._read(chapter))
        os._exit(0)  # nothing that belongs to the other process is let go of here


@contextmanager
def reading(chapters: Sequence[ChapterFile], read: Callable[[ChapterFile], T]) -> Iterator[Reads[T]]:
    """Give what a function makes of chapters, which several processes read where that is worth it."""
    reads = Reads(read)
    number = min(_processors(), MOST_WORKERS, len(chapters))
    much = sum(chapter.size for chapter in chapters) >= WORTH_IT
    if number > 1 and sys.platform == "linux" and much and _alone():
        reads.start(chapters, number)
    try:
        yield reads
    finally:
        reads.stop()


def _alone() -> bool:
    """Whether no other thread works: what it has locked just then would stay locked in a worker, for ever."""
    return threading.active_count() == 1


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
