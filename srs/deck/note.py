"""From the tokens of one note to the note: its id, its kind, its parts, and what is wrong with it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from markdown_it.token import Token

from srs.deck.bounds import MOST_COLUMNS
from srs.deck.clozes import TOLD
from srs.deck.doubts import doubts
from srs.deck.kinds import first_inline, items, shape_of, tops
from srs.deck.labels import Label, heading_mistakes
from srs.deck.literal import leaves
from srs.deck.markdown import inline_text, label_of, line_of, parse, provisional_id, too_deep, too_wide
from srs.deck.said import KINDS, kinds_said, outline_of, stray_ends
from srs.deck.values import Kind, Mistake, Note, Step

_ID = re.compile(r"\w[\w.-]{0,99}")  # a name of the log has at most 600 bytes
_TYPED = "type"
_TOO_DEEP = "lists and quotes nested too deep, so that neither they nor what follows is read; write it flat"
_TOO_WIDE = f"a table of {{:,}} columns; at most {MOST_COLUMNS} make a card"
_KINDS = ", ".join(f".{kind}" for kind in (*Kind, _TYPED))


def note_from_text(text: str) -> Note:
    """Read back the text of a note that was found good before; the same text makes the same note."""
    return _note_of(parse(text), text, 0)


class _NotKept(Sequence[Token]):
    """Stands where the tokens of a note were, so that nobody takes it for one that asks nothing."""

    def __len__(self) -> int:
        raise AssertionError(_HOW)

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 -- it gives nothing
        raise AssertionError(_HOW)


_HOW = "of a note that was read with its deck only the text is kept: srs.deck.note.whole reads it again"
_NOT_KEPT = _NotKept()


def text_alone(note: Note) -> Note:
    """Return a note without its parse, which takes a hundred times the memory of its text; `whole` gives it back."""
    return replace(note, prompt=_NOT_KEPT, answer=_NOT_KEPT, extra=_NOT_KEPT)


def whole(note: Note) -> Note:
    """Return a note with what it asks and answers, read again from its text, where only that was kept."""
    read = note_from_text(note.text)
    return replace(note, prompt=read.prompt, answer=read.answer, extra=read.extra)


def read_note(tokens: Sequence[Token], text: str, line: int) -> tuple[Note, tuple[Mistake, ...]]:
    """Return a note and its mistakes; a note with mistakes that are no warnings is not to be used.

    `tokens` begin with the heading, parsed from the file's first line on; `text` is the Markdown they came from; `line`
    is the file's line of the heading, counted from 1.
    """
    note = _note_of(tokens, text, line)
    return note, tuple(_mistakes(note, tokens))


def _note_of(tokens: Sequence[Token], text: str, line: int) -> Note:
    heading = tokens[1]
    answer, extra = _split_extra(_without_rules(tokens[3:]))
    label = label_of(heading)
    prompt = heading.children or ()
    kind = next(iter(kinds_said(label.classes)), shape_of(answer))
    steps = tuple(_steps(answer, line - line_of(heading))) if kind is Kind.STEPS else ()
    provisional = provisional_id(prompt, 8)
    return Note(
        id=label.id or provisional,
        provisional=provisional,
        kind=kind,
        text=text,
        line=line,
        steps=steps,
        parts=KINDS[kind].parts(answer, steps),
        typed=_TYPED in label.classes,
        tags=label.tags,
        rank=label.rank,
        outline=outline_of(answer, line - line_of(heading)) if kind is Kind.MOCK else None,
        prompt=prompt,
        answer=answer,
        extra=extra,
    )


def _mistakes(note: Note, tokens: Sequence[Token]) -> Iterator[Mistake]:
    heading, body, answer = tokens[1], _without_rules(tokens[3:]), note.answer
    line, label = line_of(heading), label_of(heading)
    yield from _heading_mistakes(heading, label)
    if answer:
        yield from KINDS[note.kind].mistakes(line, answer)
    else:
        yield Mistake(line, "this note has no body; write the answer below its heading", "no-body")
    if note.kind is not Kind.MOCK:
        yield from stray_ends(answer)
    yield from doubts(label.classes, note.kind, answer, note.extra)
    yield from _told(heading, body, note.text)
    yield from (Mistake(each, _TOO_DEEP, "nested-deep") for each in set(too_deep(body)))
    yield from (Mistake(each, _TOO_WIDE.format(columns), "wide-table") for each, columns in too_wide(body))


def _without_rules(body: Sequence[Token]) -> Sequence[Token]:
    while body and body[-1].type == "hr":
        body = body[:-1]
    return body


def _split_extra(body: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    bounds = tops(body)
    if len(bounds) > 1 and body[bounds[-1][0]].type == "blockquote_open":
        begin, end = bounds[-1]
        return body[:begin], body[begin + 1 : end - 1]
    return body, ()


def _steps(answer: Sequence[Token], offset: int) -> Iterator[Step]:
    for item in items(answer):
        inline = first_inline(item)
        provisional = provisional_id((inline.children or ()) if inline else (), 6)
        label = label_of(inline) if inline else None
        yield Step((label and label.id) or provisional, provisional, offset + (line_of(inline) if inline else 1))


def _heading_mistakes(heading: Token, label: Label) -> Iterator[Mistake]:
    line = line_of(heading)
    if not inline_text(heading.children or ()).strip():
        yield Mistake(line, "this heading has no text; write the question after ##", "no-question")
    if "label" in heading.meta and (label.rest.strip() or not _ID.fullmatch(label.id)):
        right = "one word of at most 100 letters, digits, - _ . as in {#my-note}"
        if "=" in label.rest:
            right = 'what else you say with straight quotes, as in {#my-note tags="a b" rank=1}'
        yield Mistake(line, f"{{{label.written}}} is not an id; write {right}", "id")
    if (dotted := label.id.rpartition(".")[2]) != label.id and dotted in {*Kind, _TYPED}:
        what = f"{{#{label.id}}} is an id with a full stop in it; write a blank before .{dotted} if that is meant"
        yield Mistake(line, what, "id", warning=True)
    for name in label.classes:
        if name not in {*Kind, _TYPED}:
            yield Mistake(line, f"unknown kind .{name}; a heading can say {_KINDS}", "unknown-kind")
    if len(said := kinds_said(label.classes)) > 1:
        what = f"{' and '.join(f'.{kind}' for kind in said)} are two kinds; keep one of them"
        yield Mistake(line, what, "two-kinds")
    yield from (Mistake(line, message, "heading") for message in heading_mistakes(label))
    if any(child.type == "cloze_open" for child in leaves(heading)):
        what = "a cloze in a heading; the heading asks, so put the cloze in the body below it"
        yield Mistake(line, what, "cloze-in-heading")


def _told(heading: Token, blocks: Sequence[Token], text: str) -> Iterator[Mistake]:
    """Yield what the parser found amiss, each at its place; `text` begins with the heading's line."""
    lines = text.split("\n")
    for token in (heading, *blocks):
        first = line_of(token) + (token.type == "fence")
        above, seen, begin = 0, 0, 0  # the line ends up to an offset, counted once, and where its line begins
        for found in (each for leaf in (token, *leaves(token)) for each in leaf.meta.get(TOLD, ())):
            if found.offset < seen:
                above, seen, begin = 0, 0, 0
            ends = token.content.count("\n", seen, found.offset)
            if ends:
                above, begin = above + ends, token.content.rindex("\n", seen, found.offset) + 1
            seen = found.offset
            line = first + above
            before = token.content[begin : found.offset]
            yield Mistake(
                line,
                found.message,
                found.rule,
                _column(lines[line - line_of(heading)], before, found.sign),
                found.warning,
            )


def _column(line: str, before: str, sign: str) -> int:
    """Return the column of a sign in a line, of which a parser may have taken off the indent and the label."""
    begin = line.find(before + sign)
    return begin + len(before) + 1 if begin >= 0 else max(line.find(sign), 0) + 1
