"""Formats: ours by name, and those that other packages bring."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from exporters.registry import formats, writer
from srs.errors import UsageError
from tests.exporters.anki.phone import exported

if TYPE_CHECKING:
    from pathlib import Path

    from tests.learner import Learner

PLUGIN = """
def write(path, notes):
    every = list(notes)
    path.write_text("\\n".join(item.note.id for item in every))
    return len(every)
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another package, installed as pip would, that names a format of its own."""
    site = tmp_path / "site"
    (site / "ids-1.0.dist-info").mkdir(parents=True)
    (site / "ids_of_notes.py").write_text(PLUGIN, encoding="utf-8")
    metadata = "Metadata-Version: 2.1\nName: ids\nVersion: 1.0\n"
    (site / "ids-1.0.dist-info" / "METADATA").write_text(metadata, encoding="utf-8")
    points = "[srs.exporters]\nids = ids_of_notes:write\n"
    (site / "ids-1.0.dist-info" / "entry_points.txt").write_text(points, encoding="utf-8")
    monkeypatch.syspath_prepend(site)
    monkeypatch.delitem(sys.modules, "ids_of_notes", raising=False)


@pytest.mark.usefixtures("installed")
def test_another_packages_format_is_found(learner: Learner) -> None:
    assert "ids" in formats()
    learner.write("ship/sea.md", "## One? {#one}\n\nThis.\n\n## Two? {#two}\n\nThat.\n")
    assert (
        learner.srs("export", "ids", "-o", learner.home / "ids.txt") == f"2 notes written to {learner.home}/ids.txt\n"
    )
    assert (learner.home / "ids.txt").read_text(encoding="utf-8") == "one\ntwo"


def test_ours_are_there(tmp_path: Path) -> None:
    assert set(formats()) >= {"text", "html"}
    for name in ("text", "html"):
        assert writer(name)(tmp_path / name, exported("## One? {#one}\n\nThis.")) == 1


def test_an_unknown_format_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"no format 'txet'; did you mean text\?"):
        writer("txet")
