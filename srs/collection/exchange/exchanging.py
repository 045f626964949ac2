"""An exchange with an open account: what was done there comes home, and what is here is written there."""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext

from sqlalchemy import Connection

from exporters.anki.exchange.account import Account, Marks
from exporters.anki.exchange.homeward import gone, homeward
from exporters.anki.exchange.looks import renew_looks
from exporters.anki.exchange.outward import Outward, outward
from exporters.anki.exchange.values import CardBase, Days, Key
from exporters.anki.exchange.writing import make_notes, remove_notes, write_cards, write_notes
from srs.collection.exchange.home import take_home
from srs.collection.exchange.scope import Scope, as_marks, look, look_again, read_progress, reread
from srs.collection.exchange.strangers import strangers
from srs.collection.exchange.terms import Door, Exchanged, Terms
from srs.collection.exchange.told import Opening, lost_note, tell
from srs.deck.uncollected import uncollected
from srs.due.day import LATEST
from srs.errors import SrsError
from srs.store.base import (
    UNSURE,
    Agreed,
    forget_door,
    read_looks,
    read_strangers,
    write_agreed,
    write_looks,
    write_marks,
    write_strangers,
)
from srs.store.opening import Store

_ROUNDS = 3  # of an exchange, while others go on changing the account
_PASSES = 3  # over notes whose fields made new cards


@uncollected()
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
                tell(_outward(scope, door.account, terms), opening, door, scope, done)
        return done
    for _ in range(_ROUNDS):
        before = door.account.marks()
        scope = _home(store.reading, store.writing, door, terms, done)
        if scope is None or not _there(store, door, terms, scope, before, done):
            break
    door.complete()
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
        known = read_strangers(connection, door.name)
    found = strangers(door.account, terms, scope, known)
    done.added = list(found.values())
    if found.keys() != known:
        with writing() as connection:
            write_strangers(connection, door.name, found)
    if scope is None:
        return None
    days = Days(door.account.today, terms.day_of)
    coming = homeward(scope.base, scope.here.side, scope.there, days, terms.now)
    lost = gone(scope.base.notes, scope.here.notes, scope.there)
    done.deleted += [lost_note(scope, guid) for guid in lost]
    if not coming:
        return scope
    with writing() as connection:
        done.home += take_home(connection, coming, scope.here.names, terms.rules, terms.now).lines
        return look_again(connection, scope, {each.key[0] for each in coming})


def _there(store: Store, door: Door, terms: Terms, scope: Scope, before: Marks, done: Exchanged) -> bool:
    """Write there what differs, and remember what is agreed on; whether others have changed the account meanwhile."""
    account = door.account
    out = _outward(scope, account, terms)
    tell(out, store.reading, door, scope, done)
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
