"""What an exchange looks at, with a real collection on the other side: what has changed, and no more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from exporters.anki.exchange.account import Account
from exporters.anki.exchange.values import Row
from tests.anki_profile import Profile, answer, find
from tests.anki_server import later

if TYPE_CHECKING:
    from pathlib import Path

    from tests.learner import Learner

NOTES, LONG = 60, 5
AGED = ("UPDATE notes SET mod = mod - 259200", "UPDATE cards SET mod = mod - 259200")


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Profile:
    """The Anki on this computer, which was started once."""
    monkeypatch.setenv("ANKI_BASE", str(tmp_path / "Anki2"))
    found = Profile(tmp_path / "Anki2")
    with found.window():
        pass
    return found


def test_an_answer_on_each_side_has_neither_all_notes_read_nor_all_of_the_log(
    learner: Learner, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.now = (datetime.now().astimezone() - timedelta(hours=1)).isoformat(sep=" ", timespec="seconds")
    learner.write("ship/a.md", "\n\n".join(f"## Question {n}? {{#n{n}}}\n\nAnswer {n}." for n in range(NOTES)))
    for _ in range(LONG):
        learner.srs("answer", "n1", "good")
        learner.srs("answer", "n2", "good")
        later(learner, 60)
    learner.srs("sync", "--anki", "User 1")
    with profile.window() as anki:
        assert anki.db
        for query in AGED:  # since Anki's clock cannot be set, what was made is made to be of days ago
            anki.db.execute(query)
        answer(anki, "n1", 3)
    later(learner, 60)
    learner.srs("answer", "n2", "good")
    read: list[Any] = []
    monkeypatch.setattr(Account, "rows", _told(Account.rows, read))
    account = learner.reads("sync", "--anki", "User 1")["account"]
    assert (account["here"]["reviews"], account["there"]["reviews"]) == (1, 1)
    assert len(read) < NOTES
    assert _words(read) == []
    assert len([row for row in read if len(row) == len(("cid", *Row._fields))]) == 1


@pytest.mark.slow
def test_an_answer_of_long_ago_that_a_package_brought_after_a_sync_comes_home(
    learner: Learner, profile: Profile
) -> None:
    learner.now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    learner.write("ship/a.md", "## Question? {#n0}\n\nAnswer.")
    for usn in (5, 6):
        for _ in range(2):
            learner.srs("answer", "n0", "good")
            later(learner, 60)
        learner.srs("sync", "--anki", "User 1")
        with profile.window() as anki:
            assert anki.db
            for table in ("notes", "cards", "revlog"):  # as Anki's own sync, which leaves nothing unsent
                anki.db.execute(f"UPDATE {table} SET usn = ? WHERE usn = -1", usn)
            anki.db.execute("UPDATE col SET usn = ?", usn + 1)
    with profile.window() as anki:
        assert anki.db
        old = "SELECT id - 864000000, cid, -1, 3, 1, 1, 2500, 1000, 1 FROM revlog ORDER BY id LIMIT 1"
        anki.db.execute(f"INSERT INTO revlog {old}")
        anki.update_card(anki.get_card(find(anki, "n0")))
    later(learner, 60)
    assert learner.reads("sync", "--anki", "User 1")["account"]["here"]["reviews"] == 1


@pytest.mark.slow
def test_a_note_with_an_image_is_read_when_an_image_has_changed_and_else_not(
    learner: Learner, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = learner.decks / "ship" / "a.svg"
    learner.now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    learner.write("ship/a.md", "## Where? {#n0}\n\n![here](a.svg)")
    image.write_text("<svg/>", encoding="utf-8")
    learner.srs("sync", "--anki", "User 1")
    read: list[Any] = []
    monkeypatch.setattr(Account, "rows", _told(Account.rows, read))
    learner.srs("sync", "--anki", "User 1")
    assert _words(read) == []
    image.write_text("<svg><g/></svg>", encoding="utf-8")
    later(learner, 60)
    assert learner.reads("sync", "--anki", "User 1")["account"]["there"]["changed"] == ["ship:n0"]
    assert _words(read)
    read.clear()
    learner.srs("sync", "--anki", "User 1")
    assert _words(read) == []
    assert profile.cards()


def _words(read: list[Any]) -> list[str]:
    """Return what notes say, of all values that were read."""
    return [value for row in read for value in row if isinstance(value, str) and "\x1f" in value]


def _told(rows: Any, read: list[Any]) -> Any:  # noqa: ANN401 -- a method and its like
    def told(account: Account, query: str, *values: str | float) -> list[Any]:
        found: list[Any] = rows(account, query, *values)
        read.extend(found)
        return found

    return told
