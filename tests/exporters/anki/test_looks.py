"""What a card looks like on a phone: readable by day and by night, and never wider than the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.exporters.anki.camera import BROWSER, WIDTH, framed, measured, page_of, photographed
from tests.exporters.anki.phone import DECK, Phone, exported

if TYPE_CHECKING:
    from pathlib import Path

LONG = "https://example.org/" + "very-long-" * 12 + "address"
NOTES = {
    "basic": f"## 点了“关闭”之后，多久不再弹？ {{#basic}}\n\n**3 天**，见 `{LONG}` 与 {LONG}。\n\n> 太久会忘。",
    "steps": "## 按哪 3 步走？ {#steps}\n\n1. 算清收益与风险 {#c1}\n2. 分层 {#c2}\n3. 限频 {#c3}\n\n> 线索。",
    "set": "## 看哪几个指标？ {#set}\n\n- 收益\n- 点击率\n- 时长",
    "cloze": "## 灰度多大？ {#cloze}\n\n在 {{c1::10%}} 的用户中，{{c2::留存::哪个指标}} 小幅下滑。",
    "table": "## 一海里有多长？ {#table}\n\n| 单位 | "
    + " | ".join(f"很长的列名 {n}" for n in range(8))
    + " |\n|---|"
    + "---|" * 8
    + "\n| 米 |"
    + " 1852 |" * 8
    + "\n\n```python\nspeed = "
    + "1.852 + " * 30
    + "0\n```\n\n$v = s/t$\n\n![旗](flag.svg)",
}


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Phone:
    """A phone with a note of each kind."""
    folder = tmp_path_factory.mktemp("looks")
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='2000' height='100'><rect width='2000' height='100'/></svg>"
    (folder / "flag.svg").write_text(svg, encoding="utf-8")
    made = Phone(folder)
    made.take(exported(*NOTES.values(), deck=replace(DECK, root=folder)))
    return made


@pytest.mark.skipif(not BROWSER, reason="needs Chromium or Chrome")
@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_a_card_fits_a_phone_and_can_be_read(phone: Phone, tmp_path: Path, *, night: bool) -> None:
    """Both sides of every card of every kind: no wider than the window, dark on light or light on dark."""
    sides = [(card, answer) for note in NOTES for card in phone.cards(note).values() for answer in (False, True)]
    frames = framed(tmp_path, *(page_of(card, answer=answer, night=night) for card, answer in sides))
    found = measured(frames)
    assert len(found) == len(sides)
    for width, colour in found:
        assert width <= WIDTH
        light = sum(colour) / 3
        assert light > 150 if night else light < 100
    photographed(frames, tmp_path / "card.png")
    assert (tmp_path / "card.png").stat().st_size > 3000
