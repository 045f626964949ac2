"""`srs cards`: which cards it lists, and what it says of them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tests.learner import MILE, SEA, SEA_CARDS
from tests.terminal.window import Window

if TYPE_CHECKING:
    from tests.learner import Learner


def test_cards_as_json_have_every_field(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "5")
    assert sailor.cards()["mile"] == {
        "id": "mile",
        "note": "mile",
        "kind": "basic",
        "deck": "ship",
        "chapter": "Sea",
        "tags": ["sea", "exam"],
        "state": "review",
        "due": "2026-12-02",
        "interval": 1,
        "ease": 2600,
        "repetitions": 1,
        "recall": 1.0,
        "stability": None,
        "difficulty": None,
        "lapses": 0,
        "reviews": 1,
        "remark": None,
        "prompt": "How long is a mile?",
        "answer": "1852 metres.",
        "source": f"{sailor.decks / 'ship' / 'sea.md'}:13",
    }
    red = sailor.cards()["red/c1"]
    assert (red["due"], red["interval"], red["ease"], red["state"]) == (None, None, None, "new")
    assert (red["repetitions"], red["lapses"], red["reviews"]) == (0, 0, 0)
    assert (red["recall"], red["stability"], red["difficulty"]) == (None, None, None)
    assert (red["prompt"], red["answer"]) == ("Where is the red light?\nTo [which side]; green to starboard.", "port")


def test_under_fsrs_cards_have_stability_and_difficulty_and_no_ease(sailor: Learner) -> None:
    """Two days after a first Good the recall of stability 2.3065 is what the forgetting curve says."""
    sailor.srs("switch", "fsrs")
    sailor.srs("answer", "mile", "good")
    sailor.now = "2026-12-03 09:00"
    mile, red = sailor.cards()["mile"], sailor.cards()["red/c1"]
    assert (mile["stability"], mile["difficulty"], mile["recall"]) == (2.3065, 2.1181, 0.9095)
    assert (mile["ease"], mile["repetitions"], red["ease"], red["repetitions"]) == (None, None, None, None)
    assert (red["recall"], red["stability"], red["difficulty"]) == (None, None, None)


def test_cards_are_found_by_words_tags_and_what_is_due(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    assert set(sailor.cards("MILE long")) == {"mile"}
    assert set(sailor.cards("--tag", "exam")) == set(SEA_CARDS)
    assert sailor.types("cards", "--tag", "exa").err == "srs: no card has the tag 'exa'; did you mean exam?\n"
    assert sailor.cards("--due") == {}
    sailor.now = "2026-12-02 08:00"
    assert set(sailor.cards("--due")) == {"mile"}


def test_words_are_looked_for_in_id_text_chapter_and_tags(sailor: Learner) -> None:
    """Each word must be somewhere, in any case; words may come in one argument or in several."""
    sailor.write("ship/sky.md", "---\ntitle: Sky\n---\n## How high? {#high}\n\nA mile.\n")
    assert set(sailor.cards("SKY", "mile")) == set(sailor.cards("mile sky")) == {"high"}
    assert set(sailor.cards("mile")) == {"mile", "high"}
    assert set(sailor.cards("exam", "1852")) == {"mile"}
    assert set(sailor.cards("red/c")) == {"red/c1", "red/c2"}
    assert sailor.cards("mile", "port") == {}


def test_due_cards_are_those_that_can_be_asked(sailor: Learner) -> None:
    for card in ("mile", "anchor", "red/c1"):
        sailor.srs("answer", card, "4")
    sailor.srs("suspend", "anchor")
    sailor.write("ship/sea.md", SEA.replace("{{c1::port::which side}}", "port"))
    sailor.now = "2026-12-09 09:00"
    assert set(sailor.cards("--due")) == set(sailor.cards("--due", "--retired")) == {"mile"}


def test_a_retired_card_is_listed_without_the_part_that_is_gone(sailor: Learner) -> None:
    sailor.srs("sync")
    sailor.write("ship/sea.md", SEA.replace("2. Let go {#c2}\n", "").replace(MILE, ""))
    assert set(SEA_CARDS) - set(sailor.cards()) == {"anchor/c2", "mile"}
    cards = sailor.cards("--retired")
    assert (cards["anchor/c2"]["state"], cards["anchor/c2"]["answer"]) == ("retired", "")
    assert cards["anchor/c2"]["prompt"] == "How to anchor?"
    assert (cards["mile"]["state"], cards["mile"]["answer"]) == ("retired", "1852 metres.")


def test_a_script_reads_cards_as_lines_with_tabs(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    assert sailor.srs("cards", "--tag", "sea", "mile") == "mile\treview\t2026-12-02\t1d\tHow long is a mile?\n"
    assert sailor.srs("cards", "red").splitlines()[0] == "red/c1\tnew\t-\t-\tWhere is the red light?"


def test_nothing_that_fits_is_said_beside_the_list(sailor: Learner) -> None:
    outcome = sailor.types("cards", "whale")
    assert (outcome.code, outcome.out, "no card" in outcome.err) == (0, "", True)
    assert (sailor.cards("whale"), sailor.types("cards", "--json", "whale").err) == ({}, "")


def test_one_deck_can_be_asked_for(sailor: Learner) -> None:
    sailor.write("boat/oars.md", "## Oars? {#oars}\n\nTwo.\n")
    assert set(sailor.cards("--deck", "boat")) == {"oars"}
    assert set(sailor.cards("--deck", "ship")) == set(SEA_CARDS)


def test_leeches_are_listed_with_place_and_grades(sailor: Learner) -> None:
    """A leech is a card with as many lapses as the settings say."""
    config = sailor.home / "config.toml"
    config.write_text('leech_lapses = 2\nleech_action = "mark"\n', encoding="utf-8")
    for day, grade in ((1, 4), (2, 1), (3, 4), (4, 0)):
        sailor.now = f"2026-12-0{day} 09:00"
        sailor.srs("answer", "mile", str(grade))
        if day < 3:
            sailor.srs("answer", "anchor", str(grade))
    place = sailor.decks / "ship" / "sea.md"
    assert sailor.srs("--config", config, "cards", "--leeches") == f"{place}:13: mile: 2 lapses, grades 4 1 4 0\n"
    assert set(sailor.cards("--leeches")) == set()


def test_suspended_and_buried_cards_are_found_again(sailor: Learner) -> None:
    sailor.srs("suspend", "mile")
    sailor.srs("bury", "red/c1")
    assert sailor.srs("cards", "--suspended").split("\t")[:2] == ["mile", "suspended"]
    assert sailor.srs("cards", "--buried").split("\t")[:2] == ["red/c1", "buried"]
    assert set(sailor.cards("--suspended")) == {"mile"}
    assert set(sailor.cards("--suspended", "--buried")) == {"mile", "red/c1"}
    sailor.now = "2026-12-02 09:00"
    assert set(sailor.cards("--buried")) == set()


def test_flagged_cards_are_listed_with_place_and_remark(sailor: Learner) -> None:
    sailor.srs("flag", "mile", "too long")
    place = sailor.decks / "ship" / "sea.md"
    assert sailor.srs("cards", "--flagged") == f"{place}:13: mile: too long\n"
    assert {name: card["remark"] for name, card in sailor.cards("--flagged").items()} == {"mile": "too long"}
    sailor.srs("unflag", "mile")
    assert sailor.cards()["mile"]["remark"] is None


def test_a_person_reads_cards_as_a_table(sailor: Learner) -> None:
    """In a narrow window the questions are cut, a card a line, and the facts stay."""
    sailor.srs("sync")
    kept = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
    kept |= {"SRS_DECKS": str(sailor.decks), "SRS_DB": str(sailor.store), "SRS_NOW": sailor.now}
    window = Window(["cards", "red"], kept | {"PYTHONPATH": os.pathsep.join(sys.path), "TERM": "xterm"}, width=50)
    assert window.ends() == 0
    assert [line for line in window.text.splitlines() if line] == [
        "card    state  due  interval  asks",
        "red/c1  new    -    -         Where is the red li…",
        "red/c2  new    -    -         Where is the red li…",
        "2 cards",
    ]


def test_a_note_has_tags_of_its_own_beside_its_chapters(sailor: Learner) -> None:
    sailor.edit("ship/sea.md", "{#mile}", '{#mile tags="unit exam core_1"}')
    assert sailor.cards()["mile"]["tags"] == ["sea", "exam", "unit", "core_1"]
    assert sailor.cards()["anchor"]["tags"] == ["sea", "exam"]
    assert set(sailor.cards("--tag", "unit")) == {"mile"}
    assert set(sailor.cards("--tag", "exam")) == set(SEA_CARDS)
    assert set(sailor.cards("core_1")) == {"mile"}
    assert "did you mean core_1?" in sailor.types("cards", "--tag", "core-1").err
    sailor.edit("ship/sea.md", ' tags="unit exam core_1"', "")
    assert sailor.types("cards", "--tag", "unit").code == 2


def test_a_note_in_both_directions_has_two_cards(sailor: Learner) -> None:
    sailor.edit("ship/sea.md", "{#mile}", "{#mile .both}")
    there, back = sailor.cards()["mile"], sailor.cards()["mile/back"]
    assert (there["prompt"], there["answer"]) == ("How long is a mile?", "1852 metres.")
    assert (back["prompt"], back["answer"]) == ("1852 metres.", "How long is a mile?")
    assert there["note"] == back["note"] == "mile"
