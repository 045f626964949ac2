from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from exporters.anki.identity import card_ord, deck_id, deck_name, note_guid, part_at, tag_list
from srs.deck import Kind
from tests.exporters.anki.phone import CHAPTER, DECK, TUESDAY, Phone, exported, visible

if TYPE_CHECKING:
    from pathlib import Path

NEXT_CENTURY = 4_200_000_000
BASIC = "## 多久不再弹？ {#snooze}\n\n3 天。"
STEPS = "## 按哪几步走？ {#steps}\n\n1. 算账 {#c1}\n2. 分层 {#c2}\n3. 限频 {#c3}"
CLOZE = "## 灰度？ {#pilot}\n\n在 {{c1::10%}} 的用户中，{{c2::留存}} 下滑，{{c3::点击}} 上升。"


def test_guids_are_frozen() -> None:
    """Another guid would be another note on every phone."""
    assert note_guid("pm", "e2-steps", Kind.STEPS) == "E-7<ZPs3vt"
    assert note_guid("pm", "e2-pilot", Kind.CLOZE) == "EaDQ9J-]U2"
    assert note_guid("pm", "e2-word", Kind.BOTH) == "dbDAAxN*TM"


def test_a_guid_outlives_every_change_of_kind_within_a_note_type() -> None:
    """Basic, set and steps are one note type; a cloze is another note, and so is one asked in both directions."""
    guids = {kind: note_guid("pm", "x", kind) for kind in Kind}
    assert guids[Kind.BASIC] == guids[Kind.SET] == guids[Kind.STEPS]
    assert len({guids[Kind.BASIC], guids[Kind.CLOZE], guids[Kind.BOTH]}) == 3


def test_no_two_notes_share_a_guid() -> None:
    """Names that run together when joined stay apart."""
    names = [
        ("a", "b", Kind.BASIC),
        ("a__b", "c", Kind.BASIC),
        ("a", "b__c", Kind.BASIC),
        ("a", "b__cloze", Kind.BASIC),
    ]
    assert len({note_guid(*name) for name in [*names, ("a", "b", Kind.CLOZE), ("a", "b", Kind.BOTH)]}) == 6


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
        (Kind.BOTH, "", 0),
        (Kind.BOTH, "back", 1),
    ],
)
def test_a_cards_place_follows_from_its_number(kind: Kind, part: str, place: int | None) -> None:
    """The whole is 0, step n is n, cloze n is n - 1; what has no number has no place."""
    assert card_ord(kind, part) == place
    assert place is None or part_at(kind, place) == part


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


def learnt(phone: Phone, *texts: str) -> None:
    """Import notes and give every card an interval of its own: 10 days and its place."""
    phone.take(exported(*texts))
    for text in texts:
        note_id = text[text.index("{#") + 2 : text.index("}")]
        for place, card in phone.cards(note_id).items():
            phone.learn(card, 10 + place)


def test_an_unchanged_export_updates_nothing(tmp_path: Path) -> None:
    """Exporting again what did not change leaves every note as it is on the phone."""
    phone = Phone(tmp_path)
    learnt(phone, BASIC, STEPS, CLOZE)
    log = phone.take(exported(BASIC, STEPS, CLOZE))
    assert (len(log.new), len(log.updated), len(log.conflicting), len(log.duplicate)) == (0, 0, 0, 3)
    assert phone.intervals("steps") == {0: 10, 1: 11, 2: 12, 3: 13}


def test_an_unchanged_export_keeps_edits_and_tags_made_on_the_phone(tmp_path: Path) -> None:
    """What was written, marked or restyled on the phone stays until the text itself changes."""
    phone = Phone(tmp_path)
    learnt(phone, BASIC)
    note = phone.note("snooze")
    note["Answer"] = "三天"
    note.tags += ["marked", "leech"]
    phone.collection.update_note(note)
    note_type = phone.collection.models.get(note.mid)
    assert note_type is not None
    note_type["css"] = ".card { font-size: 40px; }"
    phone.collection.models.update_dict(note_type)
    phone.take(exported(BASIC))
    after = phone.note("snooze")
    assert after["Answer"] == "三天"
    assert {"marked", "leech"} <= set(after.tags)
    assert phone.card("snooze").css() == "<style>.card { font-size: 40px; }</style>"


