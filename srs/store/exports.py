"""What Anki was last given of each note: the next export says what changes, an import what was edited."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from exporters.anki.record import LastExport, Record
from srs.store.heirs import NoteHeir, note_heirs
from srs.store.lots import in_lots
from srs.store.own_tables import exports
from srs.store.statements import STANDS
from srs.store.tables import notes

_WRITE = insert(exports).values({column.name: bindparam(column.name) for column in exports.c if column.name != "id"})


def last_exports(connection: Connection, decks: Sequence[str]) -> dict[str, LastExport]:
    """Return what Anki was last given of these decks (namespaces), by guid; of a note's former names, too."""
    heirs = {name: each for each in note_heirs(connection) if each.name[0] in decks for name in each.names}
    query = select(exports, notes.c.deck, notes.c.name, STANDS.label("stands"))
    query = query.join(notes, exports.c.note_id == notes.c.id)
    found: dict[str, LastExport] = {}
    for some in in_lots(sorted({*decks, *(deck for deck, _ in heirs)})):
        for row in connection.execute(query.where(notes.c.deck.in_(some))):
            heir = heirs.get((row.deck, row.name))
            if heir or row.deck in decks:
                found[row.guid] = _last_export(row, heir)
    return found


def _last_export(row: Row[Any], heir: NoteHeir | None) -> LastExport:
    record = Record(
        guid=row.guid,
        note_type=row.note_type,
        deck=row.anki_deck,
        tags=row.tags,
        fields=tuple(json.loads(row.fields)),
        ords=tuple(map(int, row.ords.split())),
        changed_s=row.changed_at,
    )
    key, stands = (heir.key, True) if heir else (row.note_id, bool(row.stands))
    return LastExport(record, note_key=key, made_from=row.made_from, stands=stands, stale=row.stale)


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
