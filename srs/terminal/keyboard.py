"""Single keys from a terminal, as names; the terminal is as it was before when the sitting is over."""

import codecs
import os
import re
import select
import sys
from itertools import pairwise
from typing import Any, Self

import typer

if sys.platform != "win32":
    import termios
    import tty
from collections.abc import Callable
from types import TracebackType

END = "end"
NOTHING = "nothing"
TEXT = "text"
_NAMES = {
    " ": "space", "\r": "enter", "\n": "enter", "\x03": "interrupt", "\x04": END, "\x1b": "escape",
    "\x7f": "backspace", "\x08": "backspace", "\x15": "clear",
}  # fmt: skip
_SEQUENCES = {
    "\x1b[A": "up", "\x1b[B": "down", "\x1bOA": "up", "\x1bOB": "down",
    "\x1b[5~": "page up", "\x1b[6~": "page down",
}  # fmt: skip
_KEY = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.)|.", re.DOTALL)
_POLL_SECONDS = 0.3


class Keyboard:
    """Reads keys from standard input without echo while it is entered as a context.

    `idle` is called once, when a key is first waited for; so is what is to be done `meanwhile`, when that is so next.
    """

    def __init__(self, idle: Callable[[], object] | None = None) -> None:
        self._idle = idle
        self._work: Callable[[], object] | None = None
        self._decode = codecs.getincrementaldecoder("utf-8")("ignore")
        self._waiting: list[str] = []
        self._before: list[Any] | None = None
        self.heeding: Callable[[], object] = _nothing
        """Done again and again while a key is waited for."""
        self.takes_text = True
        """Whether signs that come in one go, as words do that are pasted or chosen, are keys; else they are TEXT."""

    def __enter__(self) -> Self:
        if sys.platform != "win32":
            self._before = termios.tcgetattr(sys.stdin.fileno())
            tty.setcbreak(sys.stdin.fileno())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if sys.platform != "win32" and self._before is not None:
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self._before)
            self._before = None

    @property
    def taken(self) -> bool:
        """Whether single keys are read now."""
        return self._before is not None

    def give_back(self) -> None:
        """Let the terminal be as it was for a while, if it was entered."""
        if sys.platform != "win32" and self._before is not None:
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self._before)

    def take_again(self) -> None:
        """Read single keys again, if it was entered, those too that came already; whatever became of the terminal."""
        if sys.platform != "win32" and self._before is not None:
            tty.setcbreak(sys.stdin.fileno(), termios.TCSADRAIN)

    def meanwhile(self, work: Callable[[], object]) -> None:
        """Do some work, once, when a key is waited for next; it takes the place of work that is not done yet."""
        self._work = work

    def key(self, changed: Callable[[], bool]) -> str:
        """Wait for a key and return its name; NOTHING as soon as `changed` says so, END when the input is closed."""
        if not self._waiting:
            idle, work, self._idle, self._work = self._idle, self._work, None, None
            for each in (idle, work):
                if each:
                    each()
        while not self._waiting:
            self.heeding()
            if changed():
                return NOTHING
            if not self._fill():
                return END
        return self._waiting.pop(0)

    def _fill(self) -> bool:
        """Read what is typed within a moment; false when there is nobody to type any more."""
        if sys.platform == "win32":
            self._waiting = [_name(typer.getchar())]
            return True
        ready, _, _ = select.select([sys.stdin.fileno()], [], [], _POLL_SECONDS)
        if not ready:
            return True
        try:
            data = os.read(sys.stdin.fileno(), 1024)
        except OSError:  # the terminal is gone
            return False
        keys = [_name(key) for key in _KEY.findall(self._decode.decode(data))]
        self._waiting = [TEXT] if not self.takes_text and _is_text(keys) else keys
        return bool(data)


def _nothing() -> None:
    pass


def _is_text(keys: list[str]) -> bool:
    return any(len(one) == 1 == len(other) for one, other in pairwise(keys))


def _name(key: str) -> str:
    return _SEQUENCES.get(key) or _NAMES.get(key) or (key if key.isprintable() else "unknown")
