"""Remarks on cards: what to mend later, written where it was noticed."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from srs.store.tables import cards, flags


def flag_of(connection: Connection, card: int) -> str:
    """Return the remark on a card, or nothing."""
    return connection.execute(select(flags.c.remark).where(flags.c.card_id == card)).scalar() or ""


def set_flag(connection: Connection, card: int, remark: str, at: int) -> None:
    """Put a remark (at a moment in ms) on a card in place of any other; an empty one takes it off."""
    connection.execute(delete(flags).where(flags.c.card_id == card))
    if remark:
        connection.execute(insert(flags).values(card_id=card, remark=remark, at=at))


def read_flags(connection: Connection, decks: Sequence[str]) -> dict[int, str]:
    """Return all remarks on cards of these decks (namespaces), by the card's row."""
    query = select(flags.c.card_id, flags.c.remark).join(cards, flags.c.card_id == cards.c.id)
    return {row.card_id: row.remark for row in connection.execute(query.where(cards.c.deck.in_(decks)))}
