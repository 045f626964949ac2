"""An exchange with an open account: what was done there comes home, and what is here is written there."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from sqlalchemy import Connection

from exporters.anki.changes import as_text
from exporters.anki.edits import Edit
from exporters.anki.exchange.account import Account, Marks
from exporters.anki.exchange.homeward import gone, homeward
from exporters.anki.exchange.looks import renew_looks
from exporters.anki.exchange.outward import Outward, outward
from exporters.anki.exchange.values import CardBase, Days, FieldEdit, Key
from exporters.anki.exchange.writing import make_notes, remove_notes, write_cards, write_notes
from exporters.anki.note_types import STAMP, field_names
from exporters.anki.record import Record
from srs.collection.exchange.here import UNSURE
from srs.collection.exchange.home import take_home
from srs.collection.exchange.scope import Scope, as_marks, look, look_again, read_progress, reread, still
from srs.collection.exchange.terms import Door, Exchanged, Lost, NoteEdits, Terms
from srs.deck.labels import heading_of
from srs.due.day import LATEST
from srs.errors import SrsError
from srs.store.base import Agreed, forget_door, read_looks, write_agreed, write_looks, write_marks
from srs.store.opening import Store

_ROUNDS = 3  # of an exchange, while others go on changing the account
_PASSES = 3  # over notes whose fields made new cards
Opening = Callable[[], AbstractContextManager[Connection]]


def exchange(store: Store, door: Door, terms: Terms, *, dry_run: bool = False) -> Exchanged:
    """Make store and account agree, and return what that took; a dry run writes nothing, here or there.

    What was agreed on is remembered once the account has been sent: whatever an interruption leaves undone, the next
    run finds to differ. Raises SrsError where SM-2 stands in for the scheduler in force: due days here would be given
    to the account as if they were those of the history.
    """
    if terms.rules.force.stands_in:
        raise SrsError(
            "nothing was exchanged with Anki: the scheduler in force cannot be had here, so due days on this computer"
            " are not those of the history"
        )
    done = Exchanged()
    _renew_looks(store, door, done, dry_run=dry_run)
    if dry_run:
        with store.trying() as connection:

            def opening() -> AbstractContextManager[Connection]:
                return nullcontext(connection)

            if scope := _home(opening, opening, door, terms, done):
                _tell(_outward(scope, door.account, terms), opening, door, scope, done)
        return done
    for _ in range(_ROUNDS):
        before = door.account.marks()
        scope = _home(store.reading, store.writing, door, terms, done)
        if scope is None or not _there(store, door, terms, scope, before, done):
            break
    return done


def start_anew(store: Store, door: str) -> None:
    """Let the next exchange by a door look at everything, because the collection behind it is another one now."""
    with store.writing() as connection:
        forget_door(connection, door)


def _renew_looks(store: Store, door: Door, done: Exchanged, *, dry_run: bool) -> None:
    """Give the note types there the looks of ours, and remember how they look once that has been sent."""
    with store.reading() as connection:
        known = read_looks(connection, door.name)
    now, done.looks = renew_looks(door.account, known, dry_run=dry_run)
    if dry_run or now == known:
        return
    if done.looks:
        door.send(media=False)
    with store.writing() as connection:
        write_looks(connection, door.name, now)


def _home(reading: Opening, writing: Opening, door: Door, terms: Terms, done: Exchanged) -> Scope | None:
    """Take in what was done there, and return what is to be compared then; `None` if nothing has changed anywhere."""
    with reading() as connection:
        scope = look(connection, door.account, door.name, terms)
    if scope is None:
        return None
    done.added += [heading for heading in _added(scope) if heading not in done.added]
    days = Days(door.account.today, terms.day_of)
    coming = homeward(scope.base, scope.here.side, scope.there, days, terms.now)
    lost = gone(scope.base.notes, scope.here.notes, scope.there)
    done.deleted += [_lost(scope, guid) for guid in lost]
    if not coming:
        return scope
    with writing() as connection:
        done.home += take_home(connection, coming, scope.here.names, terms.rules, terms.now).lines
        return look_again(connection, scope, {each.key[0] for each in coming})


def _there(store: Store, door: Door, terms: Terms, scope: Scope, before: Marks, done: Exchanged) -> bool:
    """Write there what differs, and remember what is agreed on; whether others have changed the account meanwhile."""
    account = door.account
    out = _outward(scope, account, terms)
    _tell(out, store.reading, door, scope, done)
    agreed, stand, dropped = _agreed(scope, out), dict(out.base.cards), _dropped(scope)
    written, media, now, last = False, False, out, scope
    for _ in range(_PASSES):
        removed = [guid for guid in now.retired if terms.deletes]
        if not (now.new or now.notes or now.cards or removed):
            break
        written = True
        _remember_past(store, now, last)
        _carry_out(account, now, last, removed)
        media = media or bool(last.here.media.files)
        dropped |= set(removed)
        again = {*now.new, *now.notes} - set(removed)
        if not again:
            break
        last = reread(account, last, again)
        now = _outward(last, account, terms)
        agreed |= _agreed(last, now)
        stand |= now.base.cards
    if written:
        door.send(media=media)
    after = account.marks()
    others = written and bool(account.brought(before, after))
    with store.writing() as connection:
        _remember(connection, door.name, scope, agreed, stand, dropped)
        marks = as_marks(before if others else after, scope.known, terms)
        if marks != _marks_known(connection, door.name, terms):
            write_marks(connection, door.name, marks)
    return others


def _outward(scope: Scope, account: Account, terms: Terms) -> Outward:
    return outward(scope.base, scope.here.side, scope.there, Days(account.today, terms.day_of))


def _remember_past(store: Store, out: Outward, scope: Scope) -> None:
    """Read the histories of the cards that a plan tells of."""
    since = {
        key: min(change.sent, default=LATEST)
        for key, change in out.cards.items()
        if change.sent or (change.schedules and scope.here.by_fsrs(key))
    }
    since |= {key: 0 for guid in out.new for key, _ in scope.here.of_note.get(guid, ())}
    if since:
        with store.reading() as connection:
            scope.here.remember(connection, since)


def _carry_out(account: Account, out: Outward, scope: Scope, removed: Iterable[str]) -> None:
    leave = set(removed)
    if out.new:
        make_notes(account, [scope.here.record(guid) for guid in scope.here.studied(out.new)], scope.here.media)
    notes = {guid: change for guid, change in out.notes.items() if guid not in leave}
    write_notes(account, notes, scope.found, scope.here.media)
    cards = {key: change for key, change in out.cards.items() if key[0] not in leave}
    write_cards(account, cards, scope.here.pasts, scope.found)
    remove_notes(account, leave, scope.found)


def _agreed(scope: Scope, out: Outward) -> dict[str, Agreed]:
    """Return what is agreed on once a plan has been carried out, where that differs from what was."""
    edited = {edit.guid for edit in out.edits}
    found: dict[str, Agreed] = {}
    for guid, note in out.base.notes.items():
        known = scope.agreed.get(guid)
        # What was edited is told each time until both sides agree again.
        origin = "" if guid in edited else UNSURE if note.gone else scope.here.origins.get(guid, UNSURE)
        nid = scope.found.nids.get(guid, known.nid if known else 0)
        kind = scope.found.types.get(guid, known.note_type if known else 0)
        each = Agreed(note, nid, scope.here.keys[guid], kind, origin)
        if each != known:
            found[guid] = each
    return found


def _dropped(scope: Scope) -> set[str]:
    """Return the notes that are gone on both sides."""
    return {guid for guid in scope.deleted if guid in scope.here.notes and scope.here.notes[guid].retired}


def _remember(
    connection: Connection,
    door: str,
    scope: Scope,
    agreed: dict[str, Agreed],
    stand: dict[Key, CardBase],
    dropped: set[str],
) -> None:
    keep = {guid: each for guid, each in agreed.items() if guid not in dropped}
    differ = {key[0] for key, each in stand.items() if each != scope.cards.get(key, CardBase())} - dropped
    cards = {key: each for key, each in stand.items() if key[0] in differ}
    if keep or cards or dropped:
        write_agreed(connection, door, keep, cards, dropped)


def _marks_known(connection: Connection, door: str, terms: Terms) -> dict[str, object]:
    since = read_progress(connection, door)
    return as_marks(since.there, since.here, terms) if since else {}


def _tell(out: Outward, reading: Opening, door: Door, scope: Scope, done: Exchanged) -> None:
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
    for guid in {edit.guid for edit in out.edits}:
        done.edits[guid] = _note_edits(scope, guid, [edit for edit in out.edits if edit.guid == guid])


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


def _added(scope: Scope) -> list[str]:
    """Return the headings of notes of our types that were made there."""
    ours = set(scope.here.keys) | set(scope.agreed)
    return [
        as_text(note.fields.get("Prompt", "")) or guid
        for guid, note in scope.found.side.notes.items()
        if guid not in ours and not note.fields.get(STAMP)
    ]


def _lost(scope: Scope, guid: str) -> Lost:
    stored = scope.here.stored[guid].note
    file: Path = scope.here.decks[stored.deck].root / stored.chapter.path
    return Lost((stored.deck, stored.name), file, stored.line, heading_of(stored.text))
