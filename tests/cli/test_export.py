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
        (["text", "-o", "x", "--fix"], 2, "are for anki, not for text"),
        (["anki", "--fix", "--dry-run"], 2, "leave one of them out"),
        (["anky", "-o", "x"], 2, "no format 'anky'; did you mean anki?"),
        (["pdf"], 2, "no format 'pdf'; there is anki, text, html"),
        (["pdf", "--dry-run"], 2, "no format 'pdf'; there is anki, text, html"),
        (["anki", "-o", "x", "--tag", "nothing"], 2, "no card has the tag 'nothing'; there is sea, exam"),
        (["text", "-o", "x", "--tag", "nothing"], 2, "no card has the tag 'nothing'"),
        (["anki", "--dry-run", "--tag", "aexm"], 2, "no card has the tag 'aexm'; did you mean exam?"),
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


def test_a_package_for_somebody_else_takes_no_advice_from_the_phone(sailor: Learner) -> None:
    """Whose phone once had its decks with their progress gets its own; who never asked for it has the others alone."""
    package = ("export", "anki", "-o", sailor.home / "ship.apkg")
    sailor.srs(*package, "--with-progress")
    sailor.edit("ship/sea.md", "{{c1::port::which side}}", "port")
    assert "it is for somebody else, so nothing of it is remembered" in sailor.srs(*package)
    said = sailor.srs(*package, "--with-progress")
    assert ("1 updated" in said, "Empty Cards" in said, "for somebody else" in said) == (True, True, False)


def test_notes_without_ids_are_exported_with_a_warning(sailor: Learner) -> None:
    sailor.write("ship/sky.md", "## Up?\n\nYes.\n")
    outcome = sailor.types("export", "anki", "-o", sailor.home / "ship.apkg")
    assert (outcome.code, "4 notes, 8 cards" in outcome.out) == (0, True)
    assert outcome.err.startswith("warning: 1 note without ids")


def test_steps_without_numbers_are_named_with_what_stays_behind(sailor: Learner) -> None:
    """Every export says it, not only the first."""
    sky = sailor.write("ship/sky.md", "## Up? {#up}\n\nYes.\n\n## How? {#how}\n\n1. Climb {#c1}\n2. Look\n3. Call\n")
    target = sailor.home / "ship.apkg"
    for _ in range(2):
        outcome = sailor.types("export", "anki", "-o", target)
        assert (outcome.code, "5 notes, 10 cards written" in outcome.out) == (0, True)
        assert outcome.err.splitlines() == [
            f"{sky}:5: warning: steps without a number make no card in Anki: lines 8, 9",
            "warning: 2 cards of 1 note stay behind; `srs export anki --fix` numbers the steps and takes them along",
        ]


def test_the_export_writes_missing_ids_first_if_asked(sailor: Learner) -> None:
    """As `srs check --fix` does, in the decks that are exported and no others; what was learnt moves to them."""
    sky = sailor.write("ship/sky.md", "## How?\n\n1. Climb\n2. Look\n")
    oars = sailor.write("boat/oars.md", "## Oars?\n\nTwo.\n")
    card = next(name for name in sailor.cards() if name.startswith("~") and name.count("/"))
    sailor.srs("answer", card, "5")
    outcome = sailor.types("export", "anki", "--fix", "--deck", "ship", "-o", sailor.home / "ship.apkg")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"{sky}: 3 ids written\n4 notes, 10 cards written to ")
    assert sky.read_text(encoding="utf-8") == "## How? {#sky-how}\n\n1. Climb {#c1}\n2. Look {#c2}\n"
    assert oars.read_text(encoding="utf-8") == "## Oars?\n\nTwo.\n"
    assert [each["reviews"] for name, each in sailor.cards().items() if name.startswith("sky-how/")].count(1) == 1
    assert "1 new" not in sailor.srs("export", "anki", "--fix", "--deck", "ship", "-o", sailor.home / "ship.apkg")


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
