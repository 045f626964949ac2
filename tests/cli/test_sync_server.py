"""`srs sync` with a sync server of one's own: Anki's own server on loopback, and a phone beside it."""

from __future__ import annotations

import io
import stat
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.exchange.devices import Device, free_port, start_server, wait_for
from tests.learner import MILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.learner import Learner, Outcome


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A sync server that knows u1 and u2."""
    port = free_port()
    process = start_server(tmp_path / "server", 2, port)
    wait_for(port)
    yield f"http://127.0.0.1:{port}/"
    process.kill()
    process.wait()


@pytest.fixture
def today(sailor: Learner) -> Learner:
    """Somebody with a deck who lives on the real clock, as Anki does."""
    sailor.now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    return sailor


def log_in(learner: Learner, patch: pytest.MonkeyPatch, *words: str, typed: str = "secret") -> Outcome:
    patch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
    return learner.types("login", *words, "--password-stdin")


def test_an_account_on_a_server_of_ones_own_and_a_phone_agree(
    today: Learner, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way: a wrong password, an empty account, an upload, a phone, and back."""
    assert "refuses this name and password" in log_in(today, monkeypatch, "--server", server, "u1", typed="no").err
    assert log_in(today, monkeypatch, "--server", server, "u1").code == 0
    (key,) = (today.home / "home").rglob("login.json")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "secret" not in key.read_text(encoding="utf-8")
    today.srs("answer", "mile", "good")
    empty = today.types("sync")
    assert (empty.code, "--upload" in empty.err) == (1, True)
    assert "3 notes new, 1 review sent" in today.srs("sync", "--upload")
    assert "both sides agree" in today.srs("sync")

    phone = Device(tmp_path / "phone", "u1", server)
    phone.sync()
    assert (phone.cards()["mile"].due, phone.cards()["mile"].interval) == (1, 1)
    phone.act("answer", "red/c1", 3)
    phone.act("suspend", "anchor", 0)
    phone.sync()
    moment = datetime.fromisoformat(today.now) + timedelta(seconds=5)
    today.now = moment.isoformat(sep=" ", timespec="seconds")
    today.srs("answer", "anchor/c1", "easy")
    account = today.reads("sync")["account"]
    assert (account["here"]["reviews"], account["here"]["acts"], account["there"]["reviews"]) == (1, {"suspend": 1}, 1)
    phone.sync()
    assert today.cards()["red/c1"]["interval"] == phone.cards()["red/c1"].interval == 1
    assert {name for name, _ in phone.log()} == {"mile", "red/c1", "anchor/c1"}
    assert "both sides agree" in today.srs("sync", "--fresh")
    phone.collection.close()


@pytest.mark.slow
def test_an_account_that_a_phone_replaced_is_read_anew_and_gets_what_it_lacks(
    today: Learner, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The phone uploads a state from before the terminal's answers; nothing goes over it, and nothing is lost."""
    log_in(today, monkeypatch, "--server", server, "u1")
    today.srs("sync", "--upload")
    phone = Device(tmp_path / "phone", "u1", server)
    phone.sync()
    moment = datetime.now().astimezone() + timedelta(seconds=2)
    today.now = moment.isoformat(sep=" ", timespec="seconds")
    today.srs("answer", "mile", "good")
    today.srs("suspend", "anchor")
    assert "1 review sent" in today.srs("sync")
    phone.act("answer", "red/c1", 2)
    phone.collection.mod_schema(check=False)
    phone.replace_account()
    account = today.reads("sync")["account"]
    assert (account["here"]["reviews"], account["there"]["reviews"], account["here"]["acts"]) == (1, 1, {"resume": 1})
    assert today.cards()["anchor"]["state"] == "suspended"  # the row there is older than what was done here
    phone.sync()
    assert {name for name, _ in phone.log()} == {"mile", "red/c1"}
    assert phone.cards()["anchor"].queue == -1
    phone.collection.close()


@pytest.mark.slow
def test_a_server_that_is_gone_and_a_key_that_is_not_taken_cost_nothing(
    today: Learner, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(today, monkeypatch, "--server", server, "u2")
    today.srs("sync", "--upload")
    (key,) = (today.home / "home").rglob("login.json")
    whole = key.read_text(encoding="utf-8")
    today.srs("answer", "mile", "good")
    away = whole.replace(f'"endpoint": "{server}"', '"endpoint": "http://127.0.0.1:9/"')
    for text, said in ((away, "cannot be reached"), (whole.replace('"key": "', '"key": "0'), "srs login")):
        key.write_text(text, encoding="utf-8")
        failed = today.types("sync")
        assert (failed.code, failed.err.count("\n")) == (1, 1)
        assert said in failed.err
    key.write_text(whole, encoding="utf-8")
    assert "1 review sent" in today.srs("sync")


@pytest.mark.slow
def test_there_is_no_default_and_no_password_in_the_clear(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    none = log_in(learner, monkeypatch, "me")
    assert (none.code, "AnkiWeb lets no other programs in" in none.err) == (2, True)
    clear = log_in(learner, monkeypatch, "--server", "http://sync.example.org", "me")
    assert (clear.code, "--insecure" in clear.err) == (1, True)
    assert log_in(learner, monkeypatch, "--server", "ftp://sync.example.org", "me").code == 2
    assert "no key" in learner.srs("logout")
    learner.write("ship/sea.md", MILE)
    assert "no account is set" in learner.types("sync", "--upload").err
