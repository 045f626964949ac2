"""What Anki was last given of each note: the next export says what changes, an import what was edited."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, exists, insert, select

from exporters.anki.record import GivenNote
from srs.store.reviews import in_lots
from srs.store.tables import cards, exports, notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection


_STANDS = exists().where(cards.c.note_id == exports.c.note_id, ~cards.c.retired).label("stands")
_WRITE = insert(exports).values({column.name: bindparam(column.name) for column in exports.c if column.name != "id"})


def given_notes(connection: Connection, decks: Sequence[str]) -> dict[str, GivenNote]:
    """Return what Anki was last given of these decks (namespaces), by guid."""
    query = select(exports, _STANDS).join(notes, exports.c.note_id == notes.c.id).where(notes.c.deck.in_(decks))
    found = {}
    for row in connection.execute(query).all():
        fields, ords = tuple(json.loads(row.fields)), tuple(map(int, row.ords.split()))
        found[row.guid] = GivenNote(
            *(row.guid, row.note_id, row.note_type, row.anki_deck, row.tags, fields, ords),
            *(row.changed_at, row.made_from, bool(row.stands)),
        )
    return found


def write_given(connection: Connection, given: Iterable[GivenNote], gone: Iterable[str]) -> None:
    """Remember what Anki was given now, in place of what was known of these notes, and forget what is gone."""
    rows = [
        {
            "guid": note.guid,
            "note_id": note.note_key,
            "note_type": note.note_type,
            "anki_deck": note.anki_deck,
            "tags": note.tags,
            "fields": json.dumps(note.fields, ensure_ascii=False),
            "ords": " ".join(map(str, note.ords)),
            "changed_at": note.changed_at,
            "made_from": note.made_from,
        }
        for note in given
    ]
    for some in in_lots([*(row["guid"] for row in rows), *gone]):
        connection.execute(delete(exports).where(exports.c.guid.in_(some)))
    if rows:
        connection.execute(_WRITE, rows)
