"""A collection for what is shown first: read at once where nothing has to be done before, and opened later."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from importlib import import_module
from typing import TYPE_CHECKING

from srs.cli.context import Context
from srs.cli.saying import tell_all
from srs.collection.morning import Morning, morning

if TYPE_CHECKING:
    from srs.collection.collection import Collection

    Soon = Morning | Collection
    """A collection that is open, or will be when something is to be done."""

_OPENING = "srs.cli.opening"


@contextmanager
def open_soon(here: Context, *, news_may_wait: bool = False) -> "Iterator[Soon]":
    """Give a collection as it stands, if opening it would change and say nothing; otherwise open it.

    Where `news_may_wait`, what other computers put into the history folder does not keep the first card waiting: it is
    taken in when the collection is opened. What there is to say of that is said at the end, when no page is shown.
    """
    said: list[str] = []
    with ExitStack() as stack:
        stack.callback(lambda: tell_all(said))

        def opening(**how: object) -> "Collection":
            found: Collection = stack.enter_context(import_module(_OPENING).open_collection(here, **how))
            return found

        def beside() -> "Collection":
            said.clear()
            return opening(tell=said.append, working=lambda _: nullcontext())

        soon = morning(
            here.folders,
            here.database,
            here.now(),
            here.settings,
            beside,
            loading=lambda: import_module(_OPENING),
            news_may_wait=news_may_wait,
        )
        if soon is None:
            yield opening()
            return
        stack.callback(soon.store.end)
        yield soon
