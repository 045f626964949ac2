"""Rules on what is answered: short enough to judge, one thing at a time, a list that can be held in mind."""

import re
from collections.abc import Iterator

from srs.deck.style.reading import Read
from srs.deck.style.signs import cells
from srs.deck.values import Kind

MOST_CELLS = 100
MOST_ITEM_CELLS = 64
MOST_ITEMS = 7
MOST_WITHOUT_CUE = 3
_ENUMERATED = 4
_SENTENCES = 3
_ANSWERS = {Kind.BASIC, Kind.BOTH}
_LISTS = {Kind.STEPS, Kind.SET}


def long_answer(read: Read) -> Iterator[str]:
    """Keep an answer short enough to judge right or wrong at a glance (rule 4)."""
    if read.note.kind in _ANSWERS and (width := cells(read.answer)) > MOST_CELLS:
        yield f"the answer takes {width} cells, over {MOST_CELLS} it cannot be judged at a glance; split the note"
    for number, item in enumerate(read.items, 1):
        if (width := cells(item)) > MOST_ITEM_CELLS:
            yield f"item {number} takes {width} cells, over {MOST_ITEM_CELLS}; name it, ask its detail in a note"


def several_facts(read: Read) -> Iterator[str]:
    """Ask one fact a card: a half-known answer can be graded neither right nor wrong (rule 4)."""
    if read.note.kind not in _ANSWERS:
        return
    if read.marked:
        yield "the answer holds a list; make it a steps or set note"
    elif len(re.findall(r"[。！？!?；;]|\.(?=\s|$)", read.answer)) >= _SENTENCES:
        yield f"the answer has {_SENTENCES} sentences or more; ask each fact by itself"
    elif any(len(part.split("、")) >= _ENUMERATED for part in re.split(r"[，。；：,;:（）]", read.answer)):
        yield f"the answer names {_ENUMERATED} things or more in a row; make it a list"


def long_list(read: Read) -> Iterator[str]:
    """Keep a list within what can be held in mind at once, or group it (rule 10)."""
    if (length := len(read.items)) > MOST_ITEMS:
        yield f"a list of {length}; group it, or split it into notes of at most {MOST_ITEMS}"


def bare_steps(read: Read) -> Iterator[str]:
    """Give a list in order a cue to hold it together (rule 7)."""
    if read.note.kind is Kind.STEPS and not read.cued:
        yield "steps without an extra; close the note with a memory cue, > …"


def bare_set(read: Read) -> Iterator[str]:
    """Give a set of four and more a cue: without an order there is nothing to go along (rule 9)."""
    if read.note.kind is Kind.SET and len(read.items) > MOST_WITHOUT_CUE and not read.cued:
        yield f"a set of {len(read.items)} without an extra; close the note with a memory cue, > …, or ask fewer"
