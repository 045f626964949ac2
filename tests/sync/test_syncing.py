"""Edits as people make them: every surviving card keeps its own history, and none gets another's."""

from __future__ import annotations

import os
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from srs.collection.collection import open_collection
from srs.deck import check, find_decks
from srs.history.force import InForce
from srs.scheduler import Grade
from srs.store.opening import open_store
from srs.sync import Synced, sync
from srs.workers import shared
from tests.learner import MILE, SEA

if TYPE_CHECKING:
    from tests.learner import Learner

KINDS = ("added", "changed", "moved", "retired", "returned")
GRADES = {"anchor": 5, "anchor/c1": 1, "anchor/c2": 3, "anchor/c3": 4, "mile": 5, "red/c1": 3, "red/c2": 5}


@pytest.fixture
def studied(sailor: Learner) -> Learner:
    """Somebody who has answered every card of a deck, each differently, and comes back the next day."""
    with open_collection(sailor.decks, str(sailor.store), datetime(2026, 11, 9, tzinfo=UTC)) as collection:
        for count, (card, grade) in enumerate(GRADES.items()):
            collection.answer(card, Grade(grade), datetime(2026, 11, 10 + count, 9, tzinfo=UTC))
    return sailor


def edit(learner: Learner, old: str, new: str, path: str = "ship/sea.md") -> dict[str, list[str]]:
    """Edit a file, and return what a dry run says and what the sync then does, which must be one and the same."""
    learner.edit(path, old, new)
    before = learner.store.read_bytes()
    said = learner.reads("sync", "--dry-run")["decks"]
    assert learner.store.read_bytes() == before
    done = learner.reads("sync")["decks"]
    assert done == said
    assert learner.reads("sync")["decks"] == {kind: [] for kind in KINDS} | {"problems": []}
    return {kind: done[kind] for kind in KINDS if done[kind]}


def test_a_reworded_prompt_and_answer(studied: Learner) -> None:
    before = studied.progress()
    assert edit(studied, "How long is a mile?", "A nautical mile is how long?") == {"changed": ["mile"]}
    assert edit(studied, "1852 metres", "1852 m") == {"changed": ["mile"]}
    assert studied.progress() == before
    assert studied.cards()["mile"]["answer"] == "1852 m."


def test_a_step_inserted_in_the_middle(studied: Learner) -> None:
    before = studied.progress()
    done = edit(studied, "2. Let go {#c2}\n", "2. Look below {#c4}\n3. Let go {#c2}\n")
    assert done == {"added": ["anchor/c4"], "changed": ["anchor", "anchor/c1", "anchor/c2", "anchor/c3"]}
    assert studied.progress() == before
    cards = studied.cards()
    assert [cards[name]["answer"] for name in ("anchor/c1", "anchor/c4", "anchor/c2", "anchor/c3")] == [
        "Heave to",
        "Look below",
        "Let go",
        "Make fast",
    ]
    assert cards["anchor/c4"]["state"] == "new"


def test_steps_in_another_order(studied: Learner) -> None:
    before = studied.progress()
    edit(studied, "1. Heave to {#c1}\n2. Let go {#c2}\n", "1. Let go {#c2}\n2. Heave to {#c1}\n")
    assert studied.progress() == before
    assert {name: studied.cards()[name]["answer"] for name in ("anchor/c1", "anchor/c2")} == {
        "anchor/c1": "Heave to",
        "anchor/c2": "Let go",
    }


def test_a_step_taken_out_and_brought_back(studied: Learner) -> None:
    before = studied.progress()
    done = edit(studied, "2. Let go {#c2}\n", "")
    assert done == {"changed": ["anchor", "anchor/c1", "anchor/c3"], "retired": ["anchor/c2"]}
    assert studied.progress() == {name: kept for name, kept in before.items() if name != "anchor/c2"}
    assert studied.cards("--retired")["anchor/c2"]["state"] == "retired"
    done = edit(studied, "3. Make fast", "2. Let go {#c2}\n3. Make fast")
    assert done == {"changed": ["anchor", "anchor/c1", "anchor/c3"], "returned": ["anchor/c2"]}
    assert studied.progress() == before


def test_a_note_moved_to_another_chapter(studied: Learner) -> None:
    before = studied.progress()
    studied.write("ship/units.md", "---\ntags: [sea, exam]\nsource: A log book\n---\n" + MILE)
    assert edit(studied, MILE, "") == {"moved": ["mile"]}
    assert studied.progress() == before
    assert studied.cards()["mile"]["source"].endswith("units.md:5")


