"""Advice on how cards are written: what makes them hard to learn, by rules that need no judgement.

The reference is P. A. Woźniak, "Effective learning: Twenty rules of formulating knowledge" (1999). A rule is a small
function from a note to messages; a chapter may set one aside for one note, with its reason, in its front matter.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from srs.characters import is_wide
from srs.deck.check import ReadDeck
from srs.deck.face import asked, recalled
from srs.deck.kinds import items
from srs.deck.layout import Paragraph, lay_out, plain, plain_inline
from srs.deck.similar import near_duplicates
from srs.deck.values import Chapter, Kind, Note
from srs.errors import Problem, unknown_key

MOST_CELLS = 100
MOST_ITEM_CELLS = 64
MOST_ITEMS = 7
MOST_HIDDEN = 0.6
_ENUMERATED = 4
_SENTENCES = 3
_YES_NO = re.compile(
    r"吗[？?]?$|是否|是不是|有没有|能不能|会不会|要不要|可不可以|对不对"
    r"|^(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had)\b.*\?$",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"(?:这|该|此|本)(?:个|道|次|则)?(?:案例|例子|问题|题|产品|公司|功能|团队|项目)|上述|上面|如上|前述|同上"
    r"|\b(?:this (?:case|example|question)|the above|aforementioned)\b",
    re.IGNORECASE,
)
_CHINESE = "的地得了着过在和与及或把被对向从到给让为以而且但也都就还又很更最并则是有不"
_ENGLISH = frozenset({
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "and", "or", "but", "is", "are", "was",
    "were", "be", "it", "its", "as", "from", "that", "this",
})  # fmt: skip
_ANSWERS = {Kind.BASIC, Kind.BOTH}
_FUNCTION_WORDS = frozenset(_CHINESE) | _ENGLISH


def long_answer(note: Note) -> Iterator[str]:
    """Keep an answer short enough to judge right or wrong at a glance (rule 4, minimum information)."""
    if note.kind in _ANSWERS and (width := _cells(plain(note.answer))) > MOST_CELLS:
        yield f"the answer takes {width} cells, over {MOST_CELLS} it cannot be judged at a glance; split the note"
    if note.kind in {Kind.STEPS, Kind.SET}:
        for number, item in enumerate(items(note.answer), 1):
            if (width := _cells(plain(item))) > MOST_ITEM_CELLS:
                yield f"item {number} takes {width} cells, over {MOST_ITEM_CELLS}; name it, ask its detail in a note"


def several_facts(note: Note) -> Iterator[str]:
    """Ask one fact a card: a half-known answer can be graded neither right nor wrong (rule 4)."""
    if note.kind not in _ANSWERS:
        return
    text = plain(note.answer)
    if any(isinstance(block, Paragraph) and block.marker for block in lay_out(note.answer)):
        yield "the answer holds a list beside text; make the list a steps or set note"
    elif len(re.findall(r"[。！？!?；;]|\.(?=\s|$)", text)) >= _SENTENCES:
        yield f"the answer has {_SENTENCES} sentences or more; ask each fact by itself"
    elif any(len(part.split("、")) >= _ENUMERATED for part in re.split(r"[，。；：,;:（）]", text)):
        yield f"the answer names {_ENUMERATED} things or more in a row; make it a list"


def long_list(note: Note) -> Iterator[str]:
    """Keep lists within what can be held in mind at once, or group them (rules 9 and 10, avoid sets, enumerations)."""
    if note.kind in {Kind.STEPS, Kind.SET} and (length := len(items(note.answer))) > MOST_ITEMS:
        yield f"a list of {length}; group it, or split it into notes of at most {MOST_ITEMS}"


def yes_no(note: Note) -> Iterator[str]:
    """Ask for the fact, not for a nod: a yes is right half the time without being known (rule 4)."""
    if note.kind not in {Kind.CLOZE, Kind.MOCK} and _YES_NO.search(plain_inline(note.prompt).strip()):
        yield "a yes/no prompt; ask what, how many, which or why"


def leaning(note: Note) -> Iterator[str]:
    """Make a prompt stand alone: it is read months later and out of order (rule 15, context cues)."""
    found = _LEANING.search(plain_inline(note.prompt))
    if found:
        yield f"the prompt leans on {found.group()!r}; name what it is about"


def cloze_hides_most(note: Note) -> Iterator[str]:
    """Leave enough around a gap to say what is asked (rule 5, cloze deletion)."""
    for part in _cloze_parts(note):
        hidden = _cells(plain(recalled(note, part)))
        shown = _cells(plain_inline(note.prompt)) + _cells(plain(asked(note, part).body))
        if hidden > MOST_HIDDEN * (shown + hidden):
            yield f"{part} hides most of its sentence; ask it as a question instead"


def cloze_hides_nothing(note: Note) -> Iterator[str]:
    """Hide what is worth recalling: a function word can be told from the grammar around it (rule 5)."""
    for part in _cloze_parts(note):
        if (hidden := plain(recalled(note, part)).strip().lower()) in _FUNCTION_WORDS:
            yield f"{part} hides only {hidden!r}; hide the figure, name or choice"


def cloze_given_away(note: Note) -> Iterator[str]:
    """Keep the answer out of what is shown beside the gap (rule 5)."""
    for part in _cloze_parts(note):
        hidden = plain(recalled(note, part)).strip()
        shown = plain_inline(note.prompt) + "\n" + plain(asked(note, part).body)
        alone = rf"(?<![\w.]){re.escape(hidden)}(?![\w.%])" if hidden.isascii() else re.escape(hidden)
        if _cells(hidden) > 1 and re.search(alone, shown):
            yield f"{part} hides {hidden!r}, which can be read beside it; reword what is shown"


def bare_steps(note: Note) -> Iterator[str]:
    """Give a list in order a cue to hold it together (rule 11, mnemonic techniques)."""
    if note.kind is Kind.STEPS and not note.extra:
        yield "steps without an extra; close the note with a memory cue, > …"


RULES: dict[str, Callable[[Note], Iterable[str]]] = {
    "long-answer": long_answer,
    "several-facts": several_facts,
    "long-list": long_list,
    "yes-no": yes_no,
    "leaning-prompt": leaning,
    "cloze-hides-most": cloze_hides_most,
    "cloze-function-word": cloze_hides_nothing,
    "cloze-given-away": cloze_given_away,
    "steps-extra": bare_steps,
}
MISSING_SOURCE, NEAR_DUPLICATE = "missing-source", "near-duplicate"
EVERY_RULE = (*RULES, MISSING_SOURCE, NEAR_DUPLICATE)


def advise(deck: ReadDeck) -> tuple[Problem, ...]:
    """Return all advice on a deck that its chapters have not set aside, in the order of its lines."""
    aside = {(silence.note, silence.rule) for chapter in deck.chapters for silence in chapter.silences}
    places = {note.id: (_file(deck, chapter), note) for chapter in deck.chapters for note in chapter.notes}
    found = [*_by_note(places.values()), *_by_prompt(places), *_by_chapter(deck)]
    kept = [
        Problem(file, line, f"{rule}: {message}", rule, warning=True)
        for file, line, note, rule, message in found
        if (note, rule) not in aside
    ]
    idle = [problem for chapter in deck.chapters for problem in _idle_silences(_file(deck, chapter), chapter, found)]
    return tuple(sorted([*kept, *idle]))


_Advice = tuple[Path, int, str, str, str]  # file, line, note, rule, message


def _by_note(places: Iterable[tuple[Path, Note]]) -> Iterator[_Advice]:
    for file, note in places:
        for name, rule in RULES.items():
            yield from ((file, note.line, note.id, name, message) for message in rule(note))


def _by_prompt(places: Mapping[str, tuple[Path, Note]]) -> Iterator[_Advice]:
    """Keep prompts apart: what looks alike interferes (rule 11 of the twenty, combat interference)."""
    prompts = {note.id: plain_inline(note.prompt) for _, note in places.values() if note.cards}
    for one, other in near_duplicates(prompts):
        file, note = places[one]
        there, twin = places[other]
        yield (
            file,
            note.line,
            one,
            NEAR_DUPLICATE,
            f"asks almost the same as {there.name}:{twin.line}; say how they differ",
        )


def _by_chapter(deck: ReadDeck) -> Iterator[_Advice]:
    """Say where knowledge comes from, so that it can be looked up and trusted (rule 18, provide sources)."""
    for chapter in deck.chapters:
        if not chapter.source and not deck.folder.deck.source:
            yield (
                _file(deck, chapter),
                1,
                "",
                MISSING_SOURCE,
                "no source; say in the front matter where this comes from",
            )


def _idle_silences(file: Path, chapter: Chapter, found: Iterable[_Advice]) -> Iterator[Problem]:
    given = {(note, rule) for _, _, note, rule, _ in found}
    for silence in chapter.silences:
        if silence.rule not in EVERY_RULE:
            yield Problem(
                file,
                silence.line,
                f"style: there is no rule {silence.rule!r}; {unknown_key(silence.rule, EVERY_RULE)}",
                "silence",
                warning=True,
            )
        elif (silence.note, silence.rule) not in given:
            yield Problem(
                file,
                silence.line,
                f"style: {silence.rule} has nothing to say of {silence.note}; take the line out",
                "silence",
                warning=True,
            )


def _file(deck: ReadDeck, chapter: Chapter) -> Path:
    return deck.folder.deck.root / chapter.path


def _cloze_parts(note: Note) -> tuple[str, ...]:
    return note.parts if note.kind is Kind.CLOZE else ()


def _cells(text: str) -> int:
    """Return the width of a text as it is read: a Chinese character counts twice."""
    return len(text) + sum(map(is_wide, text))
