"""The interview deck prepares for an interview: each question has every part, said in the same words throughout."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from srs.collection.collection import open_collection
from srs.deck import Kind, Note, ReadDeck, read_decks
from srs.deck.face import recalled
from srs.deck.kinds import items
from srs.deck.layout import plain, plain_inline
from srs.deck.note import whole
from srs.scheduler import Grade

DECKS = Path(__file__).resolve().parents[2] / "decks"
QUESTIONS = tuple(f"e{number}" for number in range(1, 11))
ROLES = {"core", "why", "recognise", "apply", "answer-back", "compare", "case", "terms", "own"}
CORE = ("steps", "tension", "minute", "mnemonic", "talk")
KINDS = {"steps": Kind.STEPS, "minute": Kind.STEPS, "mnemonic": Kind.SET, "talk": Kind.MOCK, "mine": Kind.MOCK}
PARTS = {
    "why": ("why-order", "why-missing"),
    "recognise": ("hear-1", "hear-2"),
    "apply": ("apply-1", "apply-2", "apply-3"),
    "answer-back": ("back-1", "back-2", "back-3", "back-4"),
    "own": ("mine",),
}
SPOKEN, SECONDS = range(250, 301), 180
LONGEST_ANSWER = 40
LEARNT = 2
TERMS, LEAST_COMPARED = range(20, 26), 10
TRIALS, TRIAL = {"e1", "e2", "e3", "e5", "e7", "e8", "e9"}, re.compile(r"试|验证|分阶段")
FACTS = Path(__file__).resolve().parents[1] / "data" / "interview-facts.txt"
OURS = re.compile(r"我们|示范")


@pytest.fixture(scope="module")
def deck() -> ReadDeck:
    """The interview deck."""
    return next(deck for deck in read_decks(DECKS)[0] if deck.folder.deck.namespace == "pm-interview")


def chapter(deck: ReadDeck, question: str) -> dict[str, Note]:
    """Return the notes of a question by the rest of their ids."""
    notes = (whole(note) for each in deck.chapters for note in each.notes)
    return {rest: note for note in notes for asks, _, rest in [note.id.partition("-")] if asks == question}


def tension(notes: dict[str, Note]) -> str:
    """Return what pulls in a question: `A与B`, of `A与B的拉扯`."""
    note = notes["tension"]
    if note.kind is Kind.BASIC:
        return plain(note.answer).strip().removesuffix("的拉扯。")
    return "与".join(re.findall(r"\{\{c\d+::(.+?)\}\}", note.text))


def rows(note: Note) -> list[str]:
    """Return the items of a note's list as they read."""
    return [plain(item).strip() for item in items(note.answer)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_note_has_one_role(deck: ReadDeck, question: str) -> None:
    assert [note.id for note in chapter(deck, question).values() if len(ROLES & set(note.tags)) != 1] == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_has_each_part(deck: ReadDeck, question: str) -> None:
    notes = chapter(deck, question)
    assert [(name, notes[name].tags) for name in CORE] == [(name, ("core",)) for name in CORE]
    for role, names in PARTS.items():
        assert [notes[name].tags for name in names] == [(role,)] * len(names)
    assert Counter(tag for note in notes.values() for tag in note.tags)["apply"] <= len(PARTS["apply"]) + 1
    assert {name: notes[name].kind for name in KINDS} == KINDS


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_minute_is_what_one_says_in_a_minute(deck: ReadDeck, question: str) -> None:
    """Signs are counted as they are read aloud, without punctuation."""
    said = rows(chapter(deck, question)["minute"])
    assert len(said) in range(4, 7)
    assert sum(letter.isalnum() for line in said for letter in line) in SPOKEN


@pytest.mark.parametrize("question", QUESTIONS)
def test_three_minutes_are_parted_to_the_second(deck: ReadDeck, question: str) -> None:
    outline = chapter(deck, question)["talk"].outline
    assert outline
    assert "面试官" in plain(outline.question)
    assert sum(line.seconds or 0 for line in outline.lines) == SECONDS
    behind = {card for line in outline.lines for card in line.cards}
    steps = chapter(deck, question)["steps"]
    assert behind >= {card for card in steps.cards if "/" in card}


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_not_the_articles_says_so(deck: ReadDeck, question: str) -> None:
    notes = chapter(deck, question)
    ours = [notes["minute"], *(note for note in notes.values() if {"apply", "answer-back"} & set(note.tags))]
    assert [note.id for note in ours if not OURS.search(plain(note.extra))] == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_steps_and_tension_are_worded_the_same_wherever_they_come_back(deck: ReadDeck, question: str) -> None:
    notes = chapter(deck, question)
    talk, pulls = notes["talk"].outline, tension(notes)
    assert talk
    lines = [plain_inline(line.text) for line in talk.lines]
    for number, name in enumerate(rows(notes["steps"])):
        assert rows(notes["mnemonic"])[number].endswith(name), name
    assert any(pulls in line for line in lines)
    assert any(pulls in line for line in rows(notes["minute"]))
    for name in PARTS["recognise"]:
        assert f"{pulls}的拉扯" in plain(notes[name].answer)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_can_be_judged_at_a_glance(deck: ReadDeck, question: str) -> None:
    notes = chapter(deck, question).values()
    long = {note.id: plain(note.answer) for note in notes if note.kind is Kind.BASIC}
    assert [name for name, answer in long.items() if len(answer) > LONGEST_ANSWER] == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_gap_is_the_whole_body(deck: ReadDeck, question: str) -> None:
    for note in chapter(deck, question).values():
        if note.kind is Kind.CLOZE:
            around = re.sub(r"\{\{c\d+::.+?\}\}|\W", "", plain_body(note))
            assert len(around) > max(len(plain(recalled(note, part))) for part in note.parts) // 2, note.id


def plain_body(note: Note) -> str:
    """Return the first paragraph of a note's text, gaps as they are written."""
    return note.text.split("\n\n")[1]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_place_is_kept_for_the_learners_own_story(deck: ReadDeck, question: str) -> None:
    mine = chapter(deck, question)["mine"]
    assert mine.outline
    assert not mine.outline.filled
    assert "`srs new NAME --from pm-interview`" in mine.text


def test_notes_of_the_cross_chapters_have_their_role(deck: ReadDeck) -> None:
    for across, role in (("x1", "compare"), ("x2", "terms")):
        assert {note.tags for note in chapter(deck, across).values()} == {(role,)}


def test_the_questions_are_held_against_each_other(deck: ReadDeck) -> None:
    """The seven frameworks with a trial, the pairs that are mixed up, a master frame, and numbers with their limits."""
    notes = chapter(deck, "x1")
    assert sum(len(note.cards) for note in notes.values()) >= LEAST_COMPARED
    assert len(notes["unit"].parts) == len(TRIALS)
    trials = {name.removeprefix("pilot-") for name in notes if name.startswith("pilot-")}
    assert trials == TRIALS
    assert {"e2-e8", "e7-e9-e10", "e3-e6", "master", "limits"} <= set(notes)


def test_a_trials_place_is_the_one_its_framework_gives_it(deck: ReadDeck) -> None:
    notes = chapter(deck, "x1")
    told = [re.fullmatch(r"(E\d+) (\w+)：第 (\d) 步", row) for row in [*rows(notes["early"]), *rows(notes["late"])]]
    places = {match.group(1).lower(): int(match.group(3)) for match in told if match}
    assert places.keys() == TRIALS
    for question, place in places.items():
        assert TRIAL.search(rows(chapter(deck, question)["steps"])[place - 1]), question


def test_every_tension_stands_under_the_master_frame(deck: ReadDeck) -> None:
    told = plain(chapter(deck, "x1")["master"].extra)
    for question in QUESTIONS:
        assert f"{question.upper()} {tension(chapter(deck, question))}" in told


def test_terms_are_asked_in_both_directions(deck: ReadDeck) -> None:
    notes = chapter(deck, "x2").values()
    assert len(notes) in TERMS
    assert {note.kind for note in notes} == {Kind.BOTH}
    assert len({plain(note.answer) for note in notes}) == len(notes)
    assert all(
        re.search(r"[a-z]", plain(note.answer)) and re.search(r"[\u4e00-\u9fff]", plain_inline(note.prompt))
        for note in notes
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_fact_can_still_be_read_in_one_note(deck: ReadDeck, question: str) -> None:
    """Whether it is asked or only told: the words of each line of the list stand together."""
    facts = FACTS.read_text(encoding="utf-8").split(f"[{question}]\n")[1].split("\n[")[0].split("\n")
    told = [re.sub(r"\{\{c\d+::(.+?)\}\}", r"\1", note.text) for note in chapter(deck, question).values()]
    assert [fact for fact in facts if not any(all(word in text for word in fact.split()) for text in told)] == []


def test_readme_says_how_much_there_is_to_learn(deck: ReadDeck) -> None:
    notes = [note for each in deck.chapters for note in each.notes if note.cards]
    said = f"{len(notes)} notes and {sum(len(note.cards) for note in notes)} cards"
    assert said in (DECKS.parent / "README.md").read_text(encoding="utf-8")


def test_the_first_two_days_bring_every_framework_tension_minute_and_mnemonic(tmp_path: Path) -> None:
    """Who answers well, with 20 new cards a day, meets five questions a day, each whole, and nothing else.

    On the third day, beside first single steps, come the interviewers' wordings: they ask what was learnt till then.
    """
    first = datetime(2026, 12, 1, 9, tzinfo=UTC)
    met: dict[str, int] = {}
    with open_collection(DECKS, str(tmp_path / "srs.db"), first) as collection:
        for day in range(3):
            now = first + timedelta(days=day)
            for place, card in enumerate(collection.due(now)):
                collection.answer(card.name, Grade.GOOD, now + timedelta(seconds=place))
                met.setdefault(card.note, day)
    parts = [f"{question}-{part}" for question in QUESTIONS for part in CORE if part != "talk"]
    assert [note for note, day in met.items() if day < LEARNT] == parts
    assert Counter("-hear-" in note for note, day in met.items() if day == LEARNT) == {True: len(QUESTIONS)}


@pytest.mark.parametrize("question", QUESTIONS)
def test_reasons_come_before_details(deck: ReadDeck, question: str) -> None:
    ranks = {name: note.rank for name, note in chapter(deck, question).items() if "why" in note.tags}
    assert {name for name, rank in ranks.items() if rank is not None} == set(PARTS["why"])
