"""Where Anki keeps its profiles, and what is said of doors that do not open."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporters.anki.exchange.doors import anki_folder, profile_file, profiles
from srs.errors import UsageError

HOME = Path("/me")


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {}, "/me/.local/share/Anki2"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/Anki2"),
        ("linux", {"ANKI_BASE": "/stick", "XDG_DATA_HOME": "/data"}, "/stick"),
        ("darwin", {"XDG_DATA_HOME": "/data"}, "/me/Library/Application Support/Anki2"),
        ("win32", {"APPDATA": "/roaming"}, "/roaming/Anki2"),
        ("win32", {}, "/me/AppData/Roaming/Anki2"),
    ],
)
def test_the_folder_is_found_as_anki_finds_it(platform: str, environment: dict[str, str], folder: str) -> None:
    assert anki_folder(environment, platform, HOME) == Path(folder)


def test_profiles_are_folders_with_a_collection(tmp_path: Path) -> None:
    assert profiles(tmp_path / "none") == []
    for name in ("User 2", "User 1", "addons21", "empty"):
        (tmp_path / name).mkdir()
    for name in ("User 2", "User 1", "addons21"):
        (tmp_path / name / "collection.anki2").touch()
    assert profiles(tmp_path) == ["User 1", "User 2"]
    assert profile_file("User 2", tmp_path) == tmp_path / "User 2" / "collection.anki2"
    with pytest.raises(UsageError, match="no profile 'Me'; there is User 1, User 2"):
        profile_file("Me", tmp_path)
    with pytest.raises(UsageError, match="ANKI_BASE"):
        profile_file("Me", tmp_path / "none")
