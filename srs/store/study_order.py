"""The order in which the notes of a deck are studied, and what it was made from."""

from pathlib import PurePosixPath

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from srs.deck.ordering import moved
from srs.store.tables import chapters, decks, notes


def write_order(connection: Connection, deck: str, order: tuple[str, ...]) -> None:
    """Give the notes of a deck the positions of another order of study, and remember it."""
    connection.execute(delete(decks).where(decks.c.deck == deck))
    connection.execute(insert(decks).values(deck=deck, study_order="\n".join(order)))
    query = select(notes.c.id, notes.c.position, notes.c.tags, chapters.c.path, chapters.c.tags.label("chapter_tags"))
    rows = connection.execute(query.join(chapters, notes.c.chapter_id == chapters.c.id).where(notes.c.deck == deck))
    places = [
        {"key": row.id, "place": place}
        for row in rows.all()
        if row.position
        != (place := moved(row.position, order, PurePosixPath(row.path), f"{row.chapter_tags} {row.tags}".split()))
    ]
    if places:
        moving = update(notes).where(notes.c.id == bindparam("key")).values(position=bindparam("place"))
        connection.execute(moving, places)
