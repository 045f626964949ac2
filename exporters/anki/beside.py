"""Notes of other types in a package that stand in decks of ours: what they say first."""

import json
from collections.abc import Collection, Iterator

from exporters.anki.changes import as_text
from exporters.anki.converting import as_table, as_whole
from exporters.anki.measuring import Measure, NotAnkisError

_LONGEST_DECKS = 4_000_000
_BETWEEN = "\x1f"
_WORDLESS = "(a note without words)"
_HOLDS = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'decks'"
_STRANGERS = (
    "SELECT DISTINCT n.id, CAST(substr(n.flds, 1, 500) AS TEXT) FROM cards c JOIN notes n ON n.id = c.nid"
    " WHERE n.mid NOT IN ({}) AND c.did IN ({}) ORDER BY n.id"
)


def beside_ours(measure: Measure, types: Collection[int], tops: Collection[str]) -> tuple[str, ...]:
    """Return what notes of other types than ours say first, as text, in decks of these names or below them."""
    ours = {top.casefold() for top in tops}
    decks = [number for number, name in _decks(measure) if top_of(name).casefold() in ours] if ours else []
    if not decks:
        return ()
    query = _STRANGERS.format(",".join(map(str, types)), ",".join(map(str, decks)))
    return tuple(first_words(str(text)) for _, text in measure.rows(query))


def top_of(name: str) -> str:
    """Return the name of the outermost deck that one lies in, as any version of Anki writes it."""
    return name.replace("::", _BETWEEN).partition(_BETWEEN)[0]


def first_words(fields: str) -> str:
    """Return what the first field with any words says, in one line."""
    return next(filter(None, map(as_text, fields.split(_BETWEEN))), _WORDLESS)


def _decks(measure: Measure) -> Iterator[tuple[int, str]]:
    """Yield the decks by number and name: from a table, or from JSON in older files."""
    if any(measure.rows(_HOLDS)):
        rows = measure.rows("SELECT id, name FROM decks")
        yield from ((as_whole(number, "deck"), str(name)) for number, name in rows)
        return
    asked = f"SELECT decks FROM col WHERE length(decks) <= {_LONGEST_DECKS}"  # noqa: S608 -- a number of ours
    (found,) = next(measure.rows(asked), (None,))
    try:
        known = as_table(json.loads(str(found)), "decks")
    except (ValueError, RecursionError) as error:  # of the parser alone: no JSON, a number too long, nested too deep
        raise NotAnkisError(f"its list of decks is not JSON: {error}") from error
    yield from (
        (int(number), str(deck.get("name")))
        for number, deck in known.items()
        if isinstance(deck, dict) and number.isdecimal() and len(number) < len(str(2**63))
    )
