"""A morning on which nothing changed but the day is known without opening the store; any other is not."""

from __future__ import annotations

import sqlite3
import threading
import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from srs.collection.collection import open_collection
from srs.collection.morning import morning
from srs.collection.sitting import Sitting
from srs.collection.today import queue_for, today_of
from srs.errors import SrsError, UsageError
from srs.history import LogLine, Review, Suspend, Switch, Undo
from srs.history.folder import append
from srs.scheduler import Grade
from srs.settings import Settings
from srs.store.acts import write_acts
from srs.store.forces import schedulers_in_force
from srs.store.opening import open_store
from srs.store.replaying import take_over

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from srs.collection.collection import Collection
    from srs.collection.morning import Later, Morning
    from tests.learner import Learner

NOW = datetime(2026, 12, 2, 9, tzinfo=UTC)
MS = 1_796_115_600_000


def never() -> Collection:
    raise AssertionError("nothing asked for the store to be opened")


def seen(learner: Learner, **settings: object) -> Morning | None:
    """Return what a morning after some study finds."""
    return morning(learner.decks, str(learner.store), NOW, Settings(**settings), never)  # type: ignore[arg-type]


@pytest.fixture
def studied(sailor: Learner) -> Learner:
    """Somebody who answered on two days, missed a card today, flagged one and suspended one."""
    sailor.srs("answer", "mile", "4")
    sailor.srs("answer", "anchor", "4")
    sailor.now = "2026-12-02 08:00"
    sailor.srs("answer", "mile", "1")
    sailor.srs("suspend", "red/c2")
    sailor.srs("flag", "anchor", "which?")
    return sailor


def test_a_morning_shows_what_the_open_store_would(studied: Learner) -> None:
    found = seen(studied)
    assert found
    with open_collection(studied.decks, str(studied.store), NOW) as opened:
        plan, day = opened.plan(), opened.day_of(NOW)
        assert found.plan() == plan
        assert today_of(found.store, plan, day) == today_of(opened.store, plan, day)
        queue = queue_for(opened.store, plan, day)
        assert queue.left
        whole, early = (Sitting(store, opened.rules, queue) for store in (opened.store, found.store))
        for card in queue.left:
            assert early.read(card) == whole.read(card)
            assert early.read_to_ask(card) == whole.read_to_ask(card)
        tagged = opened.plan(tag="SEA")
        assert queue_for(found.store, tagged, day) == queue_for(opened.store, tagged, day)
        for desk in (found, opened):
            with pytest.raises(UsageError, match="no card has the tag 'se_'"):
                desk.plan(tag="se_")


def test_the_store_is_opened_once_when_something_is_done(studied: Learner) -> None:
    with open_collection(studied.decks, str(studied.store), NOW) as opened:
        calls: list[int] = []

        def opening() -> Collection:
            calls.append(1)
            return opened

        found = morning(studied.decks, str(studied.store), NOW, Settings(), opening)
        assert found
        day = found.day_of(NOW)
        sitting = Sitting(found.store, found.rules, queue_for(found.store, found.plan(), day))
        card = sitting.current
        assert card
        assert not calls
        sitting.answer(card, Grade.GOOD, MS, day, 0)
        sitting.undo(MS + 1)
        assert sitting.read(card).key == card.key
        assert calls == [1]


def _touched(learner: Learner) -> None:
    learner.write("ship/sea.md", "## New {#new}\n\nnew\n")


def _more(learner: Learner) -> None:
    learner.write("ship/more.md", "## New {#new}\n\nnew\n")


def _gone(learner: Learner) -> None:
    learner.write("ship/other.md", "## New {#new}\n\nnew\n")
    learner.srs("sync")
    (learner.decks / "ship/other.md").unlink()


def _ordered(learner: Learner) -> None:
    learner.write("ship/deck.toml", 'name = "Ship"\nnamespace = "ship"\norder = ["tag:exam"]\n')


def _wrong(learner: Learner) -> None:
    learner.write("boat/deck.toml", "nonsense")


def _ahead(learner: Learner) -> None:
    _act(learner, LogLine("ship", "mile", Suspend(MS + 3 * 86_400_000)))


def _switched(learner: Learner) -> None:
    _act(learner, LogLine("", "", Switch(MS, "sm2", smooth=True)))


def _unknown(learner: Learner) -> None:
    _act(learner, LogLine("", "", Switch(MS, "sm99")), sign=True)


def _adopted(learner: Learner) -> None:
    learner.write("ship/sea.md", (learner.decks / "ship/sea.md").read_text("utf-8").replace("#mile", "#league"))
    learner.srs("adopt", "mile", "league")


def _other_version(learner: Learner) -> None:
    with sqlite3.connect(learner.store) as connection:
        connection.execute("UPDATE srs_version SET version_num = '0001'")


def _not_to_be_written(learner: Learner) -> None:
    learner.store.rename(learner.store.with_name("kept.db"))


