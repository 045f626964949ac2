"""`srs sync` with a sync server of one's own: Anki's own server on loopback, and a phone beside it."""

from __future__ import annotations

import json
import os
import stat
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from exporters.anki.exchange.server import Server
from tests.anki_profile import Profile, find
from tests.anki_server import Place, later, log_in, serving
from tests.exchange.devices import Device, preload
from tests.learner import MILE
from tests.terminal.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.learner import Learner


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A sync server that knows u1 and u2."""
    with serving(tmp_path / "server") as found:
        yield found


@pytest.fixture
def server(place: Place) -> str:
    """Its address."""
    return place.address


def before_sending(patch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let something happen once, after the account was read and before what was written goes out."""
    send, once = Server.send, [act]

    def sent(self: Server, *, media: bool) -> None:
        if once:
            once.pop()()
        send(self, media=media)

    patch.setattr(Server, "send", sent)


def failed(learner: Learner, *words: str) -> str:
    """Run an exchange that must fail in one sentence, and return that."""
    outcome = learner.types("sync", *words)
    assert (outcome.code, outcome.err.count("\n")) == (1, 1), outcome
    assert "Traceback" not in outcome.err
    return outcome.err


def completed(learner: Learner, phone: Device, answered: set[str]) -> None:
    """Let the next run complete, and hold both logs against each other: each answer stands there once."""
    later(learner, 2)
    learner.srs("sync")
    phone.sync()
    for log in ([name for name, _ in phone.log()], [line["card"] for line in log_of(learner) if "grade" in line]):
        assert sorted(log) == sorted(answered)
    assert "both sides agree" in learner.srs("sync")
    assert learner.srs("doctor")


def log_of(learner: Learner) -> list[dict[str, str]]:
    """Return the log's lines."""
    return [json.loads(line) for line in learner.srs("log", "export", "-").splitlines()]


def test_an_account_on_a_server_of_ones_own_and_a_phone_agree(today: Learner, server: str, tmp_path: Path) -> None:
    """The whole way: a wrong password, an empty account, an upload, a phone, and back."""
    assert "refuses this name and password" in log_in(today, "--server", server, "u1", typed="no").err
    assert log_in(today, "--server", server, "u1").code == 0
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
    today: Learner, server: str, tmp_path: Path
) -> None:
    """The phone uploads a state from before the terminal's answers; nothing goes over it, and nothing is lost."""
    log_in(today, "--server", server, "u1")
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
def test_a_server_that_is_gone_and_a_key_that_is_not_taken_cost_nothing(today: Learner, server: str) -> None:
    log_in(today, "--server", server, "u2")
    today.srs("sync", "--upload")
    (key,) = (today.home / "home").rglob("login.json")
    whole = key.read_text(encoding="utf-8")
    today.srs("answer", "mile", "good")
    away = whole.replace(f'"endpoint": "{server}"', '"endpoint": "http://127.0.0.1:9/"')
    unreached = f"srs: the sync server {server} cannot be reached: error sending request; nothing is lost"
    for text, said in ((away, unreached), (whole.replace('"key": "', '"key": "0'), "srs login")):
        key.write_text(text, encoding="utf-8")
        failed = today.types("sync")
        assert (failed.code, failed.err.count("\n")) == (1, 1)
        assert said in failed.err
    key.write_text(whole, encoding="utf-8")
    assert "1 review sent" in today.srs("sync")


@pytest.mark.slow
def test_there_is_no_default_and_no_password_in_the_clear(learner: Learner) -> None:
    none = log_in(learner, "me")
    assert (none.code, "AnkiWeb lets no other programs in" in none.err) == (2, True)
    clear = log_in(learner, "--server", "http://sync.example.org", "me")
    assert (clear.code, "--insecure" in clear.err) == (1, True)
    assert log_in(learner, "--server", "ftp://sync.example.org", "me").code == 2
    open_way = log_in(learner, "--server", "http://127.0.0.2:9", "me", "--insecure")
    assert (open_way.code, "server http://127.0.0.2:9/ cannot be reached: " in open_way.err) == (1, True)
    assert "no key" in learner.srs("logout")
    learner.write("ship/sea.md", MILE)
    assert "no account is set" in learner.types("sync", "--upload").err


@pytest.mark.slow
@pytest.mark.parametrize("again", [True, False])
def test_a_server_that_stops_or_starts_anew_in_the_middle_costs_nothing(
    today: Learner, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, again: bool
) -> None:
    log_in(today, "--server", place.address, "u1")
    today.srs("sync", "--upload")
    phone = Device(tmp_path / "phone", "u1", place.address)
    phone.sync()
    phone.act("answer", "red/c1", 2)
    phone.sync()
    later(today, 2)
    today.srs("answer", "mile", "good")

    def restarted() -> None:
        place.stop()
        if again:
            place.start()

    before_sending(monkeypatch, restarted)
    if again:
        assert "1 review came home" in today.srs("sync")
    else:
        assert "cannot be reached" in failed(today)
        place.start()
    completed(today, phone, {"mile", "red/c1"})
    phone.collection.close()


