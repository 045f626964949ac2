"""Give every note an id and every step a number, changing nothing else in the file."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from srs.deck.chapter import read_chapter
from srs.deck.values import MOST_STEPS, Kind, Note, card_id


def identify(file: Path, root: Path, data: bytes, taken: AbstractSet[str]) -> tuple[bytes, frozenset[str]]:
    """Return a chapter's bytes with the missing ids written in, and the ids that are new.

    `taken` are the ids of all notes and cards that the deck ever had, as far as is known: none is given again.
    A new id is made from the file's name and the heading's Latin words, with a count where that is not enough; a
    step takes the lowest number that was never given in its list. Notes with problems are left alone. Line ends,
    spaces and a byte-order mark stay as they are.
    """
    chapter, _ = read_chapter(file, root, data)
    labels: dict[int, str] = {}
    new: set[str] = set()
    counts: dict[str, int] = {}
    for note in chapter.notes:
        if not note.identified:
            made = free_id(file.stem, note.text.split("\n", 1)[0], (taken, new), counts)
            new.add(made)
            labels[note.line] = f"#{made}"
        labels |= {line: f"#{part}" for line, part in _step_labels(note, taken)}
    lines = data.split(b"\n")
    for line, label in labels.items():
        lines[line - 1] = _labelled(lines[line - 1], label)
    return b"\n".join(lines), frozenset(new)


def _labelled(line: bytes, label: str) -> bytes:
    bare = line.removesuffix(b"\r").rstrip(b" \t")
    if line.lstrip().startswith(b"##"):  # a heading may be closed by #, and the label stands before
        unclosed = bare.rstrip(b"#")
        bare = unclosed.rstrip(b" \t") if unclosed.endswith((b" ", b"\t")) else bare
    return bare + b" {" + label.encode() + b"}" + line[len(bare) :]


def free_id(stem: str, heading: str, taken: Sequence[AbstractSet[str]], counts: dict[str, int]) -> str:
    """Return an id that is not taken, made from a chapter's name and a heading's Latin words.

    `counts` holds, by what ids begin with, the last number that was given.
    """
    words = _words(heading)[:4]
    base = "-".join([*(_words(stem)[:1] or ["note"]), *words])
    name = base if words else ""
    while not name or any(name in some for some in taken):
        counts[base] = counts.get(base, 0) + 1
        name = f"{base}-{counts[base]}"
    return name


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", plain)


def _step_labels(note: Note, taken: AbstractSet[str]) -> Iterator[tuple[int, str]]:
    if note.kind is not Kind.STEPS:
        return
    used = {step.part for step in note.steps if step.numbered}
    parts = (f"c{number}" for number in range(1, MOST_STEPS + 1))
    free = [part for part in parts if part not in used and card_id(note.id, part) not in taken]
    bare = (step for step in note.steps if not step.numbered)
    yield from ((step.line, part) for step, part in zip(bare, free, strict=False))
