"""What was edited in an account, written into the decks where that is safe."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from exporters.anki.media import Media
from exporters.anki.wording import CHANGED, applied
from srs.collection.exchange.terms import NoteEdits
from srs.collection.importing import EditedNote
from srs.deck import Deck
from srs.deck.rewriting import write_note

_UNKNOWN = "what both sides had before is not known"


def edited_notes(
    found: Iterable[NoteEdits], decks: Mapping[str, Deck], refusal: Callable[[Path], str], *, apply: bool
) -> Iterator[EditedNote]:
    """Yield what was edited, in the order of the decks, written into the chapters where that was asked for and is safe.

    `refusal` says why a file must not be written, or nothing if it may be.
    """
    for each in sorted(found, key=lambda each: (each.note.note.deck, each.note.note.chapter.path, each.note.note.line)):
        note = each.note.note
        file = decks[note.deck].root / note.chapter.path
        refused = refusal(file) if apply else ""
        reason = _write(each, decks[note.deck], file) if apply and not refused else ""
        written = apply and not (refused or reason)
        yield EditedNote(file, note.line, each.edits, written, refused, reason)


def _write(each: NoteEdits, deck: Deck, file: Path) -> str:
    """Write edits into a note's chapter, or return why that cannot be."""
    note = each.note.note
    if each.given is None:
        return _UNKNOWN
    found = applied(deck, note.chapter, note.text, each.given, each.edits, partial(Media().name, deck, note.chapter))
    if isinstance(found, str):
        return found
    return "" if write_note(file, note.line, note.text, found[0]) else CHANGED
