"""Which cards a sitting is about, beside deck and tag: chapters, words, remarks and leeches."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import TypeVar

from msgspec import Struct

from srs.characters import shown_line, typed
from srs.collection.desk import Desk
from srs.deck.naming import is_called
from srs.errors import UsageError, unknown_name
from srs.store.queued import list_cards
from srs.store.values import Choice, StoredCard

T = TypeVar("T")


class Wish(Struct, frozen=True):
    """What cards are wanted: of chapters and with words, with a remark, or leeches; nothing said is all of them."""

    words: tuple[str, ...] = ()
    flagged: bool = False
    leeches: bool = False

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.words or self.flagged or self.leeches)


def selected(desk: Desk, choice: Choice, wish: Wish) -> frozenset[int] | None:
    """Return the rows of the cards of a choice that a wish is about; `None` if it is about all of them.

    How words are meant, `meant` says. Raises UsageError for one that names no chapter and that no card holds.
    """
    if not wish:
        return None
    with desk.store.reading() as connection:
        every = list(list_cards(connection, choice))
    found = meant(every, wish.words, lambda card: card.path, _text)
    if not found:
        _expect(desk, choice, wish.words)
    leeches = desk.rules.leeches
    return frozenset(
        card.key
        for card in found
        if (not wish.flagged or bool(card.remark)) and (not wish.leeches or leeches.holds(card.memory))
    )


def meant(every: Sequence[T], words: Sequence[str], path: Callable[[T], str], text: Callable[[T], str]) -> list[T]:
    """Return those of some things, each in a chapter and with a text, that words are about.

    A word that names a chapter asks for what is in it, several for that of any; the other words must all be found.
    """
    paths = {path(each) for each in every}
    called = {word: {one for one in paths if is_called(PurePosixPath(one), word)} for word in words}
    chapters = {one for found in called.values() for one in found}
    others = [word for word in words if not called[word]]
    return [each for each in every if (not chapters or path(each) in chapters) and _holds(text(each), others)]


def _expect(desk: Desk, choice: Choice, words: Sequence[str]) -> None:
    """Raise UsageError for a word that names no chapter of some decks and that none of their cards holds."""
    folders = [folder for folder in desk.folders if folder.deck.namespace in choice.decks]
    files = [each.file for folder in folders for each in folder.files]
    with desk.store.reading() as connection:
        every = list(list_cards(connection, Choice(choice.decks)))
    for word in words:
        if not any(is_called(file, word) for file in files) and not any(_holds(_text(card), [word]) for card in every):
            instead = _deck_called(desk, word) or unknown_name(word, [file.stem for file in files])
            raise UsageError(f"no chapter is called {word!r}, and no card holds it; {instead}")


def _deck_called(desk: Desk, word: str) -> str:
    """Say how a deck is asked that a word names, or nothing if it names none."""
    for deck in desk.decks.values():
        if word.casefold() in {each.casefold() for each in (deck.namespace, deck.name, deck.root.name)}:
            return f"{typed('review', '--deck', deck.namespace)} asks the deck {shown_line(deck.name)}"
    return ""


def fits(card: StoredCard, query: Sequence[str] | None) -> bool:
    """Whether a card's id, text, chapter or tags hold all words of a query, in whatever case."""
    return _holds(_text(card), query or ())


def _text(card: StoredCard) -> str:
    return " ".join([card.name, card.text, card.chapter, *card.tags])


def _holds(text: str, query: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for words in query for word in _words(words))


def _words(text: str) -> Iterable[str]:
    return text.casefold().split()
