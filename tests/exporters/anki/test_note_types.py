"""The note types: frozen where progress hangs on them, and readable on a phone, by day and by night."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from exporters.anki.note_types import (
    BOTH_FIELDS,
    BOTH_ID,
    CHANGED_AT,
    CLOZE_FIELDS,
    CLOZE_ID,
    ORDINARY_FIELDS,
    ORDINARY_ID,
    note_types_json,
)
from tests.exporters.anki.camera import WIDTH, framed, measured, page_of, photographed
from tests.exporters.anki.phone import DECK, Phone, exported, visible

if TYPE_CHECKING:
    from pathlib import Path

LOOKS = {
    1_795_392_000: ("76a7a4fcaaa9549f", "69584cb24bcb9743"),
    1_795_960_800: ("2c3597b99cbdadf7", "690c62a2fd21e4af"),
}
"""What the note types were at each time stamp: the first two, and the one for both directions, which came later.

A change adds a line with a later stamp and raises CHANGED_AT.
"""

LONG = "https://example.org/" + "very-long-" * 12 + "address"
NOTES = {
    "basic": f"## 点了“关闭”之后，多久不再弹？ {{#basic}}\n\n**3 天**，见 `{LONG}` 与 {LONG}。\n\n> 太久会忘。",
    "steps": "## 按哪 3 步走？ {#steps}\n\n1. 算清收益与风险 {#c1}\n2. 分层 {#c2}\n3. 限频 {#c3}\n\n> 线索。",
    "set": "## 看哪几个指标？ {#set}\n\n- 收益\n- 点击率\n- 时长",
    "cloze": "## 灰度多大？ {#cloze}\n\n在 {{c1::10%}} 的用户中，{{c2::留存::哪个指标}} 小幅下滑。",
    "both": "## 灰度发布 {#both .both}\n\n先给 *一小部分* 用户看，再放量：`canary release`。\n\n> 与 A/B 测试不同。",
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


def test_fields_and_templates_are_frozen() -> None:
    """Anki takes a note type of other names for another one, and no longer updates the notes of the old one."""
    assert (
        *("Id", "Prompt", "Answer", "List", "Extra", "Source", "Kind", "Language"),
        *("Step1", "Step2", "Step3", "Step4", "Step5", "Step6", "Step7", "Step8", "Step9", "Step10"),
        *("Step11", "Step12", "Step13", "Step14", "Step15", "Step16", "Step17", "Step18", "Step19", "Step20"),
        *("Spare1", "Spare2", "Spare3", "Spare4"),
    ) == ORDINARY_FIELDS
    assert (
        *("Id", "Prompt", "Text", "Extra", "Source", "Language"),
        *("Spare1", "Spare2", "Spare3", "Spare4"),
    ) == CLOZE_FIELDS
    assert (
        *("Id", "Prompt", "Answer", "Extra", "Source", "Language"),
        *("Spare1", "Spare2", "Spare3", "Spare4"),
    ) == BOTH_FIELDS
    assert (ORDINARY_ID, CLOZE_ID, BOTH_ID) == (1_846_203_917, 1_846_203_918, 1_846_203_919)
    ordinary, cloze, both = note_types_json().values()
    assert [template["name"] for template in ordinary["tmpls"]] == ["Whole", *(f"Step {n}" for n in range(1, 21))]
    assert [template["name"] for template in cloze["tmpls"]] == ["Cloze"]
    assert [template["name"] for template in both["tmpls"]] == ["Forward", "Back"]


def test_looks_never_change_without_a_later_time_stamp() -> None:
    """A phone takes new looks over only if they are stamped later than those it has."""
    both = {number: made for number, made in note_types_json().items() if number == str(BOTH_ID)}
    first = {number: made for number, made in note_types_json().items() if number not in both}
    found = [json.dumps(made, sort_keys=True).replace(str(CHANGED_AT), "") for made in (first, both)]
    assert max(LOOKS) == CHANGED_AT
    assert tuple(sha256(each.encode()).hexdigest()[:16] for each in found) == LOOKS[CHANGED_AT]


def test_colours_are_named_once_for_light_and_once_for_night() -> None:
    """Every colour is a variable, and each variable has a value in both modes."""
    style = note_types_json()[str(ORDINARY_ID)]["css"]
    light, night = re.findall(r"(?:--\w+: #[0-9a-f]{6};\s*)+", style)
    assert re.findall(r"--\w+", light) == re.findall(r"--\w+", night)
    assert not re.search(r"#[0-9a-f]{3,8}\b|\brgb|\bhsl", style.replace(light, "").replace(night, ""))


def test_texts_can_be_read_on_their_grounds() -> None:
    """Contrast is at least 4.5 to 1 in both modes, as WCAG asks of text."""
    style = note_types_json()[str(ORDINARY_ID)]["css"]
    for block in re.findall(r"(?:--\w+: #[0-9a-f]{6};\s*)+", style):
        colour = dict(re.findall(r"--(\w+): #([0-9a-f]{6})", block))
        for text, ground in (
            *(("ink", "paper"), ("ink", "panel"), ("ink", "mark")),
            *(("quiet", "paper"), ("accent", "paper"), ("accent", "panel")),
        ):
            assert contrast(colour[text], colour[ground]) >= 4.5, (text, ground)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour as WCAG 2 defines it."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Phone:
    """A phone with a note of each kind."""
    folder = tmp_path_factory.mktemp("looks")
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='2000' height='100'><rect width='2000' height='100'/></svg>"
    (folder / "flag.svg").write_text(svg, encoding="utf-8")
    made = Phone(folder)
    made.take(exported(*NOTES.values(), deck=replace(DECK, root=folder)))
    return made


def test_both_directions_ask_and_answer_each_other(phone: Phone) -> None:
    """Each side shows what it asks, and the other side only with the answer, with what the note adds."""
    there, back = (phone.card("both", place).render_output() for place in (0, 1))
    assert visible(there.question_text) == "灰度发布"
    assert (
        visible(there.answer_text)
        == "灰度发布 先给 一小部分 用户看，再放量：canary release。 与 A/B 测试不同。 来源：问题 E2"
    )
    assert visible(back.question_text) == "先给 一小部分 用户看，再放量：canary release。"
    assert (
        visible(back.answer_text)
        == "先给 一小部分 用户看，再放量：canary release。 灰度发布 与 A/B 测试不同。 来源：问题 E2"
    )


@pytest.mark.slow
@pytest.mark.usefixtures("browser")
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


@pytest.mark.slow
@pytest.mark.usefixtures("browser")
def test_a_picture_of_a_card_shows_it(phone: Phone, tmp_path: Path) -> None:
    """Whichever fonts there are, a card is not drawn as an empty page is."""
    page = page_of(phone.card("basic"), answer=True, night=False)
    pictures = []
    for name, each in (("card", page), ("empty", "<!doctype html>")):
        photographed(framed(tmp_path, each), tmp_path / f"{name}.png")
        pictures.append((tmp_path / f"{name}.png").read_bytes())
    assert pictures[0] != pictures[1]
