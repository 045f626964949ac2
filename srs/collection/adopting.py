"""Histories that go on under other names: whom a learner means, and which new notes look like old ones."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from srs.collection import acting
from srs.collection.rules import Rules
from srs.deck import Deck
from srs.due import milliseconds
from srs.errors import SrsError, UsageError, unknown_name
from srs.history import Name
from srs.store.everything import headings, names_like
from srs.store.opening import Store
from srs.sync import Adoption


def adoptions_meant(store: Store, decks: Mapping[str, Deck], old: str, new: str) -> list[Adoption]:
    """Return what `OLD NEW` means: a card, a note, or (`OLD: NEW:`) every note that both decks know.

    Raises SrsError for a name that is not known, and UsageError where one of several is meant or the two do not fit.
    """
    with store.reading() as connection:
        if old.endswith(":") and new.endswith(":"):
            return _whole_decks(connection, decks, old[:-1], new[:-1])
        target = _meant(connection, new, standing=True)
        source = _meant(connection, old, standing=False, but=target)
        if _stands(connection, source, decks):
            raise SrsError(
                f"{source[0]}:{source[1]} stands in the text; take it out, or give it a new id, before it goes on as"
                f" {target[0]}:{target[1]}"
            )
    return [Adoption(source, target)]


def adopt(store: Store, wanted: Sequence[Adoption], now: datetime, rules: Rules) -> None:
    """Let names go on as others, each by an act."""
    acting.adopt(store, [(each.old, each.new) for each in wanted], milliseconds(now), rules)


def _whole_decks(connection: Connection, decks: Mapping[str, Deck], old: str, new: str) -> list[Adoption]:
    if old == new:
        raise UsageError(f"{old}: and {new}: are the same")
    if new not in decks:
        raise SrsError(f"no deck {new}; {unknown_name(new, list(decks))}")
    every = headings(connection)
    known = {each.name for each in every if each.deck == old and each.shown and not (each.stands and old in decks)}
    if not any(each.deck == old for each in every):
        raise SrsError(f"nothing is known of a deck {old}; a deck is named by its namespace")
    both = [each.name for each in every if each.deck == new and each.stands and each.name in known]
    return [Adoption((old, name), (new, name)) for name in both]


def _stands(connection: Connection, name: Name, decks: Mapping[str, Deck]) -> bool:
    """Whether the text of a deck that is here has a name, as all that it ever was: a note, a card, or both."""
    found = [each for each in names_like(connection, [name[1]]) if each.deck == name[0]]
    return name[0] in decks and all(each.stands for each in found)


def _meant(connection: Connection, text: str, *, standing: bool, but: Name | None = None) -> Name:
    """Return the name that a text means: `deck:id`, or an id that one deck has."""
    deck, colon, rest = text.partition(":")
    found = [
        each
        for each in names_like(connection, {text, rest} if colon else {text})
        if (each.deck, each.name) != but
        and (each.stands or not standing)
        and (each.name == text or (colon and (each.deck, each.name) == (deck, rest)))
    ]
    names = sorted({(each.deck, each.name) for each in found})
    if not names and but and text in {but[1], ":".join(but)}:
        raise UsageError(f"{text} is what it is to go on as; name the one that it was")
    if not names:
        where = "in the decks" if standing else "in the store"
        raise SrsError(f"no card or note is called {text} {where}; `srs cards --retired` lists all")
    gone = sorted({(each.deck, each.name) for each in found if not each.stands})
    if len(names) > 1 and len(gone) == 1:
        return gone[0]  # of those that bear it, the one that left the text goes on
    if len(names) > 1:
        raise UsageError(
            f"{text} is in several decks; say which: {', '.join(f'{deck}:{name}' for deck, name in names)}"
        )
    return names[0]
