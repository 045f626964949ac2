"""What comes home from the collection: answers, and what was done to cards there, each with its own moment; pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from exporters.anki.exchange.values import CardBase, CardHere, CardThere, Coming, Days, Key, NoteBase, Row, Side
from exporters.anki.exchange.values import NoteHere as Here
from exporters.anki.exchange.values import NoteThere as There
from exporters.anki.scheduling import FILTERED, GRADES
from srs.due import is_moment
from srs.history import ANKI, ANKI_CRAM, LIFTED, Act, Bury, Forget, Place, Resume, Review, Suspend
from srs.history.fold import SAME_ANSWER

BY_HAND = 4
"""The kind of a row that Forget and Set Due Date leave."""
_LONGEST = 36_500
_LEAST_EASE, _FIRST_EASE, _MOST_EASE = 1300, 2500, 10_000
_MOST_MS = 2**31 - 1
_DAY = timedelta(days=1)
_NO_BASE = CardBase()


def homeward(
    base: Side[NoteBase, CardBase], here: Side[Here, CardHere], there: Side[There, CardThere], days: Days, now: int
) -> list[Coming]:
    """Return what was done there and is not known here.

    Answers and what was set by hand are known by their moments. A card was suspended, resumed or buried there if it
    stands otherwise than both last agreed, and than it stands here; the moment is that of the card's row. A note that
    both had and that is gone there suspends its cards here, `now`.
    """
    coming: list[Coming] = []
    for key, card in there.cards.items():
        mine = here.cards.get(key)
        if mine is not None:
            acts = (*_answers(mine, card.rows, days), *_moves(mine, card, days))
            coming += [Coming(key, act) for act in (*acts, *_marks(base.cards.get(key, _NO_BASE), mine, card, days))]
    for guid in gone(base.notes, here.notes, there):
        mine_of_it = [(key, card) for key, card in here.cards.items() if key[0] == guid]
        coming += [
            Coming(key, Suspend(now), deleted=True) for key, card in mine_of_it if not (card.suspended or card.retired)
        ]
    return coming


def gone(base: Mapping[str, NoteBase], here: Mapping[str, Here], there: Side[There, CardThere]) -> list[str]:
    """Return the notes that stand here, that both had, and that were deleted there."""
    return [
        guid
        for guid in there.deleted
        if guid in here and not here[guid].retired and guid in base and guid not in there.notes and not base[guid].gone
    ]


def _answers(here: CardHere, rows: Iterable[Row], days: Days) -> Iterator[Act]:
    for row in rows:
        if row.at in here.moments:  # most are, and this is the quickest to see
            continue
        if row.button in GRADES and is_moment(row.at) and not _known(row.at, here.moments):
            filtered = row.kind == FILTERED and not row.ease
            origin = ANKI_CRAM if filtered else ANKI
            ms = min(max(0, row.ms), _MOST_MS)
            yield Review(row.at, days.day_of(row.at), GRADES[row.button], ms, origin)


def _moves(here: CardHere, there: CardThere, days: Days) -> Iterator[Act]:
    """Yield what Forget and Set Due Date did.

    The row holds no due day: if nothing followed it, the card's row has it, else it is the day plus the row's interval.
    """
    for row in there.rows:
        if row.kind != BY_HAND or row.button or not is_moment(row.at) or _known(row.at, here.moves):
            continue
        day = days.day_of(row.at)
        if not row.ease:
            yield Forget(row.at, day)
            continue
        set_now = there.timing if _is_last(row, there) else None
        interval = min(max(1, set_now.interval if set_now else row.interval), _LONGEST)
        due = set_now.due if set_now else day + interval * _DAY
        ease = next((each for each in (row.ease, set_now.ease if set_now else 0) if (each or 0) >= _LEAST_EASE), 0)
        yield Place(row.at, day, _near(due, day), interval, min(ease or _FIRST_EASE, _MOST_EASE))


def _is_last(row: Row, there: CardThere) -> bool:
    return max(*there.older, *(each.at for each in there.rows), row.at) == row.at


def _marks(base: CardBase, here: CardHere, there: CardThere, days: Days) -> Iterator[Act]:
    """Yield suspensions and burials; what marks a retired note is no act of the learner's."""
    if here.retired or there.marked:
        return
    at = there.changed_at
    if there.suspended and not (base.suspended or here.suspended):
        yield Suspend(at)
    if base.suspended and here.suspended and not there.suspended:
        yield Resume(at)
    until, buried_here = there.changed_on + _DAY if there.buried else date.min, is_buried(here, days.today)
    agreed = base.buried_on is not None and (not there.buried or there.changed_on <= base.buried_on)
    if there.buried and until > days.today and not (agreed or buried_here):
        yield Bury(at, until)
    if not there.buried and not there.suspended and base.buried_on == days.today and buried_here:
        yield Bury(at, LIFTED)


def is_buried(card: CardHere, today: date) -> bool:
    """Whether a card is out of the queue until a day that is still to come."""
    return card.buried_until is not None and card.buried_until > today


def _known(at: int, moments: frozenset[int]) -> bool:
    """Whether a row is one of these moments; Anki may have moved it, since no two of its rows share one."""
    return any(at - step in moments for step in range(SAME_ANSWER + 1))


def _near(due: date, day: date) -> date:
    longest = _LONGEST * _DAY
    return min(max(due, day - longest), day + longest)


def keys_of(coming: Iterable[Coming]) -> set[Key]:
    """Return the cards that something comes home of."""
    return {each.key for each in coming}
