"""What a deck says of its own notes by name: the cards behind an outline's lines, and its order of study."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from srs.deck.deck_file import line_of_key
from srs.deck.folder import DeckFolder
from srs.deck.ordering import idle_entries
from srs.deck.reading import read_file
from srs.deck.values import DECK_FILE, Chapter, Place, split_card_id
from srs.errors import Problem


def unknown_cards(
    chapters: Sequence[tuple[Path, Chapter]], elsewhere: Callable[[Iterable[str]], dict[str, Place]] | None
) -> tuple[list[Problem], set[str]]:
    """Return the names in outlines that no card has, and the ids of the outlines that hold them.

    Of notes that stand elsewhere only the ids are known, so their parts are taken at their word.
    """
    cards = {card for _, chapter in chapters for note in chapter.notes for card in note.cards}
    named = [
        (file, note.id, line.line, card)
        for file, chapter in chapters
        for note in chapter.notes
        for line in (note.outline.lines if note.outline else ())
        for card in line.cards
        if card not in cards
    ]
    there = elsewhere({split_card_id(card)[0] for *_, card in named}) if elsewhere and named else {}
    lost = [each for each in named if split_card_id(each[3])[0] not in there]
    problems = [
        Problem(file, line, f"there is no card {card} in this deck; `srs cards` lists its cards", "unknown-card")
        for file, _, line, card in lost
    ]
    return problems, {note for _, note, _, _ in lost}


def idle_order(folder: DeckFolder, chapters: Iterable[Chapter]) -> Iterator[Problem]:
    """Warn of the entries of a deck's order that fit none of its notes."""
    notes = [
        (chapter.path, {*chapter.tags, *note.tags}) for chapter in chapters for note in chapter.notes if note.cards
    ]
    idle = list(idle_entries(folder.deck.order, notes))
    if not idle:
        return
    file = folder.deck.root / DECK_FILE
    data = read_file(file)
    text = "" if isinstance(data, Problem) else data.decode("utf-8-sig", "replace")
    begin = line_of_key(text, "order")
    for entry in idle:
        lines = enumerate(text.split("\n")[begin - 1 :], begin)
        line = next((number for number, line in lines if f'"{entry}"' in line or f"'{entry}'" in line), begin)
        message = f"order: {entry!r} fits no note; it takes a chapter by its name (e2) or a tag (tag:core)"
        yield Problem(file, line, message, "idle-order", warning=True)
