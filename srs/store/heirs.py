"""Notes that go on under other names: what Anki knew them as first."""

from typing import TYPE_CHECKING

from msgspec import Struct

from srs.history import Name
from srs.store.adopted import adoptions
from srs.store.lots import in_lots
from srs.store.query import ask

if TYPE_CHECKING:
    from srs.store.query import Reads


class NoteHeir(Struct, frozen=True):
    """The note that shows a history today, by its row, and all its names; Anki was given the first."""

    key: int
    name: Name
    first: Name
    names: tuple[Name, ...]


def note_heirs(connection: "Reads") -> list[NoteHeir]:
    """Return the notes that go on with the history of another: of a chain of names the latest that stands."""
    every = adoptions(connection, notes_only=True)
    if not every.names:
        return []
    lots = in_lots({deck for deck, _ in every.names})
    rows = {(row.deck, row.name): row.id for some in lots for row in ask(connection, "standing names", decks=some)}
    found: dict[Name, NoteHeir] = {}
    for name in every.names & set(rows):
        chain = every.chain(name)
        heir = next(each for each in reversed(chain.names) if each in rows)
        if heir == name and chain.first != name:
            found[name] = NoteHeir(rows[name], name, chain.first, chain.names)
    return list(found.values())
