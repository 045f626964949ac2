"""What a call that takes long, or finds something wrong beside its work, is handed for that."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TypeVar

from srs.errors import Problem, counted

Share = Callable[[int, int], object]
"""Called with how much of some work is done, and how much there is in all."""
Working = Callable[[str], AbstractContextManager[Share | None]]
"""Called with what is being done, and entered while it lasts; gives what is to be told how far it is, if anything."""
Tell = Callable[[str], object]
"""Called with each sentence that a learner should read, beside what was asked for."""
T = TypeVar("T")

_MOST_TOLD = 5  # of the lines of one file that are none
_EACH = 100  # a share of so many is told; more often nobody sees


def quietly(_: str) -> AbstractContextManager[None]:
    """Show nobody what is being done."""
    return nullcontext()


def nobody(_: str) -> None:
    """Tell nobody."""


@contextmanager
def in_few_words(tell: Tell) -> Iterator[Callable[[Problem], None]]:
    """Give what is told of each problem with a line: the first of a file are said, and in the end how many more."""
    met = Counter[Path]()

    def wrong(problem: Problem) -> None:
        met[problem.path] += 1
        if met[problem.path] <= _MOST_TOLD:
            tell(str(problem))

    try:
        yield wrong
    finally:
        for path, number in met.items():
            if number > _MOST_TOLD:
                tell(f"{path}: {counted(number - _MOST_TOLD, 'more line')} of this kind")


def watched(items: Iterable[T], share: Share | None, size: int) -> Iterator[T]:
    """Yield the items, of which there are so many, and tell how many of them are done."""
    step = max(1, size // _EACH)
    for done, item in enumerate(items):
        if share and done % step == 0:
            share(done, size)
        yield item


def in_turns(share: Share | None, turns: int) -> Iterator[Share | None]:
    """Yield a share for each of so many turns over the same things; each is told as its part of all turns."""
    for turn in range(turns):
        yield share and partial(_in_turn, share, turn, turns)


def _in_turn(share: Share, turn: int, turns: int, done: int, size: int) -> None:
    share(turn * size + done, turns * size)
