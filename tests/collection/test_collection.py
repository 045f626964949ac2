"""A collection as a library: opened without a screen, with the clock handed in."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from srs.collection.collection import Collection, open_collection
from srs.collection.switching import Wanted, switch
from srs.errors import SrsError, UsageError
from srs.history import LogLine, Review
from srs.scheduler import Grade, Sm2
from srs.settings import Settings
from tests.learner import MILE, SEA, SEA_CARDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.learner import Learner

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


@contextmanager
def opened(learner: Learner, settings: Settings | None = None, now: datetime = NOW) -> Iterator[Collection]:
    """Open a learner's collection."""
    with open_collection(learner.decks, str(learner.store), now, settings or Settings()) as collection:
        yield collection


def names(collection: Collection, now: datetime = NOW) -> list[str]:
    """Return the ids of the cards that a sitting would ask."""
    return [card.name for card in collection.due(now)]


def test_opening_brings_the_store_up_to_the_decks(sailor: Learner) -> None:
    with opened(sailor) as collection:
        assert collection.report.added == SEA_CARDS
        assert (collection.problems, collection.mistakes, collection.rescheduled) == ((), 0, None)
        assert list(collection.decks) == ["ship"]
    with opened(sailor) as collection:
        assert collection.report.total == 0


def test_mistakes_are_counted_without_warnings(sailor: Learner) -> None:
    sailor.write("ship/sky.md", "## Empty {#empty}\n\n## Where?\n\nUp.\n")
    with opened(sailor) as collection:
        assert (collection.mistakes, len(collection.problems)) == (1, 2)
        assert list(collection.problems) == sorted(collection.problems)


def test_what_is_due_is_within_the_days_limits_and_one_card_of_each_note(sailor: Learner) -> None:
    with opened(sailor) as collection:
        assert names(collection) == ["anchor", "mile", "red/c1"]
        collection.answer("mile", Grade.GOOD, NOW)
        assert names(collection) == ["anchor", "red/c1"]
        assert names(collection, NOW + timedelta(days=1)) == ["mile", "anchor", "red/c1"]
    with opened(sailor, Settings(new=1)) as collection:
        assert names(collection) == []


def test_a_study_day_is_the_one_the_settings_say(sailor: Learner) -> None:
    early = datetime(2026, 12, 2, 5, tzinfo=UTC)
    with opened(sailor) as collection:
        assert (collection.day_of(early), collection.day_of(early - timedelta(hours=2))) == (
            date(2026, 12, 2),
            date(2026, 12, 1),
        )
    with opened(sailor, Settings(rollover=6)) as collection:
        assert collection.day_of(early) == date(2026, 12, 1)
        collection.answer("mile", Grade.GOOD, early)
        assert review_of(collection.log()[0]).day == date(2026, 12, 1)


def review_of(line: LogLine) -> Review:
    """Return the answer of a line that is one."""
    assert isinstance(line.act, Review)
    return line.act


def test_an_answer_is_in_the_log_until_it_is_undone(sailor: Learner) -> None:
    with opened(sailor) as collection:
        done = collection.answer("red/c1", Grade.HARD, NOW, ms=1234, origin="app")
        (line,) = collection.log()
        assert (line.deck, line.card, review_of(line).grade, review_of(line).ms, review_of(line).origin) == (
            *("ship", "red/c1", Grade.HARD, 1234, "app"),
        )
        assert line.act.at == 1_796_115_600_000
        assert done.memory == collection.card("red/c1").memory
        undone = collection.undo(NOW)
        assert undone is not None
        assert (undone.line, undone.memory, collection.undo(NOW)) == (line, None, None)
        assert [each.act.what for each in collection.log()] == ["", "undo"]
        collection.answer("mile", Grade.GOOD, NOW)
        assert [review_of(each).origin for each in collection.log() if each.card == "mile"] == ["script"]


def test_a_retired_card_is_not_answered(sailor: Learner) -> None:
    with opened(sailor):
        pass
    sailor.write("ship/sea.md", SEA.replace(MILE, ""))
    with opened(sailor) as collection:
        assert collection.report.retired == ("mile",)
        with pytest.raises(SrsError, match="mile is retired: its text is gone"):
            collection.answer("mile", Grade.GOOD, NOW)
        assert collection.log() == []


def test_resuming_ends_suspension_and_bury(sailor: Learner) -> None:
    with opened(sailor) as collection:
        assert [card.name for card in collection.suspend(["mile", "red/c1"], NOW)] == ["mile", "red/c1"]
        collection.bury(["mile", "anchor"], NOW)
        assert names(collection) == ["anchor/c1", "red/c2"]
        assert [card.name for card in collection.resume(["mile", "anchor", "red/c2"], NOW)] == ["mile", "anchor"]
        assert names(collection) == ["anchor", "mile", "red/c2"]
        assert collection.card("mile").buried_until is None


