"""Cards in rows: as a table in a terminal, otherwise as fields between tabs."""

import sys
from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from srs.characters import shown_line
from srs.cli.saying import say
from srs.deck import split_card_id
from srs.deck.labels import heading_of
from srs.deck.values import BACK
from srs.errors import counted
from srs.store.values import StoredCard


def say_cards(found: Sequence[StoredCard], today: date) -> None:
    """Write each card's id, state, due day, interval and question, in the order given."""
    if sys.stdout.isatty():
        _table(found, today)
        return
    for card in found:
        say("\t".join(_row(card, today)))


def _row(card: StoredCard, today: date) -> tuple[str, str, str, str, str]:
    memory = card.memory
    heading = heading_of(card.text)
    interval = f"{memory.interval}d" if memory else "-"
    if split_card_id(card.name)[1] == BACK:
        heading = f"→ {heading}"
    due = str(memory.due) if memory else "-"
    return shown_line(card.name), card.state(today), due, interval, shown_line(heading.replace("\t", " "))


def _table(found: Sequence[StoredCard], today: date) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("card", "state", "due", "interval", "asks"):
        table.add_column(head)
    for card in found:  # it is the cells that do not wrap: of columns that may, the widest gives way first
        table.add_row(*(Text(cell, no_wrap=True, overflow="ellipsis") for cell in _row(card, today)))
    console = Console(highlight=False)
    if found:
        console.print(table)
        console.print(Text(counted(len(found), "card"), style="dim"))
