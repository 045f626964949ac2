"""Lists cut into pieces that a database takes."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

AT_ONCE = 500
T = TypeVar("T")


def in_lots(keys: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """Cut a list into lots that a database takes as the parameters of one query."""
    every = list(keys)
    return (every[start : start + size] for start in range(0, len(every), size))
