"""A store in memory for each test that wants one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.store import shelf as shelves

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def shelf() -> Iterator[shelves.Shelf]:
    """An empty store in memory."""
    with shelves.shelf() as one:
        yield one
