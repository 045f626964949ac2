"""What an export says of itself: what is new, updated and unchanged, and what Anki will not do by itself."""

from __future__ import annotations

import re
import sqlite3
import zipfile
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from exporters.anki.identity import note_guid
from srs import workers
from srs.collection import making
from srs.collection.collection import open_collection
from srs.collection.exporting import Exported, export_anki, export_notes, stale_notes
from srs.collection.morning import morning
from srs.deck import Kind
from srs.errors import SrsError
from srs.history import CRAM
from srs.scheduler import Grade
from srs.settings import Settings
from srs.store.exports import forget_exports
from srs.store.values import Choice
from srs.workers import Shared, shared
from tests.exporters.anki.phone import Phone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from srs.collection.collection import Collection
    from tests.learner import Learner

SEA = """\
---
title: Sea
---

## How to anchor? {#anchor}

1. Heave to {#c1}
2. Let go {#c2}

## How long is a mile? {#mile_1}

1852 metres.

## Where is the red light? {#red}

To {{c1::port}}; green to {{c2::starboard}}.
"""


NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def collection(learner: Learner) -> Iterator[Collection]:
    """The deck, and a note of which neither heading nor steps have ids, in a collection that was never exported."""
    learner.write("ship/sea.md", SEA)
    learner.write("ship/bare.md", "## Which way?\n\n1. Up\n2. Down\n")
    with open_collection(learner.decks, str(learner.store), NOW) as opened:
        yield opened


def exported(collection: Collection, output: Path | None, choice: Choice | None = None) -> Exported:
    """Export to Anki without progress."""
    return export_anki(collection.store, collection.decks, choice or collection.choice(), NOW, output=output)


@pytest.fixture
def sailor(learner: Learner) -> Learner:
    """Somebody who exported a deck and has it on the phone."""
    learner.write("ship/sea.md", SEA)
    assert "3 new, 0 updated, 0 unchanged" in export(learner)
    return learner


@pytest.fixture
def phone(sailor: Learner, tmp_path: Path) -> Phone:
    """Their phone."""
    made = Phone(tmp_path)
    made.open(sailor.home / "ship.apkg")
    return made


def export(learner: Learner, *options: str) -> str:
    """Export to Anki, and return what is said."""
    return learner.srs("export", "anki", "-o", learner.home / "ship.apkg", *options)


def words_after(said: str, what: str) -> str:
    """Return the words to search for that follow a hint."""
    found = re.search(rf"{what}[^\n]*\n +(.*)", said)
    assert found, said
    return found[1]


def test_an_unchanged_export_updates_nothing(sailor: Learner, phone: Phone) -> None:
    """Not even with another day on the clock; and the bytes are the same."""
    before = (sailor.home / "ship.apkg").read_bytes()
    sailor.now = "2026-12-09 09:00"
    assert "0 new, 0 updated, 3 unchanged" in export(sailor)
    assert (sailor.home / "ship.apkg").read_bytes() == before
    assert len(phone.open(sailor.home / "ship.apkg").updated) == 0


def test_what_anki_has_is_given_again_without_opening_the_store(sailor: Learner) -> None:
    """With progress, too; what is new is remembered in the store that is opened then."""
    sailor.srs("answer", "mile_1", "4")
    package = sailor.home / "ship.apkg"
    export(sailor, "--with-progress")
    before = package.read_bytes()
    calls: list[Collection] = []
    with open_collection(sailor.decks, str(sailor.store), NOW) as opened:

        def opening() -> Collection:
            calls.append(opened)
            return opened

        found = morning(sailor.decks, str(sailor.store), NOW, Settings(), opening)
        assert found
        force, choice = found.rules.force, found.choice()
        export_anki(found.store, found.decks, choice, NOW, output=package, force=force)
        assert package.read_bytes() == before
        for format_ in ("text", "html"):
            assert export_notes(found.store, found.decks, choice, format_, sailor.home / format_) == 3
        assert not stale_notes(found.store, found.decks, choice).left
        assert not calls
        with opened.store.writing() as connection:
            forget_exports(connection, [note_guid("ship", "mile_1", Kind.BASIC)])
        assert export_anki(found.store, found.decks, choice, NOW, output=package, force=force).changes.new == 1
        assert len(calls) == 1
        assert export_anki(opened.store, found.decks, choice, NOW, output=None).changes.unchanged == 3


