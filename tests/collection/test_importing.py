"""There and back, against real Anki: the log holds every review of both sides once, and memory is its replay."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from exporters.anki.reading import Package
from srs.cli import import_
from srs.collection import taking
from srs.collection.collection import open_collection
from srs.collection.importing import import_anki
from srs.due import milliseconds
from tests.exporters.anki.phone import Phone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from exporters.anki.found import AnkiCard, AnkiLog
    from tests.learner import Learner

SEA = """\
---
title: Sea
tags: [sea]
---

## How to anchor? {#anchor}

1. Heave to {#c1}
2. Let go {#c2}
3. Make fast {#c3}

## How long is a mile? {#mile}

1852 metres.

## Where is the red light? {#red}

To {{c1::port}}; green to {{c2::starboard}}.
"""


HISTORY = "SELECT cid, ord, r.id FROM revlog r JOIN cards c ON c.id = cid ORDER BY r.id"


def card_at(note: str, place: int) -> str:
    """Return the card that stands at a place among its siblings in Anki."""
    if note == "red":
        return f"red/c{place + 1}"
    return f"{note}/c{place}" if place else note


def days_ago(days: int, hour: int = 12) -> str:
    """Return a moment so many days before today's, at noon, as typed."""
    return f"{(datetime.now().astimezone() - timedelta(hours=4, days=days)).date()} {hour:02}:00"


@pytest.fixture
def studied(learner: Learner) -> Learner:
    """Somebody who studied a deck in the terminal for some days until five days ago, and has the day of today."""
    learner.write("ship/sea.md", SEA)
    for day, answers in enumerate(
        [["anchor 4", "mile 4", "red/c1 2"], ["anchor/c1 5", "mile 4"], ["red/c1 3", "red/c2 4"]]
    ):
        for answer in answers:
            learner.now = days_ago(12 - 2 * day)
            learner.srs("answer", *answer.split())
    learner.srs("suspend", "red/c2")
    learner.now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    return learner


def log_of(learner: Learner) -> list[dict[str, Any]]:
    """Return the answers of the history that stand, one a line."""
    lines = [json.loads(line) for line in learner.srs("log", "export", "-").splitlines()]
    undone = {(line["card"], line["of"]) for line in lines if line.get("what") == "undo"}
    return [line for line in lines if "what" not in line and (line["card"], line["at"]) not in undone]


@pytest.fixture
def synced(studied: Learner, tmp_path: Path) -> Phone:
    """Their phone, with the first import done and learning progress switched on."""
    studied.srs("export", "anki", "-o", tmp_path / "ship.apkg", "--with-progress")
    phone = Phone(tmp_path)
    phone.open(tmp_path / "ship.apkg", with_progress=True)
    return phone


def test_progress_travels(studied: Learner, synced: Phone) -> None:
    """Due days, intervals, ease, repetitions, lapses, suspension and the whole history are those of the terminal."""
    today = synced.collection.sched.today
    study_day = (datetime.now().astimezone() - timedelta(hours=4)).date()
    for note, place, name in [
        ("anchor", 0, "anchor"),
        ("anchor", 1, "anchor/c1"),
        ("mile", 0, "mile"),
        ("red", 0, "red/c1"),
    ]:
        ours, theirs = studied.cards()[name], synced.card(note, place)
        assert (theirs.type, theirs.queue) == (2, 2)
        assert study_day + timedelta(days=theirs.due - today) == datetime.fromisoformat(ours["due"]).date()
        assert (theirs.ivl, theirs.factor, theirs.reps, theirs.lapses) == (
            ours["interval"],
            ours["ease"],
            ours["reviews"],
            ours["lapses"],
        )
    assert (synced.card("red", 1).type, synced.card("red", 1).queue) == (2, -1)
    assert [synced.card("anchor", place).type for place in (2, 3)] == [0, 0]
    buttons = {2: 1, 3: 2, 4: 3, 5: 4}
    assert [(at, button) for at, button in synced.rows("SELECT id, ease FROM revlog ORDER BY id")] == sorted(
        (int(datetime.fromisoformat(str(line["at"])).timestamp() * 1000 + 0.5), buttons[line["grade"]])
        for line in log_of(studied)
    )


def test_without_the_flag_no_progress_leaves(studied: Learner, tmp_path: Path) -> None:
    studied.srs("export", "anki", "-o", tmp_path / "ship.apkg")
    phone = Phone(tmp_path)
    phone.open(tmp_path / "ship.apkg", with_progress=True)
    assert phone.rows("SELECT DISTINCT type FROM cards") == [[0]]
    assert phone.rows("SELECT id FROM revlog") == []


@pytest.mark.parametrize("form", ["current", "legacy", "backup"])
def test_the_whole_story(studied: Learner, synced: Phone, tmp_path: Path, form: str) -> None:
    """Terminal for days, phone for days, back in each format, edited, exported again: nothing lost, nothing twice."""
    began = int(datetime.now().timestamp() * 1000)  # noqa: DTZ005
    before = log_of(studied)
    answered = []
    for buttons in ((3, 1, 2, 4), (3, 3, 3), (4, 4)):
        answered += synced.review(*buttons)
        synced.sleep(began)
    assert len(answered) >= 6
    back = tmp_path / ("back.colpkg" if form == "backup" else "back.apkg")
    synced.backup(back) if form == "backup" else synced.export(back, legacy=form == "legacy")

    said = studied.srs("import", "anki", back)
    assert f"{len(answered)} reviews added, {len(before)} known already" in said
    after = log_of(studied)
    assert [line for line in after if line["from"] != "anki"] == before
    grades = {1: 1, 2: 3, 3: 4, 4: 5}
    expected = Counter((card_at(note, place), grades[button]) for note, place, button in answered)
    assert Counter((line["card"], line["grade"]) for line in after if line["from"] == "anki") == expected
    assert "All is well: every card matches its history." in studied.srs("doctor")
    assert f"0 reviews added, {len(after)} known already" in studied.srs("import", "anki", back)
    assert log_of(studied) == after

    note = synced.note("mile")
    note["Extra"] = "Since 1929."
    synced.collection.update_note(note)
    synced.collection.tags.bulk_add([note.id], "leech")
    studied.write("ship/sea.md", SEA.replace("2. Let go {#c2}\n", "2. Look below {#c4}\n3. Let go down {#c2}\n"))
    history = synced.rows(HISTORY)
    said = studied.srs("export", "anki", "-o", tmp_path / "again.apkg", "--with-progress")
    assert "against the last export: 0 new, 1 updated, 2 unchanged" in said
    log = synced.open(tmp_path / "again.apkg")
    assert (len(log.new), len(log.updated)) == (0, 1)
    assert synced.rows(HISTORY) == history
    assert sorted(synced.cards("anchor")) == [0, 1, 2, 3, 4]
    assert synced.note("anchor")["Step2"] == "Let go down"
    assert synced.note("mile")["Extra"] == "Since 1929."
    assert synced.note("mile").tags == ["leech", "sea"]


def test_devices_may_come_in_any_order(studied: Learner, synced: Phone, tmp_path: Path) -> None:
    """What was answered in the terminal after the phone was, or before: memory is the replay in time order."""
    synced.review(3, 3)
    back = synced.export(tmp_path / "back.apkg")
    studied.srs("import", "anki", back)
    first = studied.cards()
    studied.store.unlink()
    studied.srs("sync")
    studied.srs("import", "anki", back)
    assert {name: (card["due"], card["ease"], card["reviews"]) for name, card in studied.cards().items()} == {
        name: (card["due"], card["ease"], card["reviews"]) for name, card in first.items()
    }


@pytest.mark.slow
def test_only_cards_that_do_not_hold_the_same_are_read(
    studied: Learner, synced: Phone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another answer on either side is enough, and so is one that moved; what is known is counted all the same."""
    asked: list[tuple[int, ...]] = []
    read = Package.logs

    def noting(package: Package, cards: Sequence[AnkiCard]) -> Iterator[AnkiLog]:
        asked.append(tuple(card.place for card in cards))
        return read(package, cards)

    monkeypatch.setattr(Package, "logs", noting)
    package = synced.export(tmp_path / "back.apkg")
    assert "0 reviews added, 7 known already" in studied.srs("import", "anki", package)
    studied.srs("answer", "red/c2", "4")
    assert "0 reviews added, 7 known already" in studied.srs("import", "anki", package)
    card = "(SELECT c.id FROM cards c JOIN notes n ON n.id = nid WHERE ord = 1 AND flds LIKE 'anchor%')"
    synced.collection.db.execute(f"UPDATE revlog SET id = id - 30000000 WHERE cid = {card}")  # type: ignore[union-attr]
    package = synced.export(tmp_path / "back.apkg")
    assert "1 review added, 6 known already" in studied.srs("import", "anki", package)
    assert asked == [(), (1,), (1, 1)]


@pytest.mark.slow
def test_an_import_that_is_broken_off_takes_nothing(
    studied: Learner, synced: Phone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even the answers that were written before it was."""
    synced.collection.db.execute("UPDATE revlog SET id = id - 30000000")  # type: ignore[union-attr]
    package, before = synced.export(tmp_path / "back.apkg"), studied.srs("log", "export", "-")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(taking, "_AT_ONCE", 1)
        broken.setattr(taking, "suspend_leeches", stop)
        assert studied.types("import", "anki", package).code == 130
    assert studied.srs("log", "export", "-") == before
    assert "7 reviews added" in studied.srs("import", "anki", package)


def test_reschedules_and_other_peoples_notes_are_left_out(studied: Learner, synced: Phone, tmp_path: Path) -> None:
    synced.add("Mine", Front="SELECT 1; DROP TABLE notes")
    collection = synced.collection
    collection.sched.set_due_date([synced.card("mile").id], "3")
    collection.sched.schedule_cards_as_new([synced.card("anchor").id])
    said = studied.srs("import", "anki", synced.export(tmp_path / "back.apkg"))
    assert "0 reviews added" in said
    assert "left out: 2 reschedules by hand" in said
    assert "left out: 1 note of another kind" in said


def test_reviews_of_a_deck_that_is_not_here_wait_for_it(studied: Learner, synced: Phone, tmp_path: Path) -> None:
    synced.review(3, 3)
    back = synced.export(tmp_path / "back.apkg")
    studied.store.unlink()
    (studied.decks / "ship").rename(tmp_path / "ship")
    studied.write("boat/oars.md", "## Oars? {#oars}\n\nTwo.\n")
    refused = studied.types("import", "anki", back)
    assert (refused.code, refused.out) == (1, "")
    assert "3 notes of decks that are not here; nothing was taken; bring the decks here" in refused.err


def test_answers_of_one_moment_come_back_as_they_were(learner: Learner, tmp_path: Path) -> None:
    """Anki names an answer by its moment alone, so it was given the second some ms later; that is no other answer."""
    learner.write("ship/sea.md", SEA)
    at = "2026-01-05T12:00:00.000Z"
    reviews = [
        {"deck": "ship", "card": card, "at": at, "day": "2026-01-05", "grade": 4, "ms": 1, "from": "terminal"}
        for card in ("anchor", "mile", "red/c1")
    ]
    (tmp_path / "log.jsonl").write_text("\n".join(map(json.dumps, reviews)), encoding="utf-8")
    learner.srs("log", "merge", tmp_path / "log.jsonl")
    learner.srs("export", "anki", "-o", tmp_path / "ship.apkg", "--with-progress")
    phone = Phone(tmp_path)
    phone.open(tmp_path / "ship.apkg", with_progress=True)
    assert len({at for (at,) in phone.rows("SELECT id FROM revlog")}) == 3
    said = learner.srs("import", "anki", phone.export(tmp_path / "back.apkg"))
    assert "0 reviews added, 3 known already" in said
    assert [line["at"] for line in log_of(learner)] == [at] * 3


@pytest.fixture
def edited(learner: Learner, tmp_path: Path) -> Path:
    """What a phone exports on which an answer was edited in each of two decks, and a note that is gone by now."""
    learner.now = "2026-01-05 09:00"  # before whatever is edited in Anki, whose clock cannot be set
    for deck in ("boat", "ship"):
        learner.write(f"{deck}/{deck}.md", f"## Mile? {{#{deck}}}\n\n1852 m.\n")
    gone = learner.write("ship/gone.md", "## Gone? {#gone}\n\n1852 m.\n")
    learner.srs("export", "anki", "-o", tmp_path / "out.apkg")
    phone = Phone(tmp_path)
    phone.open(tmp_path / "out.apkg")
    for name in ("boat", "ship", "gone"):
        note = phone.note(name)
        note["Answer"] = "<p>1853 m.</p>"
        phone.collection.update_note(note)
    gone.unlink()
    return phone.export(tmp_path / "back.apkg")


def test_decks_that_came_with_srs_are_not_written(
    learner: Learner, edited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upgrade would undo it. The learner hears what a sitting says, and the decks of their own are written."""
    monkeypatch.setattr(import_, "packed_decks", lambda: learner.decks / "ship")
    said = learner.srs("import", "anki", edited, "--apply")
    ship, boat = learner.decks / "ship" / "ship.md", learner.decks / "boat" / "boat.md"
    assert "1852" in ship.read_text(encoding="utf-8")
    assert "1853" in boat.read_text(encoding="utf-8")
    assert f"{ship}:1: Answer\n" in said
    assert f"{boat}:1: Answer (written)\n" in said
    assert "1 edited note no longer in the decks\nthese decks came with srs, and an upgrade overwrites them" in said
    assert said.endswith("`srs new ship --from ship` copies this one\n")
    assert "edited in Anki since the last export: 2 notes" in learner.srs("import", "anki", edited)


def test_an_import_returns_what_it_found(learner: Learner, edited: Path) -> None:
    """Where each edited note stands, what differs, whether it was written, and if not, who would not have it."""

    def day_of(_: int) -> date:
        raise AssertionError("there is no review in the file")

    now = datetime.now().astimezone()
    with open_collection(learner.decks, str(learner.store), now) as collection:
        done = import_anki(
            collection.store,
            collection.decks,
            edited,
            collection.rules,
            milliseconds(now),
            day_of,
            apply=True,
            refusal=lambda file: "not this one" if file.name == "ship.md" else "",
        )
    assert (done.merged.added, done.by_hand, done.others, done.unknown_notes) == (0, 0, {}, 0)
    found = [(note.file and note.file.name, note.line, note.written, note.refusal) for note in done.edited]
    assert found == [("boat.md", 1, True, ""), ("ship.md", 1, False, "not this one"), (None, 0, False, "")]
    assert [(edit.field, edit.diff, edit.stale) for note in done.edited for edit in note.edits] == [
        ("Answer", ("- 1852 m.", "+ 1853 m."), False)
    ] * 3


def test_both_directions_go_there_and_come_back(learner: Learner, tmp_path: Path) -> None:
    """Two cards of one note in Anki: progress of each travels, and each review comes home."""
    began = int(datetime.now().timestamp() * 1000)  # noqa: DTZ005
    learner.write("ship/sea.md", "## Port? {#port .both}\n\nLeft.\n\n## Aft? {#aft}\n\nBehind.\n")
    learner.now = days_ago(9)
    learner.srs("answer", "port", "4")
    learner.srs("answer", "port/back", "5")
    learner.now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    learner.srs("export", "anki", "-o", tmp_path / "ship.apkg", "--with-progress")
    phone = Phone(tmp_path)
    phone.open(tmp_path / "ship.apkg", with_progress=True)
    assert {place: (card.ivl, card.factor) for place, card in phone.cards("port").items()} == {
        0: (1, 2500),
        1: (1, 2600),
    }
    answered = phone.review(3, 4)
    phone.sleep(began)
    answered += phone.review(3, 3, 3)
    parts = Counter("port/back" if place else name for name, place, _ in answered)
    assert parts["port"]
    assert parts["port/back"]
    before = log_of(learner)
    said = learner.srs("import", "anki", phone.export(tmp_path / "back.apkg"))
    assert f"{len(answered)} reviews added" in said
    assert Counter(line["card"] for line in log_of(learner)) == parts + Counter(line["card"] for line in before)
    assert "All is well" in learner.srs("doctor")


def test_reviews_in_both_directions_find_their_cards_though_no_export_is_remembered(
    learner: Learner, tmp_path: Path
) -> None:
    """As on another computer: the guid follows from the note's id and kind."""
    learner.write("ship/sea.md", "## Port? {#port .both}\n\nLeft.\n")
    learner.srs("export", "anki", "-o", tmp_path / "ship.apkg")
    phone = Phone(tmp_path)
    phone.open(tmp_path / "ship.apkg")
    phone.review(3)
    back = phone.export(tmp_path / "back.apkg")
    learner.store.unlink()
    learner.srs("sync")
    assert "1 review added" in learner.srs("import", "anki", back)
    assert log_of(learner)[0]["card"] == "port"


def test_an_edit_made_on_the_phone_is_written_into_a_note_in_both_directions(learner: Learner, tmp_path: Path) -> None:
    learner.now = "2026-01-05 09:00"  # before whatever is edited in Anki, whose clock cannot be set
    file = learner.write("ship/sea.md", "## Port? {#port .both}\n\nLeft.\n")
    learner.srs("export", "anki", "-o", tmp_path / "ship.apkg")
    phone = Phone(tmp_path)
    phone.open(tmp_path / "ship.apkg")
    note = phone.note("port")
    note["Prompt"], note["Answer"] = "Port side?", "<p>To the left.</p>"
    phone.collection.update_note(note)
    learner.srs("import", "anki", phone.export(tmp_path / "back.apkg"), "--apply")
    assert file.read_text(encoding="utf-8") == "## Port side? {#port .both}\n\nTo the left.\n"
