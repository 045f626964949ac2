"""Bringing the store up to the decks: reads the chapters that changed, and only those."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass

from sqlalchemy import Connection

from srs.deck import ChapterFile, DeckFolder, Place, note_from_text, read_deck
from srs.deck.uncollected import uncollected
from srs.errors import Problem
from srs.history.force import InForce
from srs.store import study_order, texts
from srs.store.called import outlines
from srs.store.chaining import rechain
from srs.store.folding import refold
from srs.store.fresh import changed_files, order_changed, path_of, stamp_of
from srs.store.known import TextChange
from srs.store.opening import Store
from srs.store.renaming import keep_names
from srs.store.stamps import READ_AGAIN, ChapterStamp
from srs.sync.lookalikes import Adoption, lookalikes
from srs.sync.plan import Reading, Report, plan


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did, or would do, and every problem in the chapters it read.

    `lookalikes` are notes without answers of their own that look like one that left the text.
    """

    report: Report
    problems: tuple[Problem, ...]
    lookalikes: tuple[Adoption, ...] = ()


def _unseen(_: int) -> AbstractContextManager[None]:
    return nullcontext()


def sync(
    store: Store,
    folders: Sequence[DeckFolder],
    at: int,
    force: InForce,
    draw: Callable[[int, int], int],
    *,
    dry_run: bool = False,
    look: bool = False,
    waiting: Callable[[int], AbstractContextManager[Callable[[int, int], object] | None]] = _unseen,
) -> Synced:
    """Bring the store up to the decks as they are at a moment (ms), in one transaction; a dry run takes it back.

    Decks that are not among `folders` are left alone. While a deck has problems nothing of it is retired, and its
    changed chapters are read again next time. What text has another name for now goes on under it, by an act where
    there is a history to go on with; `draw` draws its moment where the clock is behind. `waiting` is entered with the
    bytes to read, once a chapter of them is read, and gives what is to be told how many are, and of how many.
    Lookalikes are looked for where notes came or went, or if asked to `look`.
    """
    decks = [folder.deck.namespace for folder in folders]
    with store.reading() as connection:
        readings = [(folder, *changed_files(connection, folder)) for folder in folders]
        ordered = [folder.deck for folder in folders if order_changed(connection, folder)]
        wanted = [(folder, stale, gone) for folder, stale, gone in readings if stale or gone]
        if not wanted and not ordered:
            return Synced(Report(), (), tuple(lookalikes(connection, decks)) if look else ())
    report, problems = Report(), list[Problem]()
    work = sum(file.size for _, stale, _ in wanted for file in stale)
    read, told, share = 0, False, None
    with ExitStack() as shown, uncollected(), store.trying() if dry_run else store.writing() as connection:
        names_change = False

        def done(size: int) -> None:
            nonlocal read, told, share
            if not told:  # not before: no process that reads can be divided off beside the thread that draws a bar
                told, share = True, shown.enter_context(waiting(work))
            read += size
            if share:
                share(read, work)

        for folder, stale, gone in wanted:
            change, part, found = _compare(connection, folder, stale, gone, done)
            if naming := _naming(connection, folder, stale, part.retired):
                change, part, found = _compare(connection, folder, [*stale, *naming], gone)
            report, problems = report + part, [*problems, *found]
            keep_names(connection, change, at, draw)
            texts.write_change(connection, change, at)
            names_change |= _names_change(change, part)
        for deck in ordered:
            study_order.write_order(connection, deck.namespace, deck.order)
        if names_change:
            refold(connection, rechain(connection), force)
        look = look or bool(report.added or report.retired)
        alike = tuple(lookalikes(connection, decks)) if look else ()
    return Synced(report, tuple(problems), alike)


def _names_change(change: TextChange, report: Report) -> bool:
    """Whether a name came into the text, left it, or goes on as another: whose history is shown may hang on it."""
    renamed = change.renamed_notes or change.renamed_cards or change.adopted
    return bool(renamed or report.added or report.returned or report.retired)


def _compare(
    connection: Connection,
    folder: DeckFolder,
    stale: Sequence[ChapterFile],
    gone: Sequence[str],
    done: Callable[[int], object] | None = None,
) -> tuple[TextChange, Report, Sequence[Problem]]:
    deck = folder.deck.namespace
    unchanged = {path_of(file, folder) for file in folder.files if file not in set(stale)}

    def elsewhere(names: Iterable[str]) -> dict[str, Place]:
        found = texts.places_of(connection, deck, names, unchanged)
        return {name: Place(folder.deck.root / path, line) for name, (path, line) in found.items()}

    read = read_deck(folder, elsewhere, [file.file for file in stale], done=done)
    stamps = {path_of(file, folder): stamp_of(file, folder) for file in stale}
    reading = Reading(
        deck,
        tuple((chapter, _settled(stamps[str(chapter.path)], sound=read.sound)) for chapter in read.chapters),
        tuple(gone),
        read.sound,
        folder.deck.order,
    )
    written = [note for chapter in read.chapters for note in chapter.notes]
    names = {name for note in written for name in (note.id, note.provisional)}
    known = texts.notes_of(connection, deck, names, [*stamps, *gone])
    loose = texts.loose_cards(connection, deck, [card for note in written for card in note.cards])
    return *plan(reading, known, loose), read.problems


def _naming(
    connection: Connection, folder: DeckFolder, stale: Sequence[ChapterFile], retired: Iterable[str]
) -> list[ChapterFile]:
    """Return the unchanged files with an outline that names a card which would retire: read again, they tell of it."""
    names, paths = set(retired), set[str]()
    for stored in outlines(connection, [folder.deck.namespace]) if names else ():
        outline = note_from_text(stored.text).outline
        if outline and names & {card for line in outline.lines for card in line.cards}:
            paths.add(str(stored.chapter.path))
    return [file for file in folder.files if path_of(file, folder) in paths and file not in set(stale)]


def _settled(stamp: ChapterStamp, *, sound: bool) -> ChapterStamp:
    return stamp if sound else ChapterStamp(stamp.path, READ_AGAIN, 0)
