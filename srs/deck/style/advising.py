"""All advice on a deck, less what its author has set aside."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from srs.deck.check import ReadDeck
from srs.deck.note import whole
from srs.deck.style import waivers
from srs.deck.style.reading import Read, read_note
from srs.deck.style.rules import EVERY_RULE, MISSING_SOURCE, OF_A_DECK, OF_A_NOTE
from srs.deck.values import Chapter, Note
from srs.errors import Problem

_Advice = tuple[Read, str, str]  # note, rule, message


class Looked(NamedTuple):
    """A note read for advice, and what the rules that look at one note say of it: rule and message."""

    read: Read
    advice: tuple[tuple[str, str], ...]


def look(note: Note, title: str, file: Path) -> Looked:
    """Read a note that is whole for advice, while a deck is read: `srs.deck.check.read_deck` takes this."""
    read = read_note(note, title, file)
    return Looked(read, tuple((name, message) for name, rule in OF_A_NOTE.items() for message in rule(read)))


def advise(deck: ReadDeck) -> tuple[Problem, ...]:
    """Return all advice on a deck that its chapters have not set aside, in the order of its lines."""
    found = list(_on_notes([_looked(deck, chapter, note) for chapter in deck.chapters for note in chapter.notes]))
    aside = waivers.aside(deck)
    kept = [
        Problem(read.file, read.note.line, f"{rule}: {message}", rule, warning=True)
        for read, rule, message in found
        if (read.note.id, rule) not in aside
    ]
    given = {(read.note.id, rule) for read, rule, _ in found}
    return tuple(sorted([*kept, *_without_source(deck), *waivers.told(deck, given, EVERY_RULE)]))


def _looked(deck: ReadDeck, chapter: Chapter, note: Note) -> Looked:
    """Return what was seen of a note while its deck was read, or read it again."""
    found = deck.looks.get(note.id)
    if isinstance(found, Looked):
        return found
    return look(whole(note), chapter.title, deck.folder.deck.root / chapter.path)


def _on_notes(deck: Sequence[Looked]) -> Iterator[_Advice]:
    for read, advice in deck:
        yield from ((read, name, message) for name, message in advice)
    reads = [read for read, _ in deck]
    for name, of_deck in OF_A_DECK.items():
        yield from ((read, name, message) for read, message in of_deck(reads))


def _without_source(deck: ReadDeck) -> Iterator[Problem]:
    """Say where knowledge comes from, so that it can be looked up and trusted (rule 18)."""
    for chapter in deck.chapters:
        if not chapter.source and not deck.folder.deck.source:
            said = f"{MISSING_SOURCE}: no source; say in the front matter where this comes from"
            yield Problem(deck.folder.deck.root / chapter.path, 1, said, MISSING_SOURCE, warning=True)
