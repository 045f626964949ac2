"""Three computers, each with a store and a clock of its own, and whatever may happen between them."""

from __future__ import annotations

import random
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from srs.collection.answering import suspend_leeches
from srs.collection.history import settled
from srs.collection.rules import Leeches, Rules
from srs.history import LogLine, Name, Standing, horizon
from srs.store.adding import not_answered_yet
from srs.store.chaining import rechain
from srs.store.folding import refold
from srs.store.log import merge, read_log
from srs.store.memories import standing_of
from srs.store.mocked import missed_on
from srs.store.replaying import replay_all
from srs.store.states import card_state
from srs.store.tables import cards, reviews
from tests.store.shelf import Shelf, empty_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from srs.history.force import InForce
    from srs.store.opening import Store

HOUR, A_DAY = 3_600_000, 86_400_000
TEXT: tuple[Name, ...] = (
    ("ship", "mile"),
    ("ship", "knot"),
    ("ship", "red/c1"),
    ("ship", "red/c2"),
    ("boat", "mile"),
    ("boat", "blue/c1"),
)
"""The cards of every computer's decks; one id is in two."""


@dataclass
class Computer:
    """A store, and a clock that is some ms wrong."""

    store: Store
    wrong: int
    chance: random.Random
    leeches: Leeches = field(default_factory=lambda: Leeches(2))

    def settled(self, now: int) -> InForce:
        """Bring the history up to a moment of the true time (ms), as every command does when it starts."""
        return settled(self.store, now + self.wrong, smooth=False)[0]

    def rules(self, now: int) -> Rules:
        """Return what acts depend on."""
        return Rules(self.settled(now), self.leeches, self.chance.randint)

    def row(self, name: Name) -> int:
        """Return the row of a card."""
        with self.store.reading() as connection:
            key: int = connection.execute(
                select(cards.c.id).where(cards.c.deck == name[0], cards.c.name == name[1])
            ).scalar_one()
        return key

    def standing(self, name: Name) -> Standing:
        """Return how a card stands."""
        with self.store.reading() as connection:
            return card_state(connection, self.row(name)).standing

    def heir(self, name: Name) -> int | None:
        """Return the row that goes on with a card's history, if another does."""
        with self.store.reading() as connection:
            return card_state(connection, self.row(name)).heir

    def log(self) -> list[LogLine]:
        """Return every line there is."""
        with self.store.reading() as connection:
            return list(read_log(connection))

    def takes(self, lines: Iterable[LogLine], now: int) -> None:
        """Merge lines, as a command would."""
        force = self.settled(now)
        with self.store.writing() as connection:
            merge(connection, lines, force, horizon(now + self.wrong))
        self.settled(now)

    def reads_from_anki(self, lines: list[LogLine], now: int) -> None:
        """Take answers that are read from an Anki package, as an import would."""
        rules = self.rules(now)
        with self.store.writing() as connection:
            new = not_answered_yet(connection, lines)
            merged = merge(connection, new, rules.force, horizon(now + self.wrong))
            suspend_leeches(connection, merged.lines, rules)

    def has_text(self, name: Name, stands: bool, now: int) -> None:
        """Let a card leave the text or come back, as a sync would."""
        force = self.settled(now)
        with self.store.writing() as connection:
            connection.execute(
                update(cards).where(cards.c.deck == name[0], cards.c.name == name[1]).values(retired=not stands)
            )
            refold(connection, rechain(connection), force)

    def state(self) -> dict[Name, Any]:
        """Return how every card stands that is known: its standing, its heir's name, and which answers count."""
        with self.store.reading() as connection:
            rows = {row.id: row for row in connection.execute(select(cards))}
            names = {key: (row.deck, row.name) for key, row in rows.items()}
            answers: dict[Name, list[Any]] = {name: [] for name in names.values()}
            for row in connection.execute(select(reviews).order_by(reviews.c.at)):
                answers[names[row.name_id]].append((row.at, row.counts, names[row.card_id]))
        return {
            names[key]: (standing_of(row), names.get(row.heir_id), answers[names[key]]) for key, row in rows.items()
        }

    def missed(self, day: date) -> set[Name]:
        """Return which cards the mocks of a study day make drills."""
        with self.store.reading() as connection:
            keys = missed_on(connection, day, ["boat", "ship"])
            rows = connection.execute(select(cards.c.deck, cards.c.name).where(cards.c.id.in_(keys)))
            return {(row.deck, row.name) for row in rows}

    def drifted(self, now: int) -> tuple[str, ...]:
        """Return which cards a replay of the bare lines finds otherwise than they are kept."""
        force = self.settled(now)
        with self.store.reading() as connection:
            return replay_all(connection, force, write=False).drifted


@contextmanager
def computers(wrong: Iterable[int], seed: int = 0) -> Iterator[list[Computer]]:
    """Give computers with the same decks and an empty history, whose clocks are so many ms wrong."""
    with ExitStack() as stack:
        found = []
        for place, ms in enumerate(wrong):
            store = stack.enter_context(empty_store())
            with store.writing() as connection:
                shelf = Shelf(connection)
                notes: dict[Name, int] = {}
                for line, (deck, card) in enumerate(TEXT, 1):
                    note = card.split("/")[0]
                    if (deck, note) not in notes:
                        notes[deck, note] = shelf.note(note, deck=deck, line=line)
                    shelf.card(card, note=notes[deck, note], deck=deck)
            found.append(Computer(store, ms, random.Random(f"{seed}/{place}")))  # noqa: S311 -- no secret
        yield found
