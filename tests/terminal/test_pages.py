"""Every page of a sitting in a small, a usual and a wide window; the golden ones were looked at."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console

from srs.collection.sitting import Left
from srs.deck import note_from_text, split_card_id
from srs.deck.typed import compare
from srs.scheduler import Grade
from srs.terminal.frame import Size, Standing
from srs.terminal.grades import FOUR_GRADES, grade_labels
from srs.terminal.help import help_page
from srs.terminal.pages import Card, Recital, answer_page, card_page, recital_page, remark_page, typing_page
from srs.terminal.screen import Page, Screen
from tests.memories import answered
from tests.terminal.test_charts import GOLDEN, TODAY

STEPS = """\
## 平衡广告收入与用户体验，按哪 5 步走？ {#e2-steps}

1. 算清收益与风险 {#c1}
2. 按人群分层 {#c2}
3. 限制频次，懂得节制，别让弹窗泛滥到用户想要卸载这款应用 {#c3}
4. A/B 测试或灰度 {#c4}
5. 盯数据，动态优化 {#c5}

> 记忆线索：先算账，再分人，再限量，再试水，最后盯盘。
"""
CLOZE = """\
## 视频 App 首页弹窗：灰度发现了哪一好一坏？ {#e2-pilot}

好的是{{c1::广告点击率}}，坏的是{{c2::用户留存::哪个指标}}，掉了一点。
"""
TWENTY = "## 希腊字母前 20 个？ {#alphabet}\n\n" + "".join(f"{n}. 第 {n} 个 {{#c{n}}}\n" for n in range(1, 21))
LONG = "## 长文里少了什么？ {#long}\n\n" + "一段很长的文字。" * 120 + "末尾是{{c1::答案}}。\n"
BASIC = "## 点了“关闭”之后，多久不再弹？ {#e2-snooze}\n\n3 天。\n"
LONG_SAID = "3,000 cards are due: at 200 a day, the longest overdue first, that is cleared on 2026-12-31."
STANDING = Standing(3, Left(12, 4, 1), 260_000, "undone: Good")


def card(text: str, name: str, flag: str = "") -> Card:
    """Return a card of the second chapter."""
    return Card(
        note_from_text(text),
        split_card_id(name)[1],
        name,
        "E2 广告收入与用户体验",
        drill=False,
        flag=flag,
        deck="产品经理面试",
    )


def screens(width: int, height: int) -> str:
    """Draw every page, one below the other, as a window of this size shows it first."""
    size = Size(max(20, min(88, width - 4)), width, height)
    steps, cloze = card(STEPS, "e2-steps"), card(CLOZE, "e2-pilot/c2", "太绕口")
    long, far = card(TWENTY, "alphabet"), card(TWENTY, "alphabet/c19")
    text, basic = card(LONG, "long/c1"), card(BASIC, "e2-snooze")
    changed = replace(cloze, before=note_from_text("## ? {#x}\n\n用户**停留**时长\n").answer)
    memory = answered(None, Grade.GOOD, TODAY)
    labels = grade_labels(FOUR_GRADES, {grade: answered(memory, grade, memory.due) for grade in Grade}, memory)
    compared = compare("用护留存率", "用户留存")
    pages = {
        "a cloze is asked": card_page(cloze, STANDING, size),
        "a cloze is answered": answer_page(cloze, labels, STANDING, size),
        "a list is recited": recital_page(steps, Recital(3, frozenset({1})), STANDING, size),
        "a list was recited": answer_page(steps, labels, STANDING, size, Recital(5, frozenset({1}))),
        "a step is asked": card_page(card(STEPS, "e2-steps/c3"), STANDING, size),
        "a step far down is asked": card_page(far, STANDING, size),
        "a step far down is answered": answer_page(far, labels, STANDING, size),
        "a long list was recited": answer_page(long, labels, STANDING, size, Recital(20, frozenset({1}), 19)),
        "a long text is asked": card_page(text, STANDING, size),
        "a long text is answered": answer_page(text, labels, replace(STANDING, said=LONG_SAID), size),
        "an answer that was learnt otherwise": answer_page(changed, labels, STANDING, size),
        "space takes Good": answer_page(basic, labels, STANDING, size, space_takes=Grade.GOOD),
        "an answer is typed": typing_page(cloze, "用户留", STANDING, size),
        "a typed answer is compared": answer_page(cloze, labels, STANDING, size, None, compared),
        "a remark is written": remark_page(cloze, "太绕口", STANDING, size),
        "help": help_page(size),
    }
    window = Screen(Console(file=io.StringIO(), width=width, height=height, force_terminal=True))
    shown = []
    for title, page in pages.items():
        window.show(page)
        shown += [f"[{title}]", *(str(line).rstrip() for line in window.seen()), ""]
    return "\n".join(shown)


@pytest.mark.parametrize(("width", "height"), [(30, 8), (60, 10), (60, 20), (80, 24), (200, 50)])
def test_every_page_in_every_window(width: int, height: int, golden: Callable[[Path, str], None]) -> None:
    text = screens(width, height)
    if width >= 60:
        assert max(cell_len(line) for line in text.split("\n")) < width
    golden(GOLDEN / f"sitting-{width}x{height}.txt", text)


def test_the_way_back_asks_the_body_and_answers_with_the_heading() -> None:
    """Nothing of the heading stands above the question; in the answer it is marked."""
    note = note_from_text("## canary release {#port .both}\n\n先给一小部分用户看。\n\n> 与 A/B 不同。")
    card, size = Card(note, "back", "port/back", "E2", drill=False), Size(76, 80)
    standing = Standing(0, Left(1, 0, 0))
    question = "\n".join(line.plain for line in card_page(card, standing, size).body)
    answer = "\n".join(line.plain for line in answer_page(card, {}, standing, size).body)
    asking = card_page(card, standing, size)
    shown = [line.plain.strip() for line in (*(asking.question or ()), *asking.body)]
    assert shown == ["", "", "", "先给一小部分用户看。"]  # a blank above the deck, and one below it
    assert "canary" not in question
    assert "先给一小部分用户看。" in question
    assert answer.index("先给一小部分用户看。") < answer.index("canary release") < answer.index("与 A/B 不同。")


@pytest.mark.parametrize(("width", "height"), [(30, 8), (60, 10), (80, 24), (200, 50)])
@pytest.mark.parametrize("step", range(1, 21))
def test_the_gap_and_the_answer_are_in_view_wherever_they_stand(width: int, height: int, step: int) -> None:
    """Of a list of twenty: each step asked by itself, and the step that was just recited."""
    window = Screen(Console(file=io.StringIO(), width=width, height=height, force_terminal=True))
    size = Size(window.width, window.full_width, window.height)
    one, whole = card(TWENTY, f"alphabet/c{step}"), card(TWENTY, "alphabet")
    wanted = f"{step}. 第 {step} 个"

    def seen(page: Page) -> str:
        window.show(page)
        return "\n".join(str(line) for line in window.seen())

    assert f"{step}. […]" in seen(card_page(one, STANDING, size))
    assert wanted in seen(answer_page(one, {}, STANDING, size))
    assert f"{step}. […]" in seen(recital_page(whole, Recital(step - 1, frozenset(), step - 2), STANDING, size))
    shown = answer_page(whole, {}, STANDING, size, Recital(20, frozenset(), step - 1))
    assert wanted in seen(shown)


def test_a_question_shows_in_a_low_window() -> None:
    window = Screen(Console(file=io.StringIO(), width=60, height=10, force_terminal=True))
    size = Size(window.width, window.full_width, window.height)
    for page in (
        card_page(card(LONG, "long/c1"), STANDING, size),
        answer_page(card(LONG, "long/c1"), {}, STANDING, size),
    ):
        window.show(page)
        assert "长文里少了什么？" in "\n".join(map(str, window.seen()))


def test_what_a_note_adds_is_wrapped_beside_its_bar() -> None:
    """The bar and the margin take two cells each, and a line of it is as long as any other."""
    page = answer_page(card("## q {#q}\n\na\n\n> " + "words " * 40, "q"), {}, STANDING, Size(40, 44))
    beside = [str(line) for line in page.body if "▎" in str(line)]
    assert len(beside) > 5
    assert max(map(cell_len, beside)) <= 42


@pytest.mark.parametrize(
    ("text", "name", "recital", "focus"),
    [
        (STEPS, "e2-steps", Recital(5), range(1, 2)),
        (CLOZE, "e2-pilot/c2", None, range(1, 2)),
        ("## How long? {#long}\n\nOne.\n", "long", None, range(3, 4)),
    ],
    ids=["recited", "cloze", "basic"],
)
def test_what_must_be_in_view_is_the_answer_or_where_it_stands_in_the_question(
    text: str, name: str, recital: Recital | None, focus: range
) -> None:
    page = answer_page(card(text, name), {}, STANDING, Size(76, 80), recital)
    assert page.focus == focus
    assert any("· · ·" in str(line) for line in page.body) == (name == "long")


@pytest.mark.parametrize(("ms", "told"), [(1, "~1 min"), (89_999, "~1 min"), (90_000, "~2 min"), (600_000, "~10 min")])
def test_the_time_that_is_left_is_told_in_whole_minutes(ms: int, told: str) -> None:
    head = card_page(card(CLOZE, "e2-pilot/c1"), Standing(0, Left(1, 0, 0), ms), Size(76, 80)).head
    assert told in "".join(map(str, head))
