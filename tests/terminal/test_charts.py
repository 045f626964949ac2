"""Pictures of figures, at the widths of a small, a usual and a wide window; the golden ones were looked at."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from srs.history.force import InForce
from srs.scheduler import Answer, Grade, Sm2
from srs.terminal.charts import charts
from tests.stats.counted import CardRecord, figures

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "screens"
TODAY = date(2026, 12, 1)


def records() -> list[CardRecord]:
    """Return cards of two chapters with half a year of answers, the same in every run."""
    found = []
    for number in range(60):
        answers: list[Answer] = []
        day = TODAY - timedelta(days=180 - number)
        while day <= TODAY and number % 6:
            grade = Grade.AGAIN if (number + len(answers)) % 9 == 0 else Grade(3 + number % 3)
            answers.append(Answer(day, grade))
            memory = Sm2().fold(answers)
            day = memory.due + timedelta(days=number % 2) if memory else TODAY
        chapter = "E1 技术重构与业务需求" if number < 30 else "E2 广告收入与用户体验，一个很长很长的章节名字"
        memory = Sm2().fold(answers)
        found.append(CardRecord(chapter, memory, number == 7, number == 8, tuple(answers), (4000,) * len(answers)))
    return found


def drawn(width: int, cards: list[CardRecord], today: date = TODAY) -> str:
    """Return the pictures as text."""
    console = Console(width=width, file=io.StringIO(), color_system=None, legacy_windows=False)
    with console.capture() as capture:
        console.print(charts(figures(cards, InForce().of, today), today, width))
    return "\n".join(line.rstrip() for line in capture.get().split("\n"))


@pytest.mark.parametrize("width", [60, 80, 200])
def test_pictures_are_drawn_to_the_width(width: int, golden: Callable[[Path, str], None]) -> None:
    text = drawn(width, records())
    assert max(cell_len(line) for line in text.split("\n")) <= width
    golden(GOLDEN / f"stats-{width}.txt", text)


def test_a_month_is_named_above_its_first_monday() -> None:
    """The year that ends on 5 January 2027 begins with the week of 5 January 2026."""
    today = date(2027, 1, 5)
    answer = Answer(today, Grade.GOOD)
    card = CardRecord("E1", Sm2().fold([answer]), suspended=False, leech=False, steps=(answer,), ms=(1000,))
    text = drawn(80, [card], today)
    assert "\n     Jan Feb Mar  Apr May Jun  Jul Aug  Sep Oct Nov  Dec Jan\n" in text


def test_without_an_answer_there_is_only_what_waits() -> None:
    text = drawn(80, [CardRecord("E1", None, suspended=False, leech=False)])
    assert "No answer yet: `srs review` begins." in text
    assert "E1" in text
