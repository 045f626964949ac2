"""What reading a deck again means: a text before, a text after, and what becomes of each card."""

from __future__ import annotations

from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from srs.deck.chapter import read_chapter
from srs.store.known import KnownCard, KnownNote, Rename
from srs.store.stamps import ChapterStamp
from srs.sync.plan import Reading, Report, plan

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from srs.deck import Chapter
    from srs.store.known import NotePut, Rename, TextChange

ROOT = Path("/ship")
MILE = "## Mile? {#mile}\n\n1852 m.\n\n"
KNOT = "## Knot? {#knot}\n\nA mile an hour.\n\n"
STEPS = "## How? {#how}\n\n1. Heave {#c1}\n2. Haul {#c2}\n\n"


def names(renames: tuple[Rename, ...]) -> tuple[tuple[int, str], ...]:
    """Return the rows that get another name, with it."""
    return tuple((rename.key, rename.new) for rename in renames)


def chapter(text: str, path: str = "sea.md") -> Chapter:
    """Return a chapter without mistakes."""
    found, problems = read_chapter(ROOT / path, ROOT, text.encode())
    assert not problems
    return found


def known(*chapters: Chapter, retired: Collection[str] = ()) -> list[KnownNote]:
    """Return what a store knows once it has read chapters: notes are numbered from 1, cards from 101."""
    cards = count(101)
    return [
        KnownNote(
            key,
            note.id,
            str(each.path),
            note.text,
            each.tags,
            each.source,
            tuple(KnownCard(next(cards), name, name in retired) for name in note.cards),
        )
        for key, (each, note) in enumerate(((each, note) for each in chapters for note in each.notes), 1)
    ]


def compare(
    before: Iterable[KnownNote],
    *after: Chapter,
    gone: tuple[str, ...] = (),
    sound: bool = True,
    loose: tuple[KnownCard, ...] = (),
) -> tuple[TextChange, dict[str, tuple[str, ...]]]:
    """Return the change, and those parts of the report that say something."""
    read = tuple((each, ChapterStamp(str(each.path), 7, 8)) for each in after)
    change, report = plan(Reading("ship", read, gone, sound), list(before), loose)
    return change, {what: names for what, names in asdict(report).items() if names}


def keys(put: NotePut) -> list[tuple[str, int, int | None]]:
    """Return the cards of a note to be written: id, place and row."""
    return [(card.name, card.place, card.key) for card in put.cards]


def test_a_first_reading_adds_every_card() -> None:
    text = "---\ntitle: Sea\ntags: [sea, exam]\nsource: A log book\n---\n" + MILE + STEPS
    change, report = compare([], chapter(text))
    assert report == {"added": ("mile", "how", "how/c1", "how/c2")}
    mile, how = change.notes
    assert (mile.name, mile.key, mile.path, mile.line, mile.kind, mile.changed) == (
        *("mile", None, "sea.md", 6, "basic", True),
    )
    assert mile.text == MILE.strip("\n")
    assert keys(how) == [("how", 0, None), ("how/c1", 1, None), ("how/c2", 2, None)]
    ((put, stamp),) = change.chapters
    assert (stamp, put.title, put.tags, put.source) == (
        *(ChapterStamp("sea.md", 7, 8), "Sea", ("sea", "exam"), "A log book"),
    )
    assert (change.deck, change.retired, change.gone, names(change.renamed_notes), names(change.renamed_cards)) == (
        *("ship", (), (), (), ()),
    )


def test_the_same_text_again_changes_nothing_and_keeps_every_row() -> None:
    text = chapter(MILE + STEPS)
    change, report = compare(known(text), text)
    assert report == {}
    assert [(put.key, put.changed) for put in change.notes] == [(1, False), (2, False)]
    assert [keys(put) for put in change.notes] == [
        [("mile", 0, 101)],
        [("how", 0, 102), ("how/c1", 1, 103), ("how/c2", 2, 104)],
    ]


def test_only_the_notes_that_differ_are_changed() -> None:
    before = known(chapter(MILE + STEPS))
    change, report = compare(before, chapter(MILE.replace("1852", "1853") + STEPS))
    assert report == {"changed": ("mile",)}
    assert [put.changed for put in change.notes] == [True, False]