def test_a_chapter_file_renamed(studied: Learner) -> None:
    before = studied.progress()
    (studied.decks / "ship/sea.md").rename(studied.decks / "ship/ocean.md")
    done = studied.reads("sync")["decks"]
    assert (sorted(done["moved"]), done["added"], done["retired"]) == (sorted(GRADES), [], [])
    assert studied.progress() == before


def test_a_note_deleted_and_brought_back_from_version_control(studied: Learner) -> None:
    before = studied.progress()
    assert edit(studied, MILE, "") == {"retired": ["mile"]}
    assert "mile" not in studied.cards()
    assert edit(studied, "## Where", MILE + "\n## Where") == {"returned": ["mile"]}
    assert studied.progress() == before


def test_a_cloze_dropped_and_one_added(studied: Learner) -> None:
    before = studied.progress()
    done = edit(studied, "{{c2::starboard}}", "starboard, white to {{c3::stern}}")
    assert done == {"added": ["red/c3"], "changed": ["red/c1"], "retired": ["red/c2"]}
    assert studied.progress() == {name: kept for name, kept in before.items() if name != "red/c2"}


def test_a_tag_taken_from_the_chapter(studied: Learner) -> None:
    before = studied.progress()
    assert edit(studied, "tags: [sea, exam]", "tags: [sea]") == {"changed": list(GRADES)}
    assert studied.progress() == before


def test_an_id_given_to_another_note_takes_that_ids_history(studied: Learner) -> None:
    """The id is the identity: who gives it to another text says that it is the same knowledge."""
    assert edit(studied, "## How long is a mile? {#mile}", "## How long is a cable? {#cable}") == {
        "added": ["cable"],
        "retired": ["mile"],
    }
    assert studied.cards()["cable"]["reviews"] == 0


def test_ids_written_later_take_the_history_along(learner: Learner) -> None:
    learner.write("ship/sea.md", "## How to anchor?\n\n1. Heave to\n2. Let go\n\n## Mile?\n\n1852 metres.\n")
    for name in learner.cards():
        learner.srs("answer", name, "4")
    before = sorted(learner.progress().values())
    learner.srs("check", "--fix")
    done = learner.reads("sync")["decks"]
    assert (done["added"], done["changed"], done["retired"], done["problems"]) == ([], [], [], [])
    assert set(done["moved"]) == {"sea-how-to-anchor", "sea-how-to-anchor/c1", "sea-how-to-anchor/c2", "sea-mile"}
    assert sorted(learner.progress().values()) == before


def test_without_an_id_a_new_wording_is_a_new_card(learner: Learner) -> None:
    """A provisional identity is its text; the old card waits with its history for its wording to come back."""
    learner.write("ship/sea.md", "## Mile?\n\n1852 metres.\n")
    (name,) = learner.cards()
    learner.srs("answer", name, "4")
    learner.write("ship/sea.md", "## How long is a mile?\n\n1852 metres.\n")
    done = learner.reads("sync")["decks"]
    assert (len(done["added"]), done["retired"]) == (1, [name])
    learner.write("ship/sea.md", "## Mile?\n\n1852 metres.\n")
    assert learner.reads("sync")["decks"]["returned"] == [name]
    assert learner.progress()[name][0] == 1


@pytest.mark.parametrize("broken", ["## Empty {#empty}\n", "## What is {{c1::open? {#open}\n\nIt {{c1::is.\n"])
def test_a_chapter_with_a_problem_retires_nothing(studied: Learner, broken: str) -> None:
    studied.write("ship/sea.md", broken)
    outcome = studied.types("sync", "--json")
    assert outcome.code == 1
    assert '"retired": []' in outcome.out
    assert set(studied.progress()) == set(GRADES)
    studied.write("ship/sea.md", SEA)
    assert studied.reads("sync")["decks"]["returned"] == []


def test_a_problem_in_one_chapter_keeps_what_another_lost(studied: Learner) -> None:
    """The missing note may stand in the text that cannot be read."""
    studied.write("ship/sky.md", "## Empty {#empty}\n")
    studied.write("ship/sea.md", SEA.replace(MILE, ""))
    assert studied.types("sync").code == 1
    assert "mile" in studied.cards()
    studied.write("ship/sky.md", MILE)
    assert studied.reads("sync")["decks"]["moved"] == ["mile"]