@pytest.mark.parametrize("called", ["ship", "Old Ship", "vessel"])
def test_a_deck_is_called_by_namespace_name_or_folder(sailor: Learner, called: str) -> None:
    sailor.write("vessel/deck.toml", 'name = "Old Ship"\nnamespace = "ship"\n')
    sailor.write("vessel/sea.md", MILE)
    sailor.write("boat/sea.md", MILE)
    (sailor.decks / "ship").rename(sailor.home / "elsewhere")
    with opened(sailor) as collection:
        assert collection.choice(called).decks == ("ship",)
        assert sorted(collection.choice().decks) == ["boat", "ship"]
        with pytest.raises(UsageError, match="no deck 'raft'; there is boat, ship"):
            collection.choice("raft")


def test_a_tag_is_one_that_a_card_of_some_deck_bears(sailor: Learner) -> None:
    sailor.write("boat/oars.md", "## Oars? {#oars}\n\nTwo.\n")
    with opened(sailor) as collection:
        assert collection.choice(tag="EXAM").tag == "EXAM"
        assert collection.choice("boat", "exam").decks == ("boat",), "it has no such card, but the tag is none misspelt"
        with pytest.raises(UsageError, match=r"no card has the tag 'exma'; did you mean exam\?"):
            collection.choice("boat", "exma")


def test_cards_are_named_with_their_deck_where_decks_share_ids(sailor: Learner) -> None:
    sailor.write("boat/sea.md", MILE + "\n## Oars? {#oars}\n\nTwo.\n")
    with opened(sailor) as collection:
        assert [(card.deck, card.name) for card in collection.cards(["oars", "ship:mile", "boat:mile"])] == [
            ("boat", "oars"),
            ("ship", "mile"),
            ("boat", "mile"),
        ]
        assert collection.card("boat:oars").name == "oars"
        with pytest.raises(UsageError, match="mile is in several decks; say which: boat:mile, ship:mile"):
            collection.card("mile")
        for name in ("ship:oars", "raft:mile", "league"):
            with pytest.raises(SrsError, match=f"no card {name}"):
                collection.card(name)


def test_a_card_that_left_one_deck_gives_way_to_the_one_that_stands_in_another(sailor: Learner) -> None:
    """Without an adoption, too; by its deck's name the one that left can still be named."""
    with opened(sailor):
        pass
    sailor.write("boat/sea.md", MILE)
    sailor.write("ship/sea.md", "## Oars? {#oars}\n\nTwo.\n")
    with opened(sailor) as collection:
        assert (collection.card("mile").deck, collection.card("ship:mile").retired) == ("boat", True)
        assert collection.card("anchor").retired


def test_a_card_knows_its_file_and_line(sailor: Learner) -> None:
    with opened(sailor) as collection:
        card = collection.card("mile")
        assert collection.file(card) == sailor.decks / "ship" / "sea.md"
        assert collection.source(card) == f"{sailor.decks / 'ship' / 'sea.md'}:13"


def test_the_settings_say_what_becomes_of_leeches(sailor: Learner) -> None:
    with opened(sailor, Settings(leech_lapses=3, leech_action="mark")) as collection:
        assert (collection.rules.leeches.lapses, collection.rules.leeches.suspend) == (3, False)
    with opened(sailor) as collection:
        assert (collection.rules.leeches.lapses, collection.rules.leeches.suspend) == (8, True)


def test_another_scheduler_replays_the_history(sailor: Learner) -> None:
    """How many cards got another memory is told once; a store that was never replayed has nothing to tell."""
    with opened(sailor) as collection:
        assert collection.rescheduled is None
        for day in (0, 1, 7, 22):
            collection.answer("mile", Grade.GOOD, NOW + timedelta(days=day))
    with opened(sailor, Settings(smooth=True)) as collection:
        assert collection.rescheduled is not None
    with opened(sailor, Settings(smooth=True)) as collection:
        assert collection.rescheduled is None
    with opened(sailor) as collection:
        switch(collection, Wanted("sm2", smooth=False), "", NOW)
    with opened(sailor) as collection:
        assert collection.rescheduled is None
        assert collection.scheduler("ship") == Sm2(smooth=False)


def test_a_wrong_folder_is_told_before_a_store_is_made(learner: Learner) -> None:
    with pytest.raises(SrsError, match="no folder"), open_collection(learner.home / "no", str(learner.store), NOW):
        pass
    assert not learner.store.exists()
