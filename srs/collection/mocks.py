"""Mock interviews: the questions there are, which is asked with which follow-ups, and what is kept of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from srs.collection import acting
from srs.collection.chance import Draw
from srs.collection.choosing import Strength, chosen, several, together
from srs.collection.collection import Collection
from srs.collection.selection import meant
from srs.deck import Note, note_from_text
from srs.deck.naming import is_called
from srs.deck.pacing import cards_behind
from srs.deck.roles import FOLLOW_UP
from srs.deck.values import Outline
from srs.due import Queued, milliseconds
from srs.errors import SrsError, listed
from srs.history import LogLine, Mock
from srs.store import mocked as stored
from srs.store.called import outlines
from srs.store.queued import all_cards
from srs.store.reviews import failures
from srs.store.values import Choice, StandingNote

FOLLOW_UPS = 2
KEPT = 10
"""How many mocks the history shows."""
_HOW = (
    "write one: a note with a list of what you say, such as `## Tell me of yourself {#my-talk .mock}` with lines like"
    " `1. Who I am (30 s)`; docs/format.md says more"
)


@dataclass(frozen=True, slots=True)
class Question:
    """An outline that a learner may be asked to speak by: where it stands, its note, and its lines."""

    stored: StandingNote
    note: Note
    outline: Outline

    @property
    def chapter(self) -> str:
        """The chapter that it stands in, as queued cards name theirs."""
        return f"{self.stored.deck}/{self.stored.chapter.path}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """How an answer went: its seconds, and the lines of the outline that were said and left out, from 1."""

    seconds: int
    said: tuple[int, ...]
    missed: tuple[int, ...]


def questions(collection: Collection, choice: Choice, words: Sequence[str]) -> list[Question]:
    """Return the outlines of some decks that are filled in, those that all words fit or whose chapter they call.

    Raises SrsError if there is none, with what to do about it.
    """
    every = _outlines(collection, choice)
    if not every:
        raise SrsError(f"there is no outline to speak by; {_HOW}")
    called = listed([each.stored.name for each in every])
    if bare := _without_outline(collection, choice, every, words):
        raise SrsError(f"{bare} has no outline; there is {called}")
    fit = _meant(every, words)
    filled = [each for each in fit if each.outline.filled]
    if not fit:
        raise SrsError(f"no outline for {' '.join(words)}; there is {called}")
    if not filled:
        raise SrsError(f"{fit[0].stored.name} is not filled in yet; write what you say in place of each …")
    return filled


def choose(collection: Collection, found: Sequence[Question], day: date, draw: Draw) -> Question:
    """Return the question that is asked, drawn by how weak its chapter is on a study day."""
    choice = Choice(tuple({each.stored.deck for each in found}))
    by_chapter: dict[str, list[Strength]] = defaultdict(list)
    for card, strength in _known(collection, choice, day):
        by_chapter[card.chapter].append(strength)
    return found[chosen([together(by_chapter[each.chapter]) for each in found], draw)]


def follow_ups(collection: Collection, question: Question, day: date, draw: Draw) -> tuple[Queued, ...]:
    """Return what is asked after the answer: a card each of two notes of the chapter, drawn by how weak they are."""
    firsts: dict[int, tuple[Queued, Strength]] = {}
    for card, strength in _known(collection, Choice((question.stored.deck,), FOLLOW_UP), day):
        if card.chapter == question.chapter:
            firsts.setdefault(card.note, (card, strength))
    cards = list(firsts.values())
    return tuple(cards[place][0] for place in several([strength for _, strength in cards], FOLLOW_UPS, draw))


def keep(collection: Collection, question: Question, spoken: Spoken, now: datetime) -> Mock:
    """Keep how a question went, now; it is on disk when this returns."""
    drills = cards_behind(question.outline.lines, spoken.missed)
    held = Mock(0, collection.day_of(now), spoken.seconds, spoken.said, spoken.missed, drills)
    name = (question.stored.deck, question.stored.name)
    acting.mock(collection.store, name, milliseconds(now), held, collection.rules)
    return held


def history(collection: Collection, choice: Choice, words: Sequence[str] = ()) -> list[tuple[LogLine, Mock]]:
    """Return the last ten mocks of some decks, the newest last; with words, those of outlines that they are about."""
    with collection.store.reading() as connection:
        held = stored.mocks(connection, choice.decks)
    if words:
        named = {(each.stored.deck, each.stored.name) for each in _meant(_outlines(collection, choice), words)}
        held = [(line, act) for line, act in held if (line.deck, line.card) in named]
    return held[-KEPT:]


def _outlines(collection: Collection, choice: Choice) -> list[Question]:
    with collection.store.reading() as connection:
        return [_question(each) for each in outlines(connection, choice.decks)]


def _meant(every: Sequence[Question], words: Sequence[str]) -> list[Question]:
    return meant(every, words, lambda each: str(each.stored.chapter.path), _text)


def _without_outline(collection: Collection, choice: Choice, every: Sequence[Question], words: Sequence[str]) -> str:
    """Return the name of a chapter that a word calls and that has no outline, so that the word is not searched for."""
    having = {each.stored.chapter.path for each in every}
    files = [
        each.file for folder in collection.folders if folder.deck.namespace in choice.decks for each in folder.files
    ]
    for word in words:
        if not any(is_called(path, word) for path in having):
            return next((file.name for file in files if is_called(file, word)), "")
    return ""


def _known(collection: Collection, choice: Choice, day: date) -> list[tuple[Queued, Strength]]:
    """Return the cards of a choice that may be asked on a study day, each with how well it is known."""
    with collection.store.reading() as connection:
        cards = all_cards(connection, choice, day)
        failed = failures(connection, [card.key for card in cards])
    return [
        (card, Strength(1, int(card.memory is None), card.memory.lapses if card.memory else 0, failed[card.key]))
        for card in cards
    ]


def _question(stored: StandingNote) -> Question:
    note = note_from_text(stored.text)
    return Question(stored, note, note.outline or Outline((), (), filled=False))


def _text(question: Question) -> str:
    stored = question.stored
    return " ".join([stored.name, stored.text, stored.chapter.title, *stored.chapter.tags, *question.note.tags])
