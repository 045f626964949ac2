"""What an exchange with an account agreed on, by the door that leads there, and what has changed here since."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select

from exporters.anki.exchange.values import CardBase, Key, Looks, NoteBase
from exporters.anki.note_types import field_names
from srs.store.files import write_fact
from srs.store.lots import in_lots
from srs.store.marks import read_fact
from srs.store.own_tables import base_cards, base_notes
from srs.store.tables import cards, notes

_MARKS = "exchange by "
_LOOKS = "looks by "
_STRANGERS = "strangers by "
UNSURE = "-"
"""In place of a digest: the note is to be made anew when it is looked at, but need not be looked at each time."""
WITH_IMAGES = "+"
"""How the digest of a note with images begins: it holds as long as no image of the decks has changed."""
_AFTER_IMAGES = chr(ord(WITH_IMAGES) + 1)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What both last agreed on of a note: its row there (`nid`), the row of the note here, and its note type.

    `made_from` is a digest of what its fields were made from (see WITH_IMAGES), empty if it must not be relied on.
    """

    note: NoteBase
    nid: int
    key: int
    note_type: int
    made_from: str = ""


@dataclass(frozen=True, slots=True)
class Revisions:
    """How often the notes and the cards of a store have changed."""

    notes: int = 0
    cards: int = 0


def revisions(connection: Connection) -> Revisions:
    """Return the latest revisions."""
    query = select(
        select(func.max(notes.c.revision)).scalar_subquery(), select(func.max(cards.c.revision)).scalar_subquery()
    )
    of_notes, of_cards = connection.execute(query).one()
    return Revisions(of_notes or 0, of_cards or 0)


def changed_since(connection: Connection, since: Revisions) -> set[int]:
    """Return the rows of the notes that changed, or one of whose cards did."""
    changed = set(connection.scalars(select(notes.c.id).where(notes.c.revision > since.notes)))
    of_cards = select(cards.c.note_id).where(cards.c.revision > since.cards, cards.c.note_id.is_not(None))
    return changed | set(connection.scalars(of_cards))


def read_marks(connection: Connection, door: str) -> dict[str, Any]:
    """Return how far an exchange by a door has come, as it was written; nothing if all is to be looked at."""
    found = read_fact(connection, _MARKS + door)
    marks: dict[str, Any] = json.loads(found) if found else {}
    return marks


def write_marks(connection: Connection, door: str, marks: Mapping[str, Any]) -> None:
    """Write how far an exchange by a door has come; nothing makes the next one look at everything."""
    write_fact(connection, _MARKS + door, json.dumps(marks, ensure_ascii=False) if marks else None)


def read_looks(connection: Connection, door: str) -> dict[int, Looks]:
    """Return how the note types that a door leads to looked when they were last seen, by their ids."""
    found = read_fact(connection, _LOOKS + door)
    return {int(number): Looks(**each) for number, each in json.loads(found).items()} if found else {}


def write_looks(connection: Connection, door: str, looks: Mapping[int, Looks]) -> None:
    """Write how the note types that a door leads to look now."""
    write_fact(connection, _LOOKS + door, json.dumps({str(number): asdict(each) for number, each in looks.items()}))


def read_strangers(connection: Connection, door: str) -> frozenset[int] | None:
    """Return the rows of the notes there that are not ours and were told last time; `None` if nobody has looked."""
    found = read_fact(connection, _STRANGERS + door)
    return None if found is None else frozenset(map(int, found.split()))


def write_strangers(connection: Connection, door: str, nids: Iterable[int]) -> None:
    """Write which notes there are not ours, and were told."""
    write_fact(connection, _STRANGERS + door, " ".join(map(str, sorted(nids))))


def notes_agreed(connection: Connection, door: str, guids: Iterable[str], nids: Iterable[int]) -> set[int]:
    """Return the rows here of notes that something was agreed on of, by their guids or by their rows there."""
    rows = select(base_notes.c.note_id).where(base_notes.c.door == door)
    lots = [rows.where(base_notes.c.guid.in_(some)) for some in in_lots(guids)]
    lots += [rows.where(base_notes.c.nid.in_(some)) for some in in_lots(nids)]
    return {key for each in lots for key in connection.scalars(each).all()}


