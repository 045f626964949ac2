"""Everything that is wrong with decks, found in one go: also between files, of which only some are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from srs import workers
from srs.deck import Place, check, find_decks, read_deck, read_decks
from srs.deck.style import advise, look
from srs.workers import shared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.learner import Learner

DECKS = Path(__file__).parents[1] / "data" / "decks"


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


@pytest.mark.slow
def test_decks_are_what_they_are_however_many_read_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chapters are shared out where there is much to read."""
    much = set[bool]()

    def noted(*given: Any, **how: Any) -> Any:  # noqa: ANN401 -- as it is given
        much.add(how["much"])
        return shared(*given, **how)

    monkeypatch.setattr(check, "shared", noted)
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    monkeypatch.setattr(workers, "_alone", lambda: True)  # whatever other tests have left behind
    folders = sorted(folder.parent for folder in DECKS.rglob("deck.toml"))
    found = [read_decks(folder, look) for folder in folders]
    assert much == {False}
    advice = [advise(deck) for decks, _ in found for deck in decks]
    assert sum(len(decks) for decks, _ in found) > 9
    assert any(advice)
    monkeypatch.setattr(check, "WORTH_IT", 1)
    assert [read_decks(folder, look) for folder in folders] == found
    assert True in much
    assert [advise(deck) for folder in folders for deck in read_decks(folder)[0]] == advice
