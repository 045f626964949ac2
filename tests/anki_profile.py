"""The Anki of a learner's computer: a profile in a folder of its own, opened as its window would."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from anki.collection import Collection
from anki.scheduler.v3 import CardAnswer, Scheduler

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.learner import Learner

RATINGS = {1: CardAnswer.AGAIN, 2: CardAnswer.HARD, 3: CardAnswer.GOOD, 4: CardAnswer.EASY}
CARDS = """
SELECT n.flds, c.ord, c.type, c.queue, c.due, c.ivl, c.factor, c.lapses, c.odid, c.odue, c.data, n.tags, c.id
FROM cards c JOIN notes n ON n.id = c.nid ORDER BY c.id
"""


@dataclass(frozen=True)
class Seen:
    """A card as Anki has it; `due` counts from today where it is reviewed."""

    type: int
    queue: int
    due: int
    interval: int
    ease: int
    lapses: int
    home: int
    home_due: int
    data: str
    tags: tuple[str, ...]


@dataclass
class Profile:
    """A profile of Anki."""

    folder: Path
    name: str = "User 1"

    @property
    def file(self) -> Path:
        """Its collection."""
        return self.folder / self.name / "collection.anki2"

    @contextmanager
    def window(self) -> Iterator[Collection]:
        """Open the collection as Anki does while its window is there."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        collection = Collection(str(self.file))
        try:
            yield collection
        finally:
            collection.close()

    def cards(self) -> dict[str, Seen]:
        """Return the cards by what the deck's text calls them."""
        with self.window() as collection:
            return cards_of(collection)


def cards_of(collection: Collection) -> dict[str, Seen]:
    """Return the cards of our note types by what the deck's text calls them."""
    assert collection.db
    today, found = collection.sched.today, {}
    for row in collection.db.all(CARDS):
        text, place, kind, queue, due, ivl, factor, lapses, home, home_due, data, tags, _ = row
        name = card_name(text, place)
        home_due -= today if kind == 2 and home else 0
        day = due - today if kind == 2 and not home else due
        found[name] = Seen(kind, queue, day, ivl, factor, lapses, home, home_due, data, tuple(tags.split()))
    return found


def card_name(text: str, place: int) -> str:
    """Return the id of a card by its note's fields and its place; here red has gaps, and both is asked both ways."""
    note = text.split("\x1f", maxsplit=1)[0]
    if note.startswith("red"):
        return f"{note}/c{place + 1}"
    if note == "both":
        return f"{note}/back" if place else note
    return f"{note}/c{place}" if place else note


def find(collection: Collection, name: str) -> Any:  # noqa: ANN401 -- a number of Anki's own kind
    """Return the row of a card by its id."""
    assert collection.db
    return next(row[12] for row in collection.db.all(CARDS) if card_name(row[0], row[1]) == name)


def answer(collection: Collection, name: str, button: int) -> None:
    """Answer a card with one of Anki's buttons, wherever it stands in the queue."""
    card = collection.get_card(find(collection, name))
    states = collection._backend.get_scheduling_states(card.id)
    card.start_timer()
    assert isinstance(collection.sched, Scheduler)
    collection.sched.answer_card(collection.sched.build_answer(card=card, states=states, rating=RATINGS[button]))


def agree(learner: Learner, profile: Profile) -> None:
    """Both sides say the same of every card that is in the text."""
    day = (datetime.fromisoformat(learner.now) - timedelta(hours=4)).date()
    there = profile.cards()
    for name, card in learner.cards().items():
        seen = there[name]
        assert (seen.queue == -1) == (card["state"] == "suspended"), name
        assert (seen.queue == -3) == (card["state"] == "buried"), name
        if card["due"] is None:
            assert seen.type == 0, name
        else:
            due = (datetime.fromisoformat(card["due"]).date() - day).days
            told = (due, card["interval"], card["ease"])
            assert (seen.home_due if seen.home else seen.due, seen.interval, seen.ease) == told, name