def agreed_by_note(connection: Connection, door: str, keys: Iterable[int]) -> dict[str, Agreed]:
    """Return what was agreed on of the notes that some notes here are or were there, by guid."""
    lots = [select(base_notes).where(base_notes.c.note_id.in_(some)) for some in in_lots(keys)]
    # A note has a row for each door; asked for the door, SQLite would look through all notes of that.
    rows = [row for each in lots for row in connection.execute(each).all() if row.door == door]
    return {row.guid: _agreed_in(row) for row in rows}


def all_agreed(connection: Connection, door: str) -> dict[str, Agreed]:
    """Return everything that was agreed on."""
    rows = connection.execute(select(base_notes).where(base_notes.c.door == door)).all()
    return {row.guid: _agreed_in(row) for row in rows}


def to_be_looked_at(connection: Connection, door: str, *, same_images: bool) -> set[str]:
    """Return the notes with a card that waits or is buried, and those that a digest cannot tell to be as they were.

    These are the ones with images, too, unless all images of the decks are the same.
    """
    waiting = select(base_cards.c.guid).where(
        base_cards.c.door == door, or_(base_cards.c.waits, base_cards.c.buried_on.is_not(None))
    )
    loose = select(base_notes.c.guid).where(base_notes.c.door == door, base_notes.c.made_from == "")
    found = {*connection.scalars(waiting), *connection.scalars(loose)}
    if not same_images:
        origin = base_notes.c.made_from
        seen = (base_notes.c.door == door, origin >= WITH_IMAGES, origin < _AFTER_IMAGES)
        found |= set(connection.scalars(select(base_notes.c.guid).where(*seen)))
    return found


def agreed_cards(connection: Connection, door: str, guids: Iterable[str] | None) -> dict[Key, CardBase]:
    """Return what was agreed on of the cards of some notes, or (`None`) of all."""
    query = select(base_cards).where(base_cards.c.door == door)
    lots = [query] if guids is None else [query.where(base_cards.c.guid.in_(some)) for some in in_lots(guids)]
    return {
        (row.guid, row.place): CardBase(row.suspended, row.buried_on, row.waits)
        for each in lots
        for row in connection.execute(each).all()
    }


def write_agreed(
    connection: Connection,
    door: str,
    agreed: Mapping[str, Agreed],
    stand: Mapping[Key, CardBase],
    gone: Iterable[str] = (),
) -> None:
    """Write what both agree on now of some notes and cards; of those in `gone`, by guid, nothing is known any more."""
    rows = [_columns(door, guid, each) for guid, each in agreed.items()]
    for some in in_lots([*agreed, *gone]):
        connection.execute(delete(base_notes).where(base_notes.c.door == door, base_notes.c.guid.in_(some)))
    for some in in_lots({*(guid for guid, _ in stand), *gone}):
        connection.execute(delete(base_cards).where(base_cards.c.door == door, base_cards.c.guid.in_(some)))
    if rows:
        connection.execute(insert(base_notes), rows)
    out = [
        {"door": door, "guid": guid, "place": place, "suspended": each.suspended}
        | {"buried_on": each.buried_on, "waits": each.waits}
        for (guid, place), each in stand.items()
        if each != CardBase()
    ]
    if out:
        connection.execute(insert(base_cards), out)


def forget_door(connection: Connection, door: str) -> None:
    """Let the next exchange by a door look at everything; what was agreed on stays."""
    write_fact(connection, _MARKS + door, None)


def _agreed_in(row: Row[Any]) -> Agreed:
    values = json.loads(row.fields)
    fields = {name: value for name, value in zip(field_names(row.note_type), values, strict=False) if value is not None}
    note = NoteBase(fields, frozenset(row.tags.split()), row.gone)
    return Agreed(note, row.nid, row.note_id, row.note_type, row.made_from)


def _columns(door: str, guid: str, each: Agreed) -> dict[str, object]:
    values = [each.note.fields.get(name) for name in field_names(each.note_type)]
    return {
        "door": door,
        "guid": guid,
        "nid": each.nid,
        "note_id": each.key,
        "note_type": each.note_type,
        "fields": json.dumps(values, ensure_ascii=False),
        "tags": " ".join(sorted(each.note.tags)),
        "made_from": each.made_from,
        "gone": each.note.gone,
    }
