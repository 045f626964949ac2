from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.anki import database
from exporters.anki.identity import note_guid
from exporters.anki.note_types import CLOZE_FIELDS, ORDINARY_FIELDS
from srs.deck import Kind
from tests.exporters.anki.phone import CHAPTER, DECK, MONDAY, Phone, exported, visible

if TYPE_CHECKING:
    from pathlib import Path

BASIC = "## 点了“关闭”之后，多久不再弹？ {#e2-snooze}\n\n3 天。\n\n> 太久会忘，太短会烦。"
SET = "## 哪几类指标要一起看？ {#e2-set}\n\n- 收入\n- 体验\n- 口碑"
STEPS = """\
## 平衡广告收入与用户体验，按哪几步走？ {#e2-steps}

1. 算清收益与风险 {#c1}
2. 限制频次 {#c3}
3. 小流量试验 {#c2}
4. 盯数据

> 先算账，最后盯盘。
"""
CLOZE = """\
## 灰度多大、发现了什么？ {#e2-pilot}

在 {{c1::10%}} 的用户中灰度，但 {{c3::**新用户**留存::哪个指标}} 小幅下滑。
"""


def test_ids_are_different_and_say_when_a_note_changed() -> None:
    """Anki reads an id as the milliseconds of a moment."""
    assert database._ids([5, 5, 3, 5]) == [5000, 5001, 3000, 5002]
    assert database._ids([0, -1, 0]) == [2, 1, 3]


def test_every_kind_arrives_with_its_cards_as_siblings(tmp_path: Path) -> None:
    """A note is one note in Anki, and its cards stand where the numbers in the text put them."""
    phone = Phone(tmp_path)
    log = phone.take(exported(BASIC, SET, STEPS, CLOZE))
    assert len(log.new) == 4
    assert not log.conflicting
    assert [sorted(phone.cards(name)) for name in ("e2-snooze", "e2-set", "e2-steps", "e2-pilot")] == [
        [0],
        [0],
        [0, 1, 2, 3],
        [0, 2],
    ]


def test_a_basic_card_asks_the_heading_and_answers_with_body_extra_and_source(tmp_path: Path) -> None:
    """The question shows only the prompt; the answer shows everything."""
    phone = Phone(tmp_path)
    phone.take(exported(BASIC))
    card = phone.card("e2-snooze")
    assert visible(card.question()) == "点了“关闭”之后，多久不再弹？"
    assert visible(card.answer()) == "点了“关闭”之后，多久不再弹？ 3 天。 太久会忘，太短会烦。 来源：问题 E2"


def test_a_set_card_shows_its_items_with_the_answer(tmp_path: Path) -> None:
    """A set is asked as a whole."""
    phone = Phone(tmp_path)
    phone.take(exported(SET))
    assert visible(phone.card("e2-set").answer()) == "哪几类指标要一起看？ 收入 体验 口碑 来源：问题 E2"


def test_the_whole_card_of_a_list_asks_without_it(tmp_path: Path) -> None:
    """Recalling the whole list is asked by the heading alone."""
    phone = Phone(tmp_path)
    phone.take(exported(STEPS))
    whole = phone.card("e2-steps")
    assert visible(whole.question()) == "平衡广告收入与用户体验，按哪几步走？"
    assert "算清收益与风险 限制频次 小流量试验 盯数据 先算账" in visible(whole.answer())


def test_a_step_card_hides_its_own_step_and_then_marks_it(tmp_path: Path) -> None:
    """Step c3 is the item of class c3 wherever it stands, and the style hides or marks just that."""
    phone = Phone(tmp_path)
    phone.take(exported(STEPS))
    card = phone.card("e2-steps", 3)
    assert '<div class="body asked3">' in card.question()
    assert '<li class="c3"><div>限制频次</div></li>' in card.question()
    assert '<div class="body told3">' in card.answer()
    assert "先算账，最后盯盘。" not in card.question()
    assert "先算账，最后盯盘。" in card.answer()
    style = " ".join(card.css().split())
    assert ".asked3 .c3 > * { display: none; }" in style
    assert ".told3 .c3 > * { background-color" in style


def test_a_step_without_a_number_is_shown_but_not_asked(tmp_path: Path) -> None:
    """The list is whole on every card."""
    phone = Phone(tmp_path)
    phone.take(exported(STEPS))
    assert "<li><div>盯数据</div></li>" in phone.card("e2-steps", 1).question()


def test_a_cloze_card_hides_its_number_and_shows_the_hint(tmp_path: Path) -> None:
    """Each number is a card of its own; the other clozes read as text."""
    phone = Phone(tmp_path)
    phone.take(exported(CLOZE))
    first, third = phone.card("e2-pilot", 0), phone.card("e2-pilot", 2)
    prompt = "灰度多大、发现了什么？"
    assert visible(first.question()) == f"{prompt} 在 [...] 的用户中灰度，但 新用户留存 小幅下滑。"
    assert visible(third.question()) == f"{prompt} 在 10% 的用户中灰度，但 [哪个指标] 小幅下滑。"
    assert visible(third.answer()) == f"{prompt} 在 10% 的用户中灰度，但 新用户留存 小幅下滑。 来源：问题 E2"


