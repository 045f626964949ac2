"""A call of Anki's library that is ended leaves it what it runs on."""

from __future__ import annotations

import gc
import weakref
from threading import Event

import pytest

from exporters.anki.exchange.talking import talk
from srs.errors import SrsError


class Backend:
    """What a library runs on, and itself."""

    def __init__(self) -> None:
        self._backend = self


class Library:
    """A library whose calls wait until they are ended."""

    def __init__(self) -> None:
        self._backend = Backend()
        self.ended = Event()

    def abort_sync(self) -> None:
        """End the call that waits."""
        self.ended.set()


def test_what_the_library_runs_on_outlives_a_call_that_was_ended() -> None:
    library = Library()
    backend = weakref.ref(library._backend)
    with pytest.raises(SrsError, match="has not come to an end"):
        talk(library, 0.01, library.ended.wait)
    del library
    gc.collect()
    assert backend() is not None


def test_what_the_library_runs_on_is_freed_after_a_call_that_came_to_its_end() -> None:
    library = Library()
    backend = weakref.ref(library._backend)
    assert talk(library, 5, lambda: 7) == 7
    del library
    gc.collect()
    assert backend() is None
