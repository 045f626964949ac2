"""Text edited on the phone: what differs from what was last exported, and the lines that show it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from itertools import takewhile, zip_longest

from exporters.anki.alike import alike, reading
from exporters.anki.found import AnkiNote
from exporters.anki.note_types import STAMP, field_names
from exporters.anki.record import Record

BREAK = re.compile(r"<br ?/?>|</?(?:p|div)>|</(?:li|tr|h\d|pre|blockquote)>", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")
_EDITABLE = ("Prompt", "Answer", "List", "Text", "Extra")
_STAMP = re.compile(r"[0-9]{1,15}")
_MOST_COMPARED = 10_000  # pairs of lines


@dataclass(frozen=True, slots=True)
class Edit:
    """One field of a note that differs on the phone; `old` is the HTML that was exported, `new` what is there now.

    `stale`: it was edited there before the last export came, so that both sides changed.
    """

    guid: str
    field: str
    old: str
    new: str
    stale: bool = False

    @property
    def diff(self) -> tuple[str, ...]:
        """The lines that differ, as text: what was exported with a minus, what the phone has with a plus.

        Where the words of all lines are the same, they are shown with their tags and paragraphs.
        """
        words = tuple(_diff(_lines(self.old), _lines(self.new)))
        return words or tuple(_diff(_tagged(self.old), _tagged(self.new)))


def edits(found: Iterable[AnkiNote], given: Mapping[str, Record]) -> Iterator[Edit]:
    """Yield what was edited in Anki since the last export, which is `given`, by guid; other notes are left out."""
    for note in found:
        known = given.get(note.guid)
        if known is None:
            continue
        version = note.fields.get(STAMP, "")
        stale = version != str(known.changed_s)
        if stale and _STAMP.fullmatch(version) and note.changed_s <= int(version):
            continue  # the phone still has an earlier export, as it was
        exported = dict(zip(field_names(known.note_type), known.fields, strict=False))
        for name in _EDITABLE:
            if name in note.fields and name in exported and not alike(note.fields[name], exported[name]):
                yield Edit(note.guid, name, exported[name], note.fields[name], stale)


def _lines(html: str) -> list[str]:
    plain = (unescape(TAG.sub("", line)).strip() for line in BREAK.split(html))
    return [line for line in plain if line]


def _tagged(html: str) -> list[str]:
    """Return the lines of a field with their tags, and an empty one between two paragraphs."""
    return unescape("\n\n".join("\n".join(lines) for lines in reading(html))).split("\n")


def _diff(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Yield the lines that differ; lines in the same place of a stretch that differs stand together.

    Comparing is cubic at worst: between the first and the last lines that differ, no more than so many are compared.
    """
    same = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), None)
    begin = min(len(old), len(new)) if same is None else same
    pairs = zip(reversed(old[begin:]), reversed(new[begin:]), strict=False)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    old, new = old[begin : len(old) - alike], new[begin : len(new) - alike]
    stretches = [(0, len(old), 0, len(new))]
    if len(old) * len(new) <= _MOST_COMPARED:
        found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        stretches = [(a, b, c, d) for kind, a, b, c, d in found if kind != "equal"]
    for from_old, to_old, from_new, to_new in stretches:
        for gone, come in zip_longest(old[from_old:to_old], new[from_new:to_new]):
            yield from (f"{sign} {line}" for sign, line in (("-", gone), ("+", come)) if line is not None)
