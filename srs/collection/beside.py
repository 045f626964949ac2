"""Something that is opened in a thread of its own, beside whatever is done meanwhile."""

from collections.abc import Callable
from threading import Lock, Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Beside(Generic[T]):
    """What a thread loads and then opens, begun at once.

    Nobody waits for what is only loaded: whoever needs nothing leaves, and nothing is opened then.
    """

    def __init__(self, load: Callable[[], object], opening: Callable[[], T]) -> None:
        self._load, self._opening = load, opening
        self._lock, self._left = Lock(), False
        self._found: list[T] = []
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def is_done(self) -> bool:
        """Whether it is open, or failed."""
        return not self._thread.is_alive()

    def result(self) -> T | None:
        """Wait for it, and return what was opened; `None` if that failed: who opens it again is told why."""
        self._thread.join()
        return next(iter(self._found), None)

    def leave(self) -> None:
        """Let nothing be opened that is not yet; what is being opened is waited for, so that it can be closed."""
        self._left = True
        with self._lock:
            pass

    def _run(self) -> None:
        try:
            self._load()
            with self._lock:
                if not self._left:
                    self._found.append(self._opening())
        except Exception:  # noqa: BLE001, S110 -- whatever it is, it is raised where this is opened again
            pass
