"""Which names go on as others, by the acts of a store; known before any library is loaded."""

from typing import TYPE_CHECKING

from srs.history import Adopt, LogLine, Undo
from srs.history.adoptions import Adoptions
from srs.store.forces import acts_of, undos_of

if TYPE_CHECKING:
    from srs.store.query import Reads


def adoptions(connection: "Reads", *, notes_only: bool = False) -> Adoptions:
    """Return which names go on as others; with `notes_only` those of single cards are left out."""
    lines = [line for line in acts_of(connection, Adopt.what) if not (notes_only and _of_a_card(line))]
    if not lines:
        return Adoptions(())
    undone = {
        (line.deck, line.card, line.act.of) for line in undos_of(connection, Adopt.what) if isinstance(line.act, Undo)
    }
    standing: list[LogLine] = []
    gone: list[LogLine] = []
    for line in lines:
        (gone if (line.deck, line.card, line.act.at) in undone else standing).append(line)
    return Adoptions(standing, gone)


def _of_a_card(line: LogLine) -> bool:
    return "/" in line.card or (isinstance(line.act, Adopt) and "/" in line.act.card)
