"""Notes that are new in the text and look like one that left it: their history is a command away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from srs.deck.labels import without_labels
from srs.history import Name
from srs.store.everything import headings
from srs.store.known import TextChange


@dataclass(frozen=True, slots=True)
class Adoption:
    """A name that goes on, and the name that it goes on as."""

    old: Name
    new: Name


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note that the store did not know: its deck and id, and its heading without the label."""

    name: Name
    heading: str


def new_notes(change: TextChange) -> list[NewNote]:
    """Return the notes of a change that the store does not know yet."""
    return [
        NewNote((change.deck, note.name), without_labels(note.text.partition("\n")[0]))
        for note in change.notes
        if note.key is None
    ]


def lookalikes(connection: Connection, new: Sequence[NewNote], decks: Sequence[str]) -> Iterator[Adoption]:
    """Yield, for notes that are new in the text, the one that left it, has a history, and looks the same.

    The same are notes of one id in two decks, and notes of one heading. `decks` are those that are here (namespaces);
    where all of a deck that is not here looks the same, as when its namespace was changed, the decks are told instead.
    """
    if not new:
        return
    every = headings(connection)
    lost = [each for each in every if each.answered and not (each.stands and each.deck in decks)]
    by_name = {each.name: each for each in lost}
    by_heading = {each.heading: each for each in lost}
    found = [
        Adoption((old.deck, old.name), each.name)
        for each in new
        if (old := by_name.get(each.name[1]) or by_heading.get(each.heading)) and (old.deck, old.name) != each.name
    ]
    moved = {(each.old[0], each.new[0]) for each in found if each.old[0] not in decks and each.old[1] == each.new[1]}
    yield from (Adoption((old, ""), (new_deck, "")) for old, new_deck in sorted(moved))
    yield from (each for each in found if (each.old[0], each.new[0]) not in moved)