def test_a_reworded_note_is_updated_in_place(tmp_path: Path) -> None:
    """New words arrive, the card and its schedule stay, and nothing is duplicated."""
    phone = Phone(tmp_path)
    learnt(phone, BASIC)
    log = phone.take(exported("## 关闭后几天不弹？ {#snooze}\n\n**3** 天。", changed_s=TUESDAY))
    assert (len(log.new), len(log.updated)) == (0, 1)
    assert visible(phone.card("snooze").question()) == "关闭后几天不弹？"
    assert phone.intervals("snooze") == {0: 10}


def test_the_text_wins_over_an_older_edit_on_the_phone(tmp_path: Path) -> None:
    """A change of the text that is later than the phone's edit replaces it."""
    phone = Phone(tmp_path)
    learnt(phone, BASIC)
    note = phone.note("snooze")
    note["Answer"] = "三天"
    phone.collection.update_note(note)
    phone.take(exported(BASIC, changed_s=NEXT_CENTURY))
    assert phone.note("snooze")["Answer"] == "<p>3 天。</p>"


def test_a_step_inserted_mid_list_is_new_and_the_others_keep_their_progress(tmp_path: Path) -> None:
    """Numbers never shift, so no card takes over another's history."""
    phone = Phone(tmp_path)
    learnt(phone, STEPS)
    text = "## 按哪几步走？ {#steps}\n\n1. 算账 {#c1}\n2. 试水 {#c4}\n3. 分层 {#c2}\n4. 限频 {#c3}"
    phone.take(exported(text, changed_s=TUESDAY))
    assert phone.intervals("steps") == {0: 10, 1: 11, 2: 12, 3: 13, 4: 0}
    assert '<li class="c4"><div>试水</div></li>' in phone.card("steps", 2).question()
    assert phone.note("steps")["Step2"] == "分层"


def test_steps_in_another_order_keep_their_progress(tmp_path: Path) -> None:
    """The order of the list is not the identity of its steps."""
    phone = Phone(tmp_path)
    learnt(phone, STEPS)
    ids = {place: card.id for place, card in phone.cards("steps").items()}
    text = "## 按哪几步走？ {#steps}\n\n1. 限频 {#c3}\n2. 算账 {#c1}\n3. 分层 {#c2}"
    phone.take(exported(text, changed_s=TUESDAY))
    assert {place: card.id for place, card in phone.cards("steps").items()} == ids
    assert phone.intervals("steps") == {0: 10, 1: 11, 2: 12, 3: 13}
    assert visible(phone.card("steps").answer()).startswith("按哪几步走？ 限频 算账 分层")


def test_a_removed_step_leaves_the_others_and_comes_back_with_its_progress(tmp_path: Path) -> None:
    """The card of a step that is gone is empty in Anki, and is the same card once the step returns."""
    phone = Phone(tmp_path)
    learnt(phone, STEPS)
    text = "## 按哪几步走？ {#steps}\n\n1. 算账 {#c1}\n2. 限频 {#c3}"
    phone.take(exported(text, changed_s=TUESDAY))
    (empty,) = phone.collection.get_empty_cards().notes
    assert list(empty.card_ids) == [phone.card("steps", 2).id]
    assert phone.intervals("steps") == {0: 10, 1: 11, 2: 12, 3: 13}
    phone.take(exported(STEPS, changed_s=TUESDAY + 1))
    assert not phone.collection.get_empty_cards().notes
    assert phone.intervals("steps") == {0: 10, 1: 11, 2: 12, 3: 13}


