"""One history with Anki where the store is a schema of a server: both doors."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tests.anki_profile import Profile, answer, find
from tests.anki_server import later, log_in, serving
from tests.exchange.devices import Device

if TYPE_CHECKING:
    from pathlib import Path

    from tests.server.student import Student


@pytest.fixture
def today(student: Student) -> Student:
    """The student on the real clock, as Anki is, with an answer and a suspension."""
    student.now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    student.srs("answer", "mile", "good")
    student.srs("suspend", "red/c2")
    later(student, 60)
    return student


def test_the_anki_on_this_computer(today: Student, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANKI_BASE", str(tmp_path / "Anki2"))
    profile = Profile(tmp_path / "Anki2")
    with profile.window():
        pass
    words = ("sync", "--anki", "User 1")
    assert "3 notes new, 1 review sent" in today.srs(*words, "--dry-run")
    assert profile.cards() == {}
    assert "3 notes new, 1 review sent" in today.srs(*words)
    there = profile.cards()
    assert (there["mile"].due, there["mile"].interval, there["red/c2"].queue) == (1, 1, -1)
    with profile.window() as anki:
        answer(anki, "red/c1", 4)
        anki.sched.unsuspend_cards([find(anki, "red/c2")])
        anki.sched.set_due_date([find(anki, "anchor")], "5")
    later(today, 60)
    assert "1 review came home, 1 card set by hand, 1 card resumed" in today.srs(*words, "--dry-run")
    here = today.reads(*words)["account"]["here"]
    assert (here["reviews"], here["acts"]) == (1, {"resume": 1, "set": 1})
    assert today.cards()["anchor"]["interval"] == profile.cards()["anchor"].interval
    assert "both sides agree" in today.srs(*words)
    assert today.srs("doctor")


def test_a_sync_server_of_ones_own(today: Student, tmp_path: Path) -> None:
    with serving(tmp_path / "sync") as place:
        assert log_in(today, "--server", place.address, "u1").code == 0
        assert "3 notes new, 1 review sent" in today.srs("sync", "--upload")
        phone = Device(tmp_path / "phone", "u1", place.address)
        phone.sync()
        phone.act("answer", "red/c1", 3)
        phone.sync()
        later(today, 60)
        today.srs("answer", "anchor", "easy")
        account = today.reads("sync")["account"]
        assert (account["here"]["reviews"], account["there"]["reviews"]) == (1, 1)
        phone.sync()
        assert sorted(name for name, _ in phone.log()) == ["anchor", "mile", "red/c1"]
        assert today.cards()["red/c1"]["interval"] == phone.cards()["red/c1"].interval
        assert "both sides agree" in today.srs("sync", "--fresh")
        phone.collection.close()
