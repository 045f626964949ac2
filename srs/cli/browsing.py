"""`srs cards` and `srs show`: looking cards up."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from srs.cli.desk import desk_of
from srs.cli.review import CardArgument, DeckOption, TagOption
from srs.cli.syncing import JsonOption
from srs.errors import counted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import Connection

    from srs.cli.desk import Study
    from srs.store.cards import StoredCard
    from srs.store.reviews import Review


def cards(
    context: typer.Context,
    query: Annotated[
        list[str] | None, typer.Argument(help="Words that the id, text, chapter or tags must all hold.")
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="Only what is due today.")] = False,
    deck: DeckOption = None,
    tag: TagOption = None,
    retired: Annotated[bool, typer.Option("--retired", help="Also cards that left the text.")] = False,
    flagged: Annotated[bool, typer.Option("--flagged", help="Remarks made in sittings, with path:line.")] = False,
    leeches: Annotated[bool, typer.Option("--leeches", help="Cards that keep lapsing, with path:line.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List cards."""
    from srs.store.cards import list_cards
    from srs.store.flags import read_flags

    desk = desk_of(context)
    today = desk.today()
    with desk.synced() as study, study.store.reading() as connection:
        every = list_cards(connection, study.choice(deck, tag), retired=retired)
        found = [card for card in every if _fits(card, query) and (not due or _is_due(card, today))]
        if flagged:
            remarks = read_flags(connection, list(study.decks))
            found = [card for card in found if card.key in remarks]
        if leeches:
            found = [card for card in found if desk.leeches.holds(card.memory)]
        if (flagged or leeches) and not as_json:
            for card in found:
                said = remarks[card.key] if flagged else _grades_of(connection, card)
                typer.echo(f"{study.source(card)}: {card.name}: {said}")
        elif as_json:
            typer.echo(json.dumps([card_fields(card, study, today) for card in found], ensure_ascii=False, indent=2))
        elif sys.stdout.isatty():
            _table(found, today)
        else:
            _lines(found, today)
        if not found and not as_json:
            typer.echo("no card fits", err=True)


def show(context: typer.Context, card: CardArgument) -> None:
    """Show a card as it is asked and answered, with its history and source line."""
    from srs.store.reviews import card_history

    desk = desk_of(context)
    with desk.synced() as study:
        (stored,) = study.cards([card])
        with study.store.reading() as connection:
            history = card_history(connection, stored.key)
    _show(stored, history, study.source(stored), desk.today())


def card_fields(card: StoredCard, study: Study, today: date) -> dict[str, Any]:
    """Return a card as `--json` prints it: due as YYYY-MM-DD or null, prompt and answer as plain text."""
    from srs.deck import note_from_text, split_card_id
    from srs.deck.face import asked, recalled
    from srs.deck.layout import plain, plain_inline

    note, part = note_from_text(card.text), split_card_id(card.name)[1]
    stands = part in note.parts  # a retired card's part may have left the text of its note
    body = plain(asked(note, part).body) if stands else ""
    prompt = "\n".join(filter(None, [plain_inline(note.prompt), body]))
    memory = card.memory
    return {
        "id": card.name,
        "note": card.note,
        "kind": card.kind,
        "deck": card.deck,
        "chapter": card.chapter,
        "tags": list(card.tags),
        "state": card.state(today),
        "due": memory.due.isoformat() if memory else None,
        "interval": memory.interval if memory else None,
        "ease": memory.ease if memory else None,
        "repetitions": memory.repetitions if memory else 0,
        "lapses": memory.lapses if memory else 0,
        "reviews": card.reviews,
        "prompt": prompt,
        "answer": plain(recalled(note, part)) if stands else "",
        "source": study.source(card),
    }


def _fits(card: StoredCard, query: list[str] | None) -> bool:
    text = " ".join([card.name, card.text, card.chapter, *card.tags]).casefold()
    return all(word in text for words in query or () for word in words.casefold().split())


def _grades_of(connection: Connection, card: StoredCard) -> str:
    from srs.store.reviews import card_history

    grades = " ".join(str(int(review.grade)) for review in card_history(connection, card.key))
    return f"{counted(card.memory.lapses if card.memory else 0, 'lapse')}, grades {grades}"


def _is_due(card: StoredCard, today: date) -> bool:
    return card.memory is not None and card.memory.due <= today and card.state(today) == "review"


def _row(card: StoredCard, today: date) -> tuple[str, str, str, str, str]:
    from srs.terminal.paint import safe

    memory = card.memory
    heading = card.text.split("\n", 1)[0].removeprefix("##").partition(" {#")[0].strip()
    interval = f"{memory.interval}d" if memory else "-"
    return card.name, card.state(today), str(memory.due) if memory else "-", interval, safe(heading)


def _lines(found: Iterable[StoredCard], today: date) -> None:
    for card in found:
        typer.echo("\t".join(_row(card, today)))


def _table(found: list[StoredCard], today: date) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("card", "state", "due", "interval", "asks"):
        table.add_column(head, no_wrap=True, overflow="ellipsis")
    for card in found:
        table.add_row(*(Text(cell) for cell in _row(card, today)))
    console = Console(highlight=False)
    if found:
        console.print(table)
    console.print(Text(counted(len(found), "card"), style="dim"))


def _show(card: StoredCard, history: list[Review], source: str, today: date) -> None:
    from rich.console import Console
    from rich.text import Text

    from srs.deck import note_from_text, split_card_id
    from srs.deck.face import answered, asked
    from srs.terminal.paint import paint, paint_inline, safe
    from srs.terminal.wrap import wrap

    console = Console(highlight=False)
    note, part = note_from_text(card.text), split_card_id(card.name)[1]
    width = min(88, console.width)
    lines = [Text(safe(f"{card.name} · {card.kind} · {card.chapter}"), style="dim"), Text()]
    lines += wrap(paint_inline(note.prompt, "bold"), width)
    if part in note.parts:
        face = answered(note, part)
        lines += [*paint(asked(note, part).body, width), Text("· · ·", style="dim"), *paint(face.body, width)]
        lines += [Text.assemble(("▎ ", "blue"), line) for line in paint(face.extra, width - 2)]
    lines += [Text(), *(Text(line) for line in _standing(card, today))]
    lines += [
        Text(f"  {review.day}  grade {int(review.grade)}  {review.ms / 1000:.1f} s  {review.origin}")
        for review in history
    ]
    for line in [*lines, Text(source, style="dim")]:
        console.print(line, soft_wrap=True)


def _standing(card: StoredCard, today: date) -> list[str]:
    memory = card.memory
    if memory is None:
        return [f"{card.state(today)}: never answered"]
    parts = (
        f"due {memory.due}",
        f"interval {counted(memory.interval, 'day')}",
        f"ease {memory.ease / 1000:.2f}",
        counted(memory.lapses, "lapse"),
    )
    return [f"{card.state(today)}: {', '.join(parts)}"]
