"""Every example in docs/format.md is read, and gives what stands under it (`pytest --renew` writes that anew)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from srs.deck import note_from_text, read_decks, split_card_id
from srs.deck.face import asked, recalled
from srs.deck.layout import plain, plain_inline
from srs.deck.note import whole
from srs.deck.values import MOST_CLOZES, MOST_STEPS

if TYPE_CHECKING:
    from srs.deck import Note

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "format.md"
PAIR = re.compile(
    r"^(?P<fence>`{3,4})markdown\n(?P<text>.*?)^(?P=fence)\n```text\n(?P<made>.*?)^```$", re.MULTILINE | re.DOTALL
)
TOML = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = list(PAIR.finditer(DOCUMENT.read_text(encoding="utf-8")))


def made_of(text: str, folder: Path) -> str:
    """Say what a chapter is made into, as the document does."""
    (folder / "deck.toml").write_text('name = "Ship"\nnamespace = "ship"\n', encoding="utf-8")
    (folder / "sea.md").write_text(text, encoding="utf-8")
    decks, problems = read_decks(folder)
    notes = [whole(note) for deck in decks for chapter in deck.chapters for note in chapter.notes]
    lines = [line for note in notes for line in (*_cards(note), *_outline(note))]
    lines += [f"line {each.line}: {'warning: ' if each.warning else ''}{each.message}" for each in problems]
    return "".join(f"{line}\n" for line in lines).replace(str(folder), "…")


def _cards(note: Note) -> list[str]:
    lines = []
    for card in note.cards:
        part = split_card_id(card)[1]
        face = asked(note, part)
        prompt = "\n".join(filter(None, [plain_inline(face.prompt), plain(face.body)]))
        lines.append(f"{card}: {prompt} → {plain(recalled(note, part))}".replace("\n", " / "))
    return lines


def _outline(note: Note) -> list[str]:
    if note.outline is None:
        return []
    lines = [f"{note.id}, an outline: {plain(note.outline.question)}".rstrip(": ")]
    for line in note.outline.lines:
        seconds = "" if line.seconds is None else f" ({line.seconds} s)"
        cards = f" [{' '.join(line.cards)}]" if line.cards else ""
        lines.append(f"  {plain_inline(line.text)}{seconds}{cards}")
    return lines


def test_the_document_is_as_it_reads(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """With --renew the results are written into it; read the difference."""
    said = DOCUMENT.read_text(encoding="utf-8")

    def renewed(example: re.Match[str]) -> str:
        fence = example["fence"]
        return f"{fence}markdown\n{example['text']}{fence}\n```text\n{made_of(example['text'], tmp_path)}```"

    renewal = PAIR.sub(renewed, said)
    if request.config.getoption("--renew"):
        DOCUMENT.write_text(renewal, encoding="utf-8")
    assert renewal == DOCUMENT.read_text(encoding="utf-8")


def test_every_example_has_its_result() -> None:
    said = DOCUMENT.read_text(encoding="utf-8")
    assert len(EXAMPLES) == len(re.findall(r"^`{3,4}markdown$", said, re.MULTILINE)) >= 18
    assert all(example["made"].strip() for example in EXAMPLES)


def test_what_an_example_makes_does_not_hang_on_where_it_stands() -> None:
    """A note's own text, as the store keeps it, makes the same cards."""
    for example in EXAMPLES:
        for text in re.split(r"^(?=## )", example["text"], flags=re.MULTILINE)[1:]:
            note = note_from_text(text.strip("\n"))
            assert all(card.startswith(note.id) for card in note.cards)


def test_the_deck_file_of_the_document_is_a_good_one(tmp_path: Path) -> None:
    (text,) = TOML.findall(DOCUMENT.read_text(encoding="utf-8"))
    (tmp_path / "deck.toml").write_text(text, encoding="utf-8")
    (tmp_path / "e10-sea.md").write_text('## A mile? {#mile tags="core"}\n\n1852 m.\n', encoding="utf-8")
    decks, problems = read_decks(tmp_path)
    assert problems == ()
    assert decks[0].folder.deck.order == ("tag:core", "e10")


def test_the_limits_of_the_document_are_those_of_the_code() -> None:
    said = DOCUMENT.read_text(encoding="utf-8")
    for what, most in (("steps in a list", MOST_STEPS), ("cloze numbers", MOST_CLOZES)):
        assert f"| {what} | {most} |" in said
