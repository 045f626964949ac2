"""Decks that came with an installed program are not written: an upgrade would replace what was written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from srs.cli import editing
from srs.cli.clock import Clock
from srs.cli.context import Context
from srs.collection.collection import open_collection
from srs.collection.writable import refusal
from srs.settings import Settings

if TYPE_CHECKING:
    import pytest

    from tests.learner import Learner


def test_decks_that_came_with_the_program_are_refused_by_whatever_name(tmp_path: Path) -> None:
    shipped = tmp_path / "lib" / "decks"
    (shipped / "ship").mkdir(parents=True)
    (shipped / "ship/deck.toml").touch()
    (tmp_path / "link").symlink_to(shipped)
    words = (
        "these decks came with srs, and an upgrade overwrites them; make a deck of your own first: "
        "`srs new ship --from ship` copies this one"
    )
    assert refusal(shipped / "ship" / "sea.md", shipped) == words
    assert refusal(tmp_path / "link" / "ship" / "sea.md", shipped) == words


def test_other_decks_may_be_written(tmp_path: Path) -> None:
    assert refusal(tmp_path / "decks" / "sea.md", tmp_path / "lib" / "decks") == ""
    assert refusal(tmp_path / "decks-of-mine" / "sea.md", tmp_path / "decks") == ""


def test_a_sitting_opens_no_editor_on_them(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    learner.write("ship/sea.md", "## Mile? {#mile}\n\n1852 m.\n")
    monkeypatch.setenv("EDITOR", "no-such-editor")
    monkeypatch.setattr(editing, "packed_decks", lambda: learner.decks)
    here = Context((learner.decks,), str(learner.store), Clock(), Settings(), (), Path())
    with open_collection(learner.decks, str(learner.store), datetime(2026, 12, 1, tzinfo=UTC)) as collection:
        assert editing.edit_source(here, collection, collection.card("mile")) == refusal(
            learner.decks / "ship/sea.md", learner.decks
        )
