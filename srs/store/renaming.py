"""Text that gets an id: what was learnt, or given to Anki, under its former name goes on by an act of the log."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, insert, select, update

from srs.deck import split_card_id
from srs.history import Adopt, LogLine, moment_after
from srs.store.acts import acts_on, write_acts
from srs.store.forces import acts_of
from srs.store.known import Rename, TextChange
from srs.store.lots import in_lots
from srs.store.own_tables import exports
from srs.store.tables import cards, reviews


def keep_names(connection: Connection, change: TextChange, now: int, draw: Callable[[int, int], int]) -> None:
    """Before rows get their new names: let the new ones adopt the former ones, where something is known of these.

    An answer, and any other act, keeps the name that it was given under, for which a row without text stays.
    """
    renamed = [*change.renamed_cards, *change.adopted]
    if not (renamed or change.renamed_notes):
        return
    answered = _answered(connection, [rename.key for rename in renamed])
    named = {line.card for line in acts_on(connection, {(change.deck, each.old) for each in _every(change)})}
    told = {each.old for each in renamed if each.key in answered} | named
    notes = {split_card_id(name)[0] for name in told}
    exported = _exported(connection, [rename.key for rename in change.renamed_notes])
    adopted = [each for each in change.renamed_notes if each.old in notes or each.key in exported]
    by_note = {each.old: each.new for each in adopted}
    for each in renamed:
        note, part = split_card_id(each.old)
        follows = by_note.get(note) and (by_note[note], part) == split_card_id(each.new)
        if each.old in told and not follows:
            adopted.append(each)
    latest = max((line.act.at for line in acts_of(connection, Adopt.what)), default=None) if adopted else None
    write_acts(
        connection,
        [
            LogLine(change.deck, each.new, Adopt(moment_after(now, latest, draw), change.deck, each.old))
            for each in adopted
        ],
    )
    _leave_names(connection, change.deck, [each for each in change.renamed_cards if each.old in told])


def _every(change: TextChange) -> Iterable[Rename]:
    return (*change.renamed_notes, *change.renamed_cards, *change.adopted)


def _answered(connection: Connection, keys: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for some in in_lots(keys):
        found |= set(connection.scalars(select(reviews.c.name_id).where(reviews.c.name_id.in_(some)).distinct()))
    return found


def _exported(connection: Connection, keys: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for some in in_lots(keys):
        found |= set(connection.scalars(select(exports.c.note_id).where(exports.c.note_id.in_(some))))
    return found


def _leave_names(connection: Connection, deck: str, renames: Iterable[Rename]) -> None:
    """Let the former names keep a row of their own, which the answers given under them name."""
    for each in renames:
        connection.execute(update(cards).where(cards.c.id == each.key).values(name=each.new))
        stub: dict[str, Any] = {"deck": deck, "name": each.old, "place": 0, "retired": True, "suspended": False}
        key = connection.execute(insert(cards).values(**stub).returning(cards.c.id)).scalar_one()
        connection.execute(update(reviews).where(reviews.c.name_id == each.key).values(name_id=key))
