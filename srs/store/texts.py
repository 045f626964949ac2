"""What the store knows of deck text, and writing down what has changed in it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, insert, or_, select, update

from srs.deck import Chapter, Kind
from srs.history import Name
from srs.store.earlier import keep_texts
from srs.store.known import KnownCard, KnownNote, NotePut, TextChange
from srs.store.lots import in_lots
from srs.store.stamps import GONE, ChapterStamp
from srs.store.standing import IS_OUTLINE, STANDING_NOTE, STANDS
from srs.store.tables import NOWHERE, cards, chapters, notes


def notes_of(connection: Connection, deck: str, names: Iterable[str], paths: Iterable[str]) -> list[KnownNote]:
    """Return the notes of a deck that bear one of these ids or stand in one of these chapters."""
    found: dict[int, KnownNote] = {}
    for column, wanted in ((notes.c.name, names), (chapters.c.path, paths)):
        for some in in_lots(wanted):
            found |= {note.key: note for note in _notes(connection, deck, column.in_(some))}
    return list(found.values())


def loose_cards(connection: Connection, deck: str, names: Iterable[str]) -> list[KnownCard]:
    """Return the cards that bear one of these ids and belong to no note: a merged history knew them first."""
    found: dict[str, KnownCard] = {}
    for some in in_lots(names):
        query = select(cards).where(cards.c.deck == deck, cards.c.name.in_(some), cards.c.note_id.is_(None))
        for row in connection.execute(query):
            found[row.name] = KnownCard(row.id, row.name, row.retired)
    return list(found.values())


def places_of(
    connection: Connection, deck: str, names: Iterable[str], paths: Iterable[str]
) -> dict[str, tuple[str, int]]:
    """Return path and line of those of the named notes that stand in one of these chapters today."""
    among = set(paths)
    found: dict[str, tuple[str, int]] = {}
    for some in in_lots(names):
        query = select(notes.c.name, notes.c.line, chapters.c.path).join(chapters, notes.c.chapter_id == chapters.c.id)
        rows = connection.execute(query.where(notes.c.deck == deck, notes.c.name.in_(some), or_(STANDS, IS_OUTLINE)))
        found |= {row.name: (row.path, row.line) for row in rows if row.path in among}
    return found


@dataclass(frozen=True, slots=True)
class NotePlace:
    """A note by deck and id, with the chapter's path and the line (from 1) that it stands at."""

    deck: str
    note: str
    path: str
    line: int


def places(connection: Connection, names: Iterable[Name]) -> list[NotePlace]:
    """Return where those of the notes stand that stand anywhere in the text."""
    wanted = set(names)
    found = []
    for some in in_lots({note for _, note in wanted}):
        query = select(notes.c.deck, notes.c.name, notes.c.line, chapters.c.path)
        query = query.join(chapters, notes.c.chapter_id == chapters.c.id)
        stands = exists().where(cards.c.note_id == notes.c.id, ~cards.c.retired)
        rows = connection.execute(query.where(notes.c.name.in_(some), stands))
        found += [NotePlace(row.deck, row.name, row.path, row.line) for row in rows if (row.deck, row.name) in wanted]
    return found


def write_change(connection: Connection, change: TextChange, at: int) -> None:
    """Write a change of deck text that was seen at a moment (ms)."""
    for table, renames in ((notes, change.renamed_notes), (cards, change.renamed_cards)):
        for rename in renames:
            connection.execute(update(table).where(table.c.id == rename.key).values(name=rename.new))
    paths = _put_chapters(connection, change.deck, change.chapters)
    note_keys = _put_notes(connection, change.deck, change.notes, paths, at)
    _put_cards(connection, change.deck, change.notes, note_keys)
    for some in in_lots(change.retired):
        connection.execute(update(cards).where(cards.c.id.in_(some)).values(retired=True))
        _revise(connection, select(cards.c.note_id).where(cards.c.id.in_(some)))
    for some in in_lots(note_keys.values()):
        _revise(connection, some)
    # The rows of chapters that are gone stay, for the notes that stood there last.
    for paths_gone in in_lots(change.gone):
        gone = (chapters.c.deck == change.deck, chapters.c.path.in_(paths_gone))
        connection.execute(update(chapters).where(*gone).values(size=GONE, mtime_ns=0))
    for some in in_lots(change.gone_outlines):
        connection.execute(update(notes).where(notes.c.id.in_(some)).values(line=0))


