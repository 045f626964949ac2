"""The study sheet: one page with everything in it, answers hidden until they are tapped."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from exporters.sheet import write
from srs.errors import SrsError
from tests.exporters.anki.phone import CHAPTER, DECK, exported

if TYPE_CHECKING:
    from pathlib import Path

NOTES = (
    "## 多久不再弹？ {#snooze}\n\n3 天，<b>真的</b>。\n\n> 太久会忘。",
    "## 按哪几步走？ {#steps}\n\n1. 算账 {#c1}\n2. 分层 {#c2}",
    "## 灰度？ {#pilot}\n\n在 {{c1::10%}} 的用户中，`{\\{c2::留存}}` 与 {{c2::留存::哪个}} 下滑。",
    "## Park? {#park}\n\n`git {{c1::stash}}` and $f = {{c2::\\cos x}}$",
    "## 哪面旗？ {#flag}\n\n![旗](flag.svg)",
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A sheet of four notes, one with an image."""
    (tmp_path / "flag.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'/>", encoding="utf-8"
    )
    deck = replace(DECK, root=tmp_path, name="产品 <经理>")
    assert write(tmp_path / "sheet.html", exported(*NOTES, deck=deck)) == 5
    return tmp_path / "sheet.html"


def test_the_page_needs_nothing_else(sheet: Path) -> None:
    page = sheet.read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)=\"(?!data:)", page)
    assert "<script" not in page
    assert page.count("<details") == 5
    assert "<title>产品 &lt;经理&gt;</title>" in page
    assert "&lt;b&gt;真的&lt;/b&gt;" in page
    assert "<mark>10%</mark>" in page
    assert "<code>{{c2::留存}}</code>" in page
    assert "<code>git <mark>stash</mark></code>" in page
    assert '<mrow class="mark"><mi>cos</mi>' in page


def test_a_chapter_ends_with_its_source(sheet: Path, tmp_path: Path) -> None:
    assert '</details>\n<p class="source">问题 E2</p>\n</section>' in sheet.read_text(encoding="utf-8")
    write(tmp_path / "bare.html", exported(NOTES[0], chapter=replace(CHAPTER, source="")))
    assert '<p class="source">' not in (tmp_path / "bare.html").read_text(encoding="utf-8")


def test_a_note_in_both_directions_stands_there_twice(tmp_path: Path) -> None:
    assert write(tmp_path / "sheet.html", exported("## Port? {#port .both}\n\nLeft.\n\n> Red.")) == 1
    page = (tmp_path / "sheet.html").read_text(encoding="utf-8")
    assert re.findall(r'<details id="pm/(.*?)">\n<summary>(.*?)</summary>\n<div>(.*?)</div>', page) == [
        ("port", "Port?", "<p>Left.</p>"),
        ("port/back", "<div><p>Left.</p></div>", "Port?"),
    ]
    assert page.count("<aside><p>Red.</p></aside>") == 2


@pytest.mark.slow
def test_a_browser_hides_the_answers_until_tapped_or_printed(sheet: Path, browser: str) -> None:
    """The browser's own layout is asked, by a script that the page itself would not be allowed.

    Paper is the screen with the rules of paper. Blanks in code are kept.
    """
    probe = sheet.with_name("probe.html")
    script = """
<script>addEventListener("load", () => {
  const shown = [...document.querySelectorAll("details")].map(d => {
    const answer = d.children[1];
    const closed = answer.checkVisibility();
    d.querySelector("summary").click();
    return [closed, d.open, answer.checkVisibility()].join("/");
  });
  const image = document.images[0];
  document.querySelectorAll("summary").forEach(each => each.click());
  const style = document.querySelector("style");
  style.textContent = style.textContent.replace("@media print", "@media all");
  const printed = [...document.querySelectorAll("details")].every(d => !d.open && d.children[1].checkVisibility());
  const blanks = getComputedStyle(document.querySelector("code")).whiteSpace;
  const fits = document.documentElement.scrollWidth <= innerWidth;
  document.title = [...shown, image.naturalWidth, fits, printed, blanks].join(" ");
});</script>"""
    page = sheet.read_text(encoding="utf-8")
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', script, page)
    probe.write_text(page, encoding="utf-8")
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=360,740", "--dump-dom", probe.as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title
    assert title[1] == "false/true/true " * 5 + "3 true true pre-wrap"


def test_what_would_act_in_a_terminal_that_shows_the_page_is_only_shown(tmp_path: Path) -> None:
    deck = replace(DECK, root=tmp_path, name="\x1b]0;owned\x07<", source="\x9b2J", language='zh"\x1b')
    write(tmp_path / "sheet.html", exported("## q\x1b[2J {#q}\n\na", deck=deck))
    page = (tmp_path / "sheet.html").read_text(encoding="utf-8")
    assert "<title>␛]0;owned␇&lt;</title>" in page
    assert '<html lang="zh&quot;␛">' in page
    assert not {"\x1b", "\x07", "\x9b"} & set(page)


def test_mathematics_is_set_without_a_network(tmp_path: Path) -> None:
    """What cannot be set stays as it was written; what a cloze hides is marked."""
    text = "## $x^2$? {#x}\n\n$$\n\\frac{a}{b}\n$$\n\n$\\frac{$\n\n"
    assert write(tmp_path / "sheet.html", exported(text, "## q {#y}\n\n$y = {{c1::\\cos x}}$")) == 2
    page = (tmp_path / "sheet.html").read_text(encoding="utf-8")
    assert page.count("<math") == 3
    assert "<summary><math" in page
    assert "<mfrac>" in page
    assert "<code>\\frac{</code>" in page
    assert 'class="mark"' in page


def test_pictures_that_come_to_too_much_for_a_page_are_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One small picture shown many times would be as many pictures in the page."""
    (tmp_path / "p.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(992))
    monkeypatch.setattr("exporters.sheet.MOST_PICTURES", 20_000)
    page = tmp_path / "sheet.html"

    def sheet_of(times: int) -> None:
        text = "## a {#a .both}\n\n" + "![](p.png)\n" * times
        write(page, exported(text, deck=replace(DECK, root=tmp_path)))

    with pytest.raises(SrsError, match="come to more than 20,000 bytes"):
        sheet_of(11)
    assert not page.exists()
    sheet_of(10)
    assert page.read_text(encoding="utf-8").count("data:image/png") == 20
