"""What Anki was last given of each note: the next export says what changes, an import what was edited."""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from exporters.anki.record import LastExport, Record
from srs.store.heirs import note_heirs
from srs.store.lots import in_lots
from srs.store.own_tables import exports
from srs.store.statements import STANDS
from srs.store.tables import notes

_WRITE = insert(exports).values({column.name: bindparam(column.name) for column in exports.c if column.name != "id"})

_RECORD = ("guid", "note_type", "anki_deck", "tags", "fields", "ords", "changed_at")
_LAST = select(notes.c.deck, notes.c.name, exports.c.note_id, STANDS, exports.c.made_from, exports.c.stale)
_LAST = _LAST.add_columns(*exports.c[_RECORD]).join(notes, exports.c.note_id == notes.c.id)
_ONE = (0,)  # the place of a card without siblings: most have it, and share it


def last_exports(connection: Connection, decks: Sequence[str]) -> dict[str, LastExport]:
    """Return what Anki was last given of these decks (namespaces), by guid; of a note's former names, too."""
    heirs = {name: each for each in note_heirs(connection) if each.name[0] in decks for name in each.names}
    found: dict[str, LastExport] = {}
    for some in in_lots(sorted({*decks, *(deck for deck, _ in heirs)})):
        rows = connection.execute(_LAST.where(notes.c.deck.in_(some)))
        for deck, name, key, stands, made_from, stale, *known in rows:
            heir = heirs.get((deck, name)) if heirs else None
            if heir or deck in decks:
                record = _record(*known)
                stands_today = bool(stands) or heir is not None
                found[record.guid] = LastExport(record, heir.key if heir else key, made_from, stands_today, stale)
    return found


def _record(guid: str, note_type: int, deck: str, tags: str, fields: str, ords: str, changed_s: int) -> Record:
    places = _ONE if ords == "0" else tuple(map(int, ords.split()))
    return Record(guid, note_type, deck, tags, tuple(json.loads(fields)), places, changed_s)


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
