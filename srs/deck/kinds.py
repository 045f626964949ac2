"""The kinds of notes, one object each: how a body is known, what is asked of it, and what it then shows."""

from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from srs.deck.literal import LITERAL, gap, leaves, with_children
from srs.deck.markdown import inline_text, line_of, step_label
from srs.deck.values import MOST_STEPS, Kind, Mistake, Note, Step

_STEP = "c"
_ITEM = 1  # the nesting level of the items of a list that is itself not nested


class NoteKind:
    """A question and its answer; also what every other kind is where it does not say otherwise."""

    kind = Kind.BASIC
    recited = False
    """Whether its whole answer is recited item by item."""
    typed = True
    """Whether its answer may be typed, word for word."""

    def fits(self, answer: Sequence[Token]) -> bool:  # noqa: ARG002 -- every body may be one answer
        """Whether a body without a word on its kind is of this one."""
        return True

    def parts(self, answer: Sequence[Token], steps: Sequence[Step]) -> tuple[str, ...]:  # noqa: ARG002 -- it is one
        """Return the parts that are asked, in the order of study."""
        return ("",)

    def mistakes(self, line: int, answer: Sequence[Token]) -> Iterator[Mistake]:  # noqa: ARG002 -- any body will do
        """Yield what is wrong with a body of this kind; `line` is that of the heading, for what has none of its own."""
        yield from ()

    def prompt(self, note: Note, part: str) -> Sequence[Token]:  # noqa: ARG002 -- it asks for every part
        """Return the heading, as inline tokens, where it is part of the question."""
        return note.prompt

    def asked(self, note: Note, part: str) -> Sequence[Token]:  # noqa: ARG002 -- the heading alone asks
        """Return the body as it stands before the answer is shown."""
        return ()

    def answered(self, note: Note, part: str) -> Sequence[Token]:  # noqa: ARG002 -- there is one
        """Return the body with the answer, what was asked for marked in it."""
        return uncloze(note.answer)


class _Cloze(NoteKind):
    """Text with gaps, one card for each number."""

    kind = Kind.CLOZE

    def fits(self, answer: Sequence[Token]) -> bool:
        return any(_cloze_numbers(answer))

    def parts(self, answer: Sequence[Token], steps: Sequence[Step]) -> tuple[str, ...]:  # noqa: ARG002 -- it has none
        return tuple(f"c{number}" for number in sorted(set(_cloze_numbers(answer))))

    def mistakes(self, line: int, answer: Sequence[Token]) -> Iterator[Mistake]:
        if not self.fits(answer):
            yield Mistake(line, "a .cloze note takes at least one {{c1::…}} in its body", "kind-misfit")

    def asked(self, note: Note, part: str) -> Sequence[Token]:
        return uncloze(note.answer, int(part[1:]), hide=True)

    def answered(self, note: Note, part: str) -> Sequence[Token]:
        return uncloze(note.answer, int(part[1:]), hide=False)


class _Steps(NoteKind):
    """A list in order: the whole is recited, and each step asked by itself."""

    kind = Kind.STEPS
    recited = True

    def fits(self, answer: Sequence[Token]) -> bool:
        return len(tops(answer)) == 1 and answer[0].type == "ordered_list_open"

    def parts(self, answer: Sequence[Token], steps: Sequence[Step]) -> tuple[str, ...]:  # noqa: ARG002 -- they say it
        return ("", *(step.part for step in steps))

    def mistakes(self, line: int, answer: Sequence[Token]) -> Iterator[Mistake]:
        if not self.fits(answer):
            yield Mistake(line, "a .steps note takes one ordered list as its body", "kind-misfit")
        found = items(answer)
        if len(found) > MOST_STEPS:
            what = f"a list of {len(found)} steps; at most {MOST_STEPS} can be asked, split it into notes"
            yield Mistake(line, what, "long-list")
        begins = (line_of(token) for token in answer if token.type == "list_item_open" and token.level == 1)
        seen: dict[str, int] = {}
        for begin, item in zip(begins, found, strict=True):
            inline = first_inline(item)
            if inline is None or not inline_text(inline.children or ()).strip():
                what = _LONELY if len(found) == 1 else "this step has no text; write what is done in it"
                yield Mistake(begin, what, "empty-step")
                continue
            part, wrong = step_label(inline)
            if wrong:
                yield Mistake(line_of(inline), wrong, "step-number")
            if part in seen:
                yield Mistake(line_of(inline), _twice(part, seen[part] - line), "repeated-step")
            seen.setdefault(part, line_of(inline))

    def asked(self, note: Note, part: str) -> Sequence[Token]:
        return _one_item(note, part, hide=True) if part else ()

    def answered(self, note: Note, part: str) -> Sequence[Token]:
        return _one_item(note, part, hide=False) if part else uncloze(note.answer)


