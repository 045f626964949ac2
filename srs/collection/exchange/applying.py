"""What was edited in an account, written into the decks where that is safe."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from exporters.anki.edits import applied
from exporters.anki.media import Media
from srs.collection.exchange.terms import NoteEdits
from srs.collection.importing import EditedNote
from srs.deck import Deck
from srs.deck.rewriting import write_note


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
        written = apply and not refused and _write(each, decks[note.deck], file)
        yield EditedNote(file, note.line, each.edits, written, refused)


def _write(each: NoteEdits, deck: Deck, file: Path) -> bool:
    note = each.note.note
    if each.given is None:
        return False
    found = applied(deck, note.chapter, note.text, each.given, each.edits, partial(Media().name, deck, note.chapter))
    return found is not None and write_note(file, note.line, note.text, found[0])
