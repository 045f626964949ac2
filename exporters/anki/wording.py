"""How a deck's text says what was edited in Anki: nothing is guessed, and what was written is read back."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from itertools import chain

from markdown_it.token import Token

from exporters import ExportNote
from exporters.anki.alike import alike, reading, same_words, strange
from exporters.anki.edits import BREAK, TAG, Edit
from exporters.anki.fields import note_fields
from exporters.anki.note_types import STEP_FIELDS, field_names, note_type_of
from exporters.anki.record import Record
from srs.deck import Chapter, Deck, note_from_text
from srs.deck.chapter import LONGEST_NOTE, read_chapter
from srs.deck.plaintext import writings

CHANGED = "the text here has changed since"
_UNLIKE = "no text here would read as it does there"
_LONGEST_TAG = 40
# Each mark of Markdown's is one private sign while the words beside it are escaped.
_MARKS = {"strong": "\ue000", "b": "\ue000", "em": "\ue001", "i": "\ue001", "code": "\ue002", "s": "\ue003"}
_WRITTEN = str.maketrans({"\ue000": "**", "\ue001": "*", "\ue002": "`", "\ue003": "~~"})
_FIELD_TOKENS = {"Answer": "answer", "Text": "answer", "Extra": "extra"}
_PLAIN = {"paragraph_open", "inline", "paragraph_close"}
_WORDS = {"text", "softbreak", "hardbreak", "code_inline", "cloze_open", "cloze_close"}
_WORDS |= {f"{mark}_{end}" for mark in ("strong", "em", "s") for end in ("open", "close")}


def still_apart(
    deck: Deck, chapter: Chapter, text: str, edits: Sequence[Edit], image: Callable[[str], str]
) -> tuple[Edit, ...]:
    """Return the edits of a note whose words its text here does not say by now."""
    made = _fields(deck, chapter, text, image)
    return tuple(edit for edit in edits if edit.field not in made or not same_words(made[edit.field], edit.new))


def applied(
    deck: Deck, chapter: Chapter, text: str, given: Record, wanted: Sequence[Edit], image: Callable[[str], str]
) -> tuple[str, Record] | str:
    """Return a note's Markdown with the phone's edits in it, and the note as it is given to Anki then.

    Or the reason why that cannot be. The text must still make the fields that were exported; the new text must make
    fields that read like the phone's, leave the others as they were, and have no fault that the old one had not.
    """
    exported = dict(zip(field_names(given.note_type), given.fields, strict=True))
    made = _fields(deck, chapter, text, image)
    if any(edit.stale for edit in wanted) or made != exported:
        return CHANGED
    faults = _faults(deck, chapter, text)
    for edit in wanted:
        for changed in _writings(text, edit):
            now = _fields(deck, chapter, changed, image)
            if _says(made, now, edit) and faults.issuperset(_faults(deck, chapter, changed)):
                text, made = changed, now
                break
        else:
            return _reason(edit)
    return text, replace(given, fields=tuple(made.values()))


def _fields(deck: Deck, chapter: Chapter, text: str, image: Callable[[str], str]) -> dict[str, str]:
    note = note_from_text(text)
    names = field_names(note_type_of(note.kind))
    return dict(zip(names, note_fields(ExportNote(deck, chapter, note, 0), image), strict=True))


def _says(before: Mapping[str, str], now: Mapping[str, str], edit: Edit) -> bool:
    """Whether a field reads as it was edited, and the others, among which are id and kind, say what they said."""
    free = {edit.field, *STEP_FIELDS}
    return (
        before.keys() == now.keys()
        and alike(now[edit.field], edit.new)
        and all(now[name] == value for name, value in before.items() if name not in free)
    )


def _faults(deck: Deck, chapter: Chapter, text: str) -> set[tuple[str, str]]:
    """Return what `srs check` would say of a note by itself, and how many notes its text is."""
    read, problems = read_chapter(deck.root / chapter.path, deck.root, text.encode())
    return {("notes", str(len(read.notes))), *((problem.rule, problem.message) for problem in problems)}


def _reason(edit: Edit) -> str:
    known = {tag for lines in reading(edit.old) for line in lines for tag in strange(line)}
    found = (tag for lines in reading(edit.new) for line in lines for tag in strange(line) if tag not in known)
    tag = next(found, "")
    more = "…" if len(tag) > _LONGEST_TAG else ""
    return f"no text here says {tag[:_LONGEST_TAG]}{more}" if tag else _UNLIKE


def _writings(text: str, edit: Edit) -> Iterator[str]:
    """Yield texts that may say what was edited: with the lines replaced that differ, then with the whole field."""
    ways = chain(_by_line(text, as_markdown(edit.old), as_markdown(edit.new)), _whole(text, edit))
    return (way for way in ways if len(way) <= LONGEST_NOTE)


def _by_line(text: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Replace each line that differs, where its old wording stands exactly once in the Markdown."""
    if len(old) != len(new):
        return
    pairs = [(was, now) for was, now in zip(old, new, strict=True) if was != now]
    standing = [next((each for each in _ways(was) if each and text.count(each) == 1), "") for was, _ in pairs]
    if not all(standing):
        return
    for ways in zip(*(_ways(now) for _, now in pairs), strict=True):
        changed = text
        for was, now in zip(standing, ways, strict=True):
            changed = changed.replace(was, now)
        yield changed


def _whole(text: str, edit: Edit) -> Iterator[str]:
    """Replace all lines of a field that is written in paragraphs, and holds nothing that no reader sees."""
    note = note_from_text(text)
    tokens: Sequence[Token] = getattr(note, _FIELD_TOKENS[edit.field]) if edit.field in _FIELD_TOKENS else ()
    paragraphs = [[_marked(line) for line in lines] for lines in reading(edit.new)]
    if not (tokens and paragraphs) or any(strange(line) for lines in reading(edit.new) for line in lines):
        return
    lines, places = text.split("\n"), [token.map for token in tokens if token.type == "paragraph_open" and token.map]
    if any(token.type not in _PLAIN for token in tokens) or any(
        child.type not in _WORDS or "\xa0" in child.content for token in tokens for child in token.children or ()
    ):
        return
    begin, end = places[0][0], places[-1][1]
    prefix = "> " if edit.field == "Extra" else ""
    shown = {number for first, last in places for number in range(first, last)}
    hidden = (lines[number].strip("> ") for number in range(begin, end) if number not in shown)
    if any(hidden) or any("<!--" in line for line in lines[begin:end]):
        return
    for way in writings(paragraphs):
        new = [f"{prefix}{line}".rstrip(" ") for line in way.translate(_WRITTEN).split("\n")]
        yield "\n".join([*lines[:begin], *new, *lines[end:]])


def _ways(line: str) -> Iterator[str]:
    return (way.translate(_WRITTEN) for way in writings([[line]]))


def _marked(line: str) -> str:
    for tag, mark in _MARKS.items():
        line = re.sub(rf"</?{tag}>", mark, line)
    return unescape(line)


def as_markdown(html: str) -> list[str]:
    """Return the lines of a field with a private sign for each of its simplest marks; other tags are left out."""
    for tag, mark in _MARKS.items():
        html = re.sub(rf"</?{tag}(?:\s[^<>]*)?>", mark, html, flags=re.IGNORECASE)
    return [
        unescape(TAG.sub("", line)).replace("\xa0", " ").strip()
        for line in BREAK.split(html.replace("\n", ""))
        if line.strip()
    ]
