"""Text edited on the phone: what differs from what was last exported, and how the deck's text would say it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html import unescape
from itertools import takewhile, zip_longest
from unicodedata import normalize

from exporters import ExportNote
from exporters.anki.fields import note_fields
from exporters.anki.found import AnkiNote
from exporters.anki.note_types import STAMP, STEP_FIELDS, field_names, note_type_of
from exporters.anki.record import Record
from srs.deck import Chapter, Deck, note_from_text

_EDITABLE = ("Prompt", "Answer", "List", "Text", "Extra")
_BREAK = re.compile(r"<br ?/?>|</(?:p|div|li|tr|h\d|pre|blockquote)>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_STAMP = re.compile(r"[0-9]{1,15}")
_MOST_COMPARED = 10_000  # pairs of lines
_MARKED = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "s": "~~"}


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
        """The lines that differ, as text: what was exported with a minus, what the phone has with a plus."""
        return tuple(_diff(_lines(self.old), _lines(self.new)))


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
            if name in note.fields and name in exported and _same(note.fields[name]) != _same(exported[name]):
                yield Edit(note.guid, name, exported[name], note.fields[name], stale)


def applied(
    deck: Deck, chapter: Chapter, text: str, given: Record, wanted: Sequence[Edit], image: Callable[[str], str]
) -> tuple[str, Record] | None:
    """Return a note's Markdown with the phone's edits in it, and the note as the phone has it now.

    `None` if it cannot be told how to write them.

    Nothing is guessed: the text must still make the fields that were exported, and the new text the phone's fields.
    """
    exported = dict(zip(field_names(given.note_type), given.fields, strict=True))
    if any(edit.stale for edit in wanted) or _fields(deck, chapter, text, image) != exported:
        return None
    changed: str | None = text
    for edit in wanted:
        changed = _written(changed, edit) if changed else None
    if changed is None:
        return None
    made = _fields(deck, chapter, changed, image)
    free = {edit.field for edit in wanted} | set(STEP_FIELDS)
    right = all(_same(made.get(edit.field, "")) == _same(edit.new) for edit in wanted)
    if not right or any(made.get(name) != value for name, value in exported.items() if name not in free):
        return None  # among the others is Id: the note stays the note it was
    return changed, replace(given, fields=tuple(made.values()))


def _fields(deck: Deck, chapter: Chapter, text: str, image: Callable[[str], str]) -> dict[str, str]:
    note = note_from_text(text)
    names = field_names(note_type_of(note.kind))
    return dict(zip(names, note_fields(ExportNote(deck, chapter, note, 0), image), strict=True))


def _written(text: str, edit: Edit) -> str | None:
    """Replace each run of text that differs, where its old wording stands exactly once in the Markdown."""
    old, new = _as_markdown(edit.old), _as_markdown(edit.new)
    if len(old) != len(new):
        return None
    for before, after in zip(old, new, strict=True):
        if before != after:
            if not before or text.count(before) != 1:
                return None
            text = text.replace(before, after)
    return text


def _as_markdown(html: str) -> list[str]:
    """Return the lines of a field with its simplest marks as Markdown writes them; other tags are left out."""
    for tag, mark in _MARKED.items():
        html = re.sub(rf"</?{tag}(?:\s[^<>]*)?>", mark, html, flags=re.IGNORECASE)
    return [
        unescape(_TAG.sub("", line)).replace("\xa0", " ").strip()
        for line in _BREAK.split(html.replace("\n", ""))
        if line.strip()
    ]


def _lines(html: str) -> list[str]:
    plain = (unescape(_TAG.sub("", line)).strip() for line in _BREAK.split(html))
    return [line for line in plain if line]


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


def _same(html: str) -> str:
    """Return a field as it counts: a space is a space, and letters are composed, as Anki's editor may not keep them."""
    return normalize("NFC", html).replace("&nbsp;", " ").replace("\xa0", " ").strip()
