"""Which notes an exchange is about, and how both sides have them: all at the first time, then those that changed."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from exporters.anki.exchange.account import NONE, Account, Marks, Touched
from exporters.anki.exchange.there import Found, joined, read_cards, read_notes
from exporters.anki.exchange.values import CardBase, Key, NoteBase, NoteThere, Side
from exporters.anki.fields import RENDERING
from exporters.anki.identity import note_guid
from exporters.anki.note_types import STAMP
from srs.collection.exchange.here import HereSide, gather, look_at_cards
from srs.collection.exchange.terms import Terms
from srs.deck import Kind
from srs.store.as_agreed import AsAgreed, as_agreed
from srs.store.base import (
    UNSURE,
    Agreed,
    Revisions,
    agreed_by_note,
    agreed_cards,
    all_agreed,
    changed_since,
    notes_agreed,
    read_marks,
    revisions,
    to_be_looked_at,
)
from srs.store.everything import note_rows

_KINDS = (Kind.BASIC, Kind.CLOZE, Kind.BOTH)


@dataclass(frozen=True, slots=True)
class Scope:
    """The notes that an exchange is about, as each side has them, and as both last agreed on them.

    `former` are notes of ours there that no exchange has agreed on, and that no text makes any more; of those that are
    `settled` only cards have moved. `known` are the revisions of the store that were looked at, `touched` the rows
    there of all notes, whoever made them, that may have changed; `None`: any of them.
    """

    here: HereSide
    found: Found
    agreed: dict[str, Agreed]
    former: dict[str, Agreed]
    settled: Mapping[str, AsAgreed]
    cards: dict[Key, CardBase]
    deleted: frozenset[str]
    known: Revisions
    touched: frozenset[int] | None = None

    @property
    def base(self) -> Side[NoteBase, CardBase]:
        """What both last agreed on, as a plan takes it."""
        return Side({guid: each.note for guid, each in self.agreed.items()}, self.cards)

    @property
    def there(self) -> Side[NoteThere, Any]:
        """The account's side, as a plan takes it."""
        return replace(self.found.side, deleted=self.deleted)


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far both sides were looked at by a door; notes follow from `made_by` and `images` beside their text."""

    there: Marks = field(default_factory=Marks)
    here: Revisions = field(default_factory=Revisions)
    made_by: str = ""
    images: str = ""


def look(connection: Connection, account: Account, door: str, terms: Terms) -> Scope | None:
    """Return what an exchange is about; `None` if nothing has changed on either side."""
    since, known = read_progress(connection, door), revisions(connection)
    touched = account.changed(since.there) if since and since.made_by == made_by(terms) else None
    if since is None or touched is None:
        return _everything(connection, account, door, terms, known)
    same_images = since.images == terms.images
    restless = to_be_looked_at(connection, door, same_images=same_images)
    gone = account.deleted(since.there)
    if not touched and not restless and not gone and known == since.here:
        return None
    found = joined(read_notes(account, touched.notes), read_cards(account, touched.cards, touched.fresh))
    loud = notes_agreed(connection, door, {*found.side.notes, *restless}, gone)
    moved = changed_since(connection, since.here)
    moved |= notes_agreed(connection, door, set(found.nids) - set(found.side.notes), ())
    settled = as_agreed(connection, door, moved - loud, since.here, list(terms.decks))
    found = _completed(account, found, settled, touched)
    settled = {guid: each for guid, each in settled.items() if guid in found.nids}
    keys = (loud | moved) - {each.key for each in settled.values()}
    agreed = agreed_by_note(connection, door, keys)
    former: dict[str, Agreed] = {}
    strange = set(found.nids) - set(agreed) - set(settled)
    # What was made there has no stamp of ours; to look for it here takes every note that there ever was.
    if unknown := {guid for guid in strange if found.side.notes[guid].fields.get(STAMP)}:
        former = _former(connection, found, unknown)
        more = {each.key for each in former.values()} - keys
        agreed |= agreed_by_note(connection, door, more)
        keys |= more
        former = {guid: each for guid, each in former.items() if guid not in agreed}
    force = terms.rules.force
    here = gather(connection, terms.decks, force, keys, agreed | former, settled, same_images=same_images)
    missing = {each.nid for guid, each in agreed.items() if guid not in found.nids}
    missing |= account.find(set(here.notes) - set(agreed) - set(found.nids))
    found = joined(found, read_notes(account, missing))
    scope = _scope(connection, door, here, found, agreed, former, settled, gone, known)
    return replace(scope, touched=touched.notes | touched.cards)


def look_again(connection: Connection, scope: Scope, guids: set[str]) -> Scope:
    """Return the same scope after acts on cards of some of its notes came into the store; nothing else has changed."""
    return replace(scope, here=look_at_cards(connection, scope.here, guids), known=revisions(connection))


def reread(account: Account, scope: Scope, guids: Iterable[str]) -> Scope:
    """Return the scope of some of its notes after the account has changed."""
    wanted = set(guids)
    new = wanted - set(scope.found.nids)
    found = read_notes(account, {scope.found.nids[guid] for guid in wanted - new} | account.find(new), NONE)
    agreed = {guid: each for guid, each in scope.agreed.items() if guid in wanted}
    return replace(scope, here=scope.here.of(wanted), found=found, agreed=agreed)


def still(connection: Connection, door: str, scope: Scope) -> set[str]:
    """Return the notes that have not changed here since the last exchange, and of which nothing came home now."""
    since = read_progress(connection, door)
    if since is None:
        return set()
    changed = changed_since(connection, since.here)
    keys = scope.here.keys
    return {guid for guid in (*scope.agreed, *scope.settled) if guid in keys and keys[guid] not in changed}


def read_progress(connection: Connection, door: str) -> Progressed | None:
    """Return how far a door's last exchange has come; `None` if all is to be looked at."""
    marks = read_marks(connection, door)
    if not marks:
        return None
    here, there = Revisions(**marks["here"]), Marks(**marks["there"])
    return Progressed(there, here, marks["made_by"], marks.get("images", ""))


