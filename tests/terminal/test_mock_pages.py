"""Every page of a mock in a small, a usual and a wide window, and what is said at its end; each was looked at."""

from __future__ import annotations

import io
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from rich.console import Console

from srs.collection.mocks import Question, Spoken
from srs.collection.sitting import Tally
from srs.deck import Chapter, note_from_text
from srs.scheduler import Grade
from srs.store.values import StandingNote
from srs.terminal.frame import Size
from srs.terminal.mock_pages import Interview, question_page, speaking_page, summing_up, ticking_page
from srs.terminal.screen import Screen
from tests.terminal.test_charts import GOLDEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TALK = """\
## 三分钟说清：弹窗广告怎么上？ {#e2-talk .mock}

面试官：“运营要在首页加弹窗广告，**用户体验**怎么办？你的数据从哪里来，多久能给我一个结论？”

1. 复述题意 (20 s) {cards="e2-steps/c1"}
2. 点出拉扯：广告收入每天看得见，而用户被打扰之后的流失要过几周才看得见，先把这一点说透 (1 min) {cards="e2-tension"}
3. 五步走 (40 s) {cards="e2-steps e2-steps/c2"}
4. 案例
5. 收尾 (20 s)
"""


def interview(text: str = TALK, seconds: int = 180) -> Interview:
    """Return an interview on a note of the second chapter."""
    note = note_from_text(text)
    assert note.outline
    chapter = Chapter(PurePosixPath("e02.md"), "E2 广告收入与用户体验")
    stored = StandingNote(1, note.id, "pm", chapter, text, 3, 0)
    return Interview(Question(stored, note, note.outline), "产品经理面试", seconds)


def test_a_mock_in_every_window(golden: Callable[[Path, str], None]) -> None:
    for width, height in ((30, 8), (60, 20), (80, 24), (200, 50)):
        size = Size(max(20, min(88, width - 4)), width, height)
        pages = {
            "it is asked": question_page(interview(), size),
            "it begins": speaking_page(interview(), 0, size),
            "half of the time": speaking_page(interview(), 90, size),
            "the whole time": speaking_page(interview(), 180, size),
            "beyond the time": speaking_page(interview(), 192, size),
            "the first line": ticking_page(interview(), [], size),
            "the fourth line": ticking_page(interview(), [True, False, True], size),
        }
        window = Screen(Console(file=io.StringIO(), width=width, height=height, force_terminal=True))
        shown = []
        for title, page in pages.items():
            window.show(page)
            shown += [f"[{title}]", *(str(line).rstrip() for line in window.seen()), ""]
        tally = Tally(2, (Grade.AGAIN, Grade.GOOD), 9000, 1, 0)
        summed = summing_up(interview(), Spoken(192, (1, 3, 4), (2, 5)), 1, tally, size.text)
        shown += ["[at its end]", *(str(line).rstrip() for line in summed), ""]
        assert max(cell_len(line) for line in shown if "Follow-ups" not in line) < max(width, 80)
        golden(GOLDEN / f"mock-{width}x{height}.txt", "\n".join(shown))


@pytest.mark.parametrize(("seconds", "style"), [(0, None), (90, "green"), (180, "green"), (181, "red"), (400, "red")])
def test_the_bar_is_red_beyond_the_time_and_never_longer_than_it(seconds: int, style: str | None) -> None:
    page = speaking_page(interview(), seconds, Size(76, 80))
    bar = next(line for line in page.body if "█" in line.plain or "░" in line.plain)
    assert bar.plain.count("█") == min(76, 76 * seconds // 180)
    assert bar.cell_len == 78
    full = [str(span.style) for span in bar.spans if "█" in bar.plain[span.start : span.end]]
    assert full == ([style] if style else [])


def test_the_parts_are_marked_on_the_bar_and_not_named() -> None:
    """Their ends are at 20, 80, 120 and 160 of 180 seconds: what lacks a time has what the others leave."""
    page = speaking_page(interview(), 30, Size(75, 80))
    assert "拉扯" not in "\n".join(line.plain for line in page.body)
    marks = next(line.plain for line in page.body if "╵" in line.plain)
    assert [index - 2 for index, sign in enumerate(marks) if sign == "╵"] == [8, 33, 50, 67]


def test_a_note_without_a_question_of_its_own_is_asked_by_its_heading() -> None:
    page = question_page(interview("## Tell me of yourself {#x .mock}\n\n- Who I am\n", 90), Size(76, 80))
    text = "\n".join(line.plain for line in page.body)
    assert "Tell me of yourself" in text
    assert "You have 1 min 30 s." in text


def test_of_a_line_that_is_to_be_ticked_nothing_that_follows_is_shown() -> None:
    page = ticking_page(interview(), [True], Size(76, 80))
    text = "\n".join(line.plain for line in page.body)
    assert "✓ 复述题意" in text
    assert "▸ 点出拉扯" in text
    assert "五步走" not in text