def _act(learner: Learner, line: LogLine, *, sign: bool = False) -> None:
    with open_store(str(learner.store)) as store, store.writing() as connection:
        write_acts(connection, [line])
        if sign:
            take_over(connection, schedulers_in_force(connection))


@pytest.mark.parametrize(
    "change",
    [
        _touched,
        _more,
        _gone,
        _ordered,
        _wrong,
        _ahead,
        _switched,
        _unknown,
        _adopted,
        _other_version,
        _not_to_be_written,
    ],
)
def test_a_morning_on_which_something_is_to_be_done_first_is_left_to_the_open_store(
    studied: Learner, change: Callable[[Learner], None]
) -> None:
    assert seen(studied)
    change(studied)
    assert seen(studied) is None


def test_a_line_that_waits_and_a_word_of_an_old_settings_file_are_left_to_the_open_store(studied: Learner) -> None:
    assert seen(studied, smooth=True) is None
    line = '{"card": "nowhere", "at": "2026-12-01T09:00:00.000Z", "what": "suspend"}\n'
    (studied.home / "log.jsonl").write_text(line, encoding="utf-8")
    studied.srs("log", "merge", studied.home / "log.jsonl")
    assert seen(studied) is None


def test_a_history_folder_is_looked_at_and_read_only_where_something_is_new(studied: Learner) -> None:
    folder = studied.home / "history"
    studied.srs("config", "set", "history", folder)
    with open_collection(studied.decks, str(studied.store), NOW, Settings(history=str(folder))):
        pass
    with open_collection(studied.decks, str(studied.store), NOW, Settings(history=str(folder))):
        pass
    assert seen(studied, history=str(folder))
    other = '{"card": "mile", "at": "2026-12-02T08:30:00.000Z", "what": "suspend", "deck": "ship"}\n'
    (folder / "other.jsonl").write_text(other, encoding="utf-8")
    assert seen(studied, history=str(folder)) is None
    assert seen(studied, history=str(studied.home / "nowhere")) is None


def test_an_undo_of_a_scheduler_is_seen(studied: Learner) -> None:
    _act(studied, LogLine("", "", Switch(MS, "sm2", smooth=True)))
    _act(studied, LogLine("", "", Undo(MS + 1, MS, Switch.what)))
    found = seen(studied)
    assert found
    assert not found.rules.force.unknown


def test_what_others_only_added_to_the_history_folder_may_wait(studied: Learner, tmp_path: Path) -> None:
    """Whatever else became of the folder is seen to, and said, before anything is asked."""
    folder = tmp_path / "carried"
    folder.mkdir()
    settings = Settings(history=str(folder))

    def taken_in() -> None:
        with open_collection(studied.decks, str(studied.store), NOW, settings):
            pass

    def news() -> bool | None:
        found = morning(studied.decks, str(studied.store), NOW, settings, never, news_may_wait=True)
        return found.news if found else None

    taken_in()
    assert news() is False
    answer = Review(MS - 86_400_000, date(2026, 12, 1), Grade.GOOD, 0)
    append(folder / "other.jsonl", [LogLine("ship", "anchor/c1", answer)])
    assert news() is True
    assert morning(studied.decks, str(studied.store), NOW, settings, never) is None
    taken_in()
    assert news() is False
    append(folder / "other.jsonl", [LogLine("ship", "anchor/c2", answer)])
    assert news() is True
    taken_in()
    text = (folder / "other.jsonl").read_bytes()
    (folder / "other.jsonl").write_bytes(text.replace(b"c2", b"c3"))
    assert news() is None
    (folder / "other.jsonl").write_bytes(text[:-1])
    assert news() is None
    (folder / "other.jsonl").unlink()
    assert news() is None


def waited_for(store: Later) -> bool:
    """Wait until what is opened beside is open."""
    while not store.is_ready:
        time.sleep(0.001)
    return True


def test_a_store_is_opened_beside_once_and_told_of_before_it_is_used(studied: Learner) -> None:
    with open_collection(studied.decks, str(studied.store), NOW) as opened:
        threads, told = list[threading.Thread](), list[threading.Thread]()

        def opening() -> Collection:
            threads.append(threading.current_thread())
            return opened

        found = morning(studied.decks, str(studied.store), NOW, Settings(), opening)
        assert found
        found.store.opened_then = lambda whole: told.append(threading.current_thread()) if whole is opened else None
        found.store.begin()
        found.store.begin()
        assert waited_for(found.store)
        assert told == []
        assert found.store.opened() is found.whole().store is opened.store
        assert not found.store.is_ready
        assert told == [threading.main_thread()]
        assert len(threads) == 1
        assert threads != told


def test_an_opening_that_failed_beside_is_tried_once_more(studied: Learner) -> None:
    with open_collection(studied.decks, str(studied.store), NOW) as opened:
        failures = [SrsError("locked")]

        def opening() -> Collection:
            if failures:
                raise failures.pop()
            return opened

        found = morning(studied.decks, str(studied.store), NOW, Settings(), opening)
        assert found
        found.store.begin()
        assert found.whole() is opened