def test_an_edit_updates_its_note_alone(sailor: Learner, phone: Phone) -> None:
    sailor.now = "2026-12-02 09:00"
    sailor.write("ship/sea.md", SEA.replace("1852", "1853"))
    assert "0 new, 1 updated, 2 unchanged" in export(sailor)
    assert len(phone.open(sailor.home / "ship.apkg").updated) == 1
    assert phone.note("mile_1")["Answer"] == "<p>1853 metres.</p>"


def test_two_edits_in_a_second_both_arrive(sailor: Learner, phone: Phone) -> None:
    for number in ("1853", "1854"):
        sailor.write("ship/sea.md", SEA.replace("1852", number))
        export(sailor)
        phone.open(sailor.home / "ship.apkg")
    assert phone.note("mile_1")["Answer"] == "<p>1854 metres.</p>"


def test_a_dry_run_writes_nothing(sailor: Learner) -> None:
    before = (sailor.home / "ship.apkg").read_bytes()
    sailor.write("ship/sea.md", SEA.replace("1852", "1853"))
    for _ in range(2):
        assert "0 new, 1 updated, 2 unchanged" in sailor.srs("export", "anki", "--dry-run")
    assert (sailor.home / "ship.apkg").read_bytes() == before


def test_notes_that_left_can_be_found(sailor: Learner, phone: Phone) -> None:
    """The words select exactly them, though an underscore stands for any sign and another note has their id."""
    phone.add("Mine", Front="mile_1")
    phone.add("Mine", Front="milex1")
    mile = "## How long is a mile? {#mile_1}\n\n1852 metres.\n"
    sailor.write("ship/sea.md", SEA.replace(mile, "").replace("#anchor", "#milex1"))
    said = export(sailor)
    assert "2 notes no longer in the decks, but still in Anki" in said
    phone.open(sailor.home / "ship.apkg")
    found = phone.collection.find_notes(words_after(said, "no longer in the decks"))
    assert sorted(phone.collection.get_note(note)["Id"] for note in found) == ["anchor", "mile_1"]
    again = export(sailor)
    assert "no longer in the decks" not in again
    assert "2 notes that left earlier, and still in Anki, as far as is known" in again


def stale(learner: Learner, phone: Phone) -> list[tuple[str, str]]:
    """Return type and id of the notes that the phone finds by the words of `--stale`."""
    notes = phone.collection.find_notes(words_after(learner.srs("export", "anki", "--stale"), "to delete"))
    found = [phone.collection.get_note(note) for note in notes]
    return [(str((note.note_type() or {})["name"]), note["Id"]) for note in found]


NONE_STALE = "no note that left the decks still stands in Anki, as far as is known\n"


def test_what_still_stands_in_anki_is_listed_at_any_time(sailor: Learner, phone: Phone) -> None:
    """Before an export tells it and as often as it is asked for, until the text returns; a dry run changes nothing."""
    assert sailor.srs("export", "anki", "--stale") == NONE_STALE
    sailor.write("ship/sea.md", SEA.replace("## How long is a mile? {#mile_1}\n\n1852 metres.\n", ""))
    sailor.srs("export", "anki", "--dry-run")
    for _ in range(3):
        assert stale(sailor, phone) == [("srs", "mile_1")]
        export(sailor)
    said = sailor.srs("export", "anki", "--stale", "--deck", "ship")
    assert (
        "1 note no longer in the decks, but still in Anki:\n  mile_1: How long is a mile? (srs, in Ship::Sea)" in said
    )
    sailor.write("ship/sea.md", SEA)
    assert sailor.srs("export", "anki", "--stale") == NONE_STALE
    assert "0 new, 0 updated, 3 unchanged" in export(sailor)
    assert sailor.srs("export", "anki", "--stale") == NONE_STALE


def test_what_left_is_listed_where_nothing_is_left(sailor: Learner, phone: Phone) -> None:
    sailor.write("ship/sea.md", "---\ntitle: Sea\n---\n")
    assert len(stale(sailor, phone)) == 3