def test_notes_stand_in_a_deck_for_each_chapter(tmp_path: Path) -> None:
    """The deck in Anki is named for deck and chapter, under one parent."""
    phone = Phone(tmp_path)
    other = replace(CHAPTER, title="A::B")
    phone.take([*exported(BASIC), *exported(SET, chapter=other)])
    assert phone.deck_of(phone.card("e2-snooze")) == "产品经理面试::E2 广告与体验"
    assert phone.deck_of(phone.card("e2-set")) == "产品经理面试::A：：B"
    names = [found.name for found in phone.collection.decks.all_names_and_ids()]
    assert sorted(names) == ["Default", "产品经理面试", "产品经理面试::A：：B", "产品经理面试::E2 广告与体验"]


def test_two_spellings_of_a_deck_are_one_deck(tmp_path: Path) -> None:
    """Anki takes names that differ in case alone for the same; the deck keeps the name that was met first."""
    phone = Phone(tmp_path)
    sea, shout = replace(CHAPTER, title="Sea"), replace(CHAPTER, title="SEA")
    phone.take([*exported(BASIC, chapter=sea), *exported(SET, chapter=shout)])
    names = [found.name for found in phone.collection.decks.all_names_and_ids()]
    assert sorted(names) == ["Default", "产品经理面试", "产品经理面试::Sea"]
    assert phone.deck_of(phone.card("e2-set")) == "产品经理面试::Sea"


def test_a_tag_over_two_lines_is_no_cause_for_a_warning(tmp_path: Path) -> None:
    """What the library that writes the package takes for a wrong tag is an image whose text has a line break."""
    (tmp_path / "flag.svg").write_text("<svg/>", encoding="utf-8")
    phone = Phone(tmp_path)
    phone.take(exported("## Flag? {#flag}\n\n![red\nwhite](flag.svg)", deck=replace(DECK, root=tmp_path)))
    assert 'alt="red\nwhite"' in phone.note("flag")["Answer"]


def test_what_identifies_and_groups_a_note_arrives(tmp_path: Path) -> None:
    """Guid, fields, tags, sort field and time of change are in Anki what they are in the text."""
    phone = Phone(tmp_path)
    phone.take(exported(BASIC, CLOZE))
    for name, kind, fields in (("e2-snooze", Kind.BASIC, ORDINARY_FIELDS), ("e2-pilot", Kind.CLOZE, CLOZE_FIELDS)):
        note = phone.note(name)
        assert note.mod == MONDAY
        assert note.guid == note_guid("pm", name, kind)
        assert set(note.tags) == {"E2", "商业化"}
        assert tuple(note.keys()) == fields
        (sort_field,) = phone.collection.db.first("SELECT sfld FROM notes WHERE id = ?", note.id)  # type: ignore[union-attr,misc]
        assert sort_field == note["Prompt"]


def test_new_cards_are_studied_in_the_order_given(tmp_path: Path) -> None:
    """The order of the notes, and within a note the order of its parts in the text, is the order of study."""
    phone = Phone(tmp_path)
    phone.take(exported(STEPS, BASIC))
    cards = [phone.collection.get_card(found) for found in phone.collection.find_cards("", order="c.due asc")]
    assert [(card.note()["Id"], card.ord) for card in cards] == [
        ("e2-steps", 0),
        ("e2-steps", 1),
        ("e2-steps", 3),
        ("e2-steps", 2),
        ("e2-snooze", 0),
    ]
    assert [card.due for card in cards] == [1, 2, 3, 4, 5]


def test_anki_finds_nothing_to_mend_in_what_was_imported(tmp_path: Path) -> None:
    """Checking the database adds no cards and empties none: Anki would make the very same cards of these fields."""
    phone = Phone(tmp_path)
    hostile = "## `{{c7::x}}` in a heading {#hostile}\n\n{{c1::a}} and `{{c8::b}}`\n\n> `{{c9::c}}`"
    phone.take(exported(BASIC, SET, STEPS, CLOZE, hostile))
    before = phone.collection.card_count()
    _, ok = phone.collection.fix_integrity()
    assert ok
    assert phone.collection.card_count() == before
    assert not phone.collection.get_empty_cards().notes


def test_an_export_of_nothing_is_a_package_all_the_same(tmp_path: Path) -> None:
    """An empty choice of notes is not an error."""
    assert not Phone(tmp_path).take([]).new


def test_the_same_id_in_two_decks_is_two_notes(tmp_path: Path) -> None:
    """An id is unique in its deck; the namespace tells decks apart."""
    phone = Phone(tmp_path)
    phone.take([*exported(BASIC), *exported(BASIC, deck=replace(DECK, namespace="other"))])
    assert phone.collection.note_count() == 2
