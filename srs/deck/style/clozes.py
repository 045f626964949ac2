"""Rules on gaps: something stands around them, they hide what is worth recalling, and none tells another."""

import re
from collections.abc import Iterator
from itertools import pairwise

from srs.deck.style.reading import Gap, Read
from srs.deck.style.signs import SAYING_LITTLE, bare, cells, signs, stands_in, words

MOST_HIDDEN = 0.6
FEWEST_SIGNS = 5
_CHINESE = "的地得了着过在和与及或把被对向从到给让为以而且但也都就还又很更最并则是有不"
_FUNCTION_WORDS = frozenset(_CHINESE) | SAYING_LITTLE
_EMPTY = frozenset({
    *("什么", "几", "谁", "哪里", "哪儿", "哪", "何", "何时", "多少", "怎样", "怎么", "如何", "哪个", "哪些"),
    *("who", "what", "where", "when", "which", "why", "how", "how many", "how much"),
})  # fmt: skip
_DEGREES = frozenset({
    *("大", "小", "多", "少", "快", "慢", "高", "低", "好", "强", "新", "长", "短", "稳"),
    *("最大", "最小", "最多", "最少", "最好", "要快", "要少", "要多", "更多", "更好", "更高", "更低", "很大", "很小"),
    *("稳定", "平稳", "精准", "准确", "一致", "良好", "不错", "不好", "顺利", "明显"),
    *("提升", "提高", "下降", "效果不好"),
    *("big", "small", "large", "high", "low", "good", "bad", "better", "worse", "fast", "slow", "quickly", "more"),
    *("less", "fewer", "stable", "steady", "smooth", "accurate", "consistent", "clear", "improved", "increased"),
})  # fmt: skip
_JOINERS = re.compile(r"(?:\s|[、，,/／&]|和|与|及|以及|又有?|并且?|同时|\band\b)*")
_FRAME = 2
_FIGURE = re.compile(r"\d")


def hides_most(read: Read) -> Iterator[str]:
    """Leave enough around a gap to say what is asked (rule 5)."""
    for gap in _each_part(read):
        hidden = cells(_hidden(read, gap))
        shown = cells(read.prompt) + cells(gap.shown)
        if hidden > MOST_HIDDEN * (shown + hidden):
            yield f"{gap.part} hides most of its sentence; ask it as a question instead"


def bare_gap(read: Read) -> Iterator[str]:
    """Let a gap stand in a sentence: one that is the whole body is a question and its answer (rule 5)."""
    if len({gap.part for gap in read.gaps}) != 1:
        return
    left = signs(read.gaps[0].rest)
    if left < FEWEST_SIGNS:
        what = "is the whole body" if not left else "leaves hardly a word of the body"
        yield f"{read.gaps[0].part} {what}; write the answer without a gap"


def function_word(read: Read) -> Iterator[str]:
    """Hide what is worth recalling: a function word can be told from the grammar around it (rule 5)."""
    for gap in read.gaps:
        if gap.hidden.casefold() in _FUNCTION_WORDS:
            yield f"{gap.part} hides only {gap.hidden!r}; hide the figure, name or choice"


def degree(read: Read) -> Iterator[str]:
    """Hide a fact, not a degree: where many words would do, none can be judged (rule 12)."""
    for gap in read.gaps:
        if gap.hidden.casefold() in _DEGREES:
            yield f"{gap.part} hides only {gap.hidden!r}, for which many words would do; hide a figure, name or choice"


def empty_hint(read: Read) -> Iterator[str]:
    """Let a hint say what kind of thing is meant: a question word says no more than the gap does (rule 12)."""
    for gap in read.gaps:
        if gap.hint.strip("？?").casefold() in _EMPTY:
            yield f"the hint of {gap.part} says only {gap.hint!r}; say which kind of thing, or leave it out"


def twin_gaps(read: Read) -> Iterator[str]:
    """Keep gaps from telling each other: what is seen of one gives the other (rule 11)."""
    after = [*(gap.before for gap in read.gaps[1:]), read.tail]
    for place, (one, other) in enumerate(pairwise(read.gaps)):
        if one.part == other.part:
            continue
        why = _twins(one, other, after[place + 1])
        if why:
            yield f"{one.part} and {other.part} {why}: each tells the other; hide one of them, or both by one number"


def given_away(read: Read) -> Iterator[str]:
    """Keep the answer out of what is shown beside the gap (rule 5)."""
    for gap in _each_part(read):
        hidden = _hidden(read, gap)
        if cells(hidden) > 1 and stands_in(hidden, f"{read.prompt}\n{gap.shown}"):
            yield f"{gap.part} hides {hidden!r}, which can be read beside it; reword what is shown"


def _twins(one: Gap, other: Gap, after: str) -> str:
    """Say why two gaps in a row tell each other, if they do."""
    if _JOINERS.fullmatch(other.before):
        return "stand side by side"
    if _alike(one.hidden, other.hidden):
        return "are built alike"
    if _FIGURE.search(one.hidden + other.hidden):
        return ""
    before = [bare(_clause_before(each.before)) for each in (one, other)]
    behind = [bare(_clause_behind(text)) for text in (other.before, after)]
    if len(before[0]) >= _FRAME and before[0] == before[1]:
        return "follow on the same words"
    if len(behind[0]) >= _FRAME and behind[0] == behind[1]:
        return "stand before the same words"
    return ""


def _clause_before(text: str) -> str:
    return re.split(r"[，。；：、,;:.\n]", text)[-1]


def _clause_behind(text: str) -> str:
    return re.split(r"[，。；：、,;:.\n和与或]", text)[0]


def _alike(one: str, other: str) -> bool:
    """Whether two answers are as long and share a sign or a word in the same place; figures are not looked at."""
    if _FIGURE.search(one + other):
        return False
    if words(one) and words(other):
        pairs = list(zip(words(one), words(other), strict=False))
        return len(words(one)) == len(words(other)) > 1 and any(a == b for a, b in pairs)
    pairs = list(zip(bare(one), bare(other), strict=False))
    return len(bare(one)) == len(bare(other)) > 1 and any(a == b for a, b in pairs)


def _each_part(read: Read) -> Iterator[Gap]:
    """Yield the first gap of each part."""
    yield from {gap.part: gap for gap in reversed(read.gaps)}.values()


def _hidden(read: Read, gap: Gap) -> str:
    return " … ".join(each.hidden for each in read.gaps if each.part == gap.part)
