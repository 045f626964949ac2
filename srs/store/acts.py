"""The acts that are no answers, as rows: kept for ever, and read by whom they name or by what they are."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from srs.history import LogLine, Name, Undo, canonical, format_line, parse_line
from srs.store.lots import in_lots
from srs.store.query import ask, ask_one
from srs.store.tables import acts

ACT_KEY = ("deck", "card", "at", "what", "undoes")


def write_acts(connection: Connection, lines: Iterable[LogLine], *, shared: bool = False) -> list[LogLine]:
    """Add acts to those that are known, and return those that changed something.

    Of two that are one act told twice but differ, the one not read from Anki stands, else the lesser in canonical form.
    """
    wanted: dict[tuple[Any, ...], LogLine] = {}
    for line in lines:
        key = act_key(line)
        wanted[key] = first_of(line, wanted[key]) if key in wanted else line
    known: dict[tuple[Any, ...], Any] = {}
    for some in in_lots(sorted({(line.deck, line.card) for line in wanted.values()})):
        query = select(acts).where(_among(some))
        known |= {tuple(getattr(row, name) for name in ACT_KEY): row for row in connection.execute(query)}
    new = [line for key, line in wanted.items() if key not in known]
    other = [
        (known[key].id, line)
        for key, line in wanted.items()
        if key in known and first_of(line, parse_line(known[key].line)) is line
    ]
    if new:
        connection.execute(
            insert(acts),
            [
                dict(zip(ACT_KEY, act_key(line), strict=True)) | {"line": format_line(line), "shared": shared}
                for line in new
            ],
        )
    for row, line in other:
        connection.execute(update(acts).where(acts.c.id == row).values(line=format_line(line), shared=shared))
    return [*new, *(line for _, line in other)]


def first_of(line: LogLine, other: LogLine) -> LogLine:
    """Return which of two lines that are one act stands; the second where they do not differ."""
    return line if (line.from_anki, canonical(line)) < (other.from_anki, canonical(other)) else other


def acts_on(connection: Connection, names: Collection[Name]) -> list[LogLine]:
    """Return the acts that name one of these cards or notes."""
    found = []
    for some in in_lots(names):
        lines = (parse_line(row.line) for row in ask(connection, "acts naming", **_parts(some)))
        found += [line for line in lines if (line.deck, line.card) in names]
    return found


def _among(some: Sequence[Name]) -> ColumnElement[bool]:
    """Return a condition that the acts on a lot of names fulfil, and perhaps others of their decks."""
    return and_(acts.c.deck.in_({deck for deck, _ in some}), acts.c.card.in_({card for _, card in some}))


def every_act(connection: Connection) -> list[LogLine]:
    """Return all acts that are no answers."""
    return [parse_line(line) for line in connection.scalars(select(acts.c.line))]


def latest_act(connection: Connection, names: Collection[Name]) -> int | None:
    """Return the moment of the latest act that names one of these cards or notes."""
    found = [ask_one(connection, "latest act", **_parts(some)) for some in in_lots(names)]
    return max((at for at in found if at is not None), default=None)


def _parts(names: Iterable[Name]) -> dict[str, list[str]]:
    """Return the decks and the ids of some names, as two lists."""
    decks, ids = zip(*names, strict=True)
    return {"decks": sorted(set(decks)), "cards": sorted(set(ids))}


def act_key(line: LogLine) -> tuple[Any, ...]:
    """Return the values of the columns `ACT_KEY`, which make two lines one act."""
    act = line.act
    return line.deck, line.card, act.at, act.what, f"{act.of}/{act.act}" if isinstance(act, Undo) else ""
