"""An exchange of a hundred answers each way with an account of Anki's, against two of Anki's own syncs."""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from benchmarks.collection import bring_up, fill, write_deck
from benchmarks.timing import Row
from exporters.anki.exchange.doors import Login
from srs.collection import answering
from srs.collection.exchange.exchanging import exchange
from srs.collection.exchange.opening import through_server
from srs.collection.exchange.terms import Terms
from srs.collection.rules import Leeches, Rules
from srs.deck import find_decks
from srs.due import milliseconds, moment_of
from srs.history import Review
from srs.history.force import InForce
from srs.scheduler import Grade
from srs.store.opening import open_store
from srs.store.tables import cards
from tests.exchange.devices import Device, free_port, start_server, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from srs.deck import Deck
    from srs.store.opening import Store

ANSWERS = 100
ROUNDS = 5
LENGTH = 20  # answers a card


@dataclass
class Sides:
    """A store, a server, and three devices: two that answer, one that only takes and gives."""

    store: Store
    place: Path
    decks: Mapping[str, Deck]
    login: Login
    phone: Device
    tablet: Device
    cards: Iterator[int]

    def exchange(self, *, upload: bool = False) -> None:
        """Exchange as `srs sync` does, once the library is loaded and the store is up to the decks."""
        terms = Terms(self.decks, Rules(InForce(), Leeches(), min), _day_of, milliseconds(datetime.now(UTC)))
        door = through_server(
            self.store, self.login, self.place / "copy", upload=upload, fresh=False, keep=lambda _: None
        )
        with door as opened:
            exchange(self.store, opened, terms)

    def answer_here(self) -> None:
        """Answer a hundred cards in the terminal."""
        at, rules = milliseconds(datetime.now(UTC)), Rules(InForce(), Leeches(), min)
        for number in range(ANSWERS):
            review = Review(at + number, datetime.now(UTC).date(), Grade.GOOD)
            answering.answer(self.store, next(self.cards), review, rules)


def _answer(device: Device, begin: int) -> None:
    """Answer the hundred cards from a number on, as Anki's scheduler does."""
    collection: Any = device.collection
    rows = collection.db.all("SELECT id FROM cards ORDER BY id LIMIT ? OFFSET ?", ANSWERS, begin * ANSWERS % 5_000)
    for (card_id,) in rows:
        card = collection.get_card(card_id)
        card.start_timer()
        states = collection._backend.get_scheduling_states(card.id)
        collection.sched.answer_card(collection.sched.build_answer(card=card, states=states, rating=2))


def _day_of(at: int) -> date:
    return moment_of(at).date()


def rows(place: Path, scale: float) -> list[Row]:
    """Exchange with an account of 50,000 notes and a million reviews."""
    notes = max(500, int(50_000 * scale))
    write_deck(place / "decks" / "bench", notes)
    port = free_port()
    server = start_server(place / "server", 1, port)
    address = f"http://127.0.0.1:{port}/"
    try:
        wait_for(port)
        with open_store(str(place / "srs.db")) as store:
            bring_up(store, place / "decks")
            fill(store, notes, LENGTH)
            return _measured(store, place, address, notes, server.pid)
    finally:
        server.kill()
        server.wait()


def _measured(store: Store, place: Path, address: str, notes: int, server: int) -> list[Row]:
    phone, tablet = (Device(place / name, "u1", address) for name in ("phone", "tablet"))
    key = phone.collection.sync_login("u1", "secret", address).hkey
    with store.reading() as connection:
        every = list(connection.scalars(select(cards.c.id).order_by(cards.c.id)))
    decks = {each.deck.namespace: each.deck for each in find_decks(place / "decks")[0]}
    sides = Sides(store, place, decks, Login(address, "u1", key, address), phone, tablet, iter(every))
    first = _timed(lambda: sides.exchange(upload=True))
    for device in (phone, tablet):
        device.sync()
    steps = count(2)

    def answered_there(device: Device) -> None:
        _answer(device, next(steps))

    ours, theirs = [], []
    for _ in range(ROUNDS):
        answered_there(phone)
        phone.sync()
        sides.answer_here()
        ours.append(_taken(sides.exchange, server))
        for device in (phone, tablet):
            device.sync()
        answered_there(phone)
        phone.sync()
        fetched = _taken(tablet.sync, server)
        answered_there(tablet)
        sent = _taken(tablet.sync, server)
        theirs.append((fetched[0] + sent[0], fetched[1] + sent[1]))
        phone.sync()
        sides.exchange()
    idle, plain = _nothing_new(sides.exchange), _nothing_new(tablet.sync)
    tablet.collection.close()
    size = f"{notes:,} notes and {notes * LENGTH:,} reviews"
    return [
        Row(
            f"first exchange of {size} with an empty account",
            "a device downloading it",
            first,
            _download(place, address),
        ),
        Row(
            f"exchange of {ANSWERS} answers each way, {size}",
            "two syncs of Anki's, fetching and sending as many",
            statistics.median(seconds for seconds, _ in ours),
            statistics.median(seconds for seconds, _ in theirs),
            aim=1.5,
        ),
        Row(
            "the same, seconds of CPU, the server's among them",
            "the same",
            statistics.median(cpu for _, cpu in ours),
            statistics.median(cpu for _, cpu in theirs),
            aim=1.5,
        ),
        Row(f"exchange with nothing new, {size}", "a sync of Anki's with nothing new", idle, plain),
        Row(f"exchange with nothing new, {size}", "two tenths of a second", idle, 0.2, aim=1),
    ]


def _download(place: Path, address: str) -> float:
    device = Device(place / "third", "u1", address)
    taken = _timed(device.sync)
    device.collection.close()
    return taken


def _nothing_new(work: Callable[[], object]) -> float:
    """Return the median seconds of a work, done over and over: by turns Anki's own syncs would carry settings about."""
    for _ in range(2):
        work()
    return statistics.median(_timed(work) for _ in range(ROUNDS))


def _cpu(server: int) -> float:
    """Return the seconds of CPU that this process and the server have had; without Linux's books, this one alone."""
    books = Path(f"/proc/{server}/task").glob("*/schedstat")
    return time.process_time() + sum(int(book.read_text(encoding="ascii").split()[0]) for book in books) / 1e9


def _timed(work: Callable[[], object]) -> float:
    return _taken(work)[0]


def _taken(work: Callable[[], object], server: int = 0) -> tuple[float, float]:
    """Return the seconds that a work takes by the clock, and those of CPU."""
    gc.collect()
    cpu, began = _cpu(server), time.perf_counter()
    work()
    return time.perf_counter() - began, _cpu(server) - cpu
