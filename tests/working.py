"""How much work something is, counted in lines of Python that run, so that no clock and no machine decides."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


def work(doing: Callable[[], object]) -> int:
    """Return how many lines of Python run."""
    count = 0

    def trace(_frame: FrameType, event: str, _: object) -> Any:  # noqa: ANN401 -- itself
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        doing()
    finally:
        sys.settrace(before)
    return count
