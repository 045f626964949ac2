"""What a phone did with the notes themselves: those that it added, deleted or suspended, and those gone for good."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from exporters.anki.changes import as_text
from exporters.anki.found import AnkiFile, AnkiNote
from exporters.anki.identity import part_at
from exporters.anki.note_types import STAMP
from exporters.anki.record import LastExport
from srs.deck import Deck, Kind, card_id
from srs.deck.labels import heading_of
from srs.store.called import standing_notes
from srs.store.chaining import heirs
from srs.store.exports import forget_exports
from srs.store.queued import list_cards
from srs.store.values import Choice

Ours = Mapping[str, tuple[str, str, Kind]]
"""Deck, id and kind of the notes of ours, by guid."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A note or a card by its id, where it stands (`path:line`), and its heading."""

    name: str
    source: str
    heading: str


@dataclass(frozen=True, slots=True)
class OnThePhone:
    """What a file from Anki says of the notes there against those here.

    `added` are the headings of notes made there of our note types; `deleted` notes that stand here, were exported, and
    are not there; `suspended` cards that are suspended there alone; `gone`: how many notes left here, and are not
    there any more either.
    """

    added: tuple[str, ...]
    deleted: tuple[Noticed, ...]
    suspended: tuple[Noticed, ...]
    gone: int


def notice(
    connection: Connection, decks: Mapping[str, Deck], file: AnkiFile, ours: Ours, last: Mapping[str, LastExport]
) -> OnThePhone:
    """Return what the phone did with the notes of these decks, and forget those that left and are gone there, too.

    `last` is what Anki was last given of these decks, by guid.
    """
    held, present = _held(file, last), set(file.guids)
    absent = [each for guid, each in last.items() if guid not in present and held(each.record.deck)]
    gone = [each.record.guid for each in absent if each.stale]
    forget_exports(connection, gone)
    deleted = {each.note_key for each in absent if each.stands and not each.stale}
    return OnThePhone(
        tuple(_heading(note) for note in file.notes if is_added(note, ours)),
        tuple(_standing(connection, decks, deleted)),
        tuple(_suspended(connection, decks, file.suspended, ours)),
        len(gone),
    )


def is_added(note: AnkiNote, ours: Ours) -> bool:
    """Whether a note of our note types was made on the phone: what was exported bears the time of that."""
    return note.guid not in ours and not note.fields.get(STAMP)


def _held(file: AnkiFile, last: Mapping[str, LastExport]) -> Callable[[str], bool]:
    """Return what tells whether a file holds the whole of a deck, so that what is not in it is not in Anki.

    A whole collection does, unless it knows nothing of ours. A package may be one of some notes alone: that it holds
    half of those that stand in a deck tells it from one of all; a deck of which none stand is judged by its siblings.
    """
    present = set(file.guids)
    some = any(guid in present for guid in last)
    inside: dict[str, list[bool]] = defaultdict(list)
    for guid, each in last.items():
        if each.stands and not each.stale:
            inside[each.record.deck].append(guid in present)

    def held(deck: str) -> bool:
        if file.whole:
            return some
        top = deck.partition("::")[0]
        counted = (
            [inside[deck]]
            if deck in inside
            else [every for name, every in inside.items() if name.partition("::")[0] == top]
        )
        return bool(counted) and all(2 * sum(every) >= len(every) for every in counted)

    return held


def _heading(note: AnkiNote) -> str:
    return as_text(note.fields.get("Prompt", "")) or as_text(next(iter(note.fields.values()), ""))


def _standing(connection: Connection, decks: Mapping[str, Deck], keys: set[int]) -> Iterator[Noticed]:
    for row in standing_notes(connection, Choice(tuple(decks))) if keys else ():
        if row.key in keys:
            file = decks[row.deck].root / row.chapter.path
            yield Noticed(row.name, f"{file}:{row.line}", heading_of(row.text))


def _suspended(
    connection: Connection, decks: Mapping[str, Deck], found: Iterable[tuple[str, int]], ours: Ours
) -> Iterator[Noticed]:
    wanted = set()
    for guid, place in found:
        if guid in ours:
            deck, name, kind = ours[guid]
            wanted.add((deck, card_id(name, part_at(kind, place))))
    if not wanted:
        return
    following = heirs(connection)
    wanted = {following.get(each, each) for each in wanted}
    for card in list_cards(connection, Choice(tuple(decks))):
        if (card.deck, card.name) in wanted and not card.suspended:
            file = decks[card.deck].root / card.path
            yield Noticed(card.name, f"{file}:{card.line}", heading_of(card.text))
