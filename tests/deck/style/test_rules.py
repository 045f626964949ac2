"""Where each rule begins to speak."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from srs.deck import note_from_text
from srs.deck.style import EVERY_RULE, OF_A_DECK, OF_A_NOTE
from srs.deck.style.prompts import asked_words, told_counts
from srs.deck.style.reading import read_note
from srs.deck.style.signs import places, signs, stands_in

TOP = Path(__file__).resolve().parents[3]
TITLES = {
    4: "minimum information",
    5: "cloze deletion",
    7: "mnemonic techniques",
    9: "sets",
    10: "enumerations",
    11: "interference",
    12: "wording",
    16: "context cues",
    18: "sources",
}
"""What the reference calls the rules that there are checks of, by their numbers there."""


def spoken(rule: str, text: str) -> list[str]:
    """Return what a rule says of a note."""
    return list(OF_A_NOTE[rule](read_note(note_from_text(text))))


def number_of(rule: str) -> int:
    """Return the number that a rule's docstring gives."""
    function = OF_A_NOTE.get(rule) or OF_A_DECK[rule]
    (number,) = re.findall(r"\(rule (\d+)\)", str(function.__doc__))[:1]
    return int(number)


def test_the_document_tells_every_rule_with_its_number() -> None:
    document = (TOP / "docs/style.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \|.*\| (\d+), ([a-z ]+) \|$", document, re.MULTILINE)
    assert [name for name, _, _ in rows] == list(EVERY_RULE)
    for name, number, title in rows:
        assert TITLES[int(number)] == title
        assert name == "missing-source" or number_of(name) == int(number)


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


@pytest.mark.parametrize(("items", "speaks"), [(3, False), (4, True)])
def test_a_set_of_three_needs_no_cue(items: int, speaks: bool) -> None:
    body = "".join(f"- item {number}\n" for number in range(items))
    assert bool(spoken("set-extra", f"## Which? {{#a}}\n\n{body}")) == speaks


@pytest.mark.parametrize(
    ("body", "speaks"),
    [
        ("{{c1::右舷}}。", True),
        ("就是在{{c1::右舷}}的。", True),
        ("就是在{{c1::右舷}}的呢。", False),
        ("By the {{c1::port}}.", True),
        ("Always by {{c1::port}} light.", False),
        ("{{c1::红}}和{{c2::绿}}。", False),
        ("{{c1::红}}和{{c1::绿}}。", True),
    ],
)
def test_a_gap_needs_more_than_four_signs_around_it(body: str, speaks: bool) -> None:
    """A word or figure in Latin letters is as long as two Chinese characters; two gaps are asked beside each other."""
    assert bool(spoken("cloze-bare", f"## 哪一舷？ {{#a}}\n\n{body}")) == speaks


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("看重{{c1::经验}}和{{c2::胆量}}。", "stand side by side"),
        ("看重{{c1::经验}}，{{c2::胆量}}。", "stand side by side"),
        ("看重{{c1::经验}}和{{c1::胆量}}。", ""),
        ("看重{{c1::经验}}或{{c2::胆量}}。", ""),
        ("先{{c1::定量}}，然后才{{c2::定性}}。", "are built alike"),
        ("先{{c1::估算}}，然后才{{c2::定性}}。", ""),
        ("有人说{{c1::停}}，有人说{{c2::走}}。", "follow on the same words"),
        ("你说{{c1::停}}，我说{{c2::走}}。", ""),
        ("甲是{{c1::航海}}用灯，乙是{{c2::内河}}用灯。", "stand before the same words"),
        ("长 {{c1::20}} 米，宽 {{c2::30}} 米整。", ""),
        ("From the {{c1::port side}} ropes go to a {{c2::lee side}} post.", "are built alike"),
        ("Some say {{c1::go}}, some say {{c2::stay}}.", "follow on the same words"),
        ("It is {{c1::red}} and {{c2::green}}.", "stand side by side"),
        ("It goes {{c1::fast}} in a sea of {{c2::glass}}.", ""),
    ],
)
def test_gaps_that_tell_each_other(body: str, why: str) -> None:
    found = spoken("cloze-twins", f"## 哪两样？ {{#a}}\n\n{body}")
    assert [why in each for each in found] == ([True] if why else [])


