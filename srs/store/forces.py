"""Which schedulers are in force by the acts of a store, and whether its memories are theirs."""

from typing import TYPE_CHECKING

from srs.history import LogLine, Switch, parse_line
from srs.history.force import InForce, in_force
from srs.store.query import ask

if TYPE_CHECKING:
    from srs.store.query import Reads


def acts_of(connection: "Reads", *kinds: str) -> list[LogLine]:
    """Return the acts of some kinds."""
    return [parse_line(row.line) for row in ask(connection, "acts", kinds=kinds)]


def undos_of(connection: "Reads", kind: str) -> list[LogLine]:
    """Return the undos of acts of a kind."""
    return [parse_line(row.line) for row in ask(connection, "undos", kind=f"/{kind}")]


def schedulers_in_force(connection: "Reads") -> InForce:
    """Return the schedulers that the log leaves in force."""
    return in_force(switches(connection))


def switches(connection: "Reads") -> list[LogLine]:
    """Return the acts that put a scheduler in force, and the undos of such."""
    found = acts_of(connection, Switch.what)
    return [*found, *undos_of(connection, Switch.what)] if found else []


def made_by(connection: "Reads", force: InForce) -> bool | None:
    """Whether the memories are these schedulers'; `None` if they are nobody's, because they were never replayed."""
    rows = list(ask(connection, "schedulers"))
    return {row.deck: (row.name, row.version, row.parameters) for row in rows} == stamps(force) if rows else None


def stamps(force: InForce) -> dict[str, tuple[str, int, str]]:
    """Return what tells the schedulers in force from others: by deck the name, the version and the parameters."""
    every = {"": force.everywhere} | dict(force.own)
    return {deck: (each.name, each.version, each.parameters) for deck, each in every.items()}
