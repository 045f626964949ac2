"""How each card stands, kept beside its name: a cache of what a fold of the history gives, and who made it."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from srs.history import Standing
from srs.history.force import InForce
from srs.scheduler import Fsrs
from srs.store.forces import stamps
from srs.store.query import ask_one
from srs.store.tables import MEMORY, STANDING, cards, schedulers
from srs.store.values import memory_of

_WRITE = (
    update(cards)
    .where(cards.c.id == bindparam("card"))
    .values({column.name: bindparam(f"new_{column.name}") for column in STANDING} | {"revision": bindparam("revision")})
)


def standing_of(row: Row[Any]) -> Standing:
    """Return how a card stands, from a row that holds the columns of `STANDING`."""
    return Standing(memory_of(row), row.suspended, row.buried_until, row.remark or "")


def write_standings(connection: Connection, found: Mapping[int, Standing]) -> None:
    """Write how cards stand, by their rows, as a revision of these cards."""
    if found:
        new = {"revision": next_revision(connection)}
        connection.execute(_WRITE, [{"card": key} | new | _columns(standing) for key, standing in found.items()])


def next_revision(connection: Connection) -> int:
    """Return the number that tells a change of cards from all that came before."""
    return int(ask_one(connection, "revision") or 0) + 1


def library_of(connection: Connection) -> str | None:
    """Return the version of the library of FSRS that made memories; `None` if none did."""
    query = select(schedulers.c.parameters).where(schedulers.c.name == Fsrs.name)
    told = [json.loads(parameters).get("library") for parameters in connection.scalars(query)]
    return next((version for version in told if version), None)


def sign(connection: Connection, force: InForce) -> None:
    """Say in the store that the memories are these schedulers'."""
    connection.execute(delete(schedulers))
    names = ("name", "version", "parameters")
    rows = [{"deck": deck} | dict(zip(names, stamp, strict=True)) for deck, stamp in stamps(force).items()]
    connection.execute(insert(schedulers), rows)


def _columns(standing: Standing) -> dict[str, object]:
    memory = standing.memory
    marks: dict[str, object] = {
        "new_suspended": standing.suspended,
        "new_buried_until": standing.buried_until,
        "new_remark": standing.remark or None,
    }
    if memory is None:
        return marks | {f"new_{column.name}": None for column in MEMORY}
    return marks | {
        "new_due": memory.due,
        "new_interval": memory.interval,
        "new_lapses": memory.lapses,
        "new_answered_on": memory.answered_on,
        "new_state": json.dumps(memory.state),
    }
