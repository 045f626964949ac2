"""A sitting in a pseudo-terminal that is killed at a random instant."""

from __future__ import annotations

import fcntl
import os
import pty
import random
import re
import select
import signal
import struct
import termios
import time
from pathlib import Path

from srs.cli.main import run
from tests.torture.world import World


def sitting(world: World, place: Path, number: int) -> str:
    """Answer as fast as the screen follows, kill, and say what is wrong afterwards.

    Those that a screen counted as done were acknowledged.
    """
    chance = random.Random(number)
    killed = world.copy(place)
    before = killed.acts()
    child, screen = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm"
        run(killed.words("review"))
        os._exit(0)
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    end = time.monotonic() + chance.uniform(0.2, 1.5)
    said = _seen(screen, end)
    while time.monotonic() < end:
        try:
            os.write(screen, b"\r")
            said += _seen(screen, end)
            os.write(screen, b"3")
            drawn = _seen(screen, end)
        except OSError:
            break
        if not drawn:
            break
        said += drawn
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(screen)
    acknowledged = max(map(int, re.findall(rb"(\d+) done", said)), default=0)
    doctor = killed.srs("doctor")
    after = killed.acts()
    if doctor.code:
        return f"doctor: {doctor.said[-300:]}"
    if not set(before) <= set(after) or len(after) != len(set(after)):
        return "an act is gone, or there twice"
    given = len(after) - len(before)
    if not acknowledged <= given <= acknowledged + 1:
        return f"{acknowledged} answers were acknowledged, {given} are there"
    again = killed.srs("cards")
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
