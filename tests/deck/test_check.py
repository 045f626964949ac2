"""Everything that is wrong with decks, found in one go: also between files, of which only some are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.deck import Place, find_decks, read_deck

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.learner import Learner


def test_a_second_file_never_takes_over_the_history_of_an_id(learner: Learner) -> None:
    """The first file is read no more, since it did not change; its id is known all the same."""
    learner.write("ship/a.md", "## Mile? {#mile}\n\n1852\n")
    learner.srs("answer", "mile", "4")
    learner.write("ship/b.md", "## Knot? {#mile}\n\nOne mile an hour.\n")
    outcome = learner.types("sync")
    assert outcome.code == 1
    assert "id mile is also used at" in outcome.err
    assert learner.cards()["mile"]["prompt"] == "Mile?"
    assert learner.cards()["mile"]["reviews"] == 1


def test_both_places_of_an_id_are_told_each_with_the_other(learner: Learner) -> None:
    first = learner.write("ship/a.md", "## Mile? {#mile}\n\n1852\n")
    second = learner.write("ship/b.md", "\n\n## Knot? {#mile}\n\nOne mile an hour.\n")
    (folder,), _ = find_decks(learner.decks)
    read = read_deck(folder)
    assert [(problem.path, problem.line) for problem in read.problems] == [(first, 1), (second, 3)]
    assert f"{second}:3" in read.problems[0].message
    assert f"{first}:1" in read.problems[1].message
    assert not read.sound
    assert [note.id for chapter in read.chapters for note in chapter.notes] == []


def test_an_id_elsewhere_counts_though_its_file_is_not_read(learner: Learner) -> None:
    learner.write("ship/a.md", "## Mile? {#mile}\n\n1852\n")
    second = learner.write("ship/b.md", "## Knot? {#mile}\n\nOne.\n\n## Oar? {#oar}\n\nWood.\n")
    (folder,), _ = find_decks(learner.decks)
    asked: list[str] = []

    def elsewhere(names: Iterable[str]) -> dict[str, Place]:
        asked.extend(names)
        return {"mile": Place(learner.decks / "ship" / "a.md", 1)}

    read = read_deck(folder, elsewhere, [second])
    assert asked == ["mile", "oar"]
    assert [note.id for chapter in read.chapters for note in chapter.notes] == ["oar"]


def test_only_the_files_named_are_read(learner: Learner) -> None:
    learner.write("ship/a.md", "## Mile? {#mile}\n\n1852\n")
    second = learner.write("ship/b.md", "## Oar? {#oar}\n\nWood.\n")
    (folder,), _ = find_decks(learner.decks)
    read = read_deck(folder, None, [second])
    assert [str(chapter.path) for chapter in read.chapters] == ["b.md"]
    assert read.sound
