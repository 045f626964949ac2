"""What reading a deck again means for its cards: a pure comparison of the text with what the store knows.

Identity is in the text. A card keeps its history while its id stands somewhere in its deck; a card whose id is
gone is retired, and returns with it. A note that gets its first id takes along what was learnt under its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from srs.deck import Chapter, Note, card_id, split_card_id
from srs.deck.labels import without_labels
from srs.deck.ordering import position
from srs.store.known import CardPut, KnownCard, KnownNote, NotePut, Rename, TextChange
from srs.store.stamps import ChapterStamp


@dataclass(frozen=True, slots=True)
class Report:
    """The ids of the cards that a sync touches; a card can be changed and moved at once."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()

    def __add__(self, other: Report) -> Report:
        """Join the reports of two decks."""
        return Report(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def total(self) -> int:
        """How many entries there are."""
        return sum(len(getattr(self, name)) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Reading:
    """A deck's chapters as read now, with the stamps of their files, and the paths of files that are gone.

    Only if the reading is `sound` is a card retired whose text is missing. `order` is the deck's order of study.
    """

    deck: str
    chapters: tuple[tuple[Chapter, ChapterStamp], ...]
    gone: tuple[str, ...]
    sound: bool
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Renames:
    """Rows that get a new name, because text that had no id has one now.

    `adopted` are cards whose new name has a row already, made for a history that was merged.
    """

    notes: tuple[Rename, ...]
    cards: tuple[Rename, ...]
    adopted: tuple[Rename, ...]


def plan(reading: Reading, known: Sequence[KnownNote], loose: Sequence[KnownCard]) -> tuple[TextChange, Report]:
    """Compare a reading with what is known of its notes; the result says what to write, and what that means.

    `known` holds every note that the reading names, by id or provisional id, and every note that stood in its
    chapters before; `loose` the cards of the same ids that belong to no note yet.
    """
    written = [(chapter, note) for chapter, _ in reading.chapters for note in chapter.notes]
    renames = _renames([note for _, note in written], known, {card.name for card in loose})
    before = _renamed(known, renames)
    cards = {card.name: card for card in (*loose, *(card for note in before.values() for card in note.cards))}
    puts = tuple(_put(note, chapter, before.get(note.id), cards, reading.order) for chapter, note in written)
    retired = tuple(_retired(reading, before, {card.name for put in puts for card in put.cards}))
    change = TextChange(
        reading.deck,
        reading.chapters,
        puts,
        renames.notes,
        renames.cards,
        renames.adopted,
        tuple(card.key for card in retired),
        reading.gone if reading.sound else (),
        tuple(note.key for note in _missing(reading, before) if note.outline),
    )
    return change, _report(puts, before, cards, renames, retired)


def _put(
    note: Note, chapter: Chapter, before: KnownNote | None, cards: Mapping[str, KnownCard], order: Sequence[str]
) -> NotePut:
    puts = tuple(
        CardPut(name, place, cards[name].key if name in cards else None) for place, name in enumerate(note.cards)
    )
    now = (without_labels(note.text), chapter.tags, chapter.source)
    changed = before is None or (without_labels(before.text), before.tags, before.source) != now
    return NotePut(
        name=note.id,
        key=before.key if before else None,
        path=str(chapter.path),
        line=note.line,
        kind=note.kind,
        text=note.text,
        changed=changed,
        cards=puts,
        tags=note.tags,
        position=position(order, chapter.path, {*chapter.tags, *note.tags}, note.rank),
    )


def _retired(reading: Reading, before: Mapping[str, KnownNote], wanted: set[str]) -> Iterator[KnownCard]:
    """Yield the cards that the text no longer holds, as far as the reading can know."""
    if not reading.sound:
        return
    named = _named(reading)
    for note in (*_missing(reading, before), *(note for note in before.values() if note.name in named)):
        yield from (card for card in note.cards if not card.retired and card.name not in wanted)


def _missing(reading: Reading, before: Mapping[str, KnownNote]) -> Iterator[KnownNote]:
    """Yield the notes that stood in the chapters read and are nowhere in the text now, as far as that can be known."""
    if not reading.sound:
        return
    read, named = {str(chapter.path) for chapter, _ in reading.chapters} | set(reading.gone), _named(reading)
    yield from (note for note in before.values() if note.path in read and note.name not in named)


def _named(reading: Reading) -> set[str]:
    return {note.id for chapter, _ in reading.chapters for note in chapter.notes}


def _renames(written: Sequence[Note], known: Sequence[KnownNote], loose: set[str]) -> Renames:
    by_name = {note.name: note for note in known}
    taken = {note.id for note in written}
    notes: list[Rename] = []
    cards: list[Rename] = []
    for note in written:
        old = by_name.get(note.id)
        if old is None and note.identified and note.provisional not in taken:
            old = by_name.get(note.provisional)
            taken.add(note.provisional)  # of two notes with the same text the first goes on with its history
            if old:
                notes.append(Rename(old.key, old.name, note.id))
        if old:
            cards += _card_renames(note, old)
    return Renames(
        tuple(notes),
        tuple(rename for rename in cards if rename.new not in loose),
        tuple(rename for rename in cards if rename.new in loose),
    )


def _card_renames(note: Note, old: KnownNote) -> Iterator[Rename]:
    """Yield the cards of a known note that are called otherwise now: by a new id of the note, or a step's number.

    Also the one card of a note that was a whole and is a part of it now, or the other way round: what it asks for is
    the same, in a gap or without.
    """
    parts = {step.provisional: step.part for step in note.steps} | _turned(note, old)
    present = {split_card_id(card.name)[1] for card in old.cards}
    for card in old.cards:
        part = split_card_id(card.name)[1]
        numbered = parts.get(part, part)
        free = numbered == part or numbered not in present
        name = card_id(note.id, numbered if free else part)
        if name != card.name:
            yield Rename(card.key, card.name, name)


def _turned(note: Note, old: KnownNote) -> dict[str, str]:
    was = [split_card_id(card.name)[1] for card in old.cards if not card.retired]
    if len(was) == len(note.parts) == 1 and bool(was[0]) != bool(note.parts[0]):
        return {was[0]: note.parts[0]}
    return {}


def _renamed(known: Sequence[KnownNote], renames: Renames) -> dict[str, KnownNote]:
    names = {rename.key: rename.new for rename in renames.notes}
    cards = {rename.key: rename.new for rename in renames.cards}
    found: dict[str, KnownNote] = {}
    for note in known:
        name = names.get(note.key, note.name)
        own = tuple(replace(card, name=cards.get(card.key, card.name)) for card in note.cards)
        found[name] = replace(note, name=name, cards=own)
    return found


def _report(
    puts: Iterable[NotePut],
    before: Mapping[str, KnownNote],
    cards: Mapping[str, KnownCard],
    renames: Renames,
    retired: Iterable[KnownCard],
) -> Report:
    added: list[str] = []
    changed: list[str] = []
    moved: list[str] = []
    returned: list[str] = []
    renamed = {rename.new for rename in (*renames.cards, *renames.adopted)}
    given = {rename.key for rename in renames.adopted}
    for put in puts:
        old = before.get(put.name)
        for card in put.cards:
            if card.key is None:
                added.append(card.name)
            elif cards[card.name].retired and card.name not in renamed:
                returned.append(card.name)
            else:
                changed += [card.name] if put.changed else []
                moved += [card.name] if card.name in renamed or (old and old.path != put.path) else []
    left = tuple(card.name for card in retired if card.key not in given)
    return Report(tuple(added), tuple(changed), tuple(moved), left, tuple(returned))
