"""A collection for what is shown first: read at once where nothing has to be done before, and opened later."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from srs.cli.context import Context
from srs.collection.morning import Morning, morning

if TYPE_CHECKING:
    from srs.collection.collection import Collection

    Soon = Morning | Collection
    """A collection that is open, or will be when something is to be done."""

_OPENING = "srs.cli.opening"


@contextmanager
def open_soon(here: Context) -> "Iterator[Soon]":
    """Give a collection as it stands, if opening it would change and say nothing; otherwise open it."""
    with ExitStack() as stack:

        def opening() -> "Collection":
            found: Collection = stack.enter_context(import_module(_OPENING).open_collection(here))
            return found

        yield morning(here.folders, here.database, here.now(), here.settings, opening) or opening()


def load() -> None:
    """Load what opening a collection takes, beside whatever is done meanwhile."""
    Thread(target=import_module, args=[_OPENING], daemon=True).start()
