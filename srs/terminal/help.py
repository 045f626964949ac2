"""The page that names every key."""

from rich.text import Text

from srs.terminal.frame import MARGIN, Size
from srs.terminal.keys import IN_HELP
from srs.terminal.screen import Page
from srs.terminal.wrap import wrap


def help_page(size: Size) -> Page:
    """Return the page."""
    lines = [Text(), Text(f"{MARGIN}Keys", style="bold"), Text()]
    for key in IN_HELP:
        first, *rest = wrap(Text(key.help), size.text - 18)
        lines.append(Text.assemble(MARGIN, (key.label.ljust(16), "bold"), first))
        lines += [Text(MARGIN + " " * 16).append_text(line) for line in rest]
    foot = [Text("─" * (size.full - 1), style="dim"), Text(f"{MARGIN}any other key goes back to the card", style="dim")]
    return Page([], lines, foot)
