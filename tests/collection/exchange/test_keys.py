"""The key to a sync server is kept whole, for its user alone, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporters.anki.exchange.doors import Login
from srs.collection.exchange.keys import read_login, write_login
from srs.errors import SrsError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_key_that_is_none_is_not_kept(tmp_path: Path) -> None:
    """It could not be read again."""
    file, here = tmp_path / "login.json", "https://a.b/"
    write_login(file, Login(here, "me", "key", here))
    with pytest.raises(SrsError, match=r"a key of 1,000,000 characters, which is none; nothing was kept"):
        write_login(file, Login(here, "me", "k" * 1_000_000, here))
    assert read_login(file) == Login(here, "me", "key", here)
