"""Cards as a phone shows them: rendered by Anki, drawn by a browser in a phone's window, by day and by night."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from anki.cards import Card

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
WIDTH, HEIGHT = 360, 640
# A browser's window on a desk is never narrower than 500; a frame in it is as narrow as a phone.
_FRAMES = """\
<!doctype html><meta charset="utf-8"><style>body {{ margin: 0; }} iframe {{ border: 0; display: block; }}</style>
{frames}
<script>addEventListener("load", () => {{
  document.title = [...document.querySelectorAll("iframe")].map(frame => {{
    const page = frame.contentDocument;
    return page.documentElement.scrollWidth + " " + getComputedStyle(page.body).color;
  }}).join("; ");
}});</script>
"""
_PAGE = """\
<!doctype html><html class="{html}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ margin: 20px; }} body.nightMode {{ background: #2c2c2c; color: #fcfcfc; }}</style></head>
<body class="{body}">{card}</body></html>
"""


def page_of(card: Card, *, answer: bool, night: bool) -> str:
    """Return a card's side as a page of its own, with the classes that Anki sets on it."""
    output = card.render_output()
    side = output.answer_text if answer else output.question_text
    html, body = ("night_mode", "card nightMode night_mode") if night else ("", "card")
    return _PAGE.format(html=html, body=body, card=f"<style>{output.css}</style>{side}")


def framed(folder: Path, *pages: str) -> Path:
    """Write pages, and one that frames each of them as a phone's window; return the latter."""
    for number, page in enumerate(pages):
        (folder / f"{number}.html").write_text(page, encoding="utf-8")
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    frames = "\n".join(f'<iframe src="{number}.html" {size}></iframe>' for number in range(len(pages)))
    (folder / "frames.html").write_text(_FRAMES.format(frames=frames), encoding="utf-8")
    return folder / "frames.html"


def measured(frames: Path) -> list[tuple[int, tuple[int, ...]]]:
    """Return how wide each framed page is, and the colour of its text, as the browser lays it out."""
    title = re.search(r"<title>(.*?)</title>", _browse(frames, "--dump-dom"))
    assert title
    pairs = (each.partition(" ") for each in title[1].split("; "))
    return [(int(width), tuple(map(int, re.findall(r"\d+", colour)))) for width, _, colour in pairs]


def photographed(frames: Path, picture: Path, height: int = HEIGHT) -> None:
    """Take a picture of the first framed page."""
    _browse(frames, f"--screenshot={picture}", f"--window-size={WIDTH},{height}")


def _browse(page: Path, *options: str) -> str:
    command = [
        BROWSER,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
    ]
    done = subprocess.run([*command, *options, page.as_uri()], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout
