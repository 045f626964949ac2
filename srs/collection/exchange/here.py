"""The store's side of an exchange: its notes as Anki would have them, and their cards with their histories."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from sqlalchemy import Connection

from exporters import ExportNote, Progress
from exporters.anki.exchange.values import CardHere, Key, NoteHere, Past, Side, Timing
from exporters.anki.fields import RENDERING
from exporters.anki.identity import card_ord, note_guid, part_at, tag_list
from exporters.anki.media import Media
from exporters.anki.note_types import field_names, kind_of
from exporters.anki.package import record_of
from exporters.anki.record import Record
from srs.collection.past import ease_of, fsrs_of, past_answers
from srs.deck import Deck, Kind, note_from_text, split_card_id
from srs.history import Name
from srs.history.force import InForce
from srs.scheduler import Fsrs, replay
from srs.store.as_agreed import AsAgreed
from srs.store.base import WITH_IMAGES, Agreed
from srs.store.heirs import note_heirs
from srs.store.sides import CardSide, StoredNote, card_sides, histories_of, stored_notes


@dataclass
class HereSide:
    """The notes and cards here that an exchange is about.

    `keys` are the rows of notes by guid, `names` the cards' decks and ids; `kinds` are those of the notes that stand,
    `stored` what these say, as far as that was looked at; `origins` are digests of what fields were made from. `media`
    are the images that were met; `same_images`: none of the decks' has changed since the last exchange.
    """

    decks: Mapping[str, Deck]
    force: InForce
    same_images: bool = False
    notes: dict[str, NoteHere] = field(default_factory=dict)
    cards: dict[Key, CardHere] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    names: dict[Key, Name] = field(default_factory=dict)
    stored: dict[str, StoredNote] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    sides: dict[Key, CardSide] = field(default_factory=dict)
    media: Media = field(default_factory=Media)
    names_first: dict[int, Name] = field(default_factory=dict)
    of_note: dict[str, list[tuple[Key, CardSide]]] = field(default_factory=dict)
    pasts: dict[Key, Past] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)

    @property
    def side(self) -> Side[NoteHere, CardHere]:
        """The notes and the cards as a plan takes them."""
        return Side(self.notes, self.cards)

    def record(self, guid: str) -> Record:
        """Return a note as a package has it, with the progress of its cards."""
        progress = {}
        for key, side in self.of_note.get(guid, ()):
            if key in self.pasts and (side.moments or side.moves or side.standing.suspended):
                past, memory = self.pasts[key], side.standing.memory
                ease = ease_of(self.force.of(side.name[0]), memory)
                progress[key[1]] = Progress(memory, ease, side.standing.suspended, past.answers, past.fsrs)
        bare = self.bare_record(guid)
        return replace(bare, progress={place: each for place, each in progress.items() if place in bare.ords})

    def bare_record(self, guid: str) -> Record:
        """Return a note as a package has it, without progress; made from its text once."""
        if guid not in self.records:
            note = self.stored[guid].note
            first = self.names_first.get(note.key)
            text, changed_s = note_from_text(note.text), note.changed_ms // 1000
            item = ExportNote(self.decks[note.deck], note.chapter, text, changed_s, first=first)
            self.records[guid] = record_of(item, self.media)
        return self.records[guid]

    def studied(self, guids: Iterable[str]) -> list[str]:
        """Return notes that stand in the order of study, in which Anki asks new ones."""
        return sorted(guids, key=self._place)

    def _place(self, guid: str) -> tuple[str, int, str, int]:
        stored = self.stored[guid]
        return stored.note.deck, stored.position, stored.note.chapter.path.as_posix(), stored.note.line

    def by_fsrs(self, key: Key) -> bool:
        """Whether FSRS schedules a card."""
        return isinstance(self.force.of(self.names[key][0]), Fsrs)

    def remember(self, connection: Connection, since: Mapping[Key, int]) -> None:
        """Read what the histories of cards say of their answers, from a moment (ms) of each on."""
        wanted = {key: self.sides[key] for key in since if key in self.sides and key not in self.pasts}
        begin = {side.key: 0 if self.by_fsrs(key) else since[key] for key, side in wanted.items()}
        found = histories_of(connection, list(wanted.values()), begin)
        for key, side in wanted.items():
            history, scheduler = found[side.key], self.force.of(side.name[0])
            fsrs = fsrs_of(history.told, side.standing.memory, scheduler)
            before = replay(scheduler, history.earlier)
            self.pasts[key] = Past(tuple(past_answers(history.told, scheduler, before)), fsrs)

    def renewed(self, other: "HereSide") -> "HereSide":
        """Return the same side with some of its notes as they are now."""
        cards = {key: card for key, card in self.cards.items() if key[0] not in other.keys} | other.cards
        sides = {key: side for key, side in self.sides.items() if key[0] not in other.keys} | other.sides
        return replace(
            other,
            notes=self.notes | other.notes,
            cards=cards,
            keys=self.keys | other.keys,
            types=self.types | other.types,
            kinds=self.kinds | other.kinds,
            names=self.names | other.names,
            stored=self.stored | other.stored,
            origins=self.origins | other.origins,
            sides=sides,
            media=self.media,
            of_note=self.of_note | other.of_note,
        )

    def of(self, guids: Collection[str]) -> "HereSide":
        """Return the same side with some of its notes alone."""
        notes = {guid: note for guid, note in self.notes.items() if guid in guids}
        return replace(self, notes=notes, cards={key: card for key, card in self.cards.items() if key[0] in guids})


def gather(
    connection: Connection,
    decks: Mapping[str, Deck],
    force: InForce,
    keys: Collection[int] | None,
    agreed: Mapping[str, Agreed],
    settled: Mapping[str, AsAgreed] | None = None,
    *,
    same_images: bool = False,
) -> HereSide:
    """Return the side of some notes (by their rows), or (`None`) of all that stand, and of those that were agreed on.

    Of a deck that is not here, and of notes that are `settled`, the cards take part, and the notes do not.
    """
    first = {each.key: each.first for each in note_heirs(connection)}
    here = HereSide(decks, force, same_images=same_images, names_first=first)
    former = {each.key for each in agreed.values()}
    rows = list(stored_notes(connection, keys, list(decks)))
    more = (former | {key for key in here.names_first if keys is None or key in keys}) - {row.note.key for row in rows}
    rows += stored_notes(connection, more, ())
    for row in rows:
        if row.stands and row.kind is not Kind.MOCK:
            _take(here, row, agreed)
    by_key = {row.note.key: row for row in rows}
    for guid, each in agreed.items():
        if guid not in here.keys and each.key in by_key:
            here.keys[guid], here.types[guid] = each.key, each.note_type
            here.notes[guid] = NoteHere({}, each.note.tags, retired=True)
    for guid, note in (settled or {}).items():
        here.keys[guid], here.types[guid], here.kinds[guid] = note.key, note.note_type, note.kind
    _take_cards(connection, here)
    return here


def look_at_cards(connection: Connection, here: HereSide, guids: Collection[str]) -> HereSide:
    """Return the same side after acts on cards of some notes came into the store; what their texts say is as it was."""
    notes = {guid: replace(here.notes[guid], deleted=False) for guid in guids if guid in here.notes}
    keys = {guid: here.keys[guid] for guid in guids}
    anew = replace(here, notes=notes, keys=keys, cards={}, names={}, sides={}, of_note={}, pasts={})
    _take_cards(connection, anew)
    return here.renewed(anew)


def _take(here: HereSide, row: StoredNote, agreed: Mapping[str, Agreed]) -> None:
    note = row.note
    guid = note_guid(*(here.names_first.get(note.key) or (note.deck, note.name)), row.kind)
    here.keys[guid], here.stored[guid], here.kinds[guid] = note.key, row, row.kind
    known = agreed.get(guid)
    if note.deck not in here.decks:
        here.types[guid] = known.note_type if known else 0
        return
    digest = _digest(row, here.decks[note.deck], here.names_first.get(note.key))
    if known and known.made_from in (digest, f"{WITH_IMAGES}{digest}" if here.same_images else digest):
        digest = known.made_from
        here.types[guid] = known.note_type
        fields, tags = known.note.fields, known.note.tags
    else:
        record = here.bare_record(guid)
        here.types[guid] = record.note_type
        fields = dict(zip(field_names(record.note_type), record.fields, strict=True))
        tags = frozenset(record.tags.split())
        digest = f"{WITH_IMAGES}{digest}" if any("<img" in text for text in record.fields) else digest
    here.origins[guid] = digest
    here.notes[guid] = NoteHere(fields, tags, note.changed_ms // 1000)


def _take_cards(connection: Connection, here: HereSide) -> None:
    guids: dict[int, list[str]] = {}
    for guid, key in here.keys.items():
        guids.setdefault(key, []).append(guid)
    for side in card_sides(connection, list(guids)):
        for guid in guids[side.note]:
            retired = guid not in here.kinds
            kind = kind_of(here.types[guid]) if retired else here.kinds[guid]
            place = card_ord(kind, split_card_id(side.name[1])[1]) if _fits(kind, side) else None
            if place is not None:
                card = guid, place
                here.names[card], here.sides[card] = side.name, side
                here.of_note.setdefault(guid, []).append((card, side))
                here.cards[card] = _card(here, side, retired=retired or side.retired)
                if side.deleted and guid in here.notes and not here.notes[guid].deleted:
                    note = here.notes[guid]
                    here.notes[guid] = NoteHere(note.fields, note.tags, note.changed_s, note.retired, deleted=True)


def _fits(kind: Kind, side: CardSide) -> bool:
    """Whether a card's part can be one of a kind: a note that was a list has other parts than the gaps it has now."""
    part = split_card_id(side.name[1])[1]
    if kind is Kind.CLOZE and not (part.startswith("c") and part[1:].isdecimal()):
        return False
    place = card_ord(kind, part)
    return place is not None and part_at(kind, place) == part


def _card(here: HereSide, side: CardSide, *, retired: bool) -> CardHere:
    memory = side.standing.memory
    scheduler = here.force.of(side.name[0])
    timing = Timing(memory.due, memory.interval, scheduler.shown(memory).ease, memory.lapses) if memory else None
    return CardHere(
        timing, side.standing.suspended, side.standing.buried_until, retired, side.answers, side.moments, side.moves
    )


def _digest(row: StoredNote, deck: Deck, first: Name | None) -> str:
    note = row.note
    parts: Iterable[str] = (
        str(RENDERING),
        deck.namespace,
        deck.language,
        note.name,
        note.text,
        tag_list(note.chapter.tags),
        note.chapter.source,
        *(first or ()),
    )
    return sha256("\0".join(parts).encode()).hexdigest()[:32]
