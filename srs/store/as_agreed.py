"""Notes whose words are on both sides what was agreed on, found without reading them: only their cards have moved."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, and_, exists, select

from srs.deck import Kind
from srs.store.base import UNSURE, Revisions
from srs.store.lots import in_lots
from srs.store.own_tables import base_notes
from srs.store.standing import STANDS
from srs.store.tables import cards, notes

_ADOPTED = exists().where(cards.c.note_id == notes.c.id, cards.c.kin.is_not(None))


@dataclass(frozen=True, slots=True)
class AsAgreed:
    """A note that stands in the text: its row there (`nid`), its row here, its note type there, and its kind here."""

    nid: int
    key: int
    note_type: int
    kind: Kind


def as_agreed(
    connection: Connection, door: str, keys: Iterable[int], since: Revisions, decks: Collection[str]
) -> dict[str, AsAgreed]:
    """Return those of some notes (by their rows) by guid, in these decks, whose text has not changed since.

    A note with names that adoptions connect is not among them, nor one of which anything else must be looked at.
    """
    same = and_(
        notes.c.revision <= since.notes,
        notes.c.deck.in_(decks),
        ~base_notes.c.gone,
        base_notes.c.made_from.not_in(("", UNSURE)),
        STANDS,
        ~_ADOPTED,
    )
    names = ("door", "guid", "nid", "note_id", "note_type")
    query = select(*(base_notes.c[name] for name in names), notes.c.kind, same.label("same"))
    query = query.join(notes, base_notes.c.note_id == notes.c.id)
    found: dict[str, AsAgreed] = {}
    others: set[int] = set()  # after a change of its kind a note has two rows
    for some in in_lots(keys):
        for row in connection.execute(query.where(base_notes.c.note_id.in_(some))).all():
            if row.door == door and row.same:
                found[row.guid] = AsAgreed(row.nid, row.note_id, row.note_type, Kind(row.kind))
            elif row.door == door:
                others.add(row.note_id)
    return {guid: each for guid, each in found.items() if each.key not in others}
