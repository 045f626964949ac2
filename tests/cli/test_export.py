"""`srs export`: what it takes, what it says, and that nothing is half written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.learner import Learner


@pytest.mark.parametrize(("format_", "said"), [("anki", "3 notes, 7 cards"), ("text", "3 notes"), ("html", "3 notes")])
def test_every_format_writes_its_file_and_says_how_much(sailor: Learner, format_: str, said: str) -> None:
    target = sailor.home / "out"
    assert sailor.srs("export", format_, "-o", target).startswith(f"{said} written to {target}\n")
    assert target.stat().st_size > 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["anki"], 2, "--output FILE"),
        (["text"], 2, "--output FILE"),
        (["html", "--dry-run"], 2, "are for anki, not for html"),
        (["text", "-o", "x", "--with-progress"], 2, "are for anki, not for text"),
        (["anky", "-o", "x"], 2, "no format 'anky'; did you mean anki?"),
        (["anki", "-o", "x", "--tag", "nothing"], 1, "no card to export"),
        (["text", "-o", "x", "--tag", "nothing"], 1, "no card to export"),
        (["anki", "--dry-run", "--tag", "nothing"], 1, "no card to export"),
        (["anki", "-o", "x", "--deck", "boat"], 2, "no deck 'boat'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_export_that_cannot_be_made_says_why_and_writes_nothing(
    sailor: Learner, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, said: str
) -> None:
    monkeypatch.chdir(sailor.home)
    outcome = sailor.types("export", *arguments)
    assert (outcome.code, outcome.out, said in outcome.err) == (code, "", True)
    assert not (sailor.home / "x").exists()


def test_a_dry_run_is_not_remembered_as_an_export(sailor: Learner) -> None:
    target = sailor.home / "ship.apkg"
    for _ in range(2):
        said = sailor.srs("export", "anki", "--dry-run", "-o", target)
        assert said == "3 notes, 7 cards would be written\nagainst the last export: 3 new, 0 updated, 0 unchanged\n"
    assert not target.exists()
    sailor.srs("export", "anki", "-o", target)
    assert "0 new, 0 updated, 3 unchanged" in sailor.srs("export", "anki", "--dry-run")


def test_notes_without_ids_are_exported_with_a_warning(sailor: Learner) -> None:
    sailor.write("ship/sky.md", "## Up?\n\nYes.\n")
    outcome = sailor.types("export", "anki", "-o", sailor.home / "ship.apkg")
    assert (outcome.code, "4 notes, 8 cards" in outcome.out) == (0, True)
    assert outcome.err.startswith("warning: 1 note without ids")


def test_an_export_that_fails_leaves_the_old_file(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills up half-way: what stood there before still stands, and nothing lies beside it."""
    sailor.srs("answer", "mile", "4")
    target = sailor.home / "out" / "log.jsonl"
    target.parent.mkdir()
    target.write_text("the old one", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    commands: list[list[str | Path]] = [["log", "export", "--force", target], ["export", "anki", "-o", target]]
    for command in commands:
        outcome = sailor.types(*command)
        assert (outcome.code, outcome.err) == (1, f"srs: cannot write {target}: no space left on device\n")
        assert target.read_text(encoding="utf-8") == "the old one"
        assert list(target.parent.iterdir()) == [target]
