"""Writing a note's new text into its chapter: only the lines that differ, and only where the old ones still stand."""

from pathlib import Path

from srs.files import replacing


def write_note(file: Path, line: int, old: str, new: str) -> bool:
    """Replace the lines of a note that begins on a line (from 1); whether it was done.

    Everything else in the file stays, and so do line ends; a line that comes in between has that of the note's first.
    Nothing is done where the file no longer says what it said.
    """
    lines = file.read_bytes().split(b"\n")
    before, after = old.split("\n"), new.split("\n")
    begin = line - 1
    here = [each.removesuffix(b"\r") for each in lines[begin : begin + len(before)]]
    if here != [each.encode() for each in before]:
        return False
    old_ends = [b"\r" if each.endswith(b"\r") else b"" for each in lines[begin : begin + len(before)]]
    ends = [*old_ends[:-1], *[old_ends[0]] * (len(after) - len(before))][: len(after) - 1] + old_ends[-1:]
    lines[begin : begin + len(before)] = [now.encode() + end for now, end in zip(after, ends, strict=True)]
    with replacing(file) as opened:
        opened.write(b"\n".join(lines))
    return True
