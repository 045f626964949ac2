"""Which card goes on with whose history, kept beside the names: what adoptions come to in the text as it is here."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select, update

from srs.deck import split_card_id
from srs.history import Chain, Name
from srs.store.adopted import adoptions
from srs.store.lots import in_lots
from srs.store.tables import cards, notes, reviews

_MOVE = update(reviews).where(reviews.c.name_id == bindparam("named")).values(card_id=bindparam("shown"))
_LINK = update(cards).where(cards.c.id == bindparam("card")).values(heir_id=bindparam("heir"), kin=bindparam("least"))


@dataclass(frozen=True, slots=True)
class Link:
    """What a card's row says of it: the row that goes on with its history, and the least row of all connected."""

    heir: int | None = None
    kin: int | None = None


_ALONE = Link()


def rechain(connection: Connection) -> set[int]:
    """Bring the links up to the adoptions and the text, and return the rows of all cards to be folded again."""
    known, wanted = read_links(connection), links(connection)
    changed = {key for key in known | wanted if known.get(key, _ALONE) != wanted.get(key, _ALONE)}
    moved = {key for key in changed if known.get(key, _ALONE).heir != wanted.get(key, _ALONE).heir}
    if changed:
        rows = [{"card": key, "heir": link.heir, "least": link.kin} for key, link in _of(changed, wanted)]
        connection.execute(_LINK, rows)
    if moved:
        connection.execute(_MOVE, [{"named": key, "shown": link.heir or key} for key, link in _of(moved, wanted)])
    heirs = {link.heir for which in (known, wanted) for _, link in _of(changed, which)}
    return changed | {heir for heir in heirs if heir is not None}


def read_links(connection: Connection) -> dict[int, Link]:
    """Return the links as they are kept."""
    rows = connection.execute(select(cards.c.id, cards.c.heir_id, cards.c.kin).where(cards.c.kin.is_not(None)))
    return {row.id: Link(row.heir_id, row.kin) for row in rows}


def links(connection: Connection) -> dict[int, Link]:
    """Return the links that the adoptions make: a history is shown by the latest of its names that stands in the text.

    Where none stands there it is shown by the latest that is known at all.
    """
    every = adoptions(connection)
    if not every.names:
        return {}
    rows = _rows(connection, every.names)
    found, kin, shown = dict[int, Link](), dict[frozenset[Name], list[int]](), dict[Name, int]()
    for name, (row, _) in rows.items():  # what many names share is found once
        group, chain = every.kin(name), every.chain(name)
        if group not in kin:
            kin[group] = sorted(rows[each][0] for each in group if each in rows)
        if chain.first not in shown:
            shown[chain.first] = _heir(chain, rows)
        heir = shown[chain.first]
        found[row] = Link(None if heir == row else heir, kin[group][0]) if len(kin[group]) > 1 else _ALONE
    return found


def _rows(connection: Connection, names: Collection[Name]) -> dict[Name, tuple[int, bool]]:
    """Return the rows of cards that adoptions name, by themselves or by their note, and whether they stand in a text.

    A card is found by its name, by its note's, or among those that no text has: no other card of a deck is read.
    """
    some_cards = select(cards.c.id, cards.c.deck, cards.c.name, cards.c.retired)
    of_notes = some_cards.join(notes, cards.c.note_id == notes.c.id)
    without = some_cards.where(cards.c.note_id.is_(None))
    queries = [without.where(cards.c.deck.in_(some)) for some in in_lots({deck for deck, _ in names})]
    for lot in in_lots(sorted(names)):  # of few decks, mostly of one
        of, called = {deck for deck, _ in lot}, {name for _, name in lot}
        queries.append(some_cards.where(cards.c.deck.in_(of), cards.c.name.in_(called)))
        queries.append(of_notes.where(notes.c.deck.in_(of), notes.c.name.in_(called)))
    return {
        (row.deck, row.name): (row.id, not row.retired)
        for query in queries
        for row in connection.execute(query)
        if (row.deck, row.name) in names or (row.deck, split_card_id(row.name)[0]) in names
    }


def heirs(connection: Connection) -> dict[Name, Name]:
    """Return the names whose history goes on under another, with that."""
    old, new = cards.alias(), cards.alias()
    query = select(old.c.deck, old.c.name, new.c.deck.label("heir_deck"), new.c.name.label("heir"))
    query = query.select_from(old.join(new, old.c.heir_id == new.c.id)).where(old.c.kin.is_not(None))
    return {(row.deck, row.name): (row.heir_deck, row.heir) for row in connection.execute(query)}


def misplaced(connection: Connection) -> set[int]:
    """Return the rows of names whose answers do not stand in the history that shows them."""
    query = select(reviews.c.name_id).join(cards, reviews.c.name_id == cards.c.id).distinct()
    return set(connection.scalars(query.where(reviews.c.card_id != func.coalesce(cards.c.heir_id, cards.c.id))))


def put_in_place(connection: Connection, keys: Iterable[int]) -> None:
    """Put the answers of some names into the history that shows them."""
    heirs = {key: link.heir for key, link in read_links(connection).items()}
    if rows := [{"named": key, "shown": heirs.get(key) or key} for key in keys]:
        connection.execute(_MOVE, rows)


def _heir(chain: Chain, rows: Mapping[Name, tuple[int, bool]]) -> int:
    latest = [rows[each] for each in reversed(chain.names) if each in rows]
    return next((row for row, stands in latest if stands), latest[0][0])


def _of(keys: set[int], which: Mapping[int, Link]) -> list[tuple[int, Link]]:
    return [(key, which.get(key, _ALONE)) for key in sorted(keys)]