def test_a_note_that_an_outline_names_does_not_retire_until_the_outline_is_mended(studied: Learner) -> None:
    """Though the outline's chapter was not touched: what `srs check` tells, a sync tells as well."""
    before = studied.progress()
    studied.write("ship/talk.md", '## A talk? {#talk .mock}\n\n1. A mile {cards="mile"}\n')
    studied.srs("sync")
    studied.edit("ship/sea.md", MILE, "")
    for _ in range(2):
        outcome = studied.types("sync", "--json")
        assert (outcome.code, '"retired": []' in outcome.out) == (1, True)
        assert "there is no card mile in this deck" in outcome.out
    assert studied.progress() == before
    studied.edit("ship/talk.md", ' {cards="mile"}', "")
    assert studied.reads("sync")["decks"]["retired"] == ["mile"]


def test_two_decks_may_use_the_same_ids(studied: Learner) -> None:
    before = studied.progress("--deck", "ship")
    studied.write("boat/sea.md", SEA)
    assert sorted(studied.reads("sync")["decks"]["added"]) == sorted(GRADES)
    outcome = studied.types("answer", "mile", "1")
    assert (outcome.code, "boat:mile, ship:mile" in outcome.err) == (2, True)
    studied.srs("answer", "boat:mile", "1")
    assert studied.progress("--deck", "ship") == before
    assert set(studied.progress("--deck", "boat")) == {"mile"}


def test_a_deck_left_out_is_left_alone(studied: Learner) -> None:
    before = studied.progress()
    (studied.decks / "ship").rename(studied.home / "ship")
    studied.write("boat/sea.md", "## Oars? {#oars}\n\nTwo.\n")
    assert studied.reads("sync")["decks"]["retired"] == []
    (studied.home / "ship").rename(studied.decks / "ship")
    assert studied.reads("sync")["decks"]["added"] == []
    assert studied.progress("--deck", "ship") == before


def test_a_file_touched_but_unchanged_changes_nothing(studied: Learner) -> None:
    os.utime(studied.decks / "ship/sea.md", ns=(1, 1))
    done = studied.reads("sync")["decks"]
    assert not any(done[kind] for kind in KINDS)


def test_the_same_size_at_another_time_is_read_again(studied: Learner) -> None:
    assert edit(studied, "1852 metres", "1853 metres") == {"changed": ["mile"]}


def test_a_file_that_is_deleted_retires_its_cards_once(studied: Learner) -> None:
    studied.write("ship/knots.md", "## Knot? {#knot}\n\nA mile an hour.\n")
    studied.srs("sync")
    (studied.decks / "ship/knots.md").unlink()
    assert studied.reads("sync")["decks"]["retired"] == ["knot"]
    assert studied.reads("sync")["decks"] == {kind: [] for kind in KINDS} | {"problems": []}
    studied.write("ship/knots.md", "## Knot? {#knot}\n\nA mile an hour.\n")
    assert studied.reads("sync")["decks"]["returned"] == ["knot"]


def test_an_id_that_stands_in_a_file_not_read_again_is_not_given_twice(studied: Learner) -> None:
    """The note that had it first keeps its history, and the mistake is told at both places."""
    before = studied.progress()
    sea, sky = studied.decks / "ship/sea.md", studied.write("ship/sky.md", "## Up? {#mile}\n\nYes.\n")
    outcome = studied.types("sync")
    assert outcome.code == 1
    assert [line.partition(": ")[0] for line in outcome.err.splitlines()] == [f"{sea}:13", f"{sky}:1"]
    assert studied.progress() == before
    assert studied.cards()["mile"]["source"] == f"{sea}:13"