def test_what_the_chapter_gives_to_its_notes_is_part_of_them() -> None:
    before = known(chapter("---\ntags: [sea]\nsource: A log\n---\n" + MILE))
    for head in ("tags: [sea, exam]\nsource: A log", "tags: [sea]\nsource: Another"):
        change, report = compare(before, chapter(f"---\n{head}\n---\n{MILE}"))
        assert report == {"changed": ("mile",)}
        assert change.notes[0].changed
    assert compare(before, chapter(f"---\ntitle: A\ntags: [sea]\nsource: A log\n---\n{MILE}"))[1] == {}


def test_a_note_in_another_file_is_moved() -> None:
    before = known(chapter(MILE + KNOT), chapter(STEPS, "steps.md"))
    change, report = compare(before, chapter(KNOT), chapter(MILE.replace("1852", "1853"), "units.md"))
    assert report == {"changed": ("mile",), "moved": ("mile",)}
    assert [(put.name, put.key, put.path) for put in change.notes] == [("knot", 2, "sea.md"), ("mile", 1, "units.md")]


def test_cards_whose_text_is_gone_are_retired() -> None:
    before = known(chapter(MILE + STEPS))
    change, report = compare(before, chapter(STEPS.replace("2. Haul {#c2}\n", "")))
    assert report == {"changed": ("how", "how/c1"), "retired": ("mile", "how/c2")}
    assert change.retired == (101, 104)


def test_cards_of_a_file_that_is_gone_are_retired() -> None:
    before = known(chapter(MILE), chapter(KNOT, "knots.md"))
    change, report = compare(before, gone=("knots.md",))
    assert report == {"retired": ("knot",)}
    assert (change.retired, change.gone) == ((102,), ("knots.md",))


def test_cards_of_a_file_that_was_not_read_are_left_alone() -> None:
    before = known(chapter(MILE), chapter(KNOT, "knots.md"))
    assert compare(before, chapter(MILE))[1] == {}


def test_a_part_that_a_moved_note_lost_is_retired() -> None:
    """Its former file was not read, but its note stands elsewhere now, without the part."""
    change, report = compare(known(chapter(STEPS)), chapter(STEPS.replace("2. Haul {#c2}\n", ""), "how.md"))
    assert report == {"changed": ("how", "how/c1"), "moved": ("how", "how/c1"), "retired": ("how/c2",)}
    assert change.retired == (103,)


def test_nothing_is_retired_while_the_text_has_mistakes() -> None:
    before = known(chapter(MILE + KNOT), chapter(STEPS, "steps.md"))
    change, report = compare(before, chapter(KNOT.replace("mile", "league")), gone=("steps.md",), sound=False)
    assert report == {"changed": ("knot",)}
    assert (change.retired, change.gone) == ((), ())


def test_a_card_that_was_retired_before_is_not_retired_again() -> None:
    assert compare(known(chapter(MILE), retired={"mile"}), chapter(""))[1] == {}


def test_a_retired_card_returns_with_its_text() -> None:
    """It is neither changed nor moved, whatever its text and place were."""
    before = known(chapter(MILE + STEPS), retired={"mile", "how/c2"})
    change, report = compare(before, chapter(STEPS), chapter(MILE.replace("1852", "1853"), "units.md"))
    assert report == {"returned": ("how/c2", "mile")}
    assert [card.key for put in change.notes for card in put.cards] == [102, 103, 104, 101]


def test_a_card_known_from_a_merged_history_returns_with_its_note() -> None:
    change, report = compare([], chapter(STEPS), loose=(KnownCard(77, "how/c2", retired=True),))
    assert report == {"added": ("how", "how/c1"), "returned": ("how/c2",)}
    assert keys(change.notes[0]) == [("how", 0, None), ("how/c1", 1, None), ("how/c2", 2, 77)]


def test_a_note_that_gets_an_id_keeps_its_cards() -> None:
    """The text is unchanged but for the id, so its cards have moved to another name and nothing else."""
    before = known(chapter("## Mile?\n\n1852 m.\n"))
    assert before[0].name.startswith("~")
    change, report = compare(before, chapter("## Mile? {#mile}\n\n1852 m.\n"))
    assert report == {"moved": ("mile",)}
    assert (names(change.renamed_notes), names(change.renamed_cards)) == (((1, "mile"),), ((101, "mile"),))
    assert [(put.name, put.key, put.changed) for put in change.notes] == [("mile", 1, False)]


