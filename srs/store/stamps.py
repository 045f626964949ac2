"""How chapter files looked when they were last read."""

from dataclasses import dataclass

READ_AGAIN = -1
GONE = -2


@dataclass(frozen=True, slots=True)
class ChapterStamp:
    """How a chapter file looked when it was last read.

    In place of a size, READ_AGAIN asks for it to be read whatever it looks like, and GONE says that the file was
    missed and its notes were dealt with.
    """

    path: str
    size: int
    mtime_ns: int
