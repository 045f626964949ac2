"""Advice on style: each rule speaks where it should, is silent elsewhere, and can be set aside with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from srs.deck import note_from_text, read_decks
from srs.deck.style import EVERY_RULE, RULES, advise

if TYPE_CHECKING:
    from pathlib import Path

SPEAKS = {
    "long-answer": "## Why? {#a}\n\n" + "因为海上的风很大，" * 8 + "\n",
    "several-facts": "## What of gold? {#a}\n\nIt is yellow. It is soft. It is heavy.\n",
    "long-list": "## Who? {#a}\n\n" + "".join(f"- name {number}\n" for number in range(8)),
    "yes-no": "## 灰度之后是否全量？ {#a}\n\n全量。\n",
    "leaning-prompt": "## 这个案例里灰度多大？ {#a}\n\n10%。\n",
    "cloze-hides-most": "## 谁？ {#a}\n\n{{c1::产品经理和技术负责人一起梳理}}。\n",
    "cloze-function-word": "## 灰度多大，放给谁？ {#a}\n\n放给百分之十{{c1::的}}新用户看一看。\n",
    "cloze-given-away": "## 视频 App 弹窗，哪里弹？ {#a}\n\n在首页弹，就是说在{{c1::首页}}上。\n",
    "steps-extra": "## How? {#a}\n\n1. Heave {#c1}\n2. Haul {#c2}\n",
}
GOOD = [
    "## Why do ships float? {#a}\n\nThey displace their own weight of water.\n",
    "## 视频 App 首页弹窗：灰度覆盖多少用户？ {#a}\n\n{{c1::10%}} 的用户。\n",
    "## How? {#a}\n\n1. Heave {#c1}\n2. Haul {#c2}\n\n> H and H.\n",
    "## Which five? {#a}\n\n- a\n- b\n- c\n- d\n- e\n",
    "## How big is v1.5? {#a}\n\nAbout {{c1::1.5}} times 2.1.5 of {{c2::old}} ones.\n",
]


def test_every_rule_has_its_case() -> None:
    assert set(SPEAKS) == set(RULES)
    assert all(rule.__doc__ and "rule" in rule.__doc__ for rule in RULES.values())


@pytest.mark.parametrize(("rule", "text"), SPEAKS.items(), ids=SPEAKS)
def test_a_rule_speaks_where_it_should(rule: str, text: str) -> None:
    note = note_from_text(text.strip("\n"))
    assert [name for name, function in RULES.items() if list(function(note))] == [rule]


@pytest.mark.parametrize("text", GOOD)
def test_a_good_note_gets_no_advice(text: str) -> None:
    note = note_from_text(text.strip("\n"))
    assert [message for function in RULES.values() for message in function(note)] == []


def advice(folder: Path, text: str, source: str = "source: A book\n") -> list[str]:
    """Return the advice on a deck of one chapter, as rule and line."""
    (folder / "deck.toml").write_text('name = "Ship"\nnamespace = "ship"\n', encoding="utf-8")
    (folder / "sea.md").write_text(f"---\n{source}---\n{text}", encoding="utf-8")
    (deck,), problems = read_decks(folder)
    assert [problem for problem in problems if not problem.warning] == []
    return [f"{problem.line} {problem.message.partition(':')[0]}" for problem in advise(deck)]


def test_a_chapter_without_a_source_is_told_once(tmp_path: Path) -> None:
    text = "\n## One? {#one}\n\nYes, one.\n\n## Which is second? {#two}\n\nTwo.\n"
    assert advice(tmp_path, text, "title: Sea\n") == ["1 missing-source"]


def test_prompts_that_can_be_mistaken_for_one_another(tmp_path: Path) -> None:
    text = (
        "\n## 视频 App 首页弹窗：每天弹几次？ {#one}\n\n1 次。\n\n## 视频 App 首页弹窗：每天弹多次？ {#two}\n\n不。\n"
    )
    assert advice(tmp_path, text) == ["9 near-duplicate"]


def test_advice_is_set_aside_for_one_note_and_one_rule_with_a_reason(tmp_path: Path) -> None:
    text = SPEAKS["steps-extra"] + SPEAKS["steps-extra"].replace("#a", "#b").replace("How?", "By which way?")
    silence = "source: A book\nstyle:\n  a: {steps-extra: it is only two}\n"
    assert advice(tmp_path, text, silence) == ["10 steps-extra"]


def test_a_silence_for_a_rule_or_note_that_is_not_there_is_told(tmp_path: Path) -> None:
    silence = "source: A book\nstyle:\n  a: {steps-extras: why}\n  z: {yes-no: why}\n"
    found = advice(tmp_path, SPEAKS["steps-extra"].replace("Haul {#c2}\n", "Haul {#c2}\n\n> H.\n"), silence)
    assert len(found) == 2
    assert "near-duplicate" in EVERY_RULE


def spoken(rule: str, text: str) -> list[str]:
    """Return what a rule says of a note."""
    return list(RULES[rule](note_from_text(text)))


@pytest.mark.parametrize(("cells", "speaks"), [(100, False), (101, True)])
def test_an_answer_may_take_a_hundred_cells(cells: int, speaks: bool) -> None:
    answer = "海" * (cells // 2) + "a" * (cells % 2)
    assert bool(spoken("long-answer", f"## What? {{#a}}\n\n{answer}")) == speaks


@pytest.mark.parametrize(("cells", "speaks"), [(64, False), (65, True)])
def test_an_item_of_a_list_may_take_sixty_four(cells: int, speaks: bool) -> None:
    assert bool(spoken("long-answer", f"## What? {{#a}}\n\n- {'a' * cells}\n- b")) == speaks


@pytest.mark.parametrize(("items", "speaks"), [(7, False), (8, True)])
def test_a_list_may_have_seven_items(items: int, speaks: bool) -> None:
    body = "".join(f"- item {number}\n" for number in range(items))
    assert bool(spoken("long-list", f"## Which? {{#a}}\n\n{body}")) == speaks


@pytest.mark.parametrize(("hidden", "speaks"), [(12, False), (13, True)])
def test_a_gap_may_take_three_fifths_of_what_is_read(hidden: int, speaks: bool) -> None:
    """Shown are the heading (4) and the gap's sign (3) with one letter: 8 cells beside what is hidden."""
    assert bool(spoken("cloze-hides-most", f"## Sea? {{#a}}\n\nb{{{{c1::{'a' * hidden}}}}}")) == speaks


@pytest.mark.parametrize(("names", "speaks"), [(3, False), (4, True)])
def test_three_things_in_a_row_are_no_list_yet(names: int, speaks: bool) -> None:
    answer = "、".join("红橙黄绿蓝"[:names])
    assert bool(spoken("several-facts", f"## 哪些？ {{#a}}\n\n{answer}")) == speaks


@pytest.mark.parametrize(("sentences", "speaks"), [(2, False), (3, True)])
def test_two_sentences_are_one_fact_still(sentences: int, speaks: bool) -> None:
    assert bool(spoken("several-facts", f"## What? {{#a}}\n\n{'So it is. ' * sentences}")) == speaks
