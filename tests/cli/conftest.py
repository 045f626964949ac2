"""A learner on the real clock, and the Anki on their computer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.anki_profile import Profile
    from tests.learner import Learner


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Profile:
    """The Anki on this computer, which was started once."""
    from tests.anki_profile import Profile  # noqa: PLC0415 -- tests without Anki need not wait for its library

    monkeypatch.setenv("ANKI_BASE", str(tmp_path / "Anki2"))
    found = Profile(tmp_path / "Anki2")
    with found.window():
        pass
    return found


@pytest.fixture
def today(sailor: Learner) -> Learner:
    """Somebody with a deck who lives on the real clock, as Anki does."""
    sailor.now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    return sailor
