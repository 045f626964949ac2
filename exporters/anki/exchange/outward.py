"""What is written there, so that the collection says what the store says; pure. What does not differ is not written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from exporters.anki.alike import alike, same_words
from exporters.anki.exchange.homeward import gone, is_buried
from exporters.anki.exchange.values import (
    RETIRED_TAG,
    CardBase,
    CardHere,
    CardOut,
    CardThere,
    Days,
    FieldEdit,
    Key,
    NoteBase,
    NoteHere,
    NoteOut,
    NoteThere,
    Side,
    Timing,
)
from exporters.anki.note_types import EDITED, STAMP, STEP_FIELDS
from srs.history.fold import SAME_ANSWER

ASKED, SUSPENDED, BURIED = "asked", "suspended", "buried"
_NO_BASE = CardBase()
_LIST = "List"
_STAMP = re.compile(r"[0-9]{1,15}")
_FAR = 10  # a tenth of the interval


@dataclass(frozen=True, slots=True)
class Outward:
    """What is written there: `new` notes to be made, and changes to notes and cards; `base` is what is agreed then.

    `edits` are fields that were edited there, and stay as they are; `retired` are notes that get their mark now.
    """

    new: tuple[str, ...] = ()
    notes: Mapping[str, NoteOut] = field(default_factory=dict)
    cards: Mapping[Key, CardOut] = field(default_factory=dict)
    base: Side[NoteBase, CardBase] = field(default_factory=Side)
    edits: tuple[FieldEdit, ...] = ()
    retired: tuple[str, ...] = ()


def outward(
    base: Side[NoteBase, CardBase], here: Side[NoteHere, CardHere], there: Side[NoteThere, CardThere], days: Days
) -> Outward:
    """Return what to write there once all that comes home has been taken in.

    A note that is not there is made, unless it is retired or was deleted there. Of a field the side that changed it
    speaks; where both did, it stays as it is there, and is told if its words differ. Tags that are not ours stay.
    """
    asked = {key[0] for key, card in here.cards.items() if not (card.suspended or card.retired)}
    new = [guid for guid, note in here.notes.items() if _is_new(guid, note, base.notes, there, asked)]
    notes: dict[str, NoteOut] = {}
    agreed: dict[str, NoteBase] = {}
    edits: list[FieldEdit] = []
    for guid, mine in here.notes.items():
        theirs = there.notes.get(guid)
        if theirs is not None:
            out, agreed[guid], found = _note(guid, base.notes.get(guid), mine, theirs)
            edits += found
            if out:
                notes[guid] = out
    for guid in gone(base.notes, here.notes, there):
        agreed[guid] = replace(base.notes[guid], gone=True)
    cards: dict[Key, CardOut] = {}
    stand: dict[Key, CardBase] = {}
    for key, theirs_of_it in there.cards.items():
        if key in here.cards:
            card, stand[key] = _card(here.cards[key], theirs_of_it, days)
            if card:
                cards[key] = card
    marked = tuple(
        guid
        for guid, note in here.notes.items()
        if note.retired and guid in there.notes and RETIRED_TAG not in there.notes[guid].tags
    )
    return Outward(tuple(new), notes, cards, Side(agreed, stand), tuple(edits), marked)


def _is_new(
    guid: str, note: NoteHere, base: Mapping[str, NoteBase], there: Side[NoteThere, CardThere], asked: set[str]
) -> bool:
    """Whether a note is to be made there; `asked` are notes with a card that is not suspended here.

    One that was deleted there is made again only if its learner brought a card of it back.
    """
    if note.retired or guid in there.notes:
        return False
    was_deleted = note.deleted or (guid in base and base[guid].gone) or guid in gone(base, {guid: note}, there)
    return guid in asked or not was_deleted


def _note(
    guid: str, base: NoteBase | None, here: NoteHere, there: NoteThere
) -> tuple[NoteOut, NoteBase, list[FieldEdit]]:
    if base is None:
        base = _guessed(there)
    elif _stamp(there.fields) < _stamp(base.fields):
        base = replace(base, fields=there.fields)  # an earlier state of the collection came back
    if here.retired:
        tags = there.tags | {RETIRED_TAG}
        return NoteOut(tags=tags if tags != there.tags else None), replace(base, gone=False), []
    fields, edits = dict[str, str](), list[FieldEdit]()
    agreed = dict(base.fields)
    for name, mine in here.fields.items():
        theirs = there.fields.get(name, "")
        if name == STAMP or name not in there.fields:
            continue
        old = base.fields.get(name)
        if alike(mine, theirs):
            agreed[name] = mine
        elif alike(theirs, old) if old is not None else name not in EDITED:
            fields[name] = agreed[name] = mine
        else:
            edits.append(FieldEdit(guid, name, mine if old is None else old, theirs, not same_words(mine, theirs)))
    for name in _held(fields, edits):
        del fields[name]
        agreed[name] = base.fields.get(name, "")
    if fields:
        fields[STAMP] = str(max(here.changed_s, _stamp(there.fields) + 1, _stamp(base.fields) + 1))
    agreed[STAMP] = fields.get(STAMP, there.fields.get(STAMP, ""))
    tags = ((there.tags - (base.tags - here.tags)) | (here.tags - base.tags)) - {RETIRED_TAG}
    out = NoteOut(fields, tags if tags != there.tags else None)
    return out, NoteBase(agreed, here.tags), edits


def _held(fields: Mapping[str, str], edits: list[FieldEdit]) -> list[str]:
    """Return the fields that must wait, too: a step's while the list that shows it was edited there."""
    return [name for name in STEP_FIELDS if name in fields] if any(edit.name == _LIST for edit in edits) else []


