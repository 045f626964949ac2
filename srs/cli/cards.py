"""`srs cards`: cards listed."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer

from srs.cli.context import context_of
from srs.cli.listing import say_cards
from srs.cli.opening_soon import open_soon
from srs.cli.options import DeckOption, JsonOption, TagOption
from srs.cli.saying import say, say_json
from srs.collection.desk import Desk
from srs.collection.selection import fits
from srs.deck import note_from_text, split_card_id
from srs.deck.face import Face, asked, recalled
from srs.deck.layout import plain, plain_inline
from srs.errors import counted
from srs.history import Review
from srs.store.called import card_history
from srs.store.queued import list_cards
from srs.store.values import StoredCard


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
    suspended: Annotated[bool, typer.Option("--suspended", help="Only what is suspended.")] = False,
    buried: Annotated[bool, typer.Option("--buried", help="Only what is buried today.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List cards."""
    here = context_of(context)
    today = here.today()
    with open_soon(here) as desk:
        choice = desk.choice(deck, tag)
        with desk.store.reading() as connection:
            every = list_cards(connection, choice, retired=retired)
            found = [card for card in every if fits(card, query) and (not due or _is_due(card, today))]
            if states := {*(["suspended"] if suspended else []), *(["buried"] if buried else [])}:
                found = [card for card in found if card.state(today) in states]
            if flagged:
                found = [card for card in found if card.remark]
            if leeches:
                found = [card for card in found if desk.rules.leeches.holds(card.memory)]
            if (flagged or leeches) and not as_json:
                for card in found:
                    said = card.remark if flagged else _grades(card, card_history(connection, card.key))
                    say(f"{desk.source(card)}: {card.name}: {said}")
            elif as_json:
                say_json([_fields(card, desk, today) for card in found])
            else:
                say_cards(found, today)
            if not found and not as_json:
                say("no cards found", err=True)


def _fields(card: StoredCard, desk: Desk, today: date) -> dict[str, Any]:
    """Return a card as `--json` prints it: due as YYYY-MM-DD or null, prompt and answer as plain text."""
    note, part = note_from_text(card.text), split_card_id(card.name)[1]
    stands = part in note.parts  # a retired card's part may have left the text of its note
    face = asked(note, part) if stands else Face(note.prompt, ())
    prompt = "\n".join(filter(None, [plain_inline(face.prompt), plain(face.body)]))
    memory = card.memory
    scheduler = desk.scheduler(card.deck)
    shown = scheduler.shown(memory)
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
        "ease": shown.ease,
        "repetitions": shown.repetitions,
        "recall": round(scheduler.recall(memory, today), 4) if memory else None,
        "stability": shown.stability,
        "difficulty": shown.difficulty,
        "lapses": memory.lapses if memory else 0,
        "reviews": card.reviews,
        "remark": card.remark or None,
        "prompt": prompt,
        "answer": plain(recalled(note, part)) if stands else "",
        "source": desk.source(card),
    }


def _grades(card: StoredCard, history: Sequence[Review]) -> str:
    grades = " ".join(str(int(review.grade)) for review in history)
    return f"{counted(card.memory.lapses if card.memory else 0, 'lapse')}, grades {grades}"


def _is_due(card: StoredCard, today: date) -> bool:
    return card.memory is not None and card.memory.due <= today and card.state(today) == "review"