class _Set(NoteKind):
    """A list in any order, recalled as a whole."""

    kind = Kind.SET
    typed = False

    def fits(self, answer: Sequence[Token]) -> bool:
        return len(tops(answer)) == 1 and answer[0].type == "bullet_list_open"

    def mistakes(self, line: int, answer: Sequence[Token]) -> Iterator[Mistake]:
        if not (self.fits(answer) or _Steps().fits(answer)):
            yield Mistake(line, "a .set note takes one list as its body", "kind-misfit")


SHAPES: dict[Kind, NoteKind] = {each.kind: each for each in (_Cloze(), _Steps(), _Set(), NoteKind())}
"""Every kind that a body shows by its shape, in the order in which it is tried for it."""

_LONELY = "a number and a full stop alone begin a list; leave the full stop off, or put \\ before it"


def shape_of(answer: Sequence[Token]) -> Kind:
    """Return the kind that follows from the shape of a body."""
    return next(kind for kind, each in SHAPES.items() if each.fits(answer))


def tops(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Return where each outermost block begins and ends, as slices of `tokens`."""
    bounds, begin = [], 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            bounds.append((begin, index + 1))
            begin = index + 1
    return bounds


def items(answer: Sequence[Token]) -> list[Sequence[Token]]:
    """Return the items of a body that is one list, each as the tokens between its open and its close."""
    begins = [i for i, token in enumerate(answer) if token.type == "list_item_open" and token.level == 1]
    ends = [i for i, token in enumerate(answer) if token.type == "list_item_close" and token.level == 1]
    return [answer[begin + 1 : end] for begin, end in zip(begins, ends, strict=True)]


def first_inline(item: Sequence[Token]) -> Token | None:
    """Return the first line of text of a list's item."""
    return next((token for token in item if token.type == "inline"), None)


def by_item(
    answer: Sequence[Token], first: Callable[[int, Token], Token | None], kept: Callable[[int, Token], bool]
) -> list[Token]:
    """Return a list with each item's first text replaced (items counted from 0), and only what is kept of the rest.

    `first` gives the text in its place, or `None` for none.
    """
    shown: list[Token] = []
    step, begun = -1, False
    for token in answer:
        if token.type == "list_item_open" and token.level == _ITEM:
            step, begun = step + 1, True
        if token.type == "inline" and begun:
            begun = False
            text = first(step, token)
            shown += [text] if text else []
        elif kept(step, token):
            shown.append(token)
    return shown


def inside_item(token: Token) -> bool:
    """Whether a token belongs to what an item of a list says."""
    return token.level > _ITEM


def uncloze(tokens: Sequence[Token], number: int = 0, *, hide: bool = False) -> list[Token]:
    """Return tokens with the cloze of a number as a gap or a mark; the other clozes read as ordinary text."""
    return [
        with_children(token, _unclozed(token.children, number, hide=hide)) if token.children else token
        for token in tokens
    ]


def _unclozed(children: Sequence[Token], number: int, *, hide: bool) -> list[Token]:
    shown: list[Token] = []
    asked_for = False
    for token in children:
        if token.type == "cloze_open" and token.meta["number"] == number:
            asked_for = True
            shown.append(gap(token.meta["hint"]) if hide else Token("mark_open", "mark", 1))
        elif token.type == "cloze_close" and asked_for:
            asked_for = False
            shown += [] if hide else [Token("mark_close", "mark", -1)]
        elif token.type in {"cloze_open", "cloze_close"} or (asked_for and hide):
            continue
        elif token.type in LITERAL and token.children:
            shown.append(with_children(token, _unclozed(token.children, number, hide=hide)))
        else:
            shown.append(token)
    return shown


def _one_item(note: Note, part: str, *, hide: bool) -> list[Token]:
    def this(step: int) -> bool:
        return step >= 0 and note.steps[step].part == part

    def first(step: int, token: Token) -> Token:
        if not this(step):
            return token
        marked = [Token("mark_open", "mark", 1), *(token.children or ()), Token("mark_close", "mark", -1)]
        return with_children(token, [gap()] if hide else marked)

    return by_item(note.answer, first, lambda step, token: not (hide and this(step) and inside_item(token)))


def _cloze_numbers(answer: Sequence[Token]) -> Iterator[int]:
    return (child.meta["number"] for token in answer for child in leaves(token) if child.type == "cloze_open")


def _twice(part: str, below: int) -> str:
    where = f"{below} line{'' if below == 1 else 's'} below the heading"
    if part.startswith("~"):
        return f"the same step is already {where}; give each a number of its own: {{#c1}}"
    return f"step {part} is already used {where}; numbers are never reused, so take the next free one"
