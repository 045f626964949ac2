"""What waits to be asked: what is due, what is new, and how many there are of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from srs.due import Queued
from srs.scheduler import Memory
from srs.store.query import ask, ask_one, taken
from srs.store.values import Choice, Counts, StoredCard, memory_of, queued_of, stored_of

if TYPE_CHECKING:
    from srs.store.query import Reads


def due_cards(connection: "Reads", choice: Choice, day: date, until: date) -> Iterator[Queued]:
    """Yield the cards due on or before `until` that may be asked on `day`: the longest overdue first.

    A backlog may be long, and a day's limit short: each card is looked for when it is taken.
    """
    return map(queued_of, of_choice(connection, "due", choice, taken, day=day, until=until))


def new_cards(connection: "Reads", choice: Choice, day: date, most: int | None, seen: Iterable[int]) -> list[Queued]:
    """Return the first new card of each of at most `most` notes, in the order of study.

    Notes in `seen` wait for another day, and so do those with a sibling that is due. `None` gives every new card,
    siblings of any kind included.
    """
    if most is None:
        return list(map(queued_of, of_choice(connection, "new", choice, day=day)))
    return list(map(queued_of, of_choice(connection, "first new", choice, day=day, most=max(0, most), seen=list(seen))))


def all_cards(connection: "Reads", choice: Choice, day: date) -> list[Queued]:
    """Return every card that may be asked on a day, due or not, in the order of the decks."""
    return list(map(queued_of, of_choice(connection, "all", choice, day=day)))


def these_cards(connection: "Reads", choice: Choice, day: date, keys: Sequence[int]) -> list[Queued]:
    """Return those of the named cards that may be asked, in the order named."""
    found = {row.id: queued_of(row) for row in of_choice(connection, "these", choice, day=day, keys=list(keys))}
    return [found[key] for key in keys if key in found]


def list_cards(connection: "Reads", choice: Choice, *, retired: bool = False) -> Iterator[StoredCard]:
    """Yield the cards of a choice in the order of the decks; the retired ones too if asked for."""
    return map(stored_of, of_choice(connection, "ever" if retired else "standing", choice))


def has_cards(connection: "Reads", choice: Choice) -> bool:
    """Whether there is any card of a choice, retired or not."""
    return next(of_choice(connection, "some", choice), None) is not None


def read_memories(connection: "Reads", choice: Choice) -> list[tuple[str, str, Memory | None]]:
    """Return the cards of a choice as deck, chapter and memory, in the order of the decks, without their histories."""
    return [(row.deck, row.title, memory_of(row)) for row in of_choice(connection, "memories", choice)]


def count_cards(connection: "Reads", choice: Choice, day: date) -> Counts:
    """Count the cards of a choice without reading them."""
    (row,) = of_choice(connection, "counts", choice, day=day)
    return Counts(row.due, row.new, row.total)


def count_due(connection: "Reads", choice: Choice, day: date) -> int:
    """Return how many cards of a choice are due on or before a day and may be asked on it."""
    (row,) = of_choice(connection, "backlog", choice, day=day)
    return int(row.cards)


def due_by_day(connection: "Reads", choice: Choice, until: date) -> dict[date, int]:
    """Return how many cards of the choice are due on each day up to one, those overdue included."""
    return {row.due: row.cards for row in of_choice(connection, "loads", choice, until=until)}


def next_due(connection: "Reads", choice: Choice, day: date) -> date | None:
    """Return the first study day after `day` on which a card of the choice is due."""
    found: date | None = ask_one(connection, "next due", decks=choice.decks, day=day)
    return found


def suspended_cards(connection: "Reads", choice: Choice) -> frozenset[int]:
    """Return the cards of a choice that are suspended."""
    return frozenset(row.id for row in of_choice(connection, "suspended", choice))


def tag_pattern(tag: str) -> str:
    """Return a tag as it stands among others, with blanks around it, and with the signs of a pattern as themselves."""
    for sign in "/%_":
        tag = tag.replace(sign, f"/{sign}")
    return f" {tag} "


def of_choice(
    connection: "Reads",
    name: str,
    choice: Choice,
    ask: Callable[..., Iterator[Any]] = ask,
    **values: Any,  # noqa: ANN401 -- parameters
) -> Iterator[Any]:
    """Yield the rows of a statement about the cards of a choice."""
    if choice.tag:
        return ask(connection, f"{name}, tagged", decks=choice.decks, tag=tag_pattern(choice.tag), **values)
    return ask(connection, name, decks=choice.decks, **values)
