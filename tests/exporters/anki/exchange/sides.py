"""Both sides of an exchange as plain values, and what carrying a plan out makes of them: no Anki, no store."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from exporters.anki.exchange.homeward import homeward
from exporters.anki.exchange.outward import ASKED, BURIED, SUSPENDED, Outward, outward
from exporters.anki.exchange.values import (
    RETIRED_TAG,
    CardBase,
    CardHere,
    CardOut,
    CardThere,
    Coming,
    Days,
    Key,
    NoteBase,
    NoteHere,
    NoteThere,
    Row,
    Side,
    Timing,
)
from srs.due import milliseconds, moment_of
from srs.history import Forget, LogLine, Place, Review, counted, standing
from srs.scheduler import Sm2

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srs.history import Act

TODAY = date(2026, 12, 1)
NOON = milliseconds(moment_of(0).replace(year=2026, month=12, day=1, hour=12))
DAY_MS = 86_400_000
DAYS = Days(TODAY, lambda at: moment_of(at).date())
SM2 = Sm2()


def card_here(acts: frozenset[Act], *, retired: bool = False) -> CardHere:
    """Return a card as the fold of its acts has it, by the fold that the store keeps."""
    lines = [LogLine("d", "c", act) for act in acts]
    answers = [line for line in lines if isinstance(line.act, Review)]
    others = [line for line in lines if not isinstance(line.act, Review)]
    found = counted(answers, others)
    how = standing({("d", "c")}, found, others, SM2)
    timing = None
    if memory := how.memory:
        timing = Timing(memory.due, memory.interval, SM2.shown(memory).ease, memory.lapses)
    return CardHere(
        timing,
        how.suspended,
        how.buried_until,
        retired,
        frozenset(line.act.at for line in found.answers),
        frozenset(line.act.at for line in answers),
        frozenset(act.at for act in acts if isinstance(act, Forget | Place)),
    )


@dataclass
class Both:
    """What both sides hold, and what they last agreed on."""

    base: Side[NoteBase, CardBase] = field(default_factory=Side)
    acts: dict[Key, frozenset[Act]] = field(default_factory=dict)
    notes: dict[str, NoteHere] = field(default_factory=dict)
    there: Side[NoteThere, CardThere] = field(default_factory=Side)

    @property
    def here(self) -> Side[NoteHere, CardHere]:
        """The store's side."""
        return Side(
            self.notes, {key: card_here(acts, retired=self.notes[key[0]].retired) for key, acts in self.acts.items()}
        )

    def plan(self) -> tuple[list[Coming], Outward]:
        """Return what would come home, and what would be written there if nothing did."""
        coming = homeward(self.base, self.here, self.there, DAYS, NOON)
        return coming, outward(self.base, self.here, self.there, DAYS)

    def exchange(self) -> tuple[list[Coming], Outward]:
        """Carry out a plan, and return it."""
        coming = homeward(self.base, self.here, self.there, DAYS, NOON)
        for each in coming:
            self.acts[each.key] = self.acts[each.key] | {each.act}
        out = outward(self.base, self.here, self.there, DAYS)
        notes, cards = dict(self.there.notes), dict(self.there.cards)
        for guid in out.new:
            mine = self.notes[guid]
            notes[guid] = NoteThere({**mine.fields, "Spare1": str(mine.changed_s)}, mine.tags, mine.changed_s)
            cards |= {key: _made(card) for key, card in self.here.cards.items() if key[0] == guid}
        for guid, change in out.notes.items():
            old = notes[guid]
            tags = old.tags if change.tags is None else change.tags
            notes[guid] = NoteThere({**old.fields, **change.fields}, tags, NOON // 1000)
        for key, written in out.cards.items():
            cards[key] = _written(cards[key], written)
        marked = {guid for guid, note in notes.items() if RETIRED_TAG in note.tags}
        cards = {key: replace(card, marked=key[0] in marked) for key, card in cards.items()}
        self.there = Side(notes, cards, self.there.deleted)
        again = outward(Side({**self.base.notes, **out.base.notes}, out.base.cards), self.here, self.there, DAYS)
        self.base = Side({**self.base.notes, **again.base.notes}, {**self.base.cards, **again.base.cards})
        return coming, out


def _made(card: CardHere) -> CardThere:
    made = CardThere(card.timing, suspended=card.suspended, changed_at=NOON, changed_on=TODAY)
    return replace(made, rows=_rows(card.answers))


def _rows(answers: Iterable[int]) -> tuple[Row, ...]:
    return tuple(Row(at, 3, 1, 2500, 0, 1) for at in sorted(answers))


def _written(card: CardThere, out: CardOut) -> CardThere:
    card = replace(
        card, changed_at=NOON, changed_on=TODAY, rows=tuple(sorted((*card.rows, *_rows(out.sent)), key=lambda r: r.at))
    )
    if out.schedules:
        card = replace(card, timing=out.timing, learning=False)
    if out.forgets:
        card = replace(card, remembers=False)
    if out.state:
        card = replace(card, suspended=out.state == SUSPENDED, buried=out.state == BURIED)
        assert out.state in {ASKED, SUSPENDED, BURIED}
    return card


def days_before(days: int) -> date:
    """Return a day before the account's day."""
    return TODAY - timedelta(days=days)
