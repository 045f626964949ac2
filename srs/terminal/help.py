"""The page that names every key."""

from rich.text import Text

from srs.terminal.pages import MARGIN, Size
from srs.terminal.screen import Page
from srs.terminal.wrap import wrap

_KEYS = (
    ("space", "show the answer, or the next step of a list"),
    ("Enter", "show the answer, or all steps of a list"),
    ("x", "while reciting a list: the step shown last was missed"),
    ("1 2 3 4", "grade it: Again, Hard, Good, Easy (0 to 5 with --six-grades)"),
    ("u", "undo the last step, as far back as the sitting goes"),
    ("s", "suspend the card until `srs resume`"),
    ("b", "bury the card until tomorrow"),
    ("e", "edit the note in $EDITOR"),
    ("f", "flag the card with a remark; `srs cards --flagged` lists them"),
    ("↑ ↓ PgUp PgDn", "scroll a long card"),
    ("q", "quit; every answer is kept"),
)


def help_page(size: Size) -> Page:
    """Return the page."""
    lines = [Text(), Text(f"{MARGIN}Keys", style="bold"), Text()]
    for key, meaning in _KEYS:
        first, *rest = wrap(Text(meaning), size.text - 18)
        lines.append(Text.assemble(MARGIN, (key.ljust(16), "bold"), first))
        lines += [Text(MARGIN + " " * 16).append_text(line) for line in rest]
    foot = [Text("─" * (size.full - 1), style="dim"), Text(f"{MARGIN}any other key goes back to the card", style="dim")]
    return Page([], lines, foot)