def test_a_note_that_became_a_cloze_leaves_the_old_one_behind(sailor: Learner, phone: Phone) -> None:
    """Anki cannot turn a note into one of another type: it meets a new note, and keeps the old; the words find that."""
    sailor.srs("answer", "mile_1", "4")
    sailor.write("ship/sea.md", SEA.replace("1852 metres.", "{{c1::1852}} metres."))
    said = export(sailor, "--with-progress")
    assert "1 new, 0 updated, 2 unchanged" in said
    assert "1 note no longer in the decks, but still in Anki" in said
    phone.open(sailor.home / "ship.apkg", with_progress=True)
    assert stale(sailor, phone) == [("srs", "mile_1")]
    assert sailor.cards()["mile_1/c1"]["reviews"] == 1
    (cloze,) = phone.collection.find_cards('"note:srs cloze" "Id:mile_1"')
    assert phone.collection.get_card(cloze).reps == 1
    sailor.write("ship/sea.md", SEA)
    export(sailor)
    phone.open(sailor.home / "ship.apkg")
    assert stale(sailor, phone) == [("srs cloze", "mile_1")]


def test_a_card_set_by_hand_takes_its_answers_along(sailor: Learner) -> None:
    """Each of them once, beside those of a card that answers alone moved; what they left follows from what was set."""
    for name in ("mile_1", "red/c1"):
        sailor.srs("answer", name, "4")
    sailor.srs("due", "mile_1", "+9")
    sailor.now = "2026-12-10 09:00"
    sailor.srs("answer", "mile_1", "4")
    export(sailor, "--with-progress")
    with zipfile.ZipFile(sailor.home / "ship.apkg") as archive, closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(archive.read("collection.anki2"))
        query = "SELECT guid, r.ivl, lastIvl FROM revlog r JOIN cards c ON c.id = cid JOIN notes n ON n.id = nid"
        rows = connection.execute(query).fetchall()
        reps = connection.execute("SELECT reps FROM cards ORDER BY reps").fetchall()
    mile, red = note_guid("ship", "mile_1", Kind.BASIC), note_guid("ship", "red", Kind.CLOZE)
    assert sorted(rows) == sorted([(mile, 1, 0), (red, 1, 0), (mile, 23, 9)])
    assert reps == [(0,), (0,), (0,), (0,), (1,), (2,)]


def test_a_note_moved_between_decks_of_one_name(sailor: Learner, phone: Phone) -> None:
    """Type, deck and id are those of the note that lives: the words find the one that left all the same."""
    mile = "## How long is a mile? {#mile_1}\n\n1852 metres.\n"
    sailor.now = "2026-12-02 09:00"
    sailor.write("ship/sea.md", SEA.replace(mile, ""))
    sailor.write("boat/deck.toml", 'name = "Ship"\nnamespace = "boat"\n')
    sailor.write("boat/sea.md", f"---\ntitle: Sea\n---\n{mile}")
    export(sailor)
    phone.open(sailor.home / "ship.apkg")
    guid = note_guid("ship", "mile_1", Kind.BASIC)
    words = words_after(sailor.srs("export", "anki", "--stale"), "to delete")
    assert len(phone.collection.find_notes("Id:mile_1")) == 2
    assert [phone.collection.get_note(note).guid for note in phone.collection.find_notes(words)] == [guid]


@pytest.mark.parametrize("other", ["--dry-run", "--fix", "--with-progress", "--tag=x", "-ox.apkg"])
def test_the_list_takes_no_other_option(sailor: Learner, other: str) -> None:
    assert sailor.types("export", "anki", "--stale", other).code == 2
    assert sailor.types("export", "text", "--stale").code == 2


def test_cards_without_their_cloze_are_told(sailor: Learner, phone: Phone) -> None:
    sailor.write("ship/sea.md", SEA.replace("{{c2::starboard}}", "starboard").replace("2. Let go {#c2}\n", ""))
    said = export(sailor)
    assert "2 notes lost a cloze or a step; Tools › Empty Cards" in said
    assert len(phone.collection.find_notes(words_after(said, "lost a cloze"))) == 2


def test_a_note_moved_to_another_chapter(sailor: Learner, phone: Phone) -> None:
    mile = "## How long is a mile? {#mile_1}\n\n1852 metres.\n"
    sailor.write("ship/sea.md", SEA.replace(mile, ""))
    sailor.write("ship/units.md", mile)
    said = export(sailor)
    assert "1 note belongs to Ship::units now" in said
    found = phone.collection.find_notes(words_after(said, "belongs to"))
    assert [phone.collection.get_note(note)["Id"] for note in found] == ["mile_1"]


def test_a_chapter_with_another_title(sailor: Learner) -> None:
    sailor.write("ship/sea.md", SEA.replace("title: Sea", "title: Ocean"))
    said = export(sailor)
    assert "a deck was renamed; rename it in Anki as well, from Ship::Sea\n      to Ship::Ocean" in said


