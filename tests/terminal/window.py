"""A window with a program in it: a pseudo-terminal, and a terminal in memory that shows what a person would see."""

from __future__ import annotations

import sys
import time

import pexpect
import pyte

PATIENCE = 20.0


class Window:
    """A program in a terminal of a given size."""

    def __init__(self, arguments: list[str], environment: dict[str, str], width: int = 80, height: int = 24) -> None:
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.child = pexpect.spawn(
            sys.executable, ["-m", "srs", *arguments], env=environment, dimensions=(height, width), timeout=PATIENCE
        )

    @property
    def text(self) -> str:
        """What is seen now, a line a line."""
        # A wide character takes two cells, and the second of them is empty.
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, *wanted: str, gone: str | None = None) -> str:
        """Wait until all these texts are seen (and one is not), and return what is seen."""
        end = time.monotonic() + PATIENCE
        while not (all(each in self.text for each in wanted) and (gone is None or gone not in self.text)):
            alive = self.child.isalive()
            assert time.monotonic() < end, f"waited for {wanted} without {gone!r}, saw:\n{self.text}"
            assert self._read() or alive, f"ended without {wanted}, saw:\n{self.text}"
        return self.text

    def press(self, keys: str) -> None:
        """Type keys."""
        self.child.send(keys)

    def resize(self, width: int, height: int) -> None:
        """Make the window another size."""
        self.screen.resize(height, width)
        self.child.setwinsize(height, width)

    def ends(self) -> int:
        """Wait for the program to end; return its exit code."""
        end = time.monotonic() + PATIENCE
        while self._read() or self.child.isalive():
            assert time.monotonic() < end, f"still running, saw:\n{self.text}"
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus)

    def kill(self) -> None:
        """Kill the program as a power cut would: at once, with nothing tidied up."""
        self.child.kill(9)
        self.child.close(force=True)

    def _read(self) -> bool:
        try:
            data = self.child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            return False
        self.raw += data
        self._stream.feed(data)
        return True
