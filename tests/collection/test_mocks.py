"""Which question is asked, with which follow-ups, and what is kept of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from srs.collection.chance import seeded
from srs.collection.collection import Collection, open_collection
from srs.collection.mocks import Spoken, choose, follow_ups, history, keep, questions
from srs.errors import SrsError
from srs.scheduler import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.learner import Learner

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
CHAPTER = """\
---
title: E{n} Sea
---

## Talk of {n} {{#e{n}-talk .mock}}

Tell me of the sea.

1. Wet {{cards="e{n}-a"}}
2. Deep {{cards="e{n}-a e{n}-b1"}}
3. Blue

## Your own {n} {{#e{n}-mine .mock}}

- …

## A? {{#e{n}-a}}

a

## B1? {{#e{n}-b1 tags="answer-back"}}

- b
- c

## B2? {{#e{n}-b2 tags="answer-back"}}

1. b {{#c1}}
2. c {{#c2}}

## B3? {{#e{n}-b3 tags="answer-back"}}

d
"""


@pytest.fixture
def sea(learner: Learner) -> Iterator[Collection]:
    """Two chapters with an outline each."""
    for number in (1, 2):
        learner.write(f"ship/e{number:02}.md", CHAPTER.format(n=number))
    with open_collection(learner.decks, str(learner.store), NOW) as collection:
        yield collection


def called(collection: Collection, *words: str) -> list[str]:
    return [each.stored.name for each in questions(collection, collection.choice(), words)]


def test_outlines_are_found_by_chapter_and_words_and_only_if_filled_in(sea: Collection) -> None:
    assert called(sea) == ["e1-talk", "e2-talk"]
    assert called(sea, "E2") == ["e2-talk"]
    assert called(sea, "SEA", "talk of", "e1-talk") == ["e1-talk"]
    assert called(sea, "E1", "E2") == ["e1-talk", "e2-talk"]
    with pytest.raises(SrsError, match=r"no outline for sky; there is e1-talk, e1-mine, e2-talk, e2-mine"):
        called(sea, "sky")
    with pytest.raises(SrsError, match=r"e2-mine is not filled in yet"):
        called(sea, "e2", "mine")


def test_of_a_dozen_outlines_all_are_named(learner: Learner) -> None:
    for number in range(1, 7):
        learner.write(f"ship/e{number:02}.md", CHAPTER.format(n=number))
    with (
        open_collection(learner.decks, str(learner.store), NOW) as collection,
        pytest.raises(SrsError, match=r"no outline for sky; there is e1-talk, .*, e6-talk, e6-mine$"),
    ):
        called(collection, "sky")


def test_a_chapter_without_an_outline_is_not_taken_for_a_word_to_search(learner: Learner) -> None:
    learner.write("ship/e01.md", CHAPTER.format(n=1))
    learner.write("ship/1-first.md", "## What is first? {#first}\n\nOne.\n")
    with open_collection(learner.decks, str(learner.store), NOW) as collection:
        with pytest.raises(SrsError, match=r"1-first.md has no outline; there is e1-talk, e1-mine"):
            called(collection, "1")
        assert called(collection, "E1") == ["e1-talk"]


def test_the_weakest_chapter_is_drawn_most_often(sea: Collection) -> None:
    """All of the first is known, and nothing of the second was seen: ten to one."""
    for card in ("e1-a", "e1-b1", "e1-b2", "e1-b2/c1", "e1-b2/c2", "e1-b3"):
        sea.answer(card, Grade.GOOD, NOW)
    found = questions(sea, sea.choice(), ())
    day = sea.day_of(NOW)
    drawn = [choose(sea, found, day, seeded(seed)).stored.name for seed in range(110)]
    assert 90 < drawn.count("e2-talk") < 108
    assert drawn == [choose(sea, found, day, seeded(seed)).stored.name for seed in range(110)]
    weights: list[int] = []

    def draw(low: int, high: int) -> int:
        weights.append(high)
        return low

    choose(sea, found, day, draw)
    sea.answer("e1-a", Grade.AGAIN, NOW)
    choose(sea, found, day, draw)
    assert weights == [11_000, 11_000 + 9 * (1000 // 6)]


def test_two_follow_ups_are_asked_of_notes_of_the_chapter(sea: Collection) -> None:
    """One card of each, the first; none that is suspended."""
    (question,) = questions(sea, sea.choice(), ["E2"])
    day = sea.day_of(NOW)
    names: set[str] = set()
    for seed in range(20):
        cards = follow_ups(sea, question, day, seeded(seed))
        asked = {each.name for each in sea.cards(["e2-b1", "e2-b2", "e2-b3"]) if each.key in {c.key for c in cards}}
        assert len(asked) == 2
        names |= asked
    assert names == {"e2-b1", "e2-b2", "e2-b3"}
    sea.suspend(["e2-b1", "e2-b3"], NOW)
    (only,) = follow_ups(sea, question, day, seeded(1))
    assert only.key == sea.card("e2-b2").key


def test_what_is_kept_says_what_was_missed_and_drills_it(sea: Collection) -> None:
    (question,) = questions(sea, sea.choice(), ["E2"])
    held = keep(sea, question, Spoken(75, (3,), (1, 2)), NOW)
    assert held.drills == ("e2-a", "e2-b1")
    ((line, act),) = history(sea, sea.choice())
    assert (line.deck, line.card, act.seconds, act.said, act.missed) == ("ship", "e2-talk", 75, (3,), (1, 2))
    drilled = [each.name for each in sea.due(NOW)][-2:]
    assert drilled == ["e2-a", "e2-b1"]
    assert sea.card("e2-a").memory is None
    sea.answer("e2-a", Grade.GOOD, NOW)
    assert "e2-a" not in [each.name for each in sea.due(NOW)]


def test_ten_are_remembered_and_the_newest_comes_last(sea: Collection) -> None:
    (question,) = questions(sea, sea.choice(), ["E2"])
    for seconds in range(12):
        keep(sea, question, Spoken(seconds, (1, 2, 3), ()), NOW)
    assert [act.seconds for _, act in history(sea, sea.choice())] == list(range(2, 12))
    assert sea.undo(NOW) is not None
    assert [act.seconds for _, act in history(sea, sea.choice())] == list(range(1, 11))
    assert history(sea, sea.choice(), ["E1"]) == []
    assert len(history(sea, sea.choice(), ["E2"])) == 10
