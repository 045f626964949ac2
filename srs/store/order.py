"""The order of text: by code points wherever a store lives, as SQLite has it, and not as a server's language would."""

from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from srs.store.tables import cards, chapters, notes


class by_code_points(FunctionElement[str]):  # noqa: N801 -- reads as the function that it is in a query
    """A text to be ordered by its code points."""

    inherit_cache = True
    type = String()


@compiles(by_code_points)
def _as_it_is(element: by_code_points, compiler: Any, **options: Any) -> str:  # noqa: ANN401 -- SQLAlchemy's own
    return str(compiler.process(element.clauses, **options))


@compiles(by_code_points, "postgresql")
def _collated(element: by_code_points, compiler: Any, **options: Any) -> str:  # noqa: ANN401 -- SQLAlchemy's own
    return f'{compiler.process(element.clauses, **options)} COLLATE "C"'


_DECK = by_code_points(notes.c.deck)
_PATH = by_code_points(chapters.c.path)
AS_WRITTEN: tuple[ColumnElement[Any], ...] = (_DECK, _PATH, notes.c.line)
"""Notes as the decks are written."""
IN_ORDER: tuple[ColumnElement[Any], ...] = (*AS_WRITTEN, cards.c.place, cards.c.id)
"""Cards as the decks are written; those that have left a line stand in the order in which they came."""
IN_STUDY_ORDER: tuple[ColumnElement[Any], ...] = (_DECK, notes.c.position, _PATH, notes.c.line)
"""Notes in the order of study."""
