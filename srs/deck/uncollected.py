"""Work on many values at once, none of which refer to each other in a circle."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave Python's search for circles of values aside for a while: it looks through all there are, again and again.

    A quarter of the time of reading a large deck went into it, and it found none.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
