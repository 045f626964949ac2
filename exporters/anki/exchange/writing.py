"""Carrying out a plan in a learner's own Anki collection, with as few calls as it takes."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from exporters import FsrsMemory, PastAnswer, Progress
from exporters.anki.exchange.account import NEW, REVIEW, Account, lots
from exporters.anki.exchange.forms import formed
from exporters.anki.exchange.outward import ASKED, BURIED, SUSPENDED
from exporters.anki.exchange.there import Found
from exporters.anki.exchange.values import CardOut, Key, NoteOut, Past, Timing
from exporters.anki.media import Media, named_bytes
from exporters.anki.package import write_records
from exporters.anki.record import Record
from exporters.anki.scheduling import BIRTHDAY, Birth, revlog_rows

_LEAST_EASE, _FIRST_EASE = 1300, 2500
_ASKED_QUEUES = (0, 1, 2, 3)
_INSERT = (
    "INSERT INTO revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type) VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)"
)
_NEAR = 64  # ms within which a row finds a moment that is free


def make_notes(account: Account, records: Sequence[Record], media: Media) -> None:
    """Make notes with their cards, progress and images, as an import of a package does.

    Note types that are not there come with them; those that are there stay as they look (`looks` renews them), with
    what a learner added to them: merged, since Anki makes a second type beside one that has other fields.
    """
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest  # noqa: PLC0415 -- an optional extra
    from anki.import_export_pb2 import ImportAnkiPackageUpdateCondition  # noqa: PLC0415 -- as above

    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "exchange.apkg"
        write_records(package, records, media.files, Birth(BIRTHDAY.astimezone()))
        never = ImportAnkiPackageUpdateCondition.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_NEVER
        options = ImportAnkiPackageOptions(with_scheduling=True, update_notetypes=never, merge_notetypes=True)
        account.collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))


def write_notes(account: Account, out: Mapping[str, NoteOut], found: Found, media: Media) -> None:
    """Write fields and tags of notes, and add the images of `media` that the collection lacks."""
    notes = []
    for guid, change in out.items():
        note = account.collection.get_note(found.nids[guid])
        note.fields = formed(note.fields, len(note.keys()))
        for name, value in change.fields.items():
            note[name] = value
        if change.tags is not None:
            note.tags = sorted(change.tags)
        notes.append(note)
    for name, file in media.files.items():
        if not account.collection.media.have(name):
            account.collection.media.write_data(name, named_bytes(file, name))
    if notes:
        account.collection.update_notes(notes, skip_undo_entry=True)


def remove_notes(account: Account, guids: Iterable[str], found: Found) -> None:
    """Remove notes with their cards; the rows of their review log stay."""
    nids = [found.nids[guid] for guid in guids]
    if nids:
        account.collection.remove_notes(nids)


def write_cards(account: Account, out: Mapping[Key, CardOut], past: Mapping[Key, Past], found: Found) -> None:
    """Write what changes of cards: answers first, then whether they are asked, then their schedules.

    `past` tells of the cards that answers are sent of, and of those whose schedule FSRS made.
    """
    _write_log(account, [(found.cids[key], _sent(change, past[key])) for key, change in out.items() if change.sent])
    _write_states(account, out, found)
    changed = []
    times = _times_answered(account, [found.cids[key] for key, change in out.items() if change.timing])
    for key, change in out.items():
        fsrs = past[key].fsrs if key in past and (change.schedules or change.sent) else None
        if change.schedules or change.forgets or fsrs:
            card = account.collection.get_card(found.cids[key])
            if change.schedules:
                _schedule(account, card, change.timing, times.get(card.id, 0))
            if change.forgets:
                card.memory_state = card.last_review_time = None
            if fsrs:
                _remember(card, fsrs)
            changed.append(card)
    if changed:
        account.collection.update_cards(changed, skip_undo_entry=True)


def _write_states(account: Account, out: Mapping[Key, CardOut], found: Found) -> None:
    wanted: dict[str, list[int]] = defaultdict(list)
    for key, change in out.items():
        if change.state:
            wanted[change.state].append(found.cids[key])
    scheduler = account.collection.sched
    if back := wanted[ASKED] + wanted[BURIED]:
        scheduler.unsuspend_cards(back)
    if wanted[BURIED]:
        scheduler.bury_cards(wanted[BURIED], manual=True)
    if wanted[SUSPENDED]:
        scheduler.suspend_cards(wanted[SUSPENDED])


def _times_answered(account: Account, cids: Sequence[int]) -> dict[int, int]:
    counts = "SELECT cid, count() FROM revlog WHERE cid IN ({}) AND ease > 0 GROUP BY cid"
    return {cid: times for some in lots(cids) for cid, times in account.rows(counts.format(",".join(map(str, some))))}


def _schedule(account: Account, card: Any, timing: Timing | None, times: int) -> None:  # noqa: ANN401 -- a card of Anki's
    """Give a card a schedule, or none; one in a filtered deck stays there, and its home due day is written."""
    queued = card.queue in _ASKED_QUEUES
    due = account.due_in(timing.due) if timing else card.original_position or 0
    if timing:
        if card.type == NEW:
            card.original_position = card.odue if card.odid else card.due
        ease = timing.ease or (card.factor if card.factor >= _LEAST_EASE else _FIRST_EASE)
        card.type, card.ivl, card.factor, card.lapses, card.reps = REVIEW, timing.interval, ease, timing.lapses, times
    else:
        card.type, card.ivl, card.factor, card.lapses, card.reps = NEW, 0, 0, 0, 0
        card.original_position = None
    card.left = 0
    if queued:
        card.queue = card.type
    if card.odid:
        card.odue = due
    else:
        card.due = due


def _remember(card: Any, fsrs: FsrsMemory) -> None:  # noqa: ANN401 -- a card of Anki's
    """Let a card hold what FSRS holds of it here; `card_data` is the same for packages."""
    from anki.cards_pb2 import FsrsMemoryState  # noqa: PLC0415 -- an optional extra

    card.memory_state = FsrsMemoryState(stability=fsrs.stability, difficulty=fsrs.difficulty)
    card.desired_retention, card.decay = fsrs.retention, fsrs.decay
    card.last_review_time = None if fsrs.answered_at is None else fsrs.answered_at // 1000


def _sent(change: CardOut, past: Past) -> tuple[PastAnswer, ...]:
    wanted = set(change.sent)
    return tuple(answer for answer in past.answers if answer.at in wanted)


def _write_log(account: Account, sent: Sequence[tuple[int, tuple[PastAnswer, ...]]]) -> None:
    """Add answers to the review log, each at its moment, or a little later where another card's has it."""
    if not sent:
        return
    taken = _taken(account, {answer.at for _, answers in sent for answer in answers})
    rows = [list(row) for cid, answers in sent for row in revlog_rows(cid, Progress(None, answers=answers), taken)]

    def write() -> None:
        account.collection.db.executemany(_INSERT, rows)
        # By itself a row of the log does not make the collection one that has something to send.
        ((mod,),) = account.rows("SELECT max(mod + 1, CAST(strftime('%s', 'now') AS INTEGER) * 1000) FROM col")
        account.collection.db.execute("UPDATE col SET mod = ?", mod)

    account.collection.db.transact(write)  # each row by itself would wait for the disk


def _taken(account: Account, moments: Iterable[int]) -> set[int]:
    """Return the moments of rows at or soon after these: looked for by stretches, where moments are near each other."""
    stretches: list[list[int]] = []
    for at in sorted(moments):
        if stretches and at <= stretches[-1][1]:
            stretches[-1][1] = at + _NEAR
        else:
            stretches.append([at, at + _NEAR])
    taken: set[int] = set()
    for some in lots(stretches):
        near = " OR ".join(f"id BETWEEN {begin} AND {end}" for begin, end in some)
        taken |= {row[0] for row in account.rows(f"SELECT id FROM revlog WHERE {near}")}  # noqa: S608 -- numbers of ours
    return taken
