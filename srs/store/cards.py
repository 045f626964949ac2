"""Reading cards: what is due, what is new, what is called by a name, and what there is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, literal, or_, select

from srs.due import Queued
from srs.scheduler import Memory
from srs.store.memories import MEMORY, memory_of
from srs.store.order import IN_ORDER, IN_STUDY_ORDER
from srs.store.tables import NOWHERE, cards, chapters, notes, reviews, standing

_SAME = (
    "deck",
    "name",
    "retired",
    "suspended",
    "buried_until",
    "remark",
    "heir_id",
    "note",
    "kind",
    "text",
    "line",
    "path",
    "reviews",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which cards a command is about: those of these decks (namespaces), and of one tag if one is given."""

    decks: tuple[str, ...]
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class StoredCard:
    """A card with everything the store knows of it; `text` is the Markdown of its note."""

    key: int
    deck: str
    name: str
    memory: Memory | None
    retired: bool
    suspended: bool
    buried_until: date | None
    remark: str | None
    heir_id: int | None
    note: str
    kind: str
    text: str
    line: int
    path: str
    chapter: str
    tags: tuple[str, ...]
    reviews: int

    def state(self, day: date) -> str:
        """Say in one word how the card stands on a study day."""
        if self.retired:
            return "retired"
        if self.heir_id is not None:
            return "given away"
        if self.suspended:
            return "suspended"
        if self.buried_until and self.buried_until > day:
            return "buried"
        return "review" if self.memory else "new"


def due_cards(connection: Connection, choice: Choice, day: date, until: date) -> Iterator[Queued]:
    """Yield the cards due on or before `until` that may be asked on `day`: the longest overdue first.

    A backlog may be long, and a day's limit short: each memory is read when its card is taken.
    """
    query = _queued(choice, day).where(cards.c.due.is_not(None), cards.c.due <= until)
    return _taken(connection, query.order_by(cards.c.due, *IN_ORDER))


def new_cards(connection: Connection, choice: Choice, day: date, most: int | None, seen: Iterable[int]) -> list[Queued]:
    """Return the first new card of each of at most `most` notes, in the order of study.

    Notes in `seen` wait for another day, and so do those with a sibling that is due. `None` gives every new card,
    siblings of any kind included.
    """
    query = _queued(choice, day).where(cards.c.due.is_(None))
    if most is not None:
        sibling = cards.alias()
        comes_first = or_(and_(sibling.c.due.is_(None), sibling.c.place < cards.c.place), sibling.c.due <= day)
        waits = exists().where(sibling.c.note_id == cards.c.note_id, comes_first, _may_be_asked(sibling, day))
        query = query.where(~waits, cards.c.note_id.not_in(list(seen))).limit(max(0, most))
    return _queue(connection, query.order_by(*IN_STUDY_ORDER, cards.c.place))


def all_cards(connection: Connection, choice: Choice, day: date) -> list[Queued]:
    """Return every card that may be asked on a day, due or not, in the order of the decks."""
    return _queue(connection, _queued(choice, day).order_by(*IN_ORDER))


def these_cards(connection: Connection, choice: Choice, day: date, keys: Sequence[int]) -> list[Queued]:
    """Return those of the named cards that may be asked, in the order named."""
    found = {card.key: card for card in _queue(connection, _queued(choice, day).where(cards.c.id.in_(keys)))}
    return [found[key] for key in keys if key in found]


def without_text(connection: Connection) -> frozenset[int]:
    """Return the cards whose text is gone, retired or not yet."""
    return frozenset(connection.scalars(select(cards.c.id).where(or_(cards.c.retired, cards.c.place == NOWHERE))))


def suspended_cards(connection: Connection, choice: Choice) -> frozenset[int]:
    """Return the cards of a choice that are suspended."""
    query = select(cards.c.id).select_from(standing).where(*chosen(choice), cards.c.suspended, ~cards.c.retired)
    return frozenset(connection.scalars(query))


def read_card(connection: Connection, key: int) -> StoredCard:
    """Return one card by its number in the store."""
    return _stored(connection.execute(_stored_query().where(cards.c.id == key)).one())


def cards_called(connection: Connection, decks: Sequence[str], names: Sequence[str]) -> list[StoredCard]:
    """Return the cards of these decks that bear one of these ids, retired ones included."""
    query = _stored_query().where(cards.c.name.in_(names), cards.c.deck.in_(decks))
    return [_stored(row) for row in connection.execute(query).all()]


def list_cards(connection: Connection, choice: Choice, *, retired: bool = False) -> Iterator[StoredCard]:
    """Yield the cards of a choice in the order of the decks; the retired ones too if asked for."""
    query = _stored_query().where(*chosen(choice)).order_by(*IN_ORDER)
    if not retired:
        query = query.where(~cards.c.retired, cards.c.heir_id.is_(None))
    return (_stored(row) for row in connection.execute(query))


