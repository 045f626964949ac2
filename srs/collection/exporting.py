"""From the store to other programs; for Anki with progress, made anew only where something changed since last time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from exporters import ExportNote
from exporters.anki.changes import Changes, compare
from exporters.anki.media import Media
from exporters.anki.package import write_records
from exporters.anki.record import LastExport
from exporters.anki.scheduling import BIRTHDAY, Birth
from exporters.registry import writer
from srs.collection.carried import Carried, read_carried
from srs.collection.desk import Shelf
from srs.collection.making import Bare, Draft, Made, again, making
from srs.collection.telling import Working, quietly, watched
from srs.deck import Deck, note_from_text
from srs.deck.uncollected import uncollected
from srs.errors import SrsError
from srs.history import Name
from srs.history.force import InForce
from srs.store.called import standing_notes
from srs.store.exported import given_with_progress, last_exports
from srs.store.heirs import note_heirs
from srs.store.query import Readable
from srs.store.values import Choice, StandingNote

if TYPE_CHECKING:
    from srs.store.query import Reads

_NO_CARD = "no card to export; `srs cards` lists all cards"


@dataclass(frozen=True, slots=True)
class Exported:
    """How many notes and cards an export to Anki holds, and what it changes there against the last one.

    `bare` are the notes without an id, or with steps that have no number. `withheld`: the cards go without the progress
    that was asked for, since due days here are not those of the history. `for_another`: it is no export to the phone
    that has these decks with their progress, so nothing is remembered of it.
    """

    notes: int
    cards: int
    changes: Changes
    bare: tuple[Bare, ...]
    withheld: bool = False
    for_another: bool = False


def export_notes(store: Readable, decks: Mapping[str, Deck], choice: Choice, format_: str, output: Path) -> int:
    """Write the notes of a choice in a format that is not Anki's package, and return how many; without progress.

    `decks` are by namespace. Raises UsageError for a format that there is not, and SrsError if there is no note or the
    file cannot be written.
    """
    write = writer(format_)
    with store.reading() as connection:
        firsts = {each.key: each.first for each in note_heirs(connection)}
        rows = list(standing_notes(connection, choice))
    if not rows:
        raise SrsError(_NO_CARD)
    return write(output, (_export_note(row, decks[row.deck], firsts.get(row.key)) for row in rows))


def export_anki(
    store: Shelf,
    decks: Mapping[str, Deck],
    choice: Choice,
    now: datetime,
    *,
    output: Path | None,
    force: InForce | None = None,
    working: Working = quietly,
) -> Exported:
    """Write the cards of a choice as an Anki package, and remember what Anki is given; without `output`, do neither.

    What the next export is held against is what the learner's own phone has. Once that was given a deck with progress,
    a package without is for somebody else, and is not remembered; before that any package may be the phone's.
    The store is opened only if Anki is given something that it was not given last time.
    `decks` are by namespace; `now` is an aware moment. With the schedulers in force the cards take their progress
    along, unless SM-2 stands in for one that cannot be had here. A file at `output` is replaced whole or not at all.
    Raises SrsError if there is no card, if an image cannot be read, or if the file cannot be written.
    """
    media, withheld, progress = Media(), bool(force and force.stands_in), force is not None
    force = None if withheld else force
    with store.reading() as connection, uncollected():
        found = _gather(connection, decks, choice, media, working)
        carried = read_carried(connection, choice, force) if force else None
        phone = given_with_progress(connection)
        if not found.made:
            raise SrsError(_NO_CARD)
        exports = [_with_progress(each.export, carried) for each in found.made]
        given, changes = compare(exports, found.last, int(now.timestamp()))
        records = [each.record for each in given]
        if output:
            # In the system's zone, not in that of `now`: an offset of today's need not be that of the birthday.
            birth = Birth(BIRTHDAY.astimezone()) if force else None
            with working(f"Writing {output.name}") as share:
                logs = watched(carried.logs(connection, choice), share, len(carried.keys)) if carried else ()
                write_records(output, records, media.files, birth, logs)
    for_another = not (progress or phone.isdisjoint(choice.decks))
    if output and not for_another:
        fresh = [each for each in given if each != found.last.get(each.record.guid)]
        more = phone.union(choice.decks) if progress else phone
        _remember(store, fresh, [record.guid for record in changes.left], more if more != phone else ())
    bare = tuple(each.bare for each in found.made if each.bare)
    return Exported(len(records), sum(len(record.ords) for record in records), changes, bare, withheld, for_another)


def stale_notes(store: Readable, decks: Mapping[str, Deck], choice: Choice) -> Changes:
    """Return the notes of whole decks that have left them, told by an export or not, and still stand in Anki.

    They are the `left` and the `earlier` of the changes; nothing is written.
    """
    with store.reading() as connection:
        found = _gather(connection, decks, Choice(choice.decks), Media())
    return compare([each.export for each in found.made], found.last, 0)[1]


def _remember(store: Shelf, fresh: Sequence[LastExport], left: Sequence[str], phone: Collection[str]) -> None:
    if fresh or left or phone:
        # What was given before waits for no library.
        from srs.store.exports import write_exports, write_with_progress  # noqa: PLC0415 -- as said above

        with store.opened().writing() as connection:
            write_exports(connection, fresh, left)
            if phone:
                write_with_progress(connection, phone)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What Anki is to be given, without progress, and what it was last given, by guid."""

    made: list[Made]
    last: dict[str, LastExport]


def _gather(
    connection: "Reads", decks: Mapping[str, Deck], choice: Choice, media: Media, working: Working = quietly
) -> _Gathered:
    last = last_exports(connection, choice.decks)
    as_made = {(each.note_key, each.made_from): each for each in last.values()}
    firsts = {each.key: each.first for each in note_heirs(connection)}
    found: list[Made | None] = []
    drafts: list[Draft] = []
    for row in standing_notes(connection, choice, studied=True):
        draft = _draft(row, decks[row.deck], firsts.get(row.key))
        known = as_made.get((row.key, draft.digest))
        found.append(again(draft, known) if known else None)
        drafts += [] if known else [draft]
    # In this order: no process can be divided off beside the thread that draws a bar.
    with making(drafts, media) as made, working("Gathering the cards") as share:
        every = watched(made, share, len(drafts))
        return _Gathered([known or next(every) for known in found], last)


def _export_note(row: StandingNote, deck: Deck, first: Name | None) -> ExportNote:
    return ExportNote(deck, row.chapter, note_from_text(row.text), row.changed_ms // 1000, first=first)


def _draft(row: StandingNote, deck: Deck, first: Name | None) -> Draft:
    return Draft(row.key, deck, row.chapter, row.name, row.text, row.line, row.changed_ms // 1000, first)


def _with_progress(each: LastExport, carried: Carried | None) -> LastExport:
    progress = carried.progress(each.note_key, each.record) if carried else None
    return replace(each, record=replace(each.record, progress=progress)) if progress else each
