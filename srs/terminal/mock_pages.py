"""What each moment of a mock interview looks like, and what is said of it at the end: lines made from values."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rich.text import Text

from srs.characters import shown_line
from srs.collection.mocks import Question, Spoken
from srs.collection.sitting import Left, Tally
from srs.deck.pacing import parts
from srs.errors import counted
from srs.terminal.frame import MARGIN, QUIET, Size, Standing, foot, indented, rule
from srs.terminal.keys import Key
from srs.terminal.paint import paint, paint_inline
from srs.terminal.screen import Page
from srs.terminal.summary import duration, how_it_went
from srs.terminal.wrap import wrap

BEGIN = Key("space", "space", "begin to speak; the time runs from then")
SAID = Key("space", "space", "said it")
LEFT_OUT = Key("x", "x", "left it out")
BACK = Key("u", "u", "one back")
_SPEAK_ON = Key("u", "u", "go on speaking")
LEAVE = Key("q", "q", "leave; nothing of it is kept")
_ENDED = Key("", "any key", "ends your answer")
_NOBODY = Left(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Interview:
    """A question as it is asked aloud: the name of its deck, and how long the answer may take, in seconds."""

    question: Question
    deck: str
    seconds: int

    @property
    def parts(self) -> tuple[int, ...]:
        """How long each line of the outline may take, in seconds."""
        return parts(self.question.outline.lines, self.seconds)


def question_page(interview: Interview, size: Size) -> Page:
    """Return the page that asks, before the time runs."""
    said = Text(f"You have {_in_words(interview.seconds)}. Speak aloud, as you would there.", style=QUIET)
    body = _asked(interview, size) + indented([Text(), *wrap(said, size.text)])
    return Page(_head(interview, size), body, _foot([BEGIN, LEAVE], size))


def speaking_page(interview: Interview, seconds: int, size: Size) -> Page:
    """Return the page that shows how much of the time is over, so many seconds after the learner began to speak."""
    over = seconds - interview.seconds
    time = Text.assemble(
        (clock(seconds), "bold red" if over > 0 else "bold"), (f" of {clock(interview.seconds)}", QUIET)
    )
    if over > 0:
        time.append(f"   {clock(over)} over", style="red")
    body = _asked(interview, size)
    drawn = indented([*([] if size.low else [Text()]), *_bar(interview, seconds, size.text), time])
    return Page(
        _head(interview, size), [*body, *drawn], _foot([_ENDED], size), range(len(body), len(body) + len(drawn))
    )


def ticking_page(interview: Interview, ticked: Sequence[bool], size: Size) -> Page:
    """Return the page that shows the outline as far as the line that is to be ticked off next."""
    lines = [*interview.question.outline.lines][: len(ticked) + 1]
    drawn: list[Text] = []
    for number, line in enumerate(lines):
        here = number == len(ticked)
        sign = Text("▸ ", style="yellow mark") if here else _sign(said=ticked[number])
        text = Text.assemble(paint_inline(line.text, "bold" if here else ""), (f"  {_about(interview, number)}", QUIET))
        drawn += _hanging(sign, text, size)
    told = f"Did you say it? Line {len(ticked) + 1} of {len(interview.question.outline.lines)}."
    body = indented([*([] if size.low else [Text()]), Text(told, style=QUIET), Text(), *drawn])
    keys = [SAID, LEFT_OUT, BACK if ticked else _SPEAK_ON, LEAVE]
    at = next((index for index, line in enumerate(body) if "▸" in line.plain), 0)
    return Page(_head(interview, size), body, _foot(keys, size), range(at, len(body)))


def summing_up(interview: Interview, spoken: Spoken, drills: int, tally: Tally, width: int) -> list[Text]:
    """Say how it went: the time, each line with what it may take and whether it was said, and what is drilled."""
    over = spoken.seconds - interview.seconds
    time = f"Spoken for {clock(spoken.seconds)} of {clock(interview.seconds)}"
    late = f", {clock(over)} over" if over > 0 else ""
    lines = interview.question.outline.lines
    told = [Text(f"{time}{late}; {len(spoken.said)} of {counted(len(lines), 'line')} said.", style="bold")]
    size = Size(width, width + 1)
    for number, line in enumerate(lines):
        said = number + 1 in spoken.said
        text = Text.assemble(paint_inline(line.text, "" if said else "bold"), (f"  {_about(interview, number)}", QUIET))
        told += indented(_hanging(_sign(said=said), text, size))
    if tally.answers:
        told.append(Text(f"Follow-ups: {how_it_went(tally)}"))
    if drills:
        behind = f"{counted(drills, 'card')} behind what was left out {'is a drill' if drills == 1 else 'are drills'}"
        told.append(Text(f"{behind} of today: `srs review`"))
    return told


def clock(seconds: int) -> str:
    """Return a time as a clock shows it: `2:05`."""
    return f"{seconds // 60}:{seconds % 60:02}"


def _in_words(seconds: int) -> str:
    return duration(1000 * seconds) if seconds % 60 else counted(seconds // 60, "minute")


def _head(interview: Interview, size: Size) -> list[Text]:
    line = Text.assemble(MARGIN, ("Mock interview", "bold"), (f" · {shown_line(interview.deck)}", QUIET))
    line.truncate(size.full - 1, overflow="ellipsis")
    return [line] if size.low else [line, rule(size)]


def _foot(keys: Sequence[Key], size: Size) -> list[Text]:
    return foot(keys, Standing(0, _NOBODY), size, all_keys=True)


def _asked(interview: Interview, size: Size) -> list[Text]:
    """Return the question in the interviewer's words, or, where the note has none, its heading."""
    question = interview.question
    blocks = question.outline.question
    lines = paint(blocks, size.text) if blocks else wrap(paint_inline(question.note.prompt, "bold"), size.text)
    return indented([*([] if size.low else [Text()]), *lines])


def _bar(interview: Interview, seconds: int, width: int) -> list[Text]:
    """Return a bar of the time with a mark below it where each part of the outline ends."""
    share = min(1.0, seconds / interview.seconds)
    full = int(share * width)
    style = "red" if seconds > interview.seconds else "green"
    marks = [" "] * width
    for end in list(accumulate(interview.parts))[:-1]:
        marks[min(width - 1, round(end / interview.seconds * width))] = "╵"
    bar = Text.assemble(("█" * full, style), ("░" * (width - full), QUIET))
    return [bar, Text("".join(marks).rstrip() or " ", style=QUIET)]


def _about(interview: Interview, number: int) -> str:
    return clock(interview.parts[number])


def _sign(*, said: bool) -> Text:
    return Text("✓ ", style="green") if said else Text("✗ ", style="red")


def _hanging(sign: Text, text: Text, size: Size) -> list[Text]:
    """Return a text wrapped beside a sign of two cells."""
    first, *rest = wrap(text, size.text - 2)
    return [Text.assemble(sign, first), *(Text.assemble("  ", line) for line in rest)]
