"""Advice that a chapter's author has set aside: with a reason, for one note, and not by the dozen."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from srs.deck.check import ReadDeck
from srs.deck.values import Silence
from srs.errors import Problem, unknown_key

MOST_ALIKE = 4
"""How often a deck may set the same advice aside for the same reason; beyond that it is the notes that are wrong."""


def repeated(deck: ReadDeck) -> set[tuple[str, str]]:
    """Return rule and reason of what is set aside too often to be believed."""
    times = Counter((silence.rule, silence.reason.strip()) for _, silence in silences(deck))
    return {key for key, count in times.items() if count > MOST_ALIKE}


def aside(deck: ReadDeck) -> set[tuple[str, str]]:
    """Return the notes and rules that are set aside, those apart that are too often for the same reason."""
    often = repeated(deck)
    return {
        (silence.note, silence.rule)
        for _, silence in silences(deck)
        if (silence.rule, silence.reason.strip()) not in often
    }


def told(deck: ReadDeck, given: Collection[tuple[str, str]], rules: Sequence[str]) -> Iterator[Problem]:
    """Yield what is wrong with what was set aside; `given` are the notes and rules that there is advice on."""
    often = repeated(deck)
    times = Counter((silence.rule, silence.reason.strip()) for _, silence in silences(deck))
    for file, silence in silences(deck):
        key = (silence.rule, silence.reason.strip())
        if silence.rule not in rules:
            said = f"there is no rule {silence.rule!r}; {unknown_key(silence.rule, rules)}"
        elif (silence.note, silence.rule) not in given:
            said = f"{silence.rule} has nothing to say of {silence.note}; take the line out"
        elif key in often:
            said = (
                f"{silence.rule} is set aside {times[key]} times for the same reason, which sets nothing aside beyond"
                f" {MOST_ALIKE}; mend the notes, or say of each what is special about it"
            )
        else:
            continue
        yield Problem(file, silence.line, f"style: {said}", "silence", warning=True)


def silences(deck: ReadDeck) -> Iterator[tuple[Path, Silence]]:
    """Yield what the chapters of a deck set aside, with the file it stands in."""
    for chapter in deck.chapters:
        for silence in chapter.silences:
            yield deck.folder.deck.root / chapter.path, silence