@pytest.mark.slow
def test_an_account_is_filled_by_the_next_run_where_the_first_was_cut_off(
    today: Learner, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(today, "--server", place.address, "u1")
    before_sending(monkeypatch, place.stop)
    assert "cannot be reached" in failed(today, "--upload")
    place.start()
    today.srs("sync", "--upload")
    phone = Device(tmp_path / "phone", "u1", place.address)
    phone.sync()
    assert phone.names() == sorted(today.cards())
    assert "both sides agree" in today.srs("sync")
    phone.collection.close()


@pytest.mark.slow
def test_an_account_that_is_replaced_in_the_middle_is_read_anew_by_the_next_run(
    today: Learner, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(today, "--server", server, "u1")
    today.srs("sync", "--upload")
    phone = Device(tmp_path / "phone", "u1", server)
    phone.sync()
    phone.act("answer", "red/c1", 2)
    phone.collection.mod_schema(check=False)
    later(today, 2)
    today.srs("answer", "mile", "good")
    before_sending(monkeypatch, phone.replace_account)
    assert "replaced by another device meanwhile; run again" in failed(today)
    completed(today, phone, {"mile", "red/c1"})
    phone.collection.close()


@pytest.mark.slow
@pytest.mark.parametrize("minutes", [-5.5, 5.5])
def test_a_clock_that_is_more_than_five_minutes_wrong_is_told_and_costs_nothing(
    today: Learner, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, minutes: float
) -> None:
    """A server does not take what another clock says; once both say the same, the next run completes."""
    library = preload()
    if library is None:
        pytest.skip("libfaketime is not installed")
    log_in(today, "--server", place.address, "u1")
    today.srs("sync", "--upload")
    phone = Device(tmp_path / "phone", "u1", place.address)
    phone.sync()
    later(today, 2)
    today.srs("answer", "mile", "good")
    with monkeypatch.context() as patch:
        patch.setenv("LD_PRELOAD", str(library))
        patch.setenv("FAKETIME", f"{minutes * 60:+.0f}")
        patch.setenv("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        place.stop()
        place.start()
    assert "clock" in failed(today)
    place.stop()
    place.start()
    completed(today, phone, {"mile"})
    phone.collection.close()


@pytest.mark.slow
def test_there_is_one_door_at_a_time_and_what_was_agreed_on_is_kept_for_each(
    today: Learner, profile: Profile, server: str
) -> None:
    log_in(today, "--server", server, "u1")
    assert "3 notes new" in today.srs("sync", "--upload")
    assert "3 notes new" in today.srs("sync", "--anki", "User 1")
    with profile.window() as anki:
        anki.sched.suspend_cards([find(anki, "mile")])
    later(today, 60)
    assert today.srs("sync", "--anki", "User 1").endswith("here:  1 card suspended\n")
    assert today.srs("sync").endswith("there: 1 suspended\n")
    today.write("../config.toml", 'anki = "User 1"\n')
    config = ("--config", str(today.home / "config.toml"))
    both = today.types(*config, "sync")
    assert (both.code, "two doors are set" in both.err) == (1, True)
    assert "forgot the key" in today.srs("logout")
    assert not [*(today.home / "home").rglob("login.json")]
    assert "with Anki's profile User 1:\n  both sides agree" in today.srs(*config, "sync")


@pytest.mark.slow
def test_an_account_that_holds_something_is_never_overwritten_whatever_is_asked_for(
    today: Learner, server: str, tmp_path: Path
) -> None:
    """Neither by another computer's `--upload`, nor by an upload after the copy of the account was thrown away."""
    log_in(today, "--server", server, "u1")
    phone = Device(tmp_path / "phone", "u1", server)
    phone.collection.add_note(phone.collection.new_note(phone.collection.models.by_name("Basic")), 1)
    phone.fill_account()
    assert "3 notes new" in today.srs("sync", "--upload")
    assert "both sides agree" in today.srs("sync", "--upload", "--fresh")
    phone.sync()
    assert (phone.collection.note_count(), phone.one_ways) == (4, 0)
    phone.collection.close()


@pytest.mark.slow
def test_a_password_is_not_shown_while_it_is_typed(sailor: Learner) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SRS_")}
    window = Window(["login", "--server", "http://127.0.0.1:9/", "me"], environment | {"TERM": "xterm"})
    window.until("Password")
    window.until_hidden()
    window.press("open sesame\r")
    window.until("cannot be reached")
    assert window.ends() == 1
    assert b"sesame" not in window.raw
    assert sailor.types("login", "--server", "http://127.0.0.1:9/", "me").code == 2