def _guessed(there: NoteThere) -> NoteBase:
    """Return what both agreed on of a note that came with a package: all of it, if it was not edited since."""
    if there.changed_s <= _stamp(there.fields):
        return NoteBase(there.fields)
    return NoteBase({})


def _stamp(fields: Mapping[str, str]) -> int:
    """Return which version of a note somebody has (epoch seconds); 0 if that cannot be told."""
    stamp = fields.get(STAMP, "")
    return int(stamp) if _STAMP.fullmatch(stamp) else 0


def _card(here: CardHere, there: CardThere, days: Days) -> tuple[CardOut, CardBase]:
    state = _state_here(here, days)
    changes = state if state != _state_there(there) else ""
    base = CardBase(suspended=state == SUSPENDED, buried_on=days.today if state == BURIED else None)
    if here.retired:
        return CardOut(state=changes), base
    sent = tuple(_missing(here.answers, there))
    differs = _differs(here.timing, there)
    held = there.learning and there.answered_on == days.today
    writes = differs and not held
    out = CardOut(
        schedules=writes,
        timing=here.timing if writes else None,
        state=changes,
        sent=sent,
        forgets=there.remembers and (writes or bool(sent)),
        far=writes and _is_far(here.timing, there.timing),
    )
    return out, replace(base, waits=differs and held)


def _state_here(card: CardHere, days: Days) -> str:
    if card.suspended or card.retired:
        return SUSPENDED
    return BURIED if is_buried(card, days.today) else ASKED


def _state_there(card: CardThere) -> str:
    if card.suspended:
        return SUSPENDED
    return BURIED if card.buried else ASKED


def _differs(timing: Timing | None, there: CardThere) -> bool:
    if there.learning:
        return True
    return there.timing is not None if timing is None else not timing.same_as(there.timing)


def _missing(answers: frozenset[int], there: CardThere) -> Iterator[int]:
    new = answers.difference(there.older, (row.at for row in there.rows))
    known = there.older.union(row.at for row in there.rows) if new else new
    for at in sorted(new):
        if not any(at + step in known for step in range(1, SAME_ANSWER + 1)):
            yield at


def _is_far(here: Timing | None, there: Timing | None) -> bool:
    if here is None or there is None:
        return False
    return abs((here.due - there.due).days) * _FAR > there.interval
