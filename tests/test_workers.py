"""What several processes make is what one process makes, whatever becomes of those."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import active_children

import pytest

from srs import workers
from srs.workers import shared

THINGS = [str(place) for place in range(9)]
HERE = os.getpid()
ALONE = workers._alone


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be worth it to divide the work."""
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    monkeypatch.setattr(workers, "_alone", lambda: True)  # whatever other tests have left behind


def made(thing: str) -> tuple[str, bool]:
    """Return which thing it is, and whether this was made by the process that asks for it."""
    return thing, os.getpid() == HERE


def children() -> set[int | None]:
    """Return the processes that this one has begun and that have not ended."""
    return {child.pid for child in active_children()}


@pytest.mark.slow
def test_each_comes_in_its_turn_and_what_is_passed_over_is_dropped() -> None:
    before = children()
    with shared(made, THINGS, much=True) as found:
        assert len(children() - before) == 2
        assert [found.of(thing) for thing in THINGS[:4]] == [(str(place), False) for place in range(4)]
        assert found.of(THINGS[7]) == ("7", False)
        assert found.of(THINGS[2]) == ("2", True)
        assert found.of("new") == ("new", True)
        assert found.of(THINGS[8]) == ("8", False)
    assert children() <= before


@pytest.mark.slow
def test_what_a_worker_does_not_do_is_done_here() -> None:
    def fails(thing: str) -> tuple[str, bool]:
        if thing is THINGS[3] and os.getpid() != HERE:
            os._exit(1)
        return made(thing)

    with shared(fails, THINGS, much=True) as found:
        assert [found.of(thing) for thing in THINGS] == [(str(place), place > 2) for place in range(9)]

    def raises(thing: str) -> tuple[str, bool]:
        if thing is THINGS[1]:
            raise ZeroDivisionError
        return made(thing)

    with shared(raises, THINGS, much=True) as found, pytest.raises(ZeroDivisionError):
        _ = [found.of(thing) for thing in THINGS]


def test_where_there_are_no_processes_one_does_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: str) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr("multiprocessing.get_context", refused)
    with shared(made, THINGS, much=True) as found:
        assert [found.of(thing) for thing in THINGS] == [(str(place), True) for place in range(9)]


def test_little_is_made_at_once() -> None:
    before = children()
    with shared(made, THINGS, much=False) as found:
        assert children() <= before
        assert found.of(THINGS[0]) == ("0", True)


def test_where_another_thread_works_the_process_is_not_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    """What that has locked just then would stay locked in the worker."""
    monkeypatch.setattr(workers, "_alone", ALONE)
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    try:
        with shared(made, THINGS, much=True) as found:
            assert found.of(THINGS[0]) == ("0", True)
    finally:
        over.set()
        other.join()


@pytest.mark.slow
def test_a_worker_heeds_no_signal_as_a_sitting_does() -> None:
    """Stopped by Ctrl-Z, it would give the terminal back, and draw a page when it goes on."""
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGTSTP, signal.SIGCONT)
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    try:
        with shared(lambda _: {signal.getsignal(number) for number in numbers}, THINGS, much=True) as found:
            assert found.of(THINGS[0]) == {signal.SIG_DFL}
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
