"""What Anki was given of each note, written down; `srs.store.exported` reads it back."""

import json
from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from exporters.anki.record import LastExport
from srs.store.files import write_fact
from srs.store.lots import in_lots
from srs.store.marks import WITH_PROGRESS
from srs.store.own_tables import exports
from srs.store.tables import notes

_WRITE = insert(exports).values({column.name: bindparam(column.name) for column in exports.c if column.name != "id"})


def write_exports(connection: Connection, given: Iterable[LastExport], left: Iterable[str] = ()) -> None:
    """Remember what Anki was given now, in place of what was known of these notes, and mark the guids that left."""
    rows = [
        {
            "guid": each.record.guid,
            "note_id": each.note_key,
            "note_type": each.record.note_type,
            "anki_deck": each.record.deck,
            "tags": each.record.tags,
            "fields": json.dumps(each.record.fields, ensure_ascii=False),
            "ords": " ".join(map(str, each.record.ords)),
            "changed_at": each.record.changed_s,
            "made_from": each.made_from,
            "stale": each.stale,
        }
        for each in given
    ]
    forget_exports(connection, [str(row["guid"]) for row in rows])
    if rows:
        connection.execute(_WRITE, rows)
    for some in in_lots(left):
        connection.execute(update(exports).where(exports.c.guid.in_(some)).values(stale=True))


def write_with_progress(connection: Connection, decks: Iterable[str]) -> None:
    """Remember which decks (namespaces) Anki was ever given with their progress."""
    write_fact(connection, WITH_PROGRESS, "\n".join(sorted(decks)))


def forget_exports(connection: Connection, guids: Iterable[str]) -> None:
    """Forget notes by their guids: Anki holds them no longer, or is about to be given them anew."""
    for some in in_lots(guids):
        connection.execute(delete(exports).where(exports.c.guid.in_(some)))


def exported_notes(connection: Connection) -> dict[str, tuple[str, str, int]]:
    """Return deck (namespace), id and note type of every note that was ever exported, by guid."""
    query = select(exports.c.guid, notes.c.deck, notes.c.name, exports.c.note_type)
    rows = connection.execute(query.join(notes, exports.c.note_id == notes.c.id)).all()
    return {row.guid: (row.deck, row.name, row.note_type) for row in rows}


def note_names(connection: Connection) -> list[tuple[str, str, str]]:
    """Return deck (namespace), id and kind of every note there ever was."""
    rows = connection.execute(select(notes.c.deck, notes.c.name, notes.c.kind)).all()
    return [(row.deck, row.name, row.kind) for row in rows]
