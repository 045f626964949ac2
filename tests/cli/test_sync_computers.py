"""Two computers of one learner exchange with one account by turns, with a common history folder and without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.anki_server import AtHome, Place, at_computers, later, log_in, serving
from tests.exchange.devices import Device

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.learner import Learner

pytestmark = pytest.mark.slow
OTHERWISE = "1 card stood otherwise there, and no answer says why: computers"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Place]:
    """A sync server that knows u1."""
    with serving(tmp_path / "server") as place:
        yield place


@pytest.fixture
def two(sailor: Learner, server: Place) -> tuple[AtHome, AtHome]:
    """A learner at two computers, both logged in; the account holds the deck, with an answer from the first."""
    one, other = at_computers(sailor, "a", "b")
    for each in (one, other):
        assert log_in(each, "--server", server.address, "u1").code == 0
    one.srs("answer", "mile", "good")
    assert "1 review sent" in one.srs("sync", "--upload")
    later(one, 60)
    later(other, 60)
    return one, other


def exchanged(learner: AtHome) -> dict[str, Any]:
    """Exchange a minute later, and return what was done there and here."""
    later(learner, 60)
    account = learner.reads("sync")["account"]
    return {what: found for side in ("there", "here") for what, found in account[side].items() if found}


def test_without_a_common_folder_an_undo_is_known_to_one_of_them_and_each_says_so(two: tuple[AtHome, AtHome]) -> None:
    one, other = two
    assert exchanged(other) == {"reviews": 1}
    assert other.cards()["mile"]["interval"] == 1
    one.srs("undo")
    assert exchanged(one) == {"scheduled": 1}
    later(other, 60)
    assert OTHERWISE in other.srs("sync", "--dry-run")
    said = other.srs("sync")
    assert OTHERWISE in said
    assert other.cards()["mile"]["interval"] == 1
    assert exchanged(one) == {"scheduled": 1, "otherwise": 1}
    assert one.cards()["mile"]["state"] == "new"


def test_with_a_common_folder_undo_adoption_and_deletion_are_known_to_both(
    two: tuple[AtHome, AtHome], server: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    (tmp_path / "carried").mkdir()
    monkeypatch.setenv("SRS_HISTORY", str(tmp_path / "carried"))
    one.srs("sync", "--offline")
    assert exchanged(other) == {}  # the answer had come by the folder
    one.srs("undo")
    assert exchanged(one) == {"scheduled": 1}
    assert exchanged(other) == {}

    for each in two:
        each.edit("ship/sea.md", "{#red}", "{#light}")
    later(one, 60)
    one.srs("sync", "--offline")
    one.srs("adopt", "red", "light")
    assert exchanged(one) == {"changed": ["ship:light"]}
    assert exchanged(other) == {}

    phone = Device(tmp_path / "phone", "u1", server.address)
    phone.sync()
    phone.act("delete", "mile", 0)
    phone.sync()
    assert [each["note"] for each in exchanged(one)["deleted"]] == ["ship:mile"]
    assert list(exchanged(other)) == ["deleted"]
    assert other.cards()["mile"]["state"] == "suspended"
    phone.sync()
    assert "mile" not in phone.cards()
    assert sorted(phone.cards()) == ["anchor", "anchor/c1", "anchor/c2", "anchor/c3", "light", "light/c1"]
    for each in two:
        assert exchanged(each) == {}
        assert each.srs("doctor")
    phone.collection.close()
