"""What other computers put into the history folder comes into a sitting between two cards, and then counts."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from srs.cli.arriving import between_cards, opening_beside
from srs.cli.clock import Clock
from srs.cli.context import Context
from srs.cli.opening_soon import open_soon
from srs.collection.morning import Morning
from srs.collection.sitting import Sitting
from srs.collection.today import queue_for
from srs.due import milliseconds
from srs.scheduler import Fsrs, Grade
from srs.settings import Settings

if TYPE_CHECKING:
    from tests.learner import Learner

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
pytestmark = pytest.mark.slow


@pytest.fixture
def elsewhere(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> Learner:
    """The learner at another computer, which shares a history folder with this one, where all of it is known."""
    folder = sailor.home / "carried"
    folder.mkdir()
    monkeypatch.setenv("SRS_HISTORY", str(folder))
    sailor.srs("answer", "anchor", "good")
    (sailor.home / "b").mkdir()
    shutil.copytree(sailor.decks, sailor.home / "b" / "decks")
    there = replace(sailor, home=sailor.home / "b")
    there.srs("sync", "--offline")
    sailor.srs("sync", "--offline")
    return there


class Begun:
    """A sitting whose first card is on the screen."""

    def __init__(self, desk: Morning, here: Context) -> None:
        self.day, self.desk = here.today(), desk
        self.sitting = Sitting(desk.store, desk.rules, queue_for(desk.store, desk.plan(), self.day))
        begin = opening_beside(desk, self.sitting, lambda whole: queue_for(whole.store, whole.plan(), self.day))
        assert begin
        self.begin, self.between = begin, between_cards(desk, None)

    @property
    def asked(self) -> list[str]:
        """The cards that are still to be asked."""
        return [self.sitting.read(card).name for card in self.sitting.queue.left]


def here(learner: Learner) -> Context:
    folder = str(learner.home / "carried")
    file = learner.home / "config.toml"
    return Context((learner.decks,), str(learner.store), Clock(NOW), Settings(history=folder), (), file)


def test_what_was_answered_elsewhere_is_asked_no_more_once_it_is_in(sailor: Learner, elsewhere: Learner) -> None:
    elsewhere.srs("answer", "mile", "good")
    elsewhere.srs("suspend", "red/c1")
    place = here(sailor)
    with open_soon(place, news_may_wait=True) as desk:
        assert isinstance(desk, Morning)
        assert desk.news
        one = Begun(desk, place)
        asked = one.asked
        assert {"mile", "red/c1"} <= set(asked)
        assert one.between(one.sitting) == ""
        assert one.asked == asked
        one.begin()
        while not desk.store.is_ready:
            time.sleep(0.001)
        assert one.asked == asked  # never while a card is asked
        assert one.between(one.sitting) == ""
        assert not {"mile", "red/c1"} & set(one.asked)
        assert "red/c2" in one.asked  # whose sibling held it back
    assert sailor.progress()["mile"][0] == 1


def test_an_answer_before_that_is_written_by_the_rules_that_came_in(sailor: Learner, elsewhere: Learner) -> None:
    """A scheduler that was put in force elsewhere holds from the moment that it is in the store."""
    elsewhere.srs("switch", "fsrs")
    place = here(sailor)
    with open_soon(place, news_may_wait=True) as desk:
        assert isinstance(desk, Morning)
        one = Begun(desk, place)
        card = one.sitting.current
        assert card
        one.begin()
        one.sitting.answer(card, Grade.GOOD, milliseconds(NOW), one.day, 0)
        assert isinstance(one.sitting.rules.force.of("ship"), Fsrs)
        assert card.key not in {each.key for each in one.sitting.queue.left}
    assert "scheduler has changed" in sailor.capture.readouterr().err  # said when no page is shown any more
    sailor.srs("doctor")


def test_where_all_that_is_due_is_news_it_is_taken_in_at_once(sailor: Learner, elsewhere: Learner) -> None:
    sailor.srs("suspend", "mile", "red/c1", "red/c2", "anchor/c1", "anchor/c2", "anchor/c3")
    sailor.srs("sync", "--offline")
    elsewhere.srs("resume", "mile")
    with open_soon(here(sailor), news_may_wait=True) as desk:
        assert desk.news
        assert not queue_for(desk.store, desk.plan(), desk.day_of(NOW)).left
        whole = desk.whole()
        assert queue_for(whole.store, whole.plan(), desk.day_of(NOW)).left