def test_an_export_of_one_tag_leaves_the_others_known(sailor: Learner) -> None:
    sailor.write("ship/sky.md", "---\ntags: [sky]\n---\n## Up? {#up}\n\nYes.\n")
    assert "1 new, 0 updated, 0 unchanged" in export(sailor, "--tag", "sky")
    assert "0 new, 0 updated, 4 unchanged" in export(sailor)


def test_an_image_that_changed_is_an_edit(sailor: Learner) -> None:
    sailor.write("ship/flag.svg", "<svg/>")
    sailor.write("ship/flags.md", "## Flag? {#flag}\n\n![a flag](flag.svg)\n")
    assert "1 new" in export(sailor)
    sailor.write("ship/flag.svg", "<svg><g/></svg>")
    assert "0 new, 1 updated, 3 unchanged" in export(sailor)


@pytest.mark.parametrize("format_", ["text", "html"])
def test_other_formats_take_no_progress(sailor: Learner, format_: str) -> None:
    outcome = sailor.types("export", format_, "-o", sailor.home / "x", "--with-progress")
    assert (outcome.code, "are for anki" in outcome.err) == (2, True)


def test_a_format_that_is_not_there(sailor: Learner) -> None:
    outcome = sailor.types("export", "anky", "-o", sailor.home / "x")
    assert (outcome.code, outcome.err) == (2, "srs: no format 'anky'; did you mean anki?\n")


def test_an_export_returns_what_it_holds(collection: Collection, tmp_path: Path) -> None:
    """A step without a number is a card here and none in Anki; its note counts as bare, in every export."""
    done = exported(collection, tmp_path / "a.apkg")
    assert (done.notes, done.cards, len(done.bare), done.changes.new) == (4, 7, 1, 4)
    done = exported(collection, tmp_path / "a.apkg")
    assert (done.notes, done.cards, len(done.bare), done.changes.new, done.changes.unchanged) == (4, 7, 1, 0, 4)
    (bare,) = done.bare
    assert (bare.file.name, bare.line, bare.named, bare.steps) == ("bare.md", 1, False, (3, 4))


def test_what_was_not_written_is_not_remembered(collection: Collection, tmp_path: Path) -> None:
    """Neither a dry run nor an export that failed gave Anki anything."""
    assert exported(collection, None).changes.new == 4
    with pytest.raises(SrsError, match="cannot write"):
        exported(collection, tmp_path / "no-such-folder" / "a.apkg")
    assert exported(collection, None).changes.new == 4


def test_without_a_card_nothing_is_written(collection: Collection, tmp_path: Path) -> None:
    nothing = Choice(("ship",), "no-such-tag")
    with pytest.raises(SrsError, match="no card to export; `srs cards` lists all cards"):
        exported(collection, tmp_path / "a.apkg", nothing)
    with pytest.raises(SrsError, match="no card to export"):
        export_notes(collection.store, collection.decks, nothing, "text", tmp_path / "a.txt")
    assert not list(tmp_path.glob("a.*"))


def test_another_format_says_how_many_notes_it_wrote(collection: Collection, tmp_path: Path) -> None:
    assert export_notes(collection.store, collection.decks, collection.choice(), "text", tmp_path / "a.txt") == 4


def test_a_phone_gets_the_order_of_study_and_the_tags_of_each_note(learner: Learner, tmp_path: Path) -> None:
    """Anki asks new cards by their `due`; an outline is no card and stays at home."""
    learner.write("ship/deck.toml", 'name = "Ship"\nnamespace = "ship"\norder = ["tag:core"]\n')
    text = (
        '---\ntags: [sea]\n---\n## A? {#a}\n\n1\n\n## B? {#b .both rank=1}\n\n2\n\n## C? {#c tags="core sea"}\n\n3\n\n'
    )
    learner.write("ship/sea.md", text + '## Talk {#talk .mock}\n\n- a {cards="c b/back"}\n')
    for output in ("ship.apkg", "ship.txt"):
        form = "anki" if output.endswith("apkg") else "text"
        learner.srs("export", form, "-o", tmp_path / output)
    phone = Phone(tmp_path)
    phone.open(tmp_path / "ship.apkg")
    rows = phone.rows("SELECT n.flds, c.ord FROM cards c JOIN notes n ON n.id = c.nid ORDER BY c.due")
    assert [(fields.split("\x1f")[0], place) for fields, place in rows] == [("c", 0), ("b", 0), ("b", 1), ("a", 0)]
    assert phone.note("c").tags == ["core", "sea"]
    assert phone.note("a").tags == ["sea"]
    lines = (tmp_path / "ship.txt").read_text(encoding="utf-8").splitlines()[6:]
    kinds = [(line.split("\t")[1], line.split("\t")[3]) for line in lines]
    assert kinds == [('"srs"', '"sea"'), ('"srs both"', '"sea"'), ('"srs"', '"sea core"')]