def card_names(connection: Connection, deck: str) -> frozenset[str]:
    """Return every card and note id that a deck ever had."""
    ever = [
        *connection.scalars(select(cards.c.name).where(cards.c.deck == deck)),
        *connection.scalars(select(notes.c.name).where(notes.c.deck == deck)),
    ]
    return frozenset(ever)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cards wait: `due` on or before a day, `new` ones, and all that are not retired."""

    due: int
    new: int
    total: int


def count_cards(connection: Connection, choice: Choice, day: date) -> Counts:
    """Count the cards of a choice without reading them."""
    query = select(
        func.count().filter(cards.c.due <= day, _may_be_asked(cards, day)).label("due"),
        func.count().filter(cards.c.due.is_(None), _may_be_asked(cards, day)).label("new"),
        func.count().label("total"),
    )
    row = connection.execute(query.select_from(standing).where(*chosen(choice), ~cards.c.retired)).one()
    return Counts(row.due, row.new, row.total)


def due_by_day(connection: Connection, choice: Choice, until: date) -> dict[date, int]:
    """Return how many cards of the choice are due on each day up to one, those overdue included."""
    query = select(cards.c.due, func.count().label("cards")).select_from(standing)
    query = query.where(*chosen(choice), cards.c.due <= until, ~cards.c.retired, ~cards.c.suspended)
    return {row.due: row.cards for row in connection.execute(query.group_by(cards.c.due))}


def next_due(connection: Connection, choice: Choice, day: date) -> date | None:
    """Return the first study day after `day` on which a card of the choice is due."""
    query = select(func.min(cards.c.due)).where(
        cards.c.deck.in_(choice.decks), cards.c.due > day, ~cards.c.retired, ~cards.c.suspended
    )
    found: date | None = connection.execute(query).scalar()
    return found


def due_days(connection: Connection) -> dict[int, date | None]:
    """Return the due day of every card, by its row."""
    return {row.id: row.due for row in connection.execute(select(cards.c.id, cards.c.due))}


def tagged(tag: str) -> ColumnElement[bool]:
    """Return the condition that a chapter bears a tag, or the note itself."""
    every = literal(" ") + chapters.c.tags + literal(" ") + notes.c.tags + literal(" ")
    return every.icontains(f" {tag} ", autoescape=True)  # whatever its case, on a server too


def _may_be_asked(table: Any, day: date) -> ColumnElement[bool]:  # noqa: ANN401 -- the table or an alias of it
    free = or_(table.c.buried_until.is_(None), table.c.buried_until <= day)
    stands = and_(~table.c.retired, table.c.heir_id.is_(None), table.c.place != NOWHERE)
    return and_(stands, ~table.c.suspended, free)


def chosen(choice: Choice) -> list[ColumnElement[bool]]:
    """Return the conditions that a card, with its note and chapter, is of a choice."""
    wanted: list[ColumnElement[bool]] = [cards.c.deck.in_(choice.decks)]
    if choice.tag:
        wanted.append(tagged(choice.tag))
    return wanted


def _queued(choice: Choice, day: date) -> Select[Any]:
    query = select(cards.c.id, cards.c.note_id, cards.c.deck, chapters.c.path, *MEMORY).select_from(standing)
    return query.where(*chosen(choice), _may_be_asked(cards, day))


def _queue(connection: Connection, query: Select[Any]) -> list[Queued]:
    return list(_taken(connection, query))


def _taken(connection: Connection, query: Select[Any]) -> Iterator[Queued]:
    rows = connection.execute(query).all()
    return (Queued(row.id, row.note_id, memory_of(row), chapter=f"{row.deck}/{row.path}") for row in rows)


def _stored_query() -> Select[Any]:
    count = select(func.count()).where(reviews.c.card_id == cards.c.id, reviews.c.counts).scalar_subquery()
    of_card = (
        cards.c.id,
        cards.c.deck,
        cards.c.name,
        *MEMORY,
        cards.c.retired,
        cards.c.suspended,
        cards.c.buried_until,
        cards.c.remark,
        cards.c.heir_id,
    )
    of_note = (notes.c.name.label("note"), notes.c.kind, notes.c.text, notes.c.line)
    tags = (chapters.c.tags + literal(" ") + notes.c.tags).label("tags")
    of_chapter = (chapters.c.path, chapters.c.title, tags)
    return select(*of_card, *of_note, *of_chapter, count.label("reviews")).select_from(standing)


def _stored(row: Row[Any]) -> StoredCard:
    same = {name: getattr(row, name) for name in _SAME}
    return StoredCard(
        key=row.id, chapter=row.title, memory=memory_of(row), tags=tuple(dict.fromkeys(row.tags.split())), **same
    )
