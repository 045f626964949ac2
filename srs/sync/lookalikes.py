"""Notes never answered that look like one that left the text: its history is a command away."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from srs.history import Name
from srs.store.adopted import adoptions
from srs.store.everything import headings
from srs.store.fresh import may_be_lost

_TWO = 2  # the one that left, and the one that is new


@dataclass(frozen=True, slots=True)
class Adoption:
    """A name that goes on, and the name that it goes on as."""

    old: Name
    new: Name


def lookalikes(connection: Connection, decks: Sequence[str]) -> Iterator[Adoption]:
    """Yield, for notes in the text without answers of their own, the one that left it and looks the same.

    It has a history, which does not go on elsewhere. The same are notes of one id in two decks, and notes of one
    heading; without an id also the only two of one body, whose question was reworded. `decks` are those that are here
    (namespaces); where all of a deck that is not here looks the same, as when its namespace was changed, the decks are
    told instead. Of a history with several names the latest is told: it is the end of the chain that goes on.
    """
    if not may_be_lost(connection, decks):
        return
    every = headings(connection)
    lost = [each for each in every if each.answered and each.shown and not (each.stands and each.deck in decks)]
    by_name = {each.name: each for each in lost}
    by_heading = {each.heading: each for each in lost}
    bodies = Counter(each.body for each in every if each.stands or each in lost)
    by_body = {each.body: each for each in lost if each.body and bodies[each.body] == _TWO}
    alike = [
        ((old.deck, old.name), (each.deck, each.name))
        for each in every
        if each.stands and each.deck in decks and not each.answered
        if (old := by_name.get(each.name) or by_heading.get(each.heading) or by_body.get(each.body))
    ]
    chains = adoptions(connection) if alike else None
    found = [Adoption(chains.chain(old).names[-1], new) for old, new in alike] if chains else []
    moved = {(each.old[0], each.new[0]) for each in found if each.old[0] not in decks and each.old[1] == each.new[1]}
    yield from (Adoption((old, ""), (new_deck, "")) for old, new_deck in sorted(moved))
    yield from (each for each in found if (each.old[0], each.new[0]) not in moved)
