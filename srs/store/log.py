"""The history as JSON Lines: one review a line, to be kept, read, moved to another machine and merged."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from srs.due import milliseconds, moment_of
from srs.scheduler import Grade, Scheduler
from srs.store.memories import replay_cards
from srs.store.reviews import Review, columns, in_lots, review_of
from srs.store.tables import cards, reviews

_KEYS = ("card", "at", "day", "grade", "ms", "from")
_FURTHEST_DAY = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class LogLine:
    """A review with the card it is of; `deck` is a namespace, or nothing if the line names none."""

    deck: str
    card: str
    review: Review


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: reviews `added` and already `known`, and of the added those for `unknown` cards.

    `unknown_cards` are kept with their history until a deck brings them; `moved` counts cards whose due day
    is another now.
    """

    added: int
    known: int
    unknown: int
    unknown_cards: tuple[str, ...]
    moved: int


def format_line(line: LogLine) -> str:
    """Return a review as one line of JSON, without its line end."""
    review = line.review
    at = moment_of(review.at).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    fields = {"card": line.card, "at": at, "day": review.day.isoformat(), "grade": int(review.grade)}
    deck = {"deck": line.deck} if line.deck else {}
    return json.dumps(fields | {"ms": review.ms, "from": review.origin} | deck, ensure_ascii=False)


def parse_line(text: str) -> LogLine:
    """Read a line that `format_line` wrote; raises ValueError with a sentence that says what was expected."""
    try:
        fields = json.loads(text)
    except ValueError as error:
        raise ValueError(f"not a line of JSON: {error}") from error
    if not isinstance(fields, dict) or not all(key in fields for key in _KEYS):
        raise ValueError(f"a review is an object with {', '.join(_KEYS)}")
    card, deck, origin = (_text(fields, key) for key in ("card", "deck", "from"))
    if not card or not origin:
        raise ValueError("card and from take a text that is not empty")
    grade, ms = _whole(fields, "grade"), _whole(fields, "ms")
    if grade not in set(Grade):
        raise ValueError(f"grade is {grade}; it goes from 0 to 5")
    at, day = _moment(fields["at"]), _day(fields["day"])
    if abs(at.date() - day) > _FURTHEST_DAY:
        raise ValueError(f"day {day} is far from the moment {fields['at']}; a study day lies beside its moment")
    return LogLine(deck, card, Review(milliseconds(at), day, Grade(grade), ms, origin))


def _text(fields: Mapping[str, Any], key: str) -> str:
    value = fields.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{key} takes a text")  # noqa: TRY004 -- one kind of error for one kind of mistake
    return value


def _whole(fields: Mapping[str, Any], key: str) -> int:
    value = fields[key]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise ValueError(f"{key} takes a whole number from 0")
    return value


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or moment.year < 1970:  # noqa: PLR2004 -- where milliseconds begin
        raise ValueError(f"at is {value!r}; it takes a UTC moment such as 2026-12-01T09:00:00.000Z")
    return moment.astimezone(UTC)


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError(f"day is {value!r}; it takes a date such as 2026-12-01") from error


def read_log(connection: Connection, cards_only: Sequence[int] | None = None) -> Iterator[LogLine]:
    """Yield the reviews that stand, in the order of their moments; of all cards or of some."""
    query = select(reviews, cards.c.deck, cards.c.name).join(cards, reviews.c.card_id == cards.c.id)
    query = query.where(reviews.c.undone_at.is_(None)).order_by(reviews.c.at, cards.c.deck, cards.c.name)
    if cards_only is not None:
        query = query.where(cards.c.id.in_(cards_only))
    for row in connection.execution_options(yield_per=10_000).execute(query):
        yield LogLine(row.deck, row.name, review_of(row))


def merge(connection: Connection, lines: Iterable[LogLine], scheduler: Scheduler) -> Merged:
    """Take reviews into the history and replay the cards they are of; what is known already changes nothing.

    A review that was undone here stays undone. A line without a deck goes to the one card of that id, if just
    one deck has it.
    """
    by_card: dict[tuple[str, str], dict[int, Review]] = defaultdict(dict)
    given = 0
    for line in lines:
        given += 1
        by_card[line.deck, line.card].setdefault(line.review.at, line.review)
    keys, texted = _card_keys(connection, by_card)
    by_key: dict[int, dict[int, Review]] = defaultdict(dict)
    for name, found in by_card.items():
        for at, review in found.items():
            by_key[keys[name]].setdefault(at, review)
    new = _new_reviews(connection, by_key)
    due_before = _due_days(connection, new)
    rows = [{"card_id": key} | columns(review) for key, found in new.items() for review in found]
    if rows:
        connection.execute(insert(reviews), rows)
    due_after = {
        key: memory.due if memory else None for key, memory in replay_cards(connection, list(new), scheduler).items()
    }
    loose = {key: name for (_, name), key in keys.items() if key in new and key not in texted}
    return Merged(
        len(rows),
        given - len(rows),
        sum(len(new[key]) for key in loose),
        tuple(sorted(loose.values())),
        sum(due_before[key] != day for key, day in due_after.items()),
    )


def _card_keys(
    connection: Connection, wanted: Iterable[tuple[str, str]]
) -> tuple[dict[tuple[str, str], int], set[int]]:
    """Return the number of every card named, those made for names nobody knows included, and which have text."""
    known: dict[str, dict[str, int]] = defaultdict(dict)
    texted: set[int] = set()
    names = list(wanted)
    for some in in_lots({name for _, name in names}):
        for row in connection.execute(
            select(cards.c.id, cards.c.deck, cards.c.name, cards.c.note_id).where(cards.c.name.in_(some))
        ):
            known[row.name][row.deck] = row.id
            texted |= {row.id} if row.note_id is not None else set()
    keys: dict[tuple[str, str], int] = {}
    for deck, name in names:
        decks = known[name]
        if not deck and len(decks) == 1:
            keys[deck, name] = next(iter(decks.values()))
            continue
        if deck not in decks:
            stub = insert(cards).values(deck=deck, name=name, place=0, retired=True, suspended=False)
            decks[deck] = connection.execute(stub.returning(cards.c.id)).scalar_one()
        keys[deck, name] = decks[deck]
    return keys, texted


def _new_reviews(connection: Connection, by_key: Mapping[int, Mapping[int, Review]]) -> dict[int, list[Review]]:
    """Return the reviews whose card has none at that moment, undone ones counted."""
    taken: dict[int, set[int]] = defaultdict(set)
    for some in in_lots(by_key):
        for row in connection.execute(select(reviews.c.card_id, reviews.c.at).where(reviews.c.card_id.in_(some))):
            taken[row.card_id].add(row.at)
    new = {key: [review for at, review in found.items() if at not in taken[key]] for key, found in by_key.items()}
    return {key: found for key, found in new.items() if found}


def _due_days(connection: Connection, keys: Iterable[int]) -> dict[int, date | None]:
    found: dict[int, date | None] = {}
    for some in in_lots(keys):
        rows = connection.execute(select(cards.c.id, cards.c.due).where(cards.c.id.in_(some)))
        found |= {row.id: row.due for row in rows}
    return found
