"""How one card stands, for an act on it."""

from dataclasses import dataclass

from sqlalchemy import Connection

from srs.errors import SrsError
from srs.history import Name, Standing
from srs.store.memories import standing_of
from srs.store.query import ask


@dataclass(frozen=True, slots=True)
class CardState:
    """What an act has to know of a card, with text or without: its deck and id, how it stands, and who shows it.

    `heir` is the row of the card that goes on with its history, if it was given away; `names` are all that adoptions
    connect with it, its own among them.
    """

    deck: str
    name: str
    standing: Standing
    heir: int | None
    names: frozenset[Name]


def card_state(connection: Connection, key: int) -> CardState:
    """Return how a card stands, by its row; raises SrsError if it has none any more."""
    row = next(ask(connection, "state", key=key), None)
    if row is None:
        raise SrsError("the card is not in the store any more; another copy of the store was put back: begin again")
    names = {(row.deck, row.name)}
    if row.kin is not None:
        names |= {(each.deck, each.name) for each in ask(connection, "kin", kin=row.kin)}
    return CardState(row.deck, row.name, standing_of(row), row.heir_id, frozenset(names))
