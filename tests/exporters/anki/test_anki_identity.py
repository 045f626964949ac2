from __future__ import annotations

from dataclasses import replace

import pytest

from exporters.anki.identity import card_ord, deck_id, deck_name, note_guid, tag_list
from srs.deck import Kind
from tests.exporters.anki.phone import CHAPTER, DECK


def test_guids_are_frozen() -> None:
    """Another guid would be another note on every phone."""
    assert note_guid("pm", "e2-steps", Kind.STEPS) == "E-7<ZPs3vt"
    assert note_guid("pm", "e2-pilot", Kind.CLOZE) == "EaDQ9J-]U2"


def test_a_guid_outlives_every_change_of_kind_but_to_cloze() -> None:
    """Basic, set and steps are one note type; a cloze is another note."""
    guids = {kind: note_guid("pm", "x", kind) for kind in Kind}
    assert guids[Kind.BASIC] == guids[Kind.SET] == guids[Kind.STEPS] != guids[Kind.CLOZE]


def test_no_two_notes_share_a_guid() -> None:
    """Names that run together when joined stay apart."""
    names = [
        ("a", "b", Kind.BASIC),
        ("a__b", "c", Kind.BASIC),
        ("a", "b__c", Kind.BASIC),
        ("a", "b__cloze", Kind.BASIC),
    ]
    assert len({note_guid(*name) for name in [*names, ("a", "b", Kind.CLOZE)]}) == 5


@pytest.mark.parametrize(
    ("kind", "part", "place"),
    [
        (Kind.BASIC, "", 0),
        (Kind.SET, "", 0),
        (Kind.STEPS, "", 0),
        (Kind.STEPS, "c1", 1),
        (Kind.STEPS, "c20", 20),
        (Kind.STEPS, "~12ab34", None),
        (Kind.CLOZE, "c1", 0),
        (Kind.CLOZE, "c500", 499),
    ],
)
def test_a_cards_place_follows_from_its_number(kind: Kind, part: str, place: int | None) -> None:
    """The whole is 0, step n is n, cloze n is n - 1; what has no number has no place."""
    assert card_ord(kind, part) == place


@pytest.mark.parametrize(
    ("deck", "chapter", "name"),
    [
        ("产品经理面试", "E2 广告", "产品经理面试::E2 广告"),
        ("a::b", "c:::d", "a：：b::c：：：d"),
        ("a:", ":b", "a：::：b"),
        ("C: drive", "a:b", "C: drive::a:b"),
        (" a ", "b\x1fc", "a::b␟c"),
    ],
)
def test_a_name_nests_once(deck: str, chapter: str, name: str) -> None:
    """Only the two colons between deck and chapter make a level."""
    assert deck_name(replace(DECK, name=deck), replace(CHAPTER, title=chapter)) == name


def test_deck_ids_are_stable_and_one_for_each_name() -> None:
    """Anki takes names that differ in case or composition for the same."""
    assert deck_id("pm::E2") == 1_414_880_405
    assert deck_id("PM::é") == deck_id("pm::e\u0301")
    assert deck_id("pm::E2") != deck_id("pm::E3")


def test_tags_are_words() -> None:
    """Anki separates tags by spaces, so a tag has none."""
    assert tag_list(["E2", "a b", "c\u3000d", " ", "x::y"]) == " E2 a_b c_d x::y "
    assert tag_list([]).strip() == ""
