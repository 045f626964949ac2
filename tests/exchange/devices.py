"""A phone, a tablet and a terminal: Anki's own library against Anki's own sync server, on a clock to be set."""

from __future__ import annotations

import io
import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from typing import Any

from anki.collection import Collection
from anki.errors import NetworkError

from tests.anki_profile import answer, card_name, cards_of, find

PRELOADS = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/local/lib/faketime/libfaketime.so.1")
ONE_WAY, DOWNLOAD, UPLOAD = 2, 3, 4
HISTORY = (
    "SELECT n.flds, c.ord, r.id FROM revlog r JOIN cards c ON c.id = r.cid JOIN notes n ON n.id = c.nid"
    " WHERE r.ease > 0"
)


def preload() -> Path | None:
    """Return the library that sets a process's clock, where it is installed."""
    found = [file for pattern in PRELOADS for file in Path("/").glob(pattern.removeprefix("/"))]
    return found[0] if found else None


@dataclass
class Clock:
    """The clock of this process and of those that it starts, ahead of the real one; it only goes forward."""

    file: Path
    ahead: int = 0

    def environment(self) -> dict[str, str]:
        """Return the variables under which a process keeps this clock."""
        library = preload()
        assert library, "libfaketime is not installed: apt-get install faketime"
        return {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def forward(self, seconds: int) -> None:
        """Let some seconds pass."""
        self.ahead += seconds
        self.file.write_text(f"+{self.ahead}\n", encoding="utf-8")


def start_server(folder: Path, users: int, port: int) -> subprocess.Popen[bytes]:
    """Start Anki's sync server on loopback with so many accounts, `u1` and so on."""
    names = {f"SYNC_USER{number}": f"u{number}:secret" for number in range(1, users + 1)}
    place = {"SYNC_HOST": "127.0.0.1", "SYNC_PORT": str(port), "SYNC_BASE": str(folder), "RUST_LOG": "error"}
    return subprocess.Popen(
        [sys.executable, "-m", "anki.syncserver"],
        env=os.environ | names | place,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until a server listens."""
    for _ in range(2000):
        with socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        select.select([], [], [], 0.05)  # a sleep that a set clock does not disturb
    raise TimeoutError("the sync server does not listen")


@dataclass
class Device:
    """A collection that syncs with the server, and never overwrites the account there.

    `one_ways` counts how often it was told to take the whole account: once when it is new, and never by an exchange.
    """

    folder: Path
    user: str
    server: str
    collection: Any = None
    auth: Any = None
    one_ways: int = 0

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        self.collection = Collection(str(self.folder / "collection.anki2"))

    def sync(self) -> None:
        """Sync as Anki does; where it asks for one way, take the account as it is."""
        if self.auth is None:
            self.auth = self.collection.sync_login(self.user, "secret", self.server)
        done = self.collection.sync_collection(self.auth, False)
        if done.required in (ONE_WAY, DOWNLOAD):
            self.one_ways += 1
            self.collection.close_for_full_sync()
            self.collection.full_upload_or_download(auth=self.auth, server_usn=done.server_media_usn, upload=False)
            self.collection.reopen(after_full_sync=True)

    def fill_account(self) -> None:
        """Put this collection into an account that is empty."""
        self.auth = self.collection.sync_login(self.user, "secret", self.server)
        done = self.collection.sync_collection(self.auth, False)
        assert done.required == UPLOAD
        self.collection.close_for_full_sync()
        self.collection.full_upload_or_download(auth=self.auth, server_usn=done.server_media_usn, upload=True)
        self.collection.reopen(after_full_sync=True)

    def replace_account(self) -> None:
        """Put this collection in the place of the account, as a learner may who is asked which of both shall stay."""
        done = self.collection.sync_collection(self.auth, False)
        assert done.required == ONE_WAY
        self.collection.close_for_full_sync()
        self.collection.full_upload_or_download(auth=self.auth, server_usn=done.server_media_usn, upload=True)
        self.collection.reopen(after_full_sync=True)

    def cards(self) -> dict[str, Any]:
        """Return our cards by their ids."""
        return cards_of(self.collection)

    def names(self) -> list[str]:
        """Return the ids of our cards."""
        return sorted(self.cards())

    def log(self) -> list[tuple[str, int]]:
        """Return the answers in the review log by their cards' ids."""
        return [(card_name(text, place), at) for text, place, at in self.collection.db.all(HISTORY)]

    def act(self, what: str, name: str, number: int) -> None:
        """Do something to a card: one of `ACTS`."""
        ACTS[what](self.collection, name, find(self.collection, name), number)


def _undo(collection: Any, _name: str, _card: int, _number: int) -> None:  # noqa: ANN401 -- a collection of Anki's
    if collection.undo_status().undo:
        collection.undo()


def _filter(collection: Any, _name: str, card: int, _number: int) -> None:  # noqa: ANN401 -- as above
    deck = collection.sched.get_or_create_filtered_deck(0)
    deck.config.search_terms[0].search = f"cid:{card}"
    collection.sched.add_or_update_filtered_deck(deck)


def _empty(collection: Any, _name: str, _card: int, _number: int) -> None:  # noqa: ANN401 -- as above
    for deck in collection.decks.all_names_and_ids():
        if collection.decks.is_filtered(deck.id):
            collection.sched.empty_filtered_deck(deck.id)


def _edit(collection: Any, _name: str, card: int, number: int) -> None:  # noqa: ANN401 -- as above
    note = collection.get_card(card).note()
    note["Extra"] = f"<p>Edited {number % 3}.</p>"
    collection.update_note(note)


def _tag(collection: Any, _name: str, card: int, number: int) -> None:  # noqa: ANN401 -- as above
    note = collection.get_card(card).note()
    note.add_tag(f"own{number % 2}")
    collection.update_note(note)


def _due(collection: Any, _name: str, card: int, number: int) -> None:  # noqa: ANN401 -- as above
    collection.sched.set_due_date([card], str(number % 9) + ("!" if number % 2 else ""))


ACTS: dict[str, Callable[[Any, str, int, int], object]] = {
    "answer": lambda anki, name, _, number: answer(anki, name, number % 4 + 1),
    "undo": _undo,
    "suspend": lambda anki, _, card, __: anki.sched.suspend_cards([card]),
    "unsuspend": lambda anki, _, card, __: anki.sched.unsuspend_cards([card]),
    "bury": lambda anki, _, card, __: anki.sched.bury_cards([card], manual=True),
    "forget": lambda anki, _, card, __: anki.sched.schedule_cards_as_new([card]),
    "due": _due,
    "filter": _filter,
    "empty": _empty,
    "edit": _edit,
    "tag": _tag,
    "move": lambda anki, _, card, __: anki.set_deck([card], anki.decks.id("Elsewhere")),
    "flag": lambda anki, _, card, number: anki.set_user_flag_for_cards(number % 3, [card]),
    "delete": lambda anki, _, card, __: anki.remove_notes([anki.get_card(card).nid]),
}


@dataclass
class Terminal:
    """A learner's terminal, with a home, decks and a store of its own."""

    home: Path
    texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.home / "decks" / "ship").mkdir(parents=True)
        (self.home / "decks" / "ship" / "deck.toml").write_text('name = "Ship"\nnamespace = "ship"\n', encoding="utf-8")

    def write(self) -> None:
        """Write the notes, in two chapters."""
        chapters: dict[str, list[str]] = {"a.md": [], "b.md": []}
        for name, text in self.texts.items():
            chapters["b.md" if name.endswith("!") else "a.md"].append(text)
        for chapter, notes in chapters.items():
            (self.home / "decks" / "ship" / chapter).write_text("\n\n".join(notes) + "\n", encoding="utf-8")

    def srs(self, *words: str) -> tuple[int, str, str]:
        """Run a command as typed; return its exit code and what it said."""
        from srs.cli.main import run  # noqa: PLC0415 -- after the clock is set

        out, err = io.StringIO(), io.StringIO()
        os.environ["HOME"] = str(self.home)
        with redirect_stdout(out), redirect_stderr(err):
            code = run(["--decks", str(self.home / "decks"), "--db", str(self.home / "srs.db"), *words])
        return code, out.getvalue(), err.getvalue()

    def reads(self, *words: str) -> Any:  # noqa: ANN401 -- whatever JSON the command prints
        """Run a command with --json, and return what it printed as values."""
        code, out, err = self.srs(*words, "--json")
        assert code == 0, (words, code, out, err)
        return json.loads(out)

    def cards(self) -> dict[str, Any]:
        """Return the cards by their ids, retired ones included."""
        return {card["id"]: card for card in self.reads("cards", "--retired")}


@contextmanager
def unreachable(home: Path) -> Iterator[None]:
    """Let the terminal's server be out of reach for a while."""
    file = home / ".local" / "share" / "srs" / "account" / "login.json"
    whole = file.read_text(encoding="utf-8")
    away = json.loads(whole)
    away["endpoint"] = "http://127.0.0.1:9/"
    file.write_text(json.dumps(away), encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(whole, encoding="utf-8")


__all__ = ["Clock", "Device", "NetworkError", "Terminal", "preload", "start_server", "unreachable"]
