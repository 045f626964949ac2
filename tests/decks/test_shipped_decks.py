"""The decks that come with the program keep every rule that can be told without judgement."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporters import ExportNote
from srs.deck import Kind, ReadDeck, read_decks
from srs.deck.note import whole
from srs.deck.style import advise
from tests.exporters.anki.phone import MONDAY, Phone

DECKS = Path(__file__).resolve().parents[2] / "decks"
STEPS = {"e1": 5, "e2": 5, "e3": 5, "e4": 5, "e5": 6, "e6": 6, "e7": 5, "e8": 5, "e9": 5, "e10": 5}


@pytest.fixture(scope="module")
def interview() -> ReadDeck:
    """The product-manager interview deck."""
    decks, problems = read_decks(DECKS)
    assert problems == ()
    return next(deck for deck in decks if deck.folder.deck.namespace == "pm-interview")


def test_no_advice_is_left_open(interview: ReadDeck) -> None:
    assert [str(problem) for problem in advise(interview)] == []


def test_each_question_is_a_chapter_in_the_articles_order(interview: ReadDeck) -> None:
    found = [re.match(r"E\d+", chapter.title) for chapter in interview.chapters]
    assert [match.group().lower() for match in found if match] == list(STEPS)
    assert all(chapter.source for chapter in interview.chapters)


@pytest.mark.parametrize(("question", "steps"), STEPS.items())
def test_each_question_has_its_framework_and_its_minute(interview: ReadDeck, question: str, steps: int) -> None:
    notes = {note.id: whole(note) for chapter in interview.chapters for note in chapter.notes}
    framework = notes[f"{question}-steps"]
    assert framework.kind is Kind.STEPS
    assert [step.part for step in framework.steps] == [f"c{number}" for number in range(1, steps + 1)]
    assert f"{question}-minute" in notes


def test_every_id_names_its_question(interview: ReadDeck) -> None:
    for chapter in interview.chapters:
        question = chapter.title.split()[0].lower()
        assert {note.id.partition("-")[0] for note in chapter.notes} == {question}


def test_the_article_is_credited(interview: ReadDeck) -> None:
    credit = interview.folder.deck.source
    assert "Town" in credit
    assert "2025-02-11" in credit
    assert "woshipm.com" in credit


def test_punctuation_in_chinese_text_is_full_width(interview: ReadDeck) -> None:
    """Between or after Chinese characters stands no half-width comma, colon, question mark or semicolon."""
    for chapter in interview.chapters:
        for note in map(whole, chapter.notes):
            assert not re.search(r"[\u4e00-\u9fff][,;?!](?!\])|[\u4e00-\u9fff]:(?!:)", note.text), note.id


def test_every_card_arrives_in_anki(interview: ReadDeck, tmp_path: Path) -> None:
    """Real Anki takes every note and makes every card, in a deck for each question."""
    phone = Phone(tmp_path)
    deck = interview.folder.deck
    asked = ((chapter, whole(note)) for chapter in interview.chapters for note in chapter.notes if note.cards)
    notes = [ExportNote(deck, chapter, note, MONDAY) for chapter, note in asked]
    log = phone.take(notes)
    assert len(log.new) == len(notes)
    assert not log.conflicting
    assert phone.collection.card_count() == sum(len(item.note.cards) for item in notes)
    decks = {phone.deck_of(phone.collection.get_card(card)) for card in phone.collection.find_cards("")}
    assert decks == {f"{deck.name}::{chapter.title}" for chapter in interview.chapters}