def test_a_body_that_turns_from_text_into_a_list_stays_the_same_note(tmp_path: Path) -> None:
    """The card that asks the whole keeps its progress; the steps come in addition."""
    phone = Phone(tmp_path)
    learnt(phone, "## 按哪几步走？ {#steps}\n\n先算账，再分层。")
    log = phone.take(exported(STEPS, changed_s=TUESDAY))
    assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 1, 0)
    assert phone.intervals("steps") == {0: 10, 1: 0, 2: 0, 3: 0}
    assert visible(phone.card("steps").answer()) == "按哪几步走？ 算账 分层 限频 来源：问题 E2"


def test_a_body_that_turns_into_clozes_is_another_note(tmp_path: Path) -> None:
    """Anki cannot change a note into a cloze: the old note stays as it was and a new one comes."""
    phone = Phone(tmp_path)
    learnt(phone, BASIC)
    log = phone.take(exported("## 多久不再弹？ {#snooze}\n\n{{c1::3}} 天。", changed_s=TUESDAY))
    assert (len(log.new), len(log.conflicting)) == (1, 0)
    assert phone.collection.note_count() == 2


def test_a_cloze_added_is_new_and_the_others_keep_their_progress(tmp_path: Path) -> None:
    """A cloze's number is its identity, wherever in the text it stands."""
    phone = Phone(tmp_path)
    learnt(phone, CLOZE)
    text = "## 灰度？ {#pilot}\n\n{{c4::先}} 在 {{c1::10%}} 的用户中，{{c3::点击}} 上升，{{c2::留存}} 下滑。"
    phone.take(exported(text, changed_s=TUESDAY))
    assert phone.intervals("pilot") == {0: 10, 1: 11, 2: 12, 3: 0}
    assert visible(phone.card("pilot", 1).question()) == "灰度？ 先 在 10% 的用户中，点击 上升，[...] 下滑。"


def test_a_cloze_dropped_leaves_the_others(tmp_path: Path) -> None:
    """Only the card of the dropped number is empty."""
    phone = Phone(tmp_path)
    learnt(phone, CLOZE)
    text = "## 灰度？ {#pilot}\n\n在 {{c1::10%}} 的用户中，留存下滑，{{c3::点击}} 上升。"
    phone.take(exported(text, changed_s=TUESDAY))
    (empty,) = phone.collection.get_empty_cards().notes
    assert list(empty.card_ids) == [phone.card("pilot", 1).id]
    assert phone.intervals("pilot") == {0: 10, 1: 11, 2: 12}


def test_a_note_moved_to_another_chapter_keeps_its_cards(tmp_path: Path) -> None:
    """An id is not bound to a file: the same cards, no second note. Anki leaves known cards in their old deck."""
    phone = Phone(tmp_path)
    learnt(phone, STEPS)
    elsewhere = replace(CHAPTER, title="E3 增长", tags=("E3",))
    log = phone.take(exported(STEPS, chapter=elsewhere, changed_s=TUESDAY))
    assert (len(log.new), len(log.updated)) == (0, 1)
    assert phone.intervals("steps") == {0: 10, 1: 11, 2: 12, 3: 13}
    assert phone.note("steps").tags == ["E3"]
    assert phone.deck_of(phone.card("steps")) == "产品经理面试::E2 广告与体验"


def test_notes_added_later_arrive_beside_those_that_are_there(tmp_path: Path) -> None:
    """Ids inside packages may meet ids that the phone has given away: Anki sorts that out, nothing is lost."""
    phone = Phone(tmp_path)
    learnt(phone, STEPS, CLOZE)
    log = phone.take(exported("## 新的？ {#new}\n\n是。", BASIC, STEPS, CLOZE))
    assert len(log.new) == 2
    assert phone.collection.note_count() == 4
    assert phone.collection.card_count() == 9
    assert phone.intervals("steps") == {0: 10, 1: 11, 2: 12, 3: 13}
