"""A sync server that sends on, hangs, drips, or makes Anki's own library fail: told in time, and nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from threading import Event
from typing import TYPE_CHECKING

import pytest
import zstandard

from tests.anki_server import Between, later, log_in, serving, standing_between
from tests.exchange.devices import Device

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from tests.learner import Learner

pytestmark = pytest.mark.slow
META, CHANGES = "/sync/meta", "/sync/applyChanges"
LITTLE_MEMORY = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000,) * 2)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from srs.cli.main import main
main()
"""


@pytest.fixture
def between(tmp_path: Path) -> Iterator[Between]:
    """A server before a true one, that does as it is told."""
    with serving(tmp_path / "server") as true, standing_between(true) as found:
        yield found


@pytest.fixture
def known(today: Learner, between: Between, tmp_path: Path) -> Iterator[tuple[Learner, Device]]:
    """A learner and a phone that have agreed, and an answer on each side since."""
    assert log_in(today, "--server", between.address, "u1").code == 0
    today.srs("sync", "--upload")
    phone = Device(tmp_path / "phone", "u1", between.true.address)
    phone.sync()
    phone.act("answer", "red/c1", 2)
    phone.sync()
    later(today, 2)
    today.srs("answer", "mile", "good")
    yield today, phone
    phone.collection.close()


def failed(learner: Learner) -> str:
    """Run an exchange that must fail in one sentence, and return that."""
    outcome = learner.types("sync")
    assert (outcome.code, outcome.err.count("\n")) == (1, 1), outcome
    return outcome.err


def completed(between: Between, learner: Learner, phone: Device) -> None:
    """Let the next run complete: each answer is on both sides, once."""
    between.odd = None
    later(learner, 2)
    learner.srs("sync")
    phone.sync()
    assert sorted(name for name, _ in phone.log()) == ["mile", "red/c1"]
    assert sorted(learner.progress()) == ["mile", "red/c1"]
    assert "both sides agree" in learner.srs("sync")
    assert learner.srs("doctor")


def sends_on(to: str) -> Callable[[BaseHTTPRequestHandler], bool]:
    """Say that the account is to be asked for elsewhere."""

    def odd(handler: BaseHTTPRequestHandler) -> bool:
        if handler.path != META:
            return False
        handler.send_response(308)
        handler.send_header("Location", to)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return True

    return odd


def hangs(handler: BaseHTTPRequestHandler) -> bool:
    """Say nothing for longer than anybody waits."""
    Event().wait(60 if handler.path == META else 0)
    return handler.path == META


def drips(handler: BaseHTTPRequestHandler) -> bool:
    """Say a little, again and again."""
    if handler.path != META:
        return False
    packer, pause = zstandard.ZstdCompressor().compressobj(), Event()
    handler.send_response(200)
    handler.send_header("anki-original-size", "100000")
    handler.end_headers()
    try:
        while not pause.wait(0.05):
            handler.wfile.write(packer.compress(b" ") + packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK))
    except OSError:
        return True
    return True


def test_a_server_may_send_on_to_another_port_and_nowhere_else(known: tuple[Learner, Device], between: Between) -> None:
    learner, phone = known
    (key,) = (learner.home / "home").rglob("login.json")
    before = key.read_bytes()
    elsewhere = f"http://localhost:{between.true.port}/"
    between.odd = sends_on(elsewhere)
    assert f"sends on to {elsewhere}, to which you did not log in" in failed(learner)
    assert key.read_bytes() == before
    assert "did not log in" in log_in(learner, "--server", between.address, "u1").err
    assert key.read_bytes() == before
    between.odd = sends_on(between.true.address)
    later(learner, 2)
    learner.srs("sync")
    assert between.true.address in key.read_text(encoding="utf-8")
    completed(between, learner, phone)
    asked = len(between.asked)
    learner.srs("sync")
    assert len(between.asked) == asked


@pytest.mark.parametrize("odd", [hangs, drips])
def test_a_server_that_comes_to_no_end_is_told_in_time(
    known: tuple[Learner, Device],
    between: Between,
    monkeypatch: pytest.MonkeyPatch,
    odd: Callable[[BaseHTTPRequestHandler], bool],
) -> None:
    learner, phone = known
    between.odd = odd
    with monkeypatch.context() as patch:
        patch.setattr("exporters.anki.exchange.server.ORDINARY", 0.6)
        patch.setattr("exporters.anki.exchange.doors.QUICK", 0.6)
        assert "has not come to an end in 0.01 minutes; nothing is lost" in failed(learner)
        assert "has not come to an end" in log_in(learner, "--server", between.address, "u1").err
    completed(between, learner, phone)


@pytest.mark.parametrize("odd", [hangs, drips])
def test_ctrl_c_ends_an_exchange_that_waits_for_a_server(
    known: tuple[Learner, Device], between: Between, odd: Callable[[BaseHTTPRequestHandler], bool]
) -> None:
    learner, phone = known

    def interrupted(handler: BaseHTTPRequestHandler) -> bool:
        if handler.path == META:
            os.kill(os.getpid(), signal.SIGINT)
        return odd(handler)

    between.odd = interrupted
    assert learner.types("sync").code == 130
    completed(between, learner, phone)


def test_a_server_that_makes_the_library_abort_damages_nothing(known: tuple[Learner, Device], between: Between) -> None:
    """The library takes the memory that a header asks for at once, and ends the process where there is less."""
    learner, phone = known

    def asks_for_much(handler: BaseHTTPRequestHandler) -> bool:
        if handler.path != CHANGES:
            return False
        handler.send_response(200)
        handler.send_header("anki-original-size", "4000000000")
        handler.end_headers()
        return True

    between.odd = asks_for_much
    words = ["--decks", str(learner.decks), "--db", str(learner.store), "--now", learner.now, "sync"]
    environment = os.environ | {"HOME": str(learner.home / "home"), "RUST_BACKTRACE": "0"}
    done = subprocess.run(
        [sys.executable, "-c", LITTLE_MEMORY, *words], env=environment, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGABRT, done.stderr[-2000:]
    assert CHANGES in between.asked
    completed(between, learner, phone)


@pytest.mark.parametrize("interrupt", [False, True])
def test_pictures_that_do_not_get_through_keep_nobody_waiting(
    known: tuple[Learner, Device], between: Between, monkeypatch: pytest.MonkeyPatch, *, interrupt: bool
) -> None:
    """What was answered went before them."""
    learner, phone = known
    learner.write("ship/flag.png", b"\x89PNG\r\n\x1a\n" + bytes(64))
    learner.write("ship/flag.md", "## Which flag? {#flag}\n\n![](flag.png)\n")

    def hangs_with_pictures(handler: BaseHTTPRequestHandler) -> bool:
        if not handler.path.startswith("/msync"):
            return False
        if interrupt:
            os.kill(os.getpid(), signal.SIGINT)
        Event().wait(60)
        return True

    between.odd = hangs_with_pictures
    began = time.monotonic()
    with monkeypatch.context() as patch:
        patch.setattr("exporters.anki.exchange.server._LONGEST", 4000 if interrupt else 10)
        outcome = learner.types("sync")
    assert outcome.code == (130 if interrupt else 1)
    assert interrupt or "the pictures have not all reached the sync server in 0.5 s" in outcome.err
    assert time.monotonic() - began < 20
    completed(between, learner, phone)
    server = [file for file in (learner.home / "server").rglob("*") if file.is_file() and "media" in str(file)]
    assert any(file.read_bytes().startswith(b"\x89PNG") for file in server)
