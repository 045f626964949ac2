"""A window with a program in it: a pseudo-terminal, and a terminal in memory that shows what a person would see."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import termios
import time
from pathlib import Path

import pyte
from pexpect import EOF, TIMEOUT
from pexpect.fdpexpect import fdspawn

from tests.forked import start_in

PATIENCE = 20.0


class Window:
    """A program in a terminal of a given size."""

    def __init__(self, arguments: list[str], environment: dict[str, str], width: int = 80, height: int = 24) -> None:
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        near, self._far = pty.openpty()
        self._near = fdspawn(near)
        self.resize(width, height)
        self._process = start_in(os.ttyname(self._far), arguments, environment)

    @property
    def text(self) -> str:
        """What is seen now, a line a line."""
        # A wide character takes two cells, and the second of them is empty.
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, *wanted: str, gone: str | None = None) -> str:
        """Wait until all these texts are seen (and one is not), and return what is seen."""
        end = time.monotonic() + PATIENCE
        while not (all(each in self.text for each in wanted) and (gone is None or gone not in self.text)):
            alive = self._process.is_alive()
            assert time.monotonic() < end, f"waited for {wanted} without {gone!r}, saw:\n{self.text}"
            assert self._read() or alive, f"ended without {wanted}, saw:\n{self.text}"
        return self.text

    def until_hidden(self) -> None:
        """Wait until what is typed is not shown: a prompt may stand there before, and what comes then is dropped."""
        end = time.monotonic() + PATIENCE
        while termios.tcgetattr(self._near.child_fd)[3] & termios.ECHO:
            assert time.monotonic() < end, f"what is typed is still shown, saw:\n{self.text}"
            time.sleep(0.01)

    def press(self, keys: str) -> None:
        """Type keys."""
        self._near.send(keys)

    def resize(self, width: int, height: int) -> None:
        """Make the window another size."""
        self.screen.resize(height, width)
        fcntl.ioctl(self._near.child_fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def ends(self) -> int:
        """Wait for the program to end; return its exit code, or the signal that ended it, below zero."""
        end = time.monotonic() + PATIENCE
        while self._read() or self._process.is_alive():
            assert time.monotonic() < end, f"still running, saw:\n{self.text}"
        while self._read():
            pass
        assert self._process.exitcode is not None
        return self._process.exitcode

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    @property
    def plain(self) -> bool:
        """Whether the terminal shows what is typed and waits for whole lines, as shells leave it to programs."""
        modes = termios.tcgetattr(self._near.child_fd)[3]
        return bool(modes & termios.ECHO) and bool(modes & termios.ICANON)

    def until_plain(self) -> None:
        """Wait until the terminal is given back."""
        end = time.monotonic() + PATIENCE
        while not self.plain or not self.raw.endswith(b"\x1b[?1049l"):
            assert time.monotonic() < end, f"the terminal is not given back, saw:\n{self.text}"
            self._read()

    def until_stopped(self) -> None:
        """Wait until the program is stopped, as a shell does before it has something go on."""
        end, told = time.monotonic() + PATIENCE, Path(f"/proc/{self._process.pid}/stat")
        while told.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "T":
            assert time.monotonic() < end, f"the program is not stopped, saw:\n{self.text}"
            self._read()

    def kill(self) -> None:
        """Kill the program as a power cut would: at once, with nothing tidied up."""
        self._process.kill()
        self._process.join()

    def close(self) -> None:
        """Take the window away from the program, and wait for it to end."""
        for end in (self._near.child_fd, self._far):
            if end >= 0:
                os.close(end)
        self._near.child_fd = self._far = -1
        self._process.join(PATIENCE)
        self._process.kill()

    def _read(self) -> bool:
        try:
            data = self._near.read_nonblocking(65536, timeout=0.05)
        except (TIMEOUT, EOF):
            return False
        self.raw += data
        self._stream.feed(data)
        return True
