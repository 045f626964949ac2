"""Rules on answers that can be read elsewhere: in their own prompt, their note's id, their chapter, a sibling."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from srs.deck.style.reading import Read
from srs.deck.style.signs import SAYING_LITTLE, bare, places, signs, stands_in, words
from srs.deck.values import Kind

SHORT = 12
_LEAST = 3
_KNOWN_TO_ALL = 3
_NEAR = 20
_CATEGORY = re.compile(r"(?:哪|什么|几|多少|怎|which|what|how many)[^，。：]{0,5}$", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9/.+-]*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def in_prompt(read: Read) -> Iterator[str]:
    """Keep the answer out of its prompt, half of it as well (rule 11)."""
    asks = read.prompt
    if read.note.kind in {Kind.BOTH, Kind.MOCK}:
        return
    for answer in read.answers:
        if read.gaps and stands_in(answer, asks):
            continue  # told as a gap that is given away
        shared = _shared(answer, asks)
        if shared and 2 * signs(shared) >= signs(answer):
            yield f"the prompt gives away {shared!r} of the answer {answer!r}; reword one of them"


def in_id(read: Read) -> Iterator[str]:
    """Keep the answer out of the id, which lists and logs show beside the prompt (rule 11)."""
    if read.note.kind in {Kind.BOTH, Kind.MOCK, Kind.STEPS} or not read.note.identified:
        return
    named = set(re.split(r"[-_.]", read.note.id.casefold()))
    for answer in read.answers:
        told = [word for word in words(answer) if word in named and len(word) > 1 and not word.isdigit()]
        if told and 2 * signs(" ".join(told)) >= signs(answer):
            yield f"the id {read.note.id} says {told[0]!r}, which is asked for; `srs adopt` lets another go on with it"


def in_title(read: Read) -> Iterator[str]:
    """Keep the answer out of the chapter's title, which stands above its cards and in Anki's deck list (rule 11)."""
    if read.note.kind in {Kind.MOCK, Kind.STEPS} or not read.title:
        return
    for answer in read.answers:
        if len(bare(answer)) >= _LEAST and stands_in(_plainly(answer), read.title):
            yield f"the chapter's title says {answer!r}, which is asked for; reword one of them"


def in_siblings(deck: Sequence[Read]) -> Iterator[tuple[Read, str]]:
    """Keep the answer out of the prompts beside it: they are read in the same sitting (rule 11)."""
    by_chapter: dict[object, list[Read]] = defaultdict(list)
    for read in deck:
        by_chapter[read.file].append(read)
    for chapter in by_chapter.values():
        prompts = _Prompts(chapter)
        for read in chapter:
            if read.note.kind not in {Kind.BASIC, Kind.CLOZE}:
                continue
            for answer in read.answers:
                if found := prompts.that_say(_plainly(answer), read):
                    where = f"line {found.note.line} ({found.note.id})"
                    yield read, f"{_plainly(answer)!r} stands in the prompt of {where}; reword one of them"


class _Prompts:
    """The prompts of a chapter, found by the first signs of what they say."""

    def __init__(self, chapter: Sequence[Read]) -> None:
        self._holders: dict[str, list[Read]] = defaultdict(list)
        for read in chapter:
            if not read.note.cards:
                continue
            text = read.prompt.casefold()
            for gram in {text[at : at + _LEAST] for at in range(len(text) - _LEAST + 1)}:
                self._holders[gram].append(read)

    def that_say(self, answer: str, own: Read) -> Read | None:
        """Return the only prompts that say an answer; what many say is what the chapter is about."""
        if len(answer) < _LEAST or signs(answer) > SHORT or stands_in(answer, own.prompt):
            return None
        holders = self._holders.get(answer.casefold()[:_LEAST], ())
        if len(holders) > 10 * _KNOWN_TO_ALL:
            return None
        found = [each for each in holders if stands_in(answer, each.prompt)]
        return found[0] if 0 < len(found) <= _KNOWN_TO_ALL else None


def _shared(answer: str, prompt: str) -> str:
    """Return the longest piece of a short answer that its prompt says, other than as the kind of thing asked for.

    A piece is all of the answer, a run of its words, or more than half of a run of its Chinese characters.
    """
    if signs(answer) > SHORT:
        return ""
    known = [each for each in _pieces(_plainly(answer)) if _said(each, prompt)]
    return max(known, key=signs, default="")


def _said(piece: str, prompt: str) -> bool:
    return any(not _CATEGORY.search(prompt[max(0, at - _NEAR) : at]) for at in places(piece, prompt))


def _pieces(answer: str) -> Iterator[str]:
    """Yield an answer, the runs of its words in Latin letters, and those of its Chinese characters."""
    if signs(answer) > 1:
        yield answer
    found = list(_LATIN.finditer(answer))
    for begin, first in enumerate(found):
        for last in found[begin:]:
            piece = answer[first.start() : last.end()]
            if not _CHINESE.search(piece) and not set(words(piece)) <= SAYING_LITTLE:
                yield piece
    for run in _CHINESE.findall(answer):
        for begin in range(len(run)):
            for end in range(begin + 2, len(run) + 1):
                if 2 * (end - begin) > signs(answer):
                    yield run[begin:end]


def _plainly(answer: str) -> str:
    return answer.strip(" 。.，,；;：:！!？?“”\"'（）()")