def as_marks(there: Marks, here: Revisions, terms: Terms) -> dict[str, Any]:
    """Return how far an exchange has come, to be kept."""
    return asdict(Progressed(there, here, made_by(terms), terms.images))


def made_by(terms: Terms) -> str:
    """Return what notes follow from beside their text: how they are made, and what decks say of themselves."""
    return " ".join([str(RENDERING), *(f"{name}={deck.language}" for name, deck in sorted(terms.decks.items()))])


def _everything(connection: Connection, account: Account, door: str, terms: Terms, known: Revisions) -> Scope:
    found, agreed = read_notes(account, None), all_agreed(connection, door)
    here = gather(connection, terms.decks, terms.rules.force, None, agreed)
    unknown = set(found.nids) - set(here.keys)
    former = _former(connection, found, unknown) if unknown else {}
    if former:
        here = gather(connection, terms.decks, terms.rules.force, None, agreed | former)
    return _scope(connection, door, here, found, agreed, former, {}, account.deleted(None), known)


def _completed(account: Account, found: Found, settled: Mapping[str, AsAgreed], touched: Touched) -> Found:
    """Return what was found, with all of the notes that are not settled after all, and the cards of those that are."""
    whole = {nid for guid, nid in found.nids.items() if guid not in settled and guid not in found.side.notes}
    others = {each.nid for guid, each in settled.items() if guid not in found.nids}
    return joined(found, read_notes(account, whole), read_cards(account, others, touched.fresh))


def _scope(
    connection: Connection,
    door: str,
    here: HereSide,
    found: Found,
    agreed: dict[str, Agreed],
    former: dict[str, Agreed],
    settled: Mapping[str, AsAgreed],
    gone: set[int],
    known: Revisions,
) -> Scope:
    cards = agreed_cards(connection, door, {*agreed, *here.keys})
    deleted = frozenset(guid for guid, each in agreed.items() if each.nid in gone and guid not in found.nids)
    return Scope(here, found, agreed, former, settled, cards, deleted, known)


def _former(connection: Connection, found: Found, guids: set[str]) -> dict[str, Agreed]:
    """Return the notes of some guids that nothing was agreed on: by the ids that these follow from."""
    known = {note_guid(deck, name, kind): key for key, deck, name in note_rows(connection) for kind in _KINDS}
    return {
        guid: Agreed(NoteBase({}), found.nids[guid], known[guid], found.types[guid], UNSURE)
        for guid in guids
        if guid in known
    }
