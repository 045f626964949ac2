"""Talk with a sync server by Anki's library, which hears no signal meanwhile: each call ends in time, and at Ctrl-C."""

import ctypes
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Any, TypeVar

from srs.errors import SrsError

T = TypeVar("T")
QUICK = 120
"""In how many seconds a server must have given a key."""
ORDINARY = 1_200
"""In how many seconds both sides must have given each other what is new."""
WHOLE = 7_200
"""In how many seconds a whole account must be here, or there."""
_GRACE = 5  # s in which the library lets go


def talk(collection: Any, longest: float, call: Callable[[], T]) -> T:  # noqa: ANN401 -- a collection of Anki's
    """Return what a call of the library gives, in whatever thread; what goes wrong in it is raised here.

    The library gives up by itself where nothing comes for half a minute, but not where something always comes. Raises
    SrsError after `longest` seconds; then, and at Ctrl-C, the call is ended, and the collection is as it was before.
    """
    future: Future[T] = Future()
    thread = Thread(target=_kept, args=(future, call), daemon=True)
    thread.start()
    try:
        return future.result(longest)
    except BaseException as error:
        if future.done():
            raise
        collection.abort_sync()
        thread.join(_GRACE)
        _never_freed(collection._backend._backend)  # noqa: SLF001 -- what the library runs on
        if isinstance(error, TimeoutError):
            raise SrsError(
                f"the sync server has not come to an end in {longest / 60:g} minutes; nothing is lost, run again later"
            ) from error
        raise


def _never_freed(backend: object) -> None:
    """Keep what the library runs on until the process ends.

    A call that was ended is told to the server in a thread of the library's own, for as long as the server likes: that
    thread panics, and may take the process with it, where what it runs on is freed before.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(backend))


def _kept(future: "Future[T]", call: Callable[[], T]) -> None:
    try:
        future.set_result(call())
    except BaseException as error:  # noqa: BLE001 -- it is raised where the result is asked for
        future.set_exception(error)
