"""From the store to other programs; for Anki with progress, made anew only where something changed since last time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection

from exporters import ExportNote, Progress
from exporters.anki.changes import Changes, compare
from exporters.anki.database import CardKey, Logs
from exporters.anki.fields import RENDERING
from exporters.anki.identity import card_ord, deck_name
from exporters.anki.media import Media
from exporters.anki.note_types import kind_of
from exporters.anki.package import record_of, write_records
from exporters.anki.record import LastExport, Record
from exporters.anki.scheduling import BIRTHDAY, Birth
from exporters.registry import writer
from srs.collection.past import ease_of, fsrs_at, fsrs_of, logged, past_answers
from srs.collection.telling import Share, Working, quietly, watched
from srs.deck import Deck, note_from_text, split_card_id
from srs.deck.uncollected import uncollected
from srs.errors import SrsError
from srs.history import Name
from srs.history.force import InForce
from srs.scheduler import Fsrs
from srs.store.answers import CardStanding, last_counted, read_answers, read_standings
from srs.store.exports import last_exports, write_exports
from srs.store.heirs import note_heirs
from srs.store.opening import Store
from srs.store.texts import count_notes, standing_notes
from srs.store.values import Choice, StandingNote

_NO_CARD = "no card to export; `srs cards` lists all cards"


@dataclass(frozen=True, slots=True)
class Bare:
    """A note that lacks an id, or whose steps lack numbers and so make no card in Anki.

    `line` is that of its heading, and `steps` are the lines of the steps without a number, all counted from 1.
    """

    file: Path
    line: int
    named: bool
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """How many notes and cards an export to Anki holds, and what it changes there against the last one.

    `bare` are the notes without an id, or with steps that have no number. `withheld`: the cards go without the progress
    that was asked for, since due days here are not those of the history.
    """

    notes: int
    cards: int
    changes: Changes
    bare: tuple[Bare, ...]
    withheld: bool = False


def export_notes(store: Store, decks: Mapping[str, Deck], choice: Choice, format_: str, output: Path) -> int:
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
    return write(output, (_export_note(row, decks[row.deck], {}, firsts.get(row.key)) for row in rows))


def export_anki(
    store: Store,
    decks: Mapping[str, Deck],
    choice: Choice,
    now: datetime,
    *,
    output: Path | None,
    force: InForce | None = None,
    working: Working = quietly,
) -> Exported:
    """Write the cards of a choice as an Anki package, and remember what Anki is given; without `output`, do neither.

    `decks` are by namespace; `now` is an aware moment. With the schedulers in force the cards take their progress
    along, unless SM-2 stands in for one that cannot be had here. A file at `output` is replaced whole or not at all.
    Raises SrsError if there is no card, if an image cannot be read, or if the file cannot be written.
    """
    media, withheld = Media(), bool(force and force.stands_in)
    force = None if withheld else force
    with store.reading() as connection, uncollected():
        with working("Gathering the cards") as share:
            found = _gather(connection, decks, choice, force, media, share)
        if not found.made:
            raise SrsError(_NO_CARD)
        given, changes = compare([each for each, _ in found.made], found.last, int(now.timestamp()))
        records = [each.record for each in given]
        if output:
            # In the system's zone, not in that of `now`: an offset of today's need not be that of the birthday.
            birth = Birth(BIRTHDAY.astimezone()) if force else None
            with working(f"Writing {output.name}") as share:
                logs = _logs(connection, choice, found.cards, force) if force else ()
                write_records(output, records, media.files, birth, watched(logs, share, len(found.cards)))
    if output:
        fresh = [each for each in given if each != found.last.get(each.record.guid)]
        with store.writing() as connection:
            write_exports(connection, fresh, left=[record.guid for record in changes.left])
    bare = tuple(lacking for _, lacking in found.made if lacking)
    return Exported(len(records), sum(len(record.ords) for record in records), changes, bare, withheld)


def stale_notes(store: Store, decks: Mapping[str, Deck], choice: Choice) -> Changes:
    """Return the notes of whole decks that have left them, told by an export or not, and still stand in Anki.

    They are the `left` and the `earlier` of the changes; nothing is written.
    """
    with store.reading() as connection:
        found = _gather(connection, decks, Choice(choice.decks), None, Media())
    return compare([each for each, _ in found.made], found.last, 0)[1]


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What Anki is to be given with which ids each note lacks, and what it was last given, by guid.

    `cards` are those whose answers go along as the store has them: by their rows, as Anki knows them, with their deck.
    """

    made: list[tuple[LastExport, Bare | None]]
    last: dict[str, LastExport]
    cards: dict[int, tuple[CardKey, str]]


