"""A month of seven computers, one of which is killed: the same cards and the same log in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.months.story import Story

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_computers_that_share_a_history_come_to_one(tmp_path: Path) -> None:
    """One is away, one is killed, one six hours wrong, one a month ahead, one goes through Anki, one has logs alone.

    `python -m tests.months` tells many such stories.
    """
    story = Story(tmp_path, 1852, busy=0.25, kills=1)
    story.happens()
    assert story.agrees() > 40
    assert story.was_killed == 1
