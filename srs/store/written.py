"""The log as text, straight from the columns: no act is made of a row, and of no more than a lot is held at once."""

import json
from collections import deque
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, String, func, select, type_coerce

from srs.due import moment_of
from srs.history import format_line
from srs.history.lines import canonical_of
from srs.scheduler import Grade
from srs.store.acts import every_act
from srs.store.own_tables import waiting
from srs.store.tables import acts, cards, reviews
from srs.store.waiting import read_waiting

_AT_ONCE = 10_000
_DAY, _MINUTE, _SECOND = 86_400_000, 60_000, 1000  # ms
_ANSWERS = select(
    reviews.c.at, reviews.c.name_id, type_coerce(reviews.c.day, String), *reviews.c["grade", "ms", "origin", "more"]
).order_by(reviews.c.at)
_GRADES = {int(grade): str(int(grade)) for grade in Grade}
_MINUTES = [f"T{minute // 60:02}:{minute % 60:02}:" for minute in range(24 * 60)]
_SECONDS = [f"{second:02}." for second in range(60)]
_THOUSANDTHS = [f'{thousandth:03}Z", "day": "' for thousandth in range(1000)]

_Placed = tuple[int, str]  # a line by its moment (ms)


def written_log(connection: Connection) -> Iterator[list[str]]:
    """Yield every line there is in lots, each as `format_line` writes it with its line end, in the order of `read_log`.

    Lines that do not count, and those that wait, are among them.
    """
    others = deque(sorted(_others(connection), key=itemgetter(0)))
    held: list[_Placed] = []  # lines of one moment, which the next lot may have more of
    for lot in _answers(connection):
        placed = held + lot
        last = placed[-1][0]
        while others and others[0][0] <= last:
            placed.append(others.popleft())
        placed = _in_order(placed)
        begin = next(place for place in range(len(placed) - 1, -1, -1) if place == 0 or placed[place - 1][0] < last)
        held = placed[begin:]
        yield [text for _, text in placed[:begin]]
    yield [text for _, text in _in_order([*held, *others])]


def count_lines(connection: Connection) -> int:
    """Return how many lines there are, those that wait among them."""
    return sum(connection.execute(select(func.count()).select_from(each)).scalar_one() for each in _KEPT)


_KEPT = (reviews, acts, waiting)


def _others(connection: Connection) -> Iterator[_Placed]:
    for line in (*every_act(connection), *read_waiting(connection)):
        yield line.act.at, format_line(line) + "\n"


def _answers(connection: Connection) -> Iterator[list[_Placed]]:
    """Yield the lines of answers in lots, in the order of their moments."""
    begins, ends = _names(connection)
    dates, days, origins = _Dates(), _Days(), _Quoted()
    rows = connection.execute(_ANSWERS.execution_options(stream_results=True))
    for lot in rows.partitions(_AT_ONCE):
        texts = (
            f"{begins[name]}{dates[at // _DAY]}{_MINUTES[at % _DAY // _MINUTE]}{_SECONDS[at % _MINUTE // _SECOND]}"
            f'{_THOUSANDTHS[at % _SECOND]}{days[day]}", "grade": {_GRADES[grade]}, "ms": {ms:d},'
            f' "from": {origins[origin]}{ends[name] if not more else _with_more(ends[name], more)}'
            for at, name, day, grade, ms, origin, more in lot
        )
        yield [(row[0], text) for row, text in zip(lot, texts, strict=True)]


def _names(connection: Connection) -> tuple[dict[int, str], dict[int, str]]:
    """Return how the lines of each card begin and end, by the row of its name."""
    begins: dict[int, str] = {}
    ends: dict[int, str] = {}
    decks: dict[str, str] = {}
    for key, deck, name in connection.execute(select(cards.c.id, cards.c.deck, cards.c.name)):
        begins[key] = f'{{"card": {_quoted(name)}, "at": "'
        ends[key] = decks.setdefault(deck, f', "deck": {_quoted(deck)}}}\n' if deck else "}\n")
    return begins, ends


def _with_more(end: str, more: str) -> str:
    told = json.dumps(json.loads(more), ensure_ascii=False)
    return f"{end[:-2]}, {told[1:]}\n" if len(told) > len("{}") else end


def _in_order(placed: list[_Placed]) -> list[_Placed]:
    """Return lines by their moments, and those of one moment by their canonical form."""
    placed.sort(key=itemgetter(0))
    if len({at for at, _ in placed}) == len(placed):
        return placed
    found: list[_Placed] = []
    for _, some in groupby(placed, key=itemgetter(0)):
        together = list(some)
        found += sorted(together, key=lambda each: canonical_of(each[1])) if len(together) > 1 else together
    return found


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


class _Quoted(dict[str, str]):
    """Texts as JSON has them; there are few."""

    def __missing__(self, text: str) -> str:
        found = self[text] = _quoted(text)
        return found


class _Dates(dict[int, str]):
    """Days of UTC since 1970 as a log has them."""

    def __missing__(self, day: int) -> str:
        found = self[day] = moment_of(day * _DAY).date().isoformat()
        return found


class _Days(dict[Any, str]):
    """Study days as a log has them, by what the database gives; raises ValueError for what is none."""

    def __missing__(self, day: object) -> str:
        found = self[day] = date.fromisoformat(str(day)).isoformat()
        return found
