"""Notes that go on under other names: what Anki knew them as first."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from srs.history import Name
from srs.store.acts import adoptions
from srs.store.lots import in_lots
from srs.store.statements import STANDS
from srs.store.tables import notes


@dataclass(frozen=True, slots=True)
class NoteHeir:
    """The note that shows a history today, by its row, and all its names; Anki was given the first."""

    key: int
    name: Name
    first: Name
    names: tuple[Name, ...]


def note_heirs(connection: Connection) -> list[NoteHeir]:
    """Return the notes that go on with the history of another: of a chain of names the latest that stands."""
    every = adoptions(connection, notes_only=True)
    if not every.names:
        return []
    query = select(notes.c.id, notes.c.deck, notes.c.name, STANDS.label("stands"))
    lots = [query.where(notes.c.deck.in_(some)) for some in in_lots({deck for deck, _ in every.names})]
    rows = {(row.deck, row.name): row.id for each in lots for row in connection.execute(each) if row.stands}
    found: dict[Name, NoteHeir] = {}
    for name in every.names & set(rows):
        chain = every.chain(name)
        heir = next(each for each in reversed(chain.names) if each in rows)
        if heir == name and chain.first != name:
            found[name] = NoteHeir(rows[name], name, chain.first, chain.names)
    return list(found.values())
