"""Anki's own sync server on loopback, and learners who log in there, at one computer or at several."""

from __future__ import annotations

import io
import os
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

from tests.exchange.devices import free_port, start_server, wait_for
from tests.learner import Learner, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from subprocess import Popen


@dataclass
class Place:
    """Where a sync server is, and how it is stopped and started; it knows u1 and u2."""

    folder: Path
    port: int
    process: Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        self.process = start_server(self.folder, 2, self.port)
        wait_for(self.port)

    def stop(self) -> None:
        """Stop it at once."""
        if self.process:
            self.process.kill()
            self.process.wait()


@contextmanager
def serving(folder: Path) -> Iterator[Place]:
    """Start a server, and stop it at the end."""
    place = Place(folder, free_port())
    place.start()
    try:
        yield place
    finally:
        place.stop()


def log_in(learner: Learner, *words: str, typed: str = "secret") -> Outcome:
    """Log in, with a password on standard input."""
    standard, sys.stdin = sys.stdin, io.StringIO(f"{typed}\n")
    try:
        return learner.types("login", *words, "--password-stdin")
    finally:
        sys.stdin = standard


def later(learner: Learner, seconds: int) -> None:
    """Let a learner's clock go on."""
    moment = datetime.fromisoformat(learner.now) + timedelta(seconds=seconds)
    learner.now = moment.isoformat(sep=" ", timespec="seconds")


@dataclass
class AtHome(Learner):
    """A learner at a computer with a home of its own, where keys and copies of accounts are kept."""

    def types(self, *arguments: str | Path) -> Outcome:
        """Run a command in that home, whatever comes of it."""
        before = os.environ["HOME"]
        os.environ["HOME"] = str(self.home / "home")
        try:
            return super().types(*arguments)
        finally:
            os.environ["HOME"] = before


def at_computers(learner: Learner, *names: str) -> Iterator[AtHome]:
    """Yield a learner at several computers, each with the same decks, on the real clock, as Anki is."""
    for name in names:
        home = learner.home / name
        for file in learner.decks.rglob("*.*"):
            copy = home / "decks" / file.relative_to(learner.decks)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
        yield AtHome(home, learner.capture, datetime.now().astimezone().isoformat(sep=" ", timespec="seconds"))


@dataclass
class Between:
    """A server that stands between learners and a true one, and hands on what they say, until `odd` says otherwise.

    `odd` is given the handler of each request, and answers whether it has answered it.
    """

    true: Place
    odd: Callable[[BaseHTTPRequestHandler], bool] | None = None
    asked: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        self.asked.append(handler.path)
        body = b"".join(_chunks(handler))
        if self.odd and self.odd(handler):
            return
        with closing(HTTPConnection("127.0.0.1", self.true.port)) as true:
            true.request("POST", handler.path, body, {name: handler.headers[name] for name in _HANDED_ON})
            answer = true.getresponse()
            said = answer.read()
        handler.send_response(answer.status)
        size = {name: value for name, value in answer.getheaders() if name == _SIZE}
        for name, value in (size | {"Content-Length": str(len(said))}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(said)


_SIZE = "anki-original-size"
_HANDED_ON = ("anki-sync", "content-type")


def _chunks(handler: BaseHTTPRequestHandler) -> Iterator[bytes]:
    while size := int(handler.rfile.readline(), 16):
        yield handler.rfile.read(size)
        handler.rfile.readline()
    handler.rfile.readline()


@contextmanager
def standing_between(true: Place) -> Iterator[Between]:
    """Stand between a true server and those who ask it, until the end."""
    between = Between(true)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            between.answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    between.port = server.server_port
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield between
    finally:
        server.shutdown()
        server.server_close()
