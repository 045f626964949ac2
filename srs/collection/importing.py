"""From Anki to the store and the decks: its reviews join the history, and what was edited there can be written here."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from exporters.anki.database import given
from exporters.anki.edits import Edit, edits
from exporters.anki.found import AnkiNote
from exporters.anki.identity import note_guid
from exporters.anki.media import Media
from exporters.anki.note_types import kind_of, note_type_of
from exporters.anki.reading import open_package
from exporters.anki.record import LastExport
from exporters.anki.wording import CHANGED, applied, still_apart
from srs.collection.noticing import OnThePhone, notice
from srs.collection.rules import Rules
from srs.collection.taking import take_reviews
from srs.collection.telling import Working, quietly
from srs.deck import Deck, Kind
from srs.deck.rewriting import write_note
from srs.due.day import StudyDays
from srs.store.called import standing_notes
from srs.store.exported import last_exports
from srs.store.exports import exported_notes, note_names, write_exports
from srs.store.heirs import note_heirs
from srs.store.log import Merged
from srs.store.opening import Store
from srs.store.values import Choice, StandingNote

_KINDS = (Kind.BASIC, Kind.CLOZE, Kind.BOTH)  # one of each note type


@dataclass(frozen=True, slots=True)
class EditedNote:
    """A note that was edited in Anki, with what differs in each of its fields.

    `file` and `line` (from 1) say where it stands; `file` is `None` if it is no longer in the decks. `written`: whether
    the edits are in the file now. `refusal` says why the file must not be written, `reason` why the edits cannot be.
    """

    file: Path | None
    line: int
    edits: tuple[Edit, ...]
    written: bool
    refusal: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import took in, what it left out, and what was edited in Anki.

    `by_hand`: reschedules by hand; `others`: how many notes there are of other note types, by the name of that;
    `beside`: what those of them say first that stand in decks of ours; `unknown_notes`: notes of decks that are not
    here; `known_notes`: notes of those that are. `phone`: what became of notes there. `too_long`: notes whose text is
    too long to be compared; `misdated`: reviews at moments that there are not.
    """

    merged: Merged
    by_hand: int
    others: Mapping[str, int]
    unknown_notes: int
    known_notes: int
    phone: OnThePhone
    too_long: int
    misdated: int
    edited: tuple[EditedNote, ...]
    beside: tuple[str, ...] = ()


def import_anki(
    store: Store,
    decks: Mapping[str, Deck],
    file: Path,
    rules: Rules,
    now: int,
    day_of: Callable[[int], date],
    *,
    apply: bool,
    refusal: Callable[[Path], str],
    working: Working = quietly,
) -> Imported:
    """Take the reviews of an Anki package into the history, and with `apply` its edits into the decks, where safe.

    `decks` are by namespace; `day_of` gives the study day of a moment (ms since 1970 UTC) in the learner's zone;
    `refusal` says why a file must not be written, or nothing if it may be. The same file twice is as good as once.
    Raises SrsError for a file that is no package, and if a chapter that is to be written cannot be.
    """
    with ExitStack() as stack:
        with working(f"Unpacking {file.name}"):
            package = stack.enter_context(open_package(file))
        with working("Reading the reviews") as share, store.writing() as connection:
            last = last_exports(connection, list(decks))
            known_as = {guid: given(each.record) for guid, each in last.items() if not each.stale}
            found = package.content(known_as, [deck.name for deck in decks.values()])
            ours = _our_notes(found.guids, exported_notes(connection), connection)
            # Of the others there is nothing to say, and an account may have many.
            told = (note for note in found.notes if note.guid in last or note.guid not in ours)
            found = replace(found, notes=tuple(told))
            taken = take_reviews(connection, package, ours, rules, now, StudyDays(day_of), share)
            phone = notice(connection, decks, found, ours, last)
    known = sum(guid in ours for guid in found.guids)
    unknown = len(found.guids) - known - len(phone.added)
    edited = tuple(_edited(store, decks, found.notes, last, apply, refusal))
    return Imported(
        taken.merged,
        taken.by_hand,
        found.others,
        unknown,
        known,
        phone,
        found.too_long,
        taken.misdated,
        edited,
        found.beside,
    )


def _our_notes(
    guids: Collection[str], exported: Mapping[str, tuple[str, str, int]], connection: Connection
) -> dict[str, tuple[str, str, Kind]]:
    """Return deck, id and kind of notes by guid: once exported, or, if those do not do, of the ids it follows from.

    A note that goes on with the history of another is known by the guid of its first name.
    """
    found = {guid: (deck, name, kind_of(note_type)) for guid, (deck, name, note_type) in exported.items()}
    lacking = set(guids) - found.keys()
    if lacking:
        for heir in note_heirs(connection):
            for kind in _KINDS:
                found.setdefault(note_guid(*heir.first, kind), (*heir.name, kind))
        names = [(deck, name, kind_of(note_type_of(Kind(kind)))) for deck, name, kind in note_names(connection)]
        # Most notes are of the kind that they were when they were exported; the other guids are made for few.
        for number in range(len(_KINDS)):
            for deck, name, likely in names if lacking - found.keys() else ():
                kind = _KINDS[_KINDS.index(likely) - number]
                found.setdefault(note_guid(deck, name, kind), (deck, name, kind))
    return found


def _edited(
    store: Store,
    decks: Mapping[str, Deck],
    found: Iterable[AnkiNote],
    last: Mapping[str, LastExport],
    apply: bool,
    refusal: Callable[[Path], str],
) -> Iterator[EditedNote]:
    """Yield the edited notes, in the order of the decks and those gone last, written where that was asked for."""
    with store.reading() as connection:
        by_note: dict[int, list[Edit]] = defaultdict(list)
        for edit in edits(found, {guid: each.record for guid, each in last.items() if not each.stale}):
            by_note[last[edit.guid].note_key].append(edit)
        every = standing_notes(connection, Choice(tuple(decks))) if by_note else ()
        rows = [row for row in every if row.key in by_note]
    for row in rows:
        deck, image = decks[row.deck], partial(Media().name, decks[row.deck], row.chapter)
        wanted = still_apart(deck, row.chapter, row.text, by_note.pop(row.key), image)
        if not wanted:
            continue
        file = deck.root / row.chapter.path
        refused = refusal(file) if apply else ""
        reason = _write(store, deck, row, last[wanted[0].guid], wanted) if apply and not refused else ""
        yield EditedNote(file, row.line, wanted, apply and not (refused or reason), refused, reason)
    for gone in by_note.values():
        yield EditedNote(None, 0, tuple(gone), written=False)


def _write(store: Store, deck: Deck, row: StandingNote, last: LastExport, wanted: Sequence[Edit]) -> str:
    """Write edits into a note's chapter, and remember that Anki has them; or return why that cannot be."""
    found = applied(deck, row.chapter, row.text, last.record, wanted, partial(Media().name, deck, row.chapter))
    if isinstance(found, str):
        return found
    text, record = found
    if not write_note(deck.root / row.chapter.path, row.line, row.text, text):
        return CHANGED
    with store.writing() as connection:
        write_exports(connection, [replace(last, record=record, made_from="")])
    return ""
