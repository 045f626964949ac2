"""`srs show`: one card with its history."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from srs.characters import shown_line
from srs.cli.context import context_of
from srs.cli.opening_soon import open_soon
from srs.cli.options import CardArgument
from srs.collection.desk import Desk
from srs.collection.outlines import outline_called
from srs.deck import note_from_text, split_card_id
from srs.deck.face import answered, asked, spoken
from srs.errors import counted
from srs.history import Review
from srs.scheduler import Scheduler
from srs.store.called import card_history
from srs.store.values import StandingNote, StoredCard
from srs.terminal.paint import paint, paint_inline
from srs.terminal.wrap import wrap


def show(context: typer.Context, card: CardArgument) -> None:
    """Show a card as it is asked and answered, with its history and source line; or an outline to speak by."""
    here = context_of(context)
    with open_soon(here) as desk:
        outline = outline_called(desk, card)
        if outline:
            _show_outline(outline, desk.decks[outline.deck].root / outline.chapter.path)
            return
        stored = desk.card(card)
        with desk.store.reading() as connection:
            history = card_history(connection, stored.key)
        _show(stored, history, desk, here.today())


def _show(card: StoredCard, history: Sequence[Review], desk: Desk, today: date) -> None:
    console = Console(highlight=False)
    note, part = note_from_text(card.text), split_card_id(card.name)[1]
    width = min(88, console.width)
    lines = [Text(shown_line(f"{card.name} · {card.kind} · {card.chapter}"), style="dim"), Text()]
    if part in note.parts:
        prompt = asked(note, part).prompt
        lines += wrap(paint_inline(prompt, "bold"), width) if prompt else []
        face = answered(note, part)
        lines += [*paint(asked(note, part).body, width), Text("· · ·", style="dim"), *paint(face.body, width)]
        lines += [Text.assemble(("▎ ", "blue"), line) for line in paint(face.extra, width - 2)]
    else:
        told = f"The text asks for no {part or 'whole'} any more; once it does again, this history goes on."
        lines += [*wrap(paint_inline(note.prompt, "bold"), width), *wrap(Text(told), width)]
    lines += [Text(), *(Text(line) for line in _standing(card, history, desk.scheduler(card.deck), today))]
    lines += [Text(f"flagged: {shown_line(card.remark)}")] if card.remark else []
    lines += [
        Text(shown_line(f"  {review.day}  grade {int(review.grade)}  {review.ms / 1000:.1f} s  {review.origin}"))
        for review in history
    ]
    for line in [*lines, Text(shown_line(desk.source(card)), style="dim")]:
        console.print(line, soft_wrap=True)


def _show_outline(stored: StandingNote, file: Path) -> None:
    console = Console(highlight=False)
    note, width = note_from_text(stored.text), min(88, console.width)
    outline = note.outline
    told = "" if outline is None or outline.filled else " · not filled in yet"
    lines = [Text(shown_line(f"{stored.name} · outline · {stored.chapter.title}{told}"), style="dim"), Text()]
    lines += [*wrap(paint_inline(note.prompt, "bold"), width), Text(), *paint(spoken(note), width)]
    lines += [Text.assemble(("▎ ", "blue"), line) for line in paint(note.extra, width - 2)]
    seconds = [line.seconds for line in outline.lines if line.seconds is not None] if outline else []
    lines += [Text(), *([Text(f"{sum(seconds)} s in all")] if seconds else [])]
    for line in [*lines, Text(f"{file}:{stored.line}", style="dim")]:
        console.print(line, soft_wrap=True)


def _standing(card: StoredCard, history: Sequence[Review], scheduler: Scheduler, today: date) -> list[str]:
    memory = card.memory
    if memory is None:
        moved = sum(not review.drill for review in history)
        before = f"forgotten after {counted(moved, 'answer')}" if moved else "only drilled so far"
        return [f"{card.state(today)}: {before if history else 'never answered'}"]
    shown = scheduler.shown(memory)
    parts = (
        f"due {memory.due}",
        f"interval {counted(memory.interval, 'day')}",
        *([] if shown.ease is None else [f"ease {shown.ease / 1000:.2f}"]),
        *([] if shown.stability is None else [f"stability {shown.stability:.1f} days"]),
        *([] if shown.difficulty is None else [f"difficulty {shown.difficulty:.1f}"]),
        counted(memory.lapses, "lapse"),
        f"recall {scheduler.recall(memory, today):.0%} now",
    )
    return [f"{card.state(today)}: {', '.join(parts)}"]
