"""What an exchange did, told as values: what a plan writes there, what was edited there, made and deleted."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Connection

from exporters.anki.edits import Edit
from exporters.anki.exchange.outward import Outward
from exporters.anki.exchange.values import CardBase, FieldEdit, Key
from exporters.anki.note_types import STAMP, field_names
from exporters.anki.record import Record
from srs.collection.exchange.scope import Scope, still
from srs.collection.exchange.terms import Door, Exchanged, Lost, NoteEdits
from srs.deck.labels import heading_of

Opening = Callable[[], AbstractContextManager[Connection]]


def tell(out: Outward, reading: Opening, door: Door, scope: Scope, done: Exchanged) -> None:
    """Add to what an exchange did what a plan does there."""
    names = {guid: (each.note.deck, each.note.name) for guid, each in scope.here.stored.items()}
    former = {key[0]: (name[0], name[1].partition("/")[0]) for key, name in scope.here.names.items()}
    done.made += [names[guid] for guid in scope.here.studied(out.new)]
    done.retired += [former[guid] for guid in out.retired if guid in former]
    done.changed += [names[guid] for guid in out.notes if guid in names]
    done.scheduled += sum(card.schedules for card in out.cards.values())
    done.far += sum(card.far for card in out.cards.values())
    done.otherwise += _otherwise(reading, door, out, scope)
    done.states.update(card.state for card in out.cards.values() if card.state)
    done.sent += sum(len(card.sent) for card in out.cards.values())
    new = set(out.new)
    done.sent += sum(len(card.answers) for key, card in scope.here.cards.items() if key[0] in new)
    told = [edit for edit in out.edits if edit.told]
    for guid in {edit.guid for edit in told}:
        done.edits[guid] = _note_edits(scope, guid, [edit for edit in told if edit.guid == guid])


def _otherwise(reading: Opening, door: Door, out: Outward, scope: Scope) -> int:
    """Return how many schedules are put back there that neither this computer nor a line of Anki's log has moved."""
    moved = [key for key, card in out.cards.items() if card.schedules and _stood(scope, key)]
    if not moved:
        return 0
    with reading() as connection:
        as_before = still(connection, door.name, scope)
    return sum(key[0] in as_before for key in moved)


def _stood(scope: Scope, key: Key) -> bool:
    """Whether a card's schedule there was what both had agreed on, and no step of it."""
    return not (scope.cards.get(key, CardBase()).waits or scope.found.side.cards[key].learning)


def _note_edits(scope: Scope, guid: str, edits: list[FieldEdit]) -> NoteEdits:
    told = tuple(Edit(guid, edit.name, edit.old, edit.new) for edit in edits)
    known = scope.agreed.get(guid)
    names = field_names(scope.found.types[guid])
    given = None
    if known and all(name in known.note.fields for name in names):
        fields = tuple("" if name == STAMP else known.note.fields[name] for name in names)
        given = Record(guid, known.note_type, "", "", fields, (), 0)
    return NoteEdits(scope.here.stored[guid], told, given)


def lost_note(scope: Scope, guid: str) -> Lost:
    """Return a note that was deleted there, by where it stands here."""
    stored = scope.here.stored[guid].note
    file: Path = scope.here.decks[stored.deck].root / stored.chapter.path
    return Lost((stored.deck, stored.name), file, stored.line, heading_of(stored.text))
