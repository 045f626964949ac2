"""The bytes of a deck's files, within limits, or what keeps them from being read."""

import stat
from pathlib import Path

from srs.errors import Problem
from srs.files import read_at_most, said_by

LARGEST_FILE = 700_000
# Raise this when the same text comes to other notes or other mistakes than before: every chapter is then read anew.
READING = 3
UNREADABLE = "unreadable"
NO_FILE = "this is neither a file nor a folder, and reading it could hang; move it elsewhere"


def read_file(file: Path) -> bytes | Problem:
    """Return a file's bytes, or the problem that kept them away."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return Problem(file, 1, NO_FILE, UNREADABLE)
        data = read_at_most(file, LARGEST_FILE + 1)
    except OSError as error:
        return Problem(file, 1, unreadable(error), UNREADABLE)
    if len(data) > LARGEST_FILE:
        return Problem(file, 1, f"more than {LARGEST_FILE:,} bytes; split it", "long-file")
    return data


def unreadable(error: OSError) -> str:
    """Say what kept a file or a folder from being read, as a problem does."""
    return f"cannot be read: {said_by(error)}"
