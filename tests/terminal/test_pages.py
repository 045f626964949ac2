"""Every page of a sitting in a small, a usual and a wide window; the golden ones were looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from srs.collection.sitting import Left
from srs.deck import note_from_text, split_card_id
from srs.deck.typed import compare
from srs.scheduler import Grade
from srs.terminal.grades import FOUR_GRADES, grade_labels
from srs.terminal.help import help_page
from srs.terminal.pages import (
    Card,
    Recital,
    Size,
    Standing,
    answer_page,
    card_page,
    recital_page,
    remark_page,
    typing_page,
)
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
STANDING = Standing(3, Left(12, 4, 1), 260_000, "undone: Good")


def card(text: str, name: str, flag: str = "") -> Card:
    """Return a card of the second chapter."""
    return Card(note_from_text(text), split_card_id(name)[1], name, "E2 广告收入与用户体验", drill=False, flag=flag)


def screens(width: int, height: int) -> str:
    """Draw every page, one below the other, as a window of this size shows it first."""
    size = Size(max(20, min(88, width - 4)), width)
    steps, cloze = card(STEPS, "e2-steps"), card(CLOZE, "e2-pilot/c2", "太绕口")
    memory = answered(None, Grade.GOOD, TODAY)
    labels = grade_labels(FOUR_GRADES, {grade: answered(memory, grade, memory.due) for grade in Grade}, memory)
    compared = compare("用护留存率", "用户留存")
    pages = {
        "a cloze is asked": card_page(cloze, STANDING, size),
        "a cloze is answered": answer_page(cloze, labels, STANDING, size),
        "a list is recited": recital_page(steps, Recital(3, frozenset({1})), STANDING, size),
        "a list was recited": answer_page(steps, labels, STANDING, size, Recital(5, frozenset({1}))),
        "a step is asked": card_page(card(STEPS, "e2-steps/c3"), STANDING, size),
        "an answer is typed": typing_page(cloze, "用户留", STANDING, size),
        "a typed answer is compared": answer_page(cloze, labels, STANDING, size, None, compared),
        "a remark is written": remark_page(cloze, "太绕口", STANDING, size),
        "help": help_page(size),
    }
    shown = []
    for title, page in pages.items():
        room = height - len(page.head) - len(page.foot)
        body = [*page.body[:room], *[""] * (room - len(page.body))]
        shown += [f"[{title}]", *(str(line).rstrip() for line in (*page.head, *body, *page.foot)), ""]
    return "\n".join(shown)


@pytest.mark.parametrize(("width", "height"), [(60, 20), (80, 24), (200, 50)])
def test_every_page_in_every_window(width: int, height: int, golden: Callable[[Path, str], None]) -> None:
    text = screens(width, height)
    assert max(cell_len(line) for line in text.split("\n")) < width
    golden(GOLDEN / f"sitting-{width}x{height}.txt", text)


def test_what_a_note_adds_is_wrapped_beside_its_bar() -> None:
    """The bar and the margin take two cells each, and a line of it is as long as any other."""
    page = answer_page(card("## q {#q}\n\na\n\n> " + "words " * 40, "q"), {}, STANDING, Size(40, 44))
    beside = [str(line) for line in page.body if "▎" in str(line)]
    assert len(beside) > 5
    assert max(map(cell_len, beside)) <= 42


@pytest.mark.parametrize(
    ("text", "name", "recital", "focus"),
    [
        (STEPS, "e2-steps", Recital(5), 0),
        (CLOZE, "e2-pilot/c2", None, 0),
        ("## How long? {#long}\n\nOne.\n", "long", None, 4),
    ],
    ids=["recited", "cloze", "basic"],
)
def test_a_page_begins_with_the_answer_unless_it_stands_in_the_question(
    text: str, name: str, recital: Recital | None, focus: int
) -> None:
    page = answer_page(card(text, name), {}, STANDING, Size(76, 80), recital)
    assert page.focus == focus
    assert any("· · ·" in str(line) for line in page.body) == bool(focus)


@pytest.mark.parametrize(("ms", "told"), [(1, "~1 min"), (89_999, "~1 min"), (90_000, "~2 min"), (600_000, "~10 min")])
def test_the_time_that_is_left_is_told_in_whole_minutes(ms: int, told: str) -> None:
    head = card_page(card(CLOZE, "e2-pilot/c1"), Standing(0, Left(1, 0, 0), ms), Size(76, 80)).head
    assert told in "".join(map(str, head))