def test_a_drill_on_a_new_card_leaves_it_new_in_anki(collection: Collection, tmp_path: Path) -> None:
    """Its answer is in the log all the same."""
    collection.answer("mile_1", Grade.GOOD, NOW, origin=CRAM)
    choice, force = collection.choice(), collection.rules.force
    export_anki(collection.store, collection.decks, choice, NOW, output=tmp_path / "a.apkg", force=force)
    phone = Phone(tmp_path)
    phone.open(tmp_path / "a.apkg", with_progress=True)
    assert (phone.card("mile_1").type, phone.rows("SELECT type, factor FROM revlog")) == (0, [[3, 0]])


@pytest.mark.parametrize("where", ["exporters.anki.database.log_rows", "srs.collection.making.record_of"])
def test_an_export_that_is_broken_off_leaves_everything_as_it_was(
    sailor: Learner, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Whether notes are made or the history is written: the old package, and what the store remembers of it."""
    sailor.srs("answer", "mile_1", "4")
    before = (sailor.home / "ship.apkg").read_bytes()
    sailor.write("ship/sea.md", SEA.replace("1852", "1853"))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(where, stop)
        assert sailor.types("export", "anki", "-o", sailor.home / "ship.apkg", "--with-progress").code == 130
    assert (sailor.home / "ship.apkg").read_bytes() == before
    assert not list(sailor.home.glob(".srs-*"))
    assert "0 new, 1 updated, 2 unchanged" in sailor.srs("export", "anki", "--dry-run")


def test_processes_are_divided_off_before_a_bar_is_drawn(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread draws it, beside which none could be."""
    done: list[str] = []

    def noted(*given: Any, **how: Any) -> Any:  # noqa: ANN401 -- as it is given
        done.append("divided")
        return shared(*given, **how)

    def working(what: str) -> AbstractContextManager[None]:
        done.append(what)
        return nullcontext()

    monkeypatch.setattr(making, "shared", noted)
    export_anki(collection.store, collection.decks, collection.choice(), NOW, output=None, working=working)
    assert done == ["divided", "Gathering the cards"]


@pytest.mark.slow
def test_notes_made_by_processes_are_those_made_here(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """With their images, and with what is told of ids that they lack."""
    learner.write("ship/sea.md", SEA + "\n## Flag? {#flag}\n\n![](flag.svg)\n\n## Which way?\n\n1. Up\n2. Down\n")
    learner.write("ship/flag.svg", "<svg/>")
    here = learner.types("export", "anki", "-o", "here.apkg")
    divided: list[int] = []
    start = Shared.start

    def noted(shared: Shared[object, object], things: Sequence[object], number: int) -> None:
        divided.append(number)
        start(shared, things, number)

    monkeypatch.setattr(Shared, "start", noted)
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    monkeypatch.setattr(workers, "_alone", lambda: True)  # whatever other tests have left behind
    monkeypatch.setattr(making, "MANY", 1)
    monkeypatch.setattr(making, "_LOT", 2)
    learner.store.unlink()
    apart = learner.types("export", "anki", "-o", "apart.apkg")
    assert (here.out.replace("here", "apart"), here.err) == (apart.out, apart.err)
    assert divided == [2]
    with zipfile.ZipFile("here.apkg") as one, zipfile.ZipFile("apart.apkg") as other:
        assert one.namelist() == other.namelist()
        assert one.read("0") == other.read("0") == b"<svg/>"
        assert notes_in(one) == notes_in(other)


def notes_in(package: zipfile.ZipFile) -> list[object]:
    """Return guids, tags and fields of all notes, but for the times, which are the clock's."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(package.read("collection.anki2"))
        return connection.execute("SELECT guid, tags, substr(flds, 1, 200) FROM notes ORDER BY guid").fetchall()