def test_processes_are_divided_off_before_a_bar_is_drawn(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread draws it, beside which none could be."""
    done: list[str] = []

    def noted(*given: Any, **how: Any) -> Any:  # noqa: ANN401 -- as it is given
        done.append("divided")
        return shared(*given, **how)

    def waiting(_: int) -> nullcontext[None]:
        done.append("drawn")
        return nullcontext()

    monkeypatch.setattr(check, "shared", noted)
    with open_store("sqlite://") as store:
        sync(store, find_decks(sailor.decks)[0], 1, InForce(), min, waiting=waiting)
    assert done == ["divided", "drawn"]


def test_only_what_changed_is_read(sailor: Learner) -> None:
    """While it is read, the number of its bytes is told; where nothing is read, nothing is told."""
    told: list[int] = []

    def waiting(size: int) -> nullcontext[None]:
        told.append(size)
        return nullcontext()

    def synced() -> Synced:
        told.clear()
        return sync(store, find_decks(sailor.decks)[0], 1, InForce(), min, waiting=waiting)

    knot = "## Knot? {#knot}\n\nA mile an hour.\n"
    sailor.write("ship/knots.md", knot)
    with open_store("sqlite://") as store:
        assert (synced().report.total, told) == (8, [len(SEA) + len(knot)])
        assert (synced().report.total, told) == (0, [])
        sailor.write("ship/knots.md", knot.replace("mile", "league"))
        assert (synced().report.changed, told) == (("knot",), [len(knot) + 2])
        (sailor.decks / "ship/knots.md").unlink()
        assert (synced().report.retired, told) == (("knot",), [])
        assert (synced().report.total, told) == (0, [])
        sailor.write("ship/sky.md", "## Empty {#empty}\n")
        for _ in range(2):
            assert (len(synced().problems), told) == (1, [len("## Empty {#empty}\n")])


def test_notes_are_studied_in_the_order_that_deck_and_headings_say(learner: Learner) -> None:
    """First by the deck's entries, then by rank, then as the text stands; a change of either is known at once."""
    learner.write("ship/e01-a.md", '## A? {#a}\n\n1\n\n## B? {#b tags="core"}\n\n1\n\n## C? {#c rank=1}\n\n1\n')
    learner.write(
        "ship/e02-b.md", '---\ntags: [late]\n---\n## D? {#d rank=5}\n\n1\n\n## E? {#e tags="core" rank=9}\n\n1\n'
    )
    learner.write("boat/a.md", "## Z? {#z}\n\n1\n\n## Y? {#y rank=2}\n\n1\n")
    assert studied_in(learner) == ["y", "z", "c", "d", "e", "a", "b"]
    ordered = 'name = "Ship"\nnamespace = "ship"\norder = ["tag:core", "E2"]\n'
    learner.write("ship/deck.toml", ordered)
    assert studied_in(learner) == ["y", "z", "e", "b", "d", "c", "a"]
    learner.edit("ship/e01-a.md", "{#a}", "{#a rank=0}")
    assert studied_in(learner) == ["y", "z", "e", "b", "d", "a", "c"]
    learner.write("ship/deck.toml", ordered.replace('"tag:core", "E2"', '"tag:late"'))
    assert studied_in(learner) == ["y", "z", "d", "e", "a", "c", "b"]
    learner.edit("ship/e02-b.md", "late", "early")
    assert studied_in(learner) == ["y", "z", "a", "c", "d", "e", "b"]
    learner.write("ship/deck.toml", 'name = "Ship"\nnamespace = "ship"\n')
    assert studied_in(learner) == ["y", "z", "a", "c", "d", "e", "b"]


def test_a_dry_run_leaves_the_order_as_it_was(learner: Learner) -> None:
    learner.write("ship/a.md", '## A? {#a}\n\n1\n\n## B? {#b tags="core"}\n\n1\n')
    assert studied_in(learner) == ["a", "b"]
    learner.write("ship/deck.toml", 'name = "Ship"\nnamespace = "ship"\norder = ["tag:core"]\n')
    before = learner.store.read_bytes()
    assert learner.reads("sync", "--dry-run")["decks"] == {kind: [] for kind in KINDS} | {"problems": []}
    assert learner.store.read_bytes() == before
    assert studied_in(learner) == ["b", "a"]


def studied_in(learner: Learner) -> list[str]:
    """Return the notes in the order in which a sitting would ask them."""
    now = datetime.fromisoformat(f"{learner.now}+00:00")
    with open_collection(learner.decks, str(learner.store), now) as collection:
        return [card.note for card in collection.due(now)]


def test_a_rank_is_no_change_of_a_card(learner: Learner) -> None:
    learner.write("ship/a.md", "## A? {#a}\n\n1\n")
    learner.srs("sync")
    learner.write("ship/a.md", "## A? {#a rank=1}\n\n1\n")
    assert learner.reads("sync")["decks"] == {kind: [] for kind in KINDS} | {"problems": []}
    learner.write("ship/a.md", '## A? {#a rank=1 tags="x"}\n\n1\n')
    assert learner.reads("sync")["decks"]["changed"] == ["a"]
