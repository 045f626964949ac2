"""`sync_sittings`: the exchange runs beside a sitting, and what came home is taken in between two cards."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from srs.cli.clock import Clock
from srs.cli.context import context_with
from srs.cli.meanwhile import THIS_PROGRAM, Meanwhile, begin_meanwhile
from srs.collection.collection import open_collection
from srs.collection.sitting import Sitting
from srs.collection.today import queue_for
from srs.due import milliseconds
from srs.scheduler import Grade
from srs.settings import read_settings
from srs.store.values import Choice
from tests.anki_profile import Profile, answer, find

if TYPE_CHECKING:
    from pathlib import Path

    from tests.learner import Learner


def test_what_was_answered_on_the_phone_is_asked_no_more_once_it_came_home(
    sailor: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANKI_BASE", str(tmp_path / "Anki2"))
    monkeypatch.setenv("SRS_DECKS", str(sailor.decks))
    monkeypatch.setenv("SRS_DB", str(sailor.store))
    config = tmp_path / "config.toml"
    config.write_text('anki = "User 1"\nsync_sittings = true\n', encoding="utf-8")
    profile = Profile(tmp_path / "Anki2")
    with profile.window():
        pass
    sailor.now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    sailor.srs("sync", "--anki", "User 1")
    with profile.window() as anki:
        answer(anki, "mile", 4)
        anki.sched.suspend_cards([find(anki, "red/c1")])
    here = context_with(*read_settings(config), config, Clock())
    with open_collection(sailor.decks, str(sailor.store), here.now(), here.settings) as collection:
        plan = collection.plan()
        sitting = Sitting(collection.store, collection.rules, queue_for(collection.store, plan, here.today()))
        asked = [sitting.read(card).name for card in sitting.queue.left]
        assert {"mile", "red/c1"} <= set(asked)
        meanwhile = begin_meanwhile(here, plan.choice)
        assert meanwhile
        assert meanwhile.process
        assert meanwhile.process.wait(120) == 0
        assert meanwhile.between(sitting) == ""
        assert [sitting.read(card).name for card in sitting.queue.left] == [
            name for name in asked if name not in {"mile", "red/c1"}
        ]
        assert meanwhile.between(sitting) == ""
        now = datetime.now().astimezone()
        sitting.answer(sitting.queue.left[0], Grade.GOOD, milliseconds(now), here.today(), 900)
        meanwhile.end()
        assert meanwhile.process.wait(120) == 0
    with profile.window() as anki:
        assert anki.db
        assert anki.db.scalar("SELECT count() FROM revlog WHERE ease = 3") == 1


def test_a_network_that_is_not_there_is_told_with_the_next_card(sailor: Learner) -> None:
    with open_collection(sailor.decks, str(sailor.store), datetime.now().astimezone()) as collection:
        sitting = Sitting(
            collection.store,
            collection.rules,
            queue_for(collection.store, collection.plan(), datetime.now().astimezone().date()),
        )
        meanwhile = Meanwhile(
            [sys.executable, "-S", "-c", "import sys; sys.exit('srs: no server')"],
            Choice(("ship",)),
            datetime.now().astimezone().date(),
        )
        meanwhile.begin()
        assert meanwhile.process
        meanwhile.process.wait(60)
        before = sitting.queue
        assert meanwhile.between(sitting) == "not exchanged: no server"
        assert sitting.queue == before


def test_there_is_none_where_nobody_wants_it(sailor: Learner, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("sync_sittings = true\n", encoding="utf-8")
    here = context_with(*read_settings(config), config, Clock())
    assert begin_meanwhile(here, Choice(("ship",))) is None
    assert sailor.srs("review", "--list")


def test_no_module_of_the_current_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cloned repository may hold a file that is called as one of ours, or as a library's."""
    for name in ("srs", "typer", "json", "rich", "tomllib"):
        (tmp_path / f"{name}.py").write_text(
            'open("owned", "w").close()\nraise SystemExit("owned")\n', encoding="utf-8"
        )
    monkeypatch.chdir(tmp_path)
    done = subprocess.run([*THIS_PROGRAM, "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "owned").exists()
