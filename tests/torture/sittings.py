"""A sitting in a pseudo-terminal that is killed at a random instant."""

from __future__ import annotations

import os
import pty
import random
import select
import signal
import time
from pathlib import Path

from srs.cli.main import run
from tests.torture.world import World

_CARDS = 7


def sitting(world: World, place: Path, number: int) -> str:
    """Answer as fast as the screen follows, kill, and say what is wrong afterwards: an answer after which the next
    screen came was acknowledged.
    """
    chance = random.Random(number)
    killed = world.copy(place)
    before = killed.acts()
    child, screen = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm"
        run(killed.words("review"))
        os._exit(0)
    acknowledged, end = 0, time.monotonic() + chance.uniform(0.1, 0.8)
    _seen(screen, end)
    while acknowledged < _CARDS and time.monotonic() < end:
        try:
            os.write(screen, b" ")
            _seen(screen, end)
            os.write(screen, b"3")
            acknowledged += _seen(screen, end)
        except OSError:
            break
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(screen)
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


def _seen(screen: int, end: float) -> bool:
    """Wait for the screen to be drawn, and then to be still; whether it was drawn in time."""
    drawn = False
    while select.select([screen], [], [], 0.03 if drawn else max(0.0, end - time.monotonic()))[0]:
        try:
            if not os.read(screen, 65536):
                return drawn
        except OSError:
            return drawn
        drawn = True
    return drawn
