"""All advice on a deck, less what its author has set aside."""

from collections.abc import Iterator, Sequence

from srs.deck.check import ReadDeck
from srs.deck.style import waivers
from srs.deck.style.reading import Read, read_notes
from srs.deck.style.rules import EVERY_RULE, MISSING_SOURCE, OF_A_DECK, OF_A_NOTE
from srs.errors import Problem

_Advice = tuple[Read, str, str]  # note, rule, message


def advise(deck: ReadDeck) -> tuple[Problem, ...]:
    """Return all advice on a deck that its chapters have not set aside, in the order of its lines."""
    found = list(_on_notes(read_notes(deck)))
    aside = waivers.aside(deck)
    kept = [
        Problem(read.file, read.note.line, f"{rule}: {message}", rule, warning=True)
        for read, rule, message in found
        if (read.note.id, rule) not in aside
    ]
    given = {(read.note.id, rule) for read, rule, _ in found}
    return tuple(sorted([*kept, *_without_source(deck), *waivers.told(deck, given, EVERY_RULE)]))


def _on_notes(deck: Sequence[Read]) -> Iterator[_Advice]:
    for read in deck:
        for name, rule in OF_A_NOTE.items():
            yield from ((read, name, message) for message in rule(read))
    for name, of_deck in OF_A_DECK.items():
        yield from ((read, name, message) for read, message in of_deck(deck))


def _without_source(deck: ReadDeck) -> Iterator[Problem]:
    """Say where knowledge comes from, so that it can be looked up and trusted (rule 18)."""
    for chapter in deck.chapters:
        if not chapter.source and not deck.folder.deck.source:
            said = f"{MISSING_SOURCE}: no source; say in the front matter where this comes from"
            yield Problem(deck.folder.deck.root / chapter.path, 1, said, MISSING_SOURCE, warning=True)