def _gather(
    connection: Connection,
    decks: Mapping[str, Deck],
    choice: Choice,
    force: InForce | None,
    media: Media,
    share: Share | None = None,
) -> _Gathered:
    last = last_exports(connection, choice.decks)
    as_made = {(each.note_key, each.made_from): each for each in last.values()}
    firsts = {each.key: each.first for each in note_heirs(connection)}
    standing: dict[int, list[CardStanding]] = defaultdict(list)
    for card in read_standings(connection, choice) if force else ():
        standing[card.note].append(card)
    answered = _last_answers(connection, choice, force)
    made, cards = [], dict[int, tuple[CardKey, str]]()
    size = count_notes(connection, choice) if share else 0
    for row in watched(standing_notes(connection, choice, studied=True), share, size):
        ours = standing.pop(row.key, [])
        found = _made(row, decks[row.deck], as_made, _progress(ours, force, answered), media, firsts.get(row.key))
        made.append(found)
        cards |= dict(_keys(found[0].record, ours))
    return _Gathered(made, last, cards)


def _keys(record: Record, cards: Iterable[CardStanding]) -> Iterator[tuple[int, tuple[CardKey, str]]]:
    """Yield the rows of cards whose answers are still to be read, with what Anki knows them by, and their decks."""
    kind = kind_of(record.note_type)
    for card in cards:
        place = card_ord(kind, split_card_id(card.name)[1])
        if place is not None and not card.history:
            yield card.key, ((record.guid, place), card.deck)


def _logs(connection: Connection, choice: Choice, cards: Mapping[int, tuple[CardKey, str]], force: InForce) -> Logs:
    """Yield the answers of those cards, one card after the other."""
    for key, answers in read_answers(connection, choice.decks):
        if key in cards:
            known, deck = cards[key]
            yield known, logged(answers, force.of(deck))


def _last_answers(connection: Connection, choice: Choice, force: InForce | None) -> Mapping[int, int]:
    """Return when the cards of FSRS were last answered, by their rows."""
    decks = [deck for deck in choice.decks if force and isinstance(force.of(deck), Fsrs)]
    return last_counted(connection, decks) if decks else {}


def _made(
    row: StandingNote,
    deck: Deck,
    as_made: Mapping[tuple[int, str], LastExport],
    progress: Mapping[str, Progress],
    media: Media,
    first: Name | None,
) -> tuple[LastExport, Bare | None]:
    """Return what Anki is to be given of a note, as it was last time if nothing changed; and which ids it lacks."""
    digest = _digest(row, deck, first)
    last = as_made.get((row.key, digest))
    if last:
        return LastExport(_again(last.record, deck_name(deck, row.chapter), progress), row.key, digest), None
    item = _export_note(row, deck, progress, first)
    record = record_of(item, media)
    # A note that was read by itself knows its steps' lines from its heading on.
    steps = tuple(row.line + step.line for step in item.note.steps if not step.numbered)
    named = item.note.identified
    bare = None if named and not steps else Bare(deck.root / row.chapter.path, row.line, named, steps)
    # An image may change without the text; and what lacks ids is to be told by every export.
    loose = bare is not None or any("<img" in field for field in record.fields)
    return LastExport(record, row.key, "" if loose else digest), bare


def _again(record: Record, deck: str, progress: Mapping[str, Progress]) -> Record:
    """Return the record of a note whose content is what it was at the last export; its deck may have another name."""
    if not progress:
        return record if record.deck == deck else replace(record, deck=deck)
    places = {part: card_ord(kind_of(record.note_type), part) for part in progress}
    by_place = {place: progress[part] for part, place in places.items() if place is not None}
    return replace(record, deck=deck, progress=by_place)


def _export_note(row: StandingNote, deck: Deck, progress: Mapping[str, Progress], first: Name | None) -> ExportNote:
    return ExportNote(deck, row.chapter, note_from_text(row.text), row.changed_ms // 1000, progress, first)


def _digest(row: StandingNote, deck: Deck, first: Name | None) -> str:
    chapter = row.chapter
    parts: tuple[str, ...] = (
        str(RENDERING),
        deck.namespace,
        deck.language,
        row.name,
        row.text,
        " ".join(chapter.tags),
        chapter.source,
    )
    parts += first or ()
    return sha256("\0".join(parts).encode()).hexdigest()[:32]


def _progress(cards: Iterable[CardStanding], force: InForce | None, answered: Mapping[int, int]) -> dict[str, Progress]:
    """Return the progress of cards by their parts, with their answers where the whole history is known."""
    if force is None:
        return {}
    progress = {}
    for card in cards:
        if card.memory or card.suspended or card.history:
            scheduler = force.of(card.deck)
            ease = ease_of(scheduler, card.memory)
            if card.history:
                past, fsrs = tuple(past_answers(card.history, scheduler)), fsrs_of(card.history, card.memory, scheduler)
            else:
                past, fsrs = (), fsrs_at(answered.get(card.key), card.memory, scheduler)
            progress[split_card_id(card.name)[1]] = Progress(card.memory, ease, card.suspended, past, fsrs)
    return progress
