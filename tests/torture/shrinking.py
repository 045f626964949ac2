"""The smallest text that still does what a larger one did."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 60
SECONDS = 90.0


def smallest(text: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """Leave out halves, quarters, eighths … as long as what is left fails, within the tries and seconds above."""
    end, tries, pieces = time.monotonic() + SECONDS, 0, 2
    while len(text) > 1 and pieces <= len(text):
        size = -(-len(text) // pieces)
        for at in range(0, len(text), size):
            if tries >= TRIES or time.monotonic() > end:
                return text
            tries += 1
            less = text[:at] + text[at + size :]
            if fails(less):
                text, pieces = less, max(1, pieces - 1)
                break
        else:
            pieces *= 2
    return text
