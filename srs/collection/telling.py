"""What a call that takes long, or finds something wrong beside its work, is handed for that."""

from collections.abc import Callable
from contextlib import AbstractContextManager

Working = Callable[[str], AbstractContextManager[object]]
"""Called with what is being done, and entered while it lasts."""
Tell = Callable[[str], object]
"""Called with each sentence that a learner should read, beside what was asked for."""


def nobody(_: str) -> None:
    """Tell nobody."""
