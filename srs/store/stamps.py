"""How chapter files looked when they were last read."""

from msgspec import Struct

READ_AGAIN = -1
GONE = -2


class ChapterStamp(Struct, frozen=True):
    """How a chapter file looked when it was last read.

    In place of a size, READ_AGAIN asks for it to be read whatever it looks like, and GONE says that the file was
    missed and its notes were dealt with.
    """

    path: str
    size: int
    mtime_ns: int
