"""What reading a stranger's database may cost: steps, rows and bytes, counted without a clock."""

import sqlite3
from collections.abc import Iterator


class NotAnkisError(Exception):
    """Something in a database that Anki never writes: what it is."""


_TEXTS = (str, bytes)


class Measure:
    """What reading a database of so many bytes may cost; one that Anki wrote, however large, stays far below.

    Its pages may lead in circles and its tables lack the keys they should have: a small file could give rows for ever.
    """

    _EVERY = 10_000  # of SQLite's own steps
    _STEPS_A_BYTE = 40  # a row of the review log takes about 35 bytes, and a hundred steps with its card and its note
    _LEAST, _MOST = 5_000_000, 3_000_000_000
    _ROW = 8  # bytes that a row takes at least

    def __init__(self, connection: sqlite3.Connection, size: int) -> None:
        self._connection = connection
        self._bytes = size
        self._steps = min(self._MOST, self._LEAST + self._STEPS_A_BYTE * size)
        connection.set_progress_handler(self._on, self._EVERY)

    def rows(self, query: str, values: tuple[int, ...] = ()) -> Iterator[tuple[object, ...]]:
        """Yield the rows of a query; raises NotAnkisError where they hold more than the file does."""
        for row in self._connection.execute(query, values):
            self._bytes -= self._ROW
            for value in row:
                if isinstance(value, _TEXTS):
                    self._bytes -= len(value)
            if self._bytes < 0:
                raise NotAnkisError("its tables give more than the file holds")
            yield row

    def _on(self) -> bool:
        """Whether SQLite is to give up, which it says as `interrupted`."""
        self._steps -= self._EVERY
        return self._steps < 0
