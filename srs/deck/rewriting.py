"""Writing a note's new text into its chapter: only the lines that differ, and only where the old ones still stand."""

from pathlib import Path

from srs.files import replacing


def write_note(file: Path, line: int, old: str, new: str) -> bool:
    """Replace the lines of a note that begins on a line (from 1); whether it was done.

    Line ends and everything else in the file stay. Nothing is done where the file no longer says what it said.
    """
    lines = file.read_bytes().split(b"\n")
    before, after = old.split("\n"), new.split("\n")
    begin = line - 1
    here = [each.removesuffix(b"\r") for each in lines[begin : begin + len(before)]]
    if len(before) != len(after) or here != [each.encode() for each in before]:
        return False
    for place, (was, now) in enumerate(zip(before, after, strict=True), begin):
        if was != now:
            lines[place] = now.encode() + (b"\r" if lines[place].endswith(b"\r") else b"")
    with replacing(file) as opened:
        opened.write(b"\n".join(lines))
    return True