@pytest.mark.parametrize(
    ("prompt", "answer", "speaks"),
    [
        ("关停还是升级？", "不关停", True),
        ("怎样登录？", "一键登录", False),
        ("哪类用户留下来？", "新用户", False),
        ("用户里哪一种留下来？", "新用户", True),
        ("从 PHP 换走，起点是什么？", "单体 PHP", True),
        ("Which red light burns?", "A red light", False),
        ("The red light is seen: why?", "A red light", True),
        ("What is of use?", "The use of it", False),
        ("How many metres is a mile?", "1852 metres", False),
        ("要不要停？", "要", False),
    ],
)
def test_half_an_answer_in_its_prompt_is_too_much(prompt: str, answer: str, speaks: bool) -> None:
    """The kind of thing that is asked for, behind the word that asks, is none of it."""
    assert bool(spoken("answer-in-prompt", f"## {prompt} {{#a}}\n\n{answer}")) == speaks


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("谁提需求、谁拍板？", ["谁", "谁"]),
        ("是谁和谁吵？", ["谁"]),
        ("让谁看到什么？", ["谁", "什么"]),
        ("先统一哪些服务，是和谁商定的？", ["谁"]),
        ("说明为什么重要，要备好哪两类证据？", ["哪"]),
        ("多少用户在几个 App 间切换？", ["多少"]),
        ("几家门店、多久？", ["几", "久"]),
        ("面试官：“谁说了算，凭什么？”怎么答？", ["怎么"]),
        ("谁的案例：起点是什么？", ["什么"]),
        ("Who sounds it, and how often?", ["Who", "how"]),
        ("Who sounds what?", ["Who"]),
        ("When the sea is rough, what is cold?", ["what"]),
        ("When did he sail, and where to?", ["When", "where"]),
        ("By whom and for what was it built?", ["whom", "what"]),
        ('"Who and why?" is asked by whom?', []),
    ],
)
def test_the_words_that_ask(prompt: str, words: list[str]) -> None:
    assert asked_words(prompt) == words


@pytest.mark.parametrize(
    ("prompt", "counts"),
    [
        ("按哪 5 步走？", [5]),
        ("哪两样？", [2]),
        ("一好一坏？", []),
        ("第 4 步之后，查哪三项？", [3]),
        ("E2 有哪几件？", []),
        ("一分钟讲完", []),
        ("Which three steps?", [3]),
        ("Which 12 sails of one ship?", [12, 1]),
        ("Which steps?", []),
    ],
)
def test_the_counts_of_a_prompt(prompt: str, counts: list[int]) -> None:
    assert told_counts(prompt) == counts


@pytest.mark.parametrize(
    ("prompt", "items", "speaks"),
    [
        ("查哪几样？", 3, True),
        ("查什么？", 3, False),
        ("查哪几样？", 2, False),
        ("查哪三样？", 3, False),
        ("查哪三样？", 2, True),
        ("Which things?", 3, True),
        ("Which things?", 2, False),
        ("Which 3 things?", 4, True),
        ("Which 3 of 4 things?", 4, False),
    ],
)
def test_a_list_says_how_many_it_has(prompt: str, items: int, speaks: bool) -> None:
    body = "".join(f"- x{number}\n" for number in range(items))
    assert bool(spoken("count", f"## {prompt} {{#a}}\n\n{body}")) == speaks


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("…。", 0), ("海上", 2), ("at sea", 4), ("20%", 2), ("A/B 测试", 4), ("v1.5", 2)]
)
def test_a_word_is_as_long_as_two_characters(text: str, count: int) -> None:
    assert signs(text) == count


@pytest.mark.parametrize(
    ("needle", "text", "stands"),
    [
        ("port", "a port side", True),
        ("port", "support", False),
        ("PORT", "the port", True),
        ("1.5", "2.1.5", False),
        ("5", "5%", False),
        ("船头", "在船头上", True),
        ("", "a", False),
    ],
)
def test_what_stands_in_a_text(needle: str, text: str, stands: bool) -> None:
    assert stands_in(needle, text) is stands


@pytest.mark.parametrize(
    ("needle", "text", "found"),
    [
        ("Mile", "a MILE, a smile, mile", [2, 17]),
        ("17", "17 of 170, and 17", [0, 15]),
        ("海里", "一海里，两海里", [1, 5]),
        ("海里", "one mile", []),
        ("l'été", "L'ÉTÉ arrive", [0]),
        ("kelvin", "\u212aelvin", [0]),
        ("ﬆ", "St", []),
        (" ", "a b", []),
    ],
)
def test_a_text_is_found_in_whatever_case_and_latin_letters_as_words(needle: str, text: str, found: list[int]) -> None:
    assert list(places(needle, text)) == found
