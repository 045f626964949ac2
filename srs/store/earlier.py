"""What notes said before: a text is kept for as long as some card was last answered under it."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, delete, func, insert, select

from srs.store.lots import in_lots
from srs.store.tables import cards, earlier_texts, notes, reviews


def keep_texts(connection: Connection, changed: Mapping[int, str], at: int) -> None:
    """Keep what notes (by their rows) say until a moment (ms), before it is written over by another text.

    Kept is only what a card may be asked for: a text under which one was answered last. What no card was answered
    under any more is let go.
    """
    for some in in_lots(changed):
        answered = _last_answers(connection, some)
        query = select(earlier_texts.c.note_id, func.max(earlier_texts.c.until).label("until"))
        query = query.where(earlier_texts.c.note_id.in_(some)).group_by(earlier_texts.c.note_id)
        kept: dict[int, int] = {row.note_id: row.until for row in connection.execute(query)}
        texts = connection.execute(select(notes.c.id, notes.c.text).where(notes.c.id.in_(answered))).all()
        rows = [
            {"note_id": row.id, "text": row.text, "until": at}
            for row in texts
            if row.text != changed[row.id] and max(answered[row.id]) >= kept.get(row.id, 0)
        ]
        if rows:
            connection.execute(insert(earlier_texts), rows)
        for key in kept:
            first = min(answered.get(key, [at]))
            connection.execute(
                delete(earlier_texts).where(earlier_texts.c.note_id == key, earlier_texts.c.until <= first)
            )


def _last_answers(connection: Connection, keys: list[int]) -> dict[int, list[int]]:
    """Return when (ms) the cards of each note were last answered; notes without an answer are left out."""
    query = select(cards.c.note_id, func.max(reviews.c.at).label("at")).join(reviews, reviews.c.card_id == cards.c.id)
    query = query.where(cards.c.note_id.in_(keys), reviews.c.counts)
    found: dict[int, list[int]] = defaultdict(list)
    for row in connection.execute(query.group_by(cards.c.note_id, cards.c.id)):
        found[row.note_id].append(row.at)
    return found