def test_classes_beside_an_id_are_part_of_what_is_said() -> None:
    before = known(chapter("## Mile?\n\n1852 m.\n"))
    change, report = compare(before, chapter("## Mile? {#mile .type}\n\n1852 m.\n"))
    assert change.notes[0].changed
    assert report == {"changed": ("mile",), "moved": ("mile",)}


def test_an_id_takes_no_history_from_a_note_that_still_stands() -> None:
    """A second note with the same prompt gets the id; the first one is still there without any."""
    before = known(chapter("## Mile?\n\n1852 m.\n"))
    change, report = compare(before, chapter("## Mile?\n\n1852 m.\n\n## Mile? {#mile}\n\nA minute of arc.\n"))
    assert report == {"added": ("mile",)}
    assert (names(change.renamed_notes), names(change.renamed_cards)) == ((), ())
    assert [(put.name, put.key) for put in change.notes] == [(before[0].name, 1), ("mile", None)]


def test_of_two_notes_with_the_same_text_that_both_get_ids_the_first_keeps_the_history() -> None:
    """A name gives its history to one: a second one would take it away again, by an act that came with the first."""
    before = known(chapter("## Mile?\n\n1852 m.\n"))
    change, report = compare(before, chapter("## Mile? {#mile}\n\n1852 m.\n\n## Mile? {#again}\n\n1852 m.\n"))
    assert report == {"added": ("again",), "moved": ("mile",)}
    assert (names(change.renamed_notes), names(change.renamed_cards)) == (((1, "mile"),), ((101, "mile"),))
    assert [(put.name, put.key) for put in change.notes] == [("mile", 1), ("again", None)]


def test_an_id_that_is_known_keeps_its_own_history() -> None:
    """The same prompt was once asked without an id; that note's history stays with it."""
    before = known(chapter(MILE), chapter("## Mile?\n\nA minute of arc.\n", "arc.md"))
    change, report = compare(before, chapter(MILE), gone=("arc.md",))
    assert report == {"retired": (before[1].name,)}
    assert (names(change.renamed_notes), names(change.renamed_cards)) == ((), ())


BARE_STEPS = STEPS.replace(" {#c1}", "").replace(" {#c2}", "")


def test_a_step_that_gets_a_number_keeps_its_card() -> None:
    change, report = compare(known(chapter(BARE_STEPS)), chapter(STEPS))
    assert report == {"moved": ("how/c1", "how/c2")}
    assert (names(change.renamed_notes), names(change.renamed_cards)) == ((), ((102, "how/c1"), (103, "how/c2")))
    assert keys(change.notes[0]) == [("how", 0, 101), ("how/c1", 1, 102), ("how/c2", 2, 103)]


def test_ids_of_a_note_and_its_steps_come_at_once() -> None:
    change, report = compare(known(chapter(BARE_STEPS.replace(" {#how}", ""))), chapter(STEPS))
    assert report == {"moved": ("how", "how/c1", "how/c2")}
    assert names(change.renamed_notes) == ((1, "how"),)
    assert names(change.renamed_cards) == ((101, "how"), (102, "how/c1"), (103, "how/c2"))


def test_a_number_that_another_step_had_keeps_that_steps_history() -> None:
    """Step 2 had its own number once; whoever writes it at another step says that it is the same knowledge."""
    before = chapter("## How? {#how}\n\n1. Heave\n2. Haul {#c2}\n")
    heave = before.notes[0].cards[1]
    change, report = compare(known(before), chapter("## How? {#how}\n\n1. Heave {#c2}\n"))
    assert report == {"changed": ("how", "how/c2"), "retired": (heave,)}
    assert names(change.renamed_cards) == ()
    assert (keys(change.notes[0]), change.retired) == ([("how", 0, 101), ("how/c2", 1, 103)], (102,))


def test_the_reports_of_two_decks_are_joined() -> None:
    one = Report(added=("a",), moved=("b",))
    other = Report(added=("c",), changed=("d",), retired=("e",), returned=("f",))
    both = one + other
    assert both == Report(("a", "c"), ("d",), ("b",), ("e",), ("f",))
    assert (one.total, both.total, Report().total) == (2, 6, 0)