def _revise(connection: Connection, keys: Any) -> None:  # noqa: ANN401 -- rows of notes, or a query of them
    """Count a change of the text of notes."""
    latest = connection.scalar(select(func.max(notes.c.revision))) or 0
    connection.execute(update(notes).where(notes.c.id.in_(keys)).values(revision=latest + 1))


def _put_chapters(connection: Connection, deck: str, read: Iterable[tuple[Chapter, ChapterStamp]]) -> dict[str, int]:
    query = select(chapters.c.path, chapters.c.id).where(chapters.c.deck == deck)
    known: dict[str, int] = {row.path: row.id for row in connection.execute(query)}
    for chapter, stamp in read:
        values: dict[str, Any] = {"title": chapter.title, "tags": " ".join(chapter.tags), "source": chapter.source}
        values |= {"size": stamp.size, "mtime_ns": stamp.mtime_ns}
        path = stamp.path
        if path in known:
            connection.execute(update(chapters).where(chapters.c.id == known[path]).values(**values))
        else:
            new = insert(chapters).values(deck=deck, path=path, **values).returning(chapters.c.id)
            known[path] = connection.execute(new).scalar_one()
    return known


def _put_notes(
    connection: Connection, deck: str, puts: Iterable[NotePut], paths: dict[str, int], at: int
) -> dict[str, int]:
    """Write notes, and return their numbers by their ids."""
    keys: dict[str, int] = {}
    new: list[dict[str, Any]] = []
    puts = list(puts)
    keep_texts(connection, {put.key: put.text for put in puts if put.changed and put.key is not None}, at)
    for put in puts:
        values: dict[str, Any] = {"chapter_id": paths[put.path], "line": put.line, "kind": put.kind, "text": put.text}
        values |= {"tags": " ".join(put.tags), "position": put.position}
        if put.changed:
            values["changed_at"] = at
        if put.key is None:
            new.append({"deck": deck, "name": put.name, **values})
        else:
            keys[put.name] = put.key
            connection.execute(update(notes).where(notes.c.id == put.key).values(**values))
    if new:
        made = insert(notes).returning(notes.c.id, sort_by_parameter_order=True)
        keys |= dict(zip((row["name"] for row in new), connection.execute(made, new).scalars(), strict=True))
    return keys


def _put_cards(connection: Connection, deck: str, puts: Iterable[NotePut], note_keys: dict[str, int]) -> None:
    new: list[dict[str, Any]] = []
    for some in in_lots(note_keys.values()):
        # Cards whose part has left the note cannot be asked, even where a mistake in the deck keeps them from retiring.
        connection.execute(update(cards).where(cards.c.note_id.in_(some)).values(place=NOWHERE))
    for put in puts:
        for card in put.cards:
            values = {
                "deck": deck,
                "name": card.name,
                "note_id": note_keys[put.name],
                "place": card.place,
                "retired": False,
            }
            if card.key is None:
                new.append({**values, "suspended": False})
            else:
                connection.execute(update(cards).where(cards.c.id == card.key).values(**values))
    if new:
        connection.execute(insert(cards), new)


def _notes(connection: Connection, deck: str, wanted: ColumnElement[bool]) -> list[KnownNote]:
    rows = connection.execute(STANDING_NOTE.where(notes.c.deck == deck, wanted)).all()
    found: dict[int, list[KnownCard]] = defaultdict(list)
    for some in in_lots(row.id for row in rows):
        for card in connection.execute(select(cards).where(cards.c.note_id.in_(some))):
            found[card.note_id].append(KnownCard(card.id, card.name, card.retired))
    return [
        KnownNote(
            key=row.id,
            name=row.name,
            path=row.path,
            text=row.text,
            tags=tuple(row.chapter_tags.split()),
            source=row.source,
            cards=tuple(found[row.id]),
            outline=row.kind == Kind.MOCK and row.line > 0,
        )
        for row in rows
    ]
