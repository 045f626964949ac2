"""Sittings in a pseudo-terminal: killed at a random instant, two at once, and one that sleeps over the rollover."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import random
import re
import select
import shutil
import signal
import struct
import termios
import time
from contextlib import suppress
from pathlib import Path

from srs.cli.main import run
from tests.torture.world import World


class Screen:
    """A sitting in a pseudo-terminal, and what was drawn there."""

    def __init__(self, world: World, now: str = "2026-12-05 09:00") -> None:
        self.child, self._screen = pty.fork()
        if self.child == 0:
            os.environ["TERM"] = "xterm"
            os._exit(run(world.words("review", now=now)))
        fcntl.ioctl(self._screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.said = b""

    @property
    def done(self) -> int:
        """How many answers were acknowledged: those that a screen counted as done."""
        return max(map(int, re.findall(rb"(\d+) done", self.said)), default=0)

    def see(self, end: float) -> bytes:
        """Wait for the screen to be drawn, until `end` at most; what was drawn."""
        drawn = _seen(self._screen, end)
        self.said += drawn
        return drawn

    def answer(self, end: float) -> bool:
        """Show an answer and grade it; whether the screen followed."""
        try:
            os.write(self._screen, b"\r")
            self.see(end)
            os.write(self._screen, b"3")
        except OSError:
            return False
        return bool(self.see(end))

    def leave(self, seconds: float) -> int | None:
        """Leave the sitting; its exit code, or nothing where it does not end in time."""
        end = time.monotonic() + seconds
        while not os.waitid(os.P_PID, self.child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if time.monotonic() > end:
                return None
            with suppress(OSError):
                os.write(self._screen, b"q")
            self.see(time.monotonic() + 0.2)
        return self._ended()

    def kill(self) -> None:
        """End it at once."""
        os.kill(self.child, signal.SIGKILL)
        self._ended()

    def _ended(self) -> int:
        _, status = os.waitpid(self.child, 0)
        os.close(self._screen)
        return os.waitstatus_to_exitcode(status)


def sitting(world: World, place: Path, number: int) -> str:
    """Answer as fast as the screen follows, kill, and say what is wrong afterwards.

    Every second time another computer has put answers into the history folder, which come in between the first cards.
    """
    chance = random.Random(number)
    killed = world.copy(place)
    before = killed.acts()
    if number % 2:
        shutil.copy(killed.top / "other.jsonl", killed.top / "history" / "other-computer.jsonl")
        before += (killed.top / "other.jsonl").read_text(encoding="utf-8").splitlines()
    screen = Screen(killed)
    end = time.monotonic() + chance.uniform(0.2, 1.5)
    screen.see(end)
    while time.monotonic() < end and screen.answer(end):
        pass
    screen.kill()
    return wrong(killed, before, screen.done, 1)


def wrong(world: World, before: list[str], acknowledged: int, more: int) -> str:
    """Say what is wrong with a store after sittings: as many answers are there as were acknowledged, or `more`."""
    doctor = world.srs("doctor")
    after = world.acts()
    if doctor.code:
        return f"doctor: {doctor.said[-300:]}"
    if not set(before) <= set(after) or len(after) != len(set(after)):
        return "an act is gone, or there twice"
    given = len(after) - len(before)
    if not acknowledged <= given <= acknowledged + more:
        return f"{acknowledged} answers were acknowledged, {given} are there"
    again = world.srs("cards")
    return again.complaint or ("" if again.code == 0 else again.said)


def _seen(screen: int, end: float) -> bytes:
    """Wait for the screen to be drawn, and then to be still; what was drawn in time."""
    drawn = b""
    while select.select([screen], [], [], 0.03 if drawn else max(0.0, end - time.monotonic()))[0]:
        try:
            more = os.read(screen, 65536)
        except OSError:  # the program has ended
            return drawn
        if not more:
            return drawn
        drawn += more
    return drawn


def two_at_once(world: World, place: Path) -> str:
    """Two sittings over one store, answered by turns."""
    both = world.copy(place)
    before, end = both.acts(), time.monotonic() + 60
    screens = [Screen(both), Screen(both)]
    for screen in screens:
        screen.see(end)
    for _ in range(3):
        for screen in screens:
            screen.answer(end)
    return _left(screens) or wrong(both, before, sum(screen.done for screen in screens), len(screens))


def asleep_over_the_rollover(world: World, place: Path) -> str:
    """A sitting is open, the machine sleeps, and the study day is another when it wakes."""
    asleep = world.copy(place)
    before, begin = asleep.acts(), time.monotonic()
    screen = Screen(asleep, now="2026-12-06 03:59:52")
    screen.see(begin + 60)
    screen.answer(begin + 60)
    os.kill(screen.child, signal.SIGSTOP)
    time.sleep(max(0.0, begin + 9 - time.monotonic()))
    os.kill(screen.child, signal.SIGCONT)
    for _ in range(2):
        screen.answer(time.monotonic() + 30)
    if problem := _left([screen]) or wrong(asleep, before, screen.done, 1):
        return problem
    days = {json.loads(line)["day"] for line in set(asleep.acts()) - set(before)}
    return "" if "2026-12-06" in days else f"no answer is of the new day, only of {sorted(days)}"


def _left(screens: list[Screen]) -> str:
    codes = [screen.leave(60) for screen in screens]
    said = b"".join(screen.said for screen in screens)
    for screen, code in zip(screens, codes, strict=True):
        if code is None:
            screen.kill()
    if b"Traceback" in said:
        return "a traceback"
    return "" if set(codes) == {0} else f"the sittings ended with {codes}"
