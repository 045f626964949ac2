"""Which cards a sitting is about, beside deck and tag: chapters, words, remarks and leeches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from srs.collection.answering import Leeches
from srs.deck.naming import is_called
from srs.store.cards import Choice, StoredCard, list_cards
from srs.store.opening import Store


@dataclass(frozen=True, slots=True)
class Wish:
    """What cards are wanted: of chapters and with words, with a remark, or leeches; nothing said is all of them."""

    words: tuple[str, ...] = ()
    flagged: bool = False
    leeches: bool = False

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.words or self.flagged or self.leeches)


def selected(store: Store, choice: Choice, wish: Wish, leeches: Leeches) -> frozenset[int] | None:
    """Return the rows of the cards of a choice that a wish is about; `None` if it is about all of them.

    A word that names a chapter asks for its cards, several for those of any; the other words must all be found.
    """
    if not wish:
        return None
    with store.reading() as connection:
        every = list(list_cards(connection, choice))
    paths = {card.path for card in every}
    called = {word: {path for path in paths if is_called(PurePosixPath(path), word)} for word in wish.words}
    chapters = {path for found in called.values() for path in found}
    others = [word for word in wish.words if not called[word]]
    return frozenset(
        card.key
        for card in every
        if (not chapters or card.path in chapters)
        and fits(card, others)
        and (not wish.flagged or bool(card.remark))
        and (not wish.leeches or leeches.holds(card.memory))
    )


def fits(card: StoredCard, query: Sequence[str] | None) -> bool:
    """Whether a card's id, text, chapter or tags hold all words of a query, in whatever case."""
    text = " ".join([card.name, card.text, card.chapter, *card.tags]).casefold()
    return all(word in text for words in query or () for word in _words(words))


def _words(text: str) -> Iterable[str]:
    return text.casefold().split()
