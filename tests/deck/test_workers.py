"""Chapters that several processes read are what one process reads, whatever becomes of those."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import active_children
from pathlib import Path

import pytest

from srs.deck import workers
from srs.deck.check import read_decks
from srs.deck.folder import ChapterFile
from srs.deck.style import advise, look
from srs.deck.workers import reading

DECKS = Path(__file__).parents[1] / "data" / "decks"
CHAPTERS = [ChapterFile(Path(f"{place}.md"), 10, 0) for place in range(9)]
HERE = os.getpid()
ALONE = workers._alone


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be worth it to divide the work."""
    monkeypatch.setattr(workers, "WORTH_IT", 0)
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    monkeypatch.setattr(workers, "_alone", lambda: True)  # whatever other tests have left behind


def read(chapter: ChapterFile) -> tuple[str, bool]:
    """Return which chapter it is, and whether it was read by the process that asks for it."""
    return chapter.file.stem, os.getpid() == HERE


def children() -> set[int | None]:
    """Return the processes that this one has begun and that have not ended."""
    return {child.pid for child in active_children()}


@pytest.mark.slow
def test_decks_are_what_they_are_however_many_read_them(monkeypatch: pytest.MonkeyPatch) -> None:
    folders = sorted(folder.parent for folder in DECKS.rglob("deck.toml"))
    found = [read_decks(folder, look) for folder in folders]
    advice = [advise(deck) for decks, _ in found for deck in decks]
    assert sum(len(decks) for decks, _ in found) > 9
    assert any(advice)
    monkeypatch.setattr(workers, "_processors", lambda: 1)
    assert [read_decks(folder, look) for folder in folders] == found
    assert [advise(deck) for folder in folders for deck in read_decks(folder)[0]] == advice


@pytest.mark.slow
def test_each_comes_in_its_turn_and_what_is_passed_over_is_dropped() -> None:
    before = children()
    with reading(CHAPTERS, read) as reads:
        assert len(children() - before) == 2
        assert [reads.of(chapter) for chapter in CHAPTERS[:4]] == [(str(place), False) for place in range(4)]
        assert reads.of(CHAPTERS[7]) == ("7", False)
        assert reads.of(CHAPTERS[2]) == ("2", True)
        assert reads.of(ChapterFile(Path("new.md"), 1, 0)) == ("new", True)
        assert reads.of(CHAPTERS[8]) == ("8", False)
    assert children() <= before


@pytest.mark.slow
def test_what_a_worker_does_not_do_is_done_here() -> None:
    def fails(chapter: ChapterFile) -> tuple[str, bool]:
        if chapter is CHAPTERS[3] and os.getpid() != HERE:
            os._exit(1)
        return read(chapter)

    with reading(CHAPTERS, fails) as reads:
        assert [reads.of(chapter) for chapter in CHAPTERS] == [(str(place), place > 2) for place in range(9)]

    def raises(chapter: ChapterFile) -> tuple[str, bool]:
        if chapter is CHAPTERS[1]:
            raise ZeroDivisionError
        return read(chapter)

    with reading(CHAPTERS, raises) as reads, pytest.raises(ZeroDivisionError):
        _ = [reads.of(chapter) for chapter in CHAPTERS]


def test_where_there_are_no_processes_one_reads_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: str) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr("multiprocessing.get_context", refused)
    with reading(CHAPTERS, read) as reads:
        assert [reads.of(chapter) for chapter in CHAPTERS] == [(str(place), True) for place in range(9)]


def test_little_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WORTH_IT", 91)
    before = children()
    with reading(CHAPTERS, read) as reads:
        assert children() <= before
        assert reads.of(CHAPTERS[0]) == ("0", True)


def test_where_another_thread_works_the_process_is_not_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    """What that has locked just then would stay locked in the worker."""
    monkeypatch.setattr(workers, "_alone", ALONE)
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    try:
        with reading(CHAPTERS, read) as reads:
            assert reads.of(CHAPTERS[0]) == ("0", True)
    finally:
        over.set()
        other.join()


@pytest.mark.slow
def test_a_worker_heeds_no_signal_as_a_sitting_does() -> None:
    """Stopped by Ctrl-Z, it would give the terminal back, and draw a page when it goes on."""
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGTSTP, signal.SIGCONT)
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    try:
        with reading(CHAPTERS, lambda _: {signal.getsignal(number) for number in numbers}) as reads:
            assert reads.of(CHAPTERS[0]) == {signal.SIG_DFL}
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
