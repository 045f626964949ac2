"""Every name there ever was, in the text or not, for those who look for a history."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, exists, select

from srs.deck.labels import without_labels
from srs.store.standing import ANSWERED, SHOWN, STANDS
from srs.store.tables import cards, notes


@dataclass(frozen=True, slots=True)
class KnownName:
    """A card's or a note's deck and id, and whether it stands in the text."""

    deck: str
    name: str
    stands: bool


def names_like(connection: Connection, names: Iterable[str]) -> list[KnownName]:
    """Return every card, and every note, that bears one of these ids in any deck."""
    wanted = list(names)
    stands = exists().where(cards.c.note_id == notes.c.id, ~cards.c.retired)
    query = select(notes.c.deck, notes.c.name, stands.label("stands")).where(notes.c.name.in_(wanted))
    found = [KnownName(row.deck, row.name, bool(row.stands)) for row in connection.execute(query)]
    query = select(cards.c.deck, cards.c.name, (~cards.c.retired).label("stands")).where(cards.c.name.in_(wanted))
    return found + [KnownName(row.deck, row.name, bool(row.stands)) for row in connection.execute(query)]


@dataclass(frozen=True, slots=True)
class KnownHeading:
    """A note's deck, id and heading without its label; whether it stands in the text, and was ever answered.

    `body`: what stands below the heading, of a note without an id. `shown`: no other note goes on with its history.
    """

    deck: str
    name: str
    heading: str
    stands: bool
    answered: bool
    shown: bool
    body: str = ""


def headings(connection: Connection) -> list[KnownHeading]:
    """Return every note there ever was."""
    flags = (STANDS.label("stands"), ANSWERED.label("answered"), SHOWN.label("shown"))
    query = select(notes.c.deck, notes.c.name, notes.c.text, *flags)
    return [
        KnownHeading(
            deck=row.deck,
            name=row.name,
            heading=without_labels(row.text.partition("\n")[0]),
            body=row.text.partition("\n")[2].strip() if row.name.startswith("~") else "",
            stands=bool(row.stands),
            answered=bool(row.answered),
            shown=bool(row.shown),
        )
        for row in connection.execute(query)
    ]


def note_rows(connection: Connection) -> list[tuple[int, str, str]]:
    """Return row, deck and id of every note there ever was."""
    return [(row.id, row.deck, row.name) for row in connection.execute(select(notes.c.id, notes.c.deck, notes.c.name))]
