"""The kinds that only a heading can say, and with them every kind there is."""

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from srs.deck.kinds import SHAPES, NoteKind, first_inline, items, tops, uncloze
from srs.deck.labels import LineEnd, read_line_end
from srs.deck.markdown import inline_text, label_of, line_of
from srs.deck.values import BACK, Kind, Line, Mistake, Note, Outline, Step

_LISTS = {"ordered_list_open", "bullet_list_open"}
_EMPTY = {"…", "……", "..."}


class _Both(NoteKind):
    """A question and its answer, asked in both directions: the heading for the body, and the body for the heading."""

    kind = Kind.BOTH

    def fits(self, answer: Sequence[Token]) -> bool:  # noqa: ARG002 -- no body looks like it
        return False

    def parts(self, answer: Sequence[Token], steps: Sequence[Step]) -> tuple[str, ...]:  # noqa: ARG002 -- always two
        return ("", BACK)

    def mistakes(self, line: int, answer: Sequence[Token]) -> Iterator[Mistake]:
        if SHAPES[Kind.CLOZE].fits(answer):
            yield Mistake(
                line, "a .both note asks its whole body, so it has no clozes; take them out, or .both", "kind-misfit"
            )

    def prompt(self, note: Note, part: str) -> Sequence[Token]:
        return () if part == BACK else note.prompt

    def asked(self, note: Note, part: str) -> Sequence[Token]:
        return note.answer if part == BACK else ()

    def answered(self, note: Note, part: str) -> Sequence[Token]:
        if part != BACK:
            return note.answer
        heading = [Token("mark_open", "mark", 1), *note.prompt, Token("mark_close", "mark", -1)]
        asked_for = Token("inline", "", 0, children=heading, content=inline_text(note.prompt))
        paragraph = (Token("paragraph_open", "p", 1), asked_for, Token("paragraph_close", "p", -1))
        return [*note.answer, Token("hr", "hr", 0), *paragraph]


class _Mock(NoteKind):
    """An outline to speak by; no card is made of it."""

    kind = Kind.MOCK
    typed = False

    def fits(self, answer: Sequence[Token]) -> bool:  # noqa: ARG002 -- no body looks like it
        return False

    def parts(self, answer: Sequence[Token], steps: Sequence[Step]) -> tuple[str, ...]:  # noqa: ARG002 -- nothing
        return ()

    def mistakes(self, line: int, answer: Sequence[Token]) -> Iterator[Mistake]:
        if sum(answer[begin].type in _LISTS for begin, _ in tops(answer)) != 1:
            yield Mistake(
                line, "a .mock note takes one list, the lines to speak by, after the question as it is put", "outline"
            )
        begins = (line_of(token) for token in answer if token.type == "list_item_open" and token.level == 1)
        firsts = [first_inline(item) for item in items(answer)]
        texts = [inline_text(inline.children or ()) if inline else "" for inline in firsts]
        filled = _filled(texts)
        for begin, inline, said in zip(begins, firsts, texts, strict=True):
            if inline is None or not said.strip():
                yield Mistake(begin, "this line has no text; write what is said in it, or … for now", "outline")
            elif "label" in inline.meta:
                yield Mistake(
                    begin, f"an outline's line has no number; take {{{label_of(inline).written}}} out", "outline"
                )
            elif "{cards=" in said or _end_of(inline).cards == ():
                yield Mistake(
                    begin, 'the cards behind a line stand at its end: {cards="my-note my-list/c1"}', "outline"
                )
            elif said.strip() in _EMPTY and filled:
                what = "this line is still … in an outline that is filled in, and is asked with it; write what is said"
                yield Mistake(begin, what, "outline", warning=True)


KINDS: dict[Kind, NoteKind] = {**SHAPES, Kind.BOTH: _Both(), Kind.MOCK: _Mock()}
"""Every kind."""


def kinds_said(classes: Sequence[str]) -> tuple[Kind, ...]:
    """Return the kinds that a heading says: one, or none if the shape of the body decides; more are a mistake.

    A note asked in both directions is a basic one, which its heading may say, too.
    """
    said = tuple(dict.fromkeys(Kind(name) for name in classes if name in set(Kind)))
    return (Kind.BOTH,) if set(said) == {Kind.BASIC, Kind.BOTH} else said


def outline_of(answer: Sequence[Token], offset: int) -> Outline:
    """Return a body as an outline; `offset` is how many lines of the file come before its text."""
    blocks = [answer[begin:end] for begin, end in tops(answer) if answer[begin].type not in _LISTS]
    firsts = [inline for item in items(answer) if (inline := first_inline(item))]
    lines = tuple(
        Line(inline.children or (), _end_of(inline).seconds, _end_of(inline).cards or (), offset + line_of(inline))
        for inline in firsts
    )
    filled = _filled(inline_text(line.text) for line in lines)
    return Outline(uncloze(blocks[0]) if blocks else (), lines, filled)


def _filled(texts: Iterable[str]) -> bool:
    return any(text.strip() not in _EMPTY for text in texts)


def stray_ends(answer: Sequence[Token]) -> Iterator[Mistake]:
    """Yield the items that name cards as an outline's lines do, in a list that is none."""
    for item in items(answer):
        inline = first_inline(item)
        if inline and read_line_end(inline.content)[1].cards is not None:
            what = "{cards=…} belongs to an outline; say .mock in the heading, as in {#my-note .mock}, or take it out"
            yield Mistake(line_of(inline), what, "outline")


def _end_of(inline: Token) -> LineEnd:
    end: LineEnd = inline.meta.get("end", LineEnd())
    return end
