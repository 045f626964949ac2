"""Notes there that are not ours: of a type of ours, or of another in a deck of ours; told each time they are found."""

from collections.abc import Set as AbstractSet

from exporters.anki.exchange.account import Account
from exporters.anki.exchange.strangers import asks, foreign, made_there
from exporters.anki.note_types import STAMP
from srs.collection.exchange.scope import Scope
from srs.collection.exchange.terms import Terms


def strangers(account: Account, terms: Terms, scope: Scope | None, known: AbstractSet[int] | None) -> dict[int, str]:
    """Return what such notes say first, by their rows there, the oldest first.

    Looked for are those `known` from before, and those that may have changed since, as the scope of an exchange has
    them; all, where it is about everything, or where nobody has looked yet.
    """
    tops = [deck.name for deck in terms.decks.values()]
    touched = frozenset() if scope is None else scope.touched
    if known is None or touched is None:
        found = foreign(account, tops, None)
    else:
        found = foreign(account, tops, known | touched) | made_there(account, known)
    return dict(sorted((found | (_made(scope) if scope else {})).items()))


def _made(scope: Scope) -> dict[int, str]:
    """Return the notes of our types that were made there."""
    ours = set(scope.here.keys) | set(scope.agreed)
    return {
        scope.found.nids[guid]: asks(guid, note)
        for guid, note in scope.found.side.notes.items()
        if guid not in ours and not note.fields.get(STAMP)
    }
