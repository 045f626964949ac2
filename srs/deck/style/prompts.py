"""Rules on what is asked: one question that stands alone, needs more than a nod, and says how much it wants."""

import re
from collections.abc import Iterator

from srs.deck.style.reading import Read
from srs.deck.values import Kind

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
_SOURCE = re.compile(
    r"原文|文中|文章(?:里|中|说|提到|认为)|本文|书(?:中|里)(?:说|提到)|作者(?:认为|说|举|猜|建议|提到)"
    r"|\b(?:the|this) (?:article|text|book|passage|author) (?:says?|claims?|thinks?|names?|lists?|mentions?|gives?)\b"
    r"|\baccording to the (?:article|text|book|passage|author)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"为什么|为何|什么|谁|哪|几(?=[个种次家位人项件步])|多少|多大|久|多长|怎样|怎么|如何")
_EXPLAINED = re.compile(
    r"(?:说明|讲清|解释|问清|看清|弄清|看出|知道|说清|只要做|问自己|自问|凭|靠|什么时候)[^，、？]*$"
)
_TOPIC = re.compile(r"，是")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_WHILE = re.compile(r"(?:when|where) (?:the|an?|you|it|they|we|your)\b", re.IGNORECASE)
_ASKING = re.compile(
    r"(?:^|[,;:?]\s*|\b(?:and|or)\s+)(?:(?:by|for|to|in|at|from|of|with|on)\s+)?"
    r"(what|whom?|whose|which|when|where|why|how)\b",
    re.IGNORECASE,
)
_MOST_NUMBERED = 20
_LONGEST = 500  # signs of a prompt that are looked through for two questions
_NUMBERS = ("一", "两二", "三", "四", "五", "六", "七", "八", "九", "十")
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MEASURE = "[题步件样种类个项点条招处块方面大头手道层段句位类率组群端路重]"
_SOME = re.compile(rf"哪几{_MEASURE}|哪些|几{_MEASURE}")
_COUNTED = re.compile(rf"(?<![第\dA-Za-z.])(?<!第 )(\d{{1,2}}|[一两二三四五六七八九十])\s*{_MEASURE}")
_COUNTED_IN_ENGLISH = re.compile(rf"\b(\d{{1,2}}|{'|'.join(_ENGLISH)})\b", re.IGNORECASE)
_FEWEST = 3


def yes_no(read: Read) -> Iterator[str]:
    """Ask for the fact, not for a nod: a yes is right half the time without being known (rule 4)."""
    if read.note.kind not in {Kind.CLOZE, Kind.MOCK} and _YES_NO.search(read.prompt):
        yield "a yes/no prompt; ask what, how many, which or why"


def leaning(read: Read) -> Iterator[str]:
    """Make a prompt stand alone: it is read months later and out of order (rule 16)."""
    if found := _LEANING.search(read.prompt):
        yield f"the prompt leans on {found.group()!r}; name what it is about"


def source_words(read: Read) -> Iterator[str]:
    """Ask for what is so, not for what a text says: where it says so belongs to the source (rule 18)."""
    if found := _SOURCE.search(read.prompt):
        yield f"the prompt asks what {found.group()!r} has; ask what is so, or leave the example to the extra"


def two_questions(read: Read) -> Iterator[str]:
    """Ask one question: of two, one may be known and the other not (rule 4)."""
    if read.note.kind is not Kind.MOCK and len(asked_words(read.prompt)) > 1:
        first, second, *_ = asked_words(read.prompt)
        yield f"two questions in one, {first!r} and {second!r}; make it two notes"


def asked_words(prompt: str) -> list[str]:
    """Return the words of a prompt that ask, those left out that stand in a quotation or in what is asked about."""
    prompt = prompt[:_LONGEST]
    question = _QUOTED.sub("", prompt).rpartition("：")[2]
    chinese = [word for clause in _clauses(question) for word in _asked_in(*clause)]
    if chinese:
        return chinese
    english = [found.group(1) for found in _ASKING.finditer(_QUOTED.sub("", prompt))]
    return english[1:] if _WHILE.match(prompt) else english


def _clauses(question: str) -> Iterator[tuple[str, str, str]]:
    """Yield the clauses of a question, each with what stands before it and after it."""
    for found in re.finditer(r"[^，、；？?]+", question):
        yield question[: found.start()], found.group(), question[found.end() :]


def _asked_in(before: str, clause: str, after: str) -> list[str]:
    """Return the words of a clause that ask; one word twice asks once, and `几` beside another is no number."""
    if _TOPIC.match(after):
        return []
    found = [
        each.group() for each in _QUESTION.finditer(clause) if not _EXPLAINED.search(before + clause[: each.start()])
    ]
    words = list(dict.fromkeys(found))
    return [word for word in words if word != "几"] or words


def count(read: Read) -> Iterator[str]:
    """Say how many are asked for: without it nobody knows when all of them were named (rule 12)."""
    length = len(read.items)
    if length < 1 or length > _MOST_NUMBERED:
        return
    told = told_counts(read.prompt)
    if length >= _FEWEST and not told and (not _in_chinese(read.prompt) or _SOME.search(read.prompt)):
        yield f"a list of {length}, and the prompt does not say how many; say {length}"
    elif told and length not in told:
        yield f"the prompt speaks of {told[0]}, and the list has {length}; make them agree"


def told_counts(prompt: str) -> list[int]:
    """Return the numbers of things that a prompt speaks of."""
    if not _in_chinese(prompt):
        found = [each.casefold() for each in _COUNTED_IN_ENGLISH.findall(prompt)]
        return [int(each) if each.isdigit() else _ENGLISH.index(each) + 1 for each in found]
    return [
        int(each) if each.isdigit() else next(n for n, signs in enumerate(_NUMBERS, 1) if each in signs)
        for each in _COUNTED.findall(prompt)
    ]


def _in_chinese(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", text))
