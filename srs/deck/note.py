"""From the tokens of one note to the note: its id, its kind, its parts, and what is wrong with it."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from srs.deck.kinds import KINDS, first_inline, items, shape_of, tops
from srs.deck.markdown import Label, inline_text, label_of, line_of, parse, provisional_id, too_deep
from srs.deck.values import Kind, Mistake, Note, Step

_ID = re.compile(r"\w[\w.-]*")
_TYPED = "type"
_TOO_DEEP = "lists and quotes nested too deep, so that neither they nor what follows is read; write it flat"
_KINDS = ", ".join(f".{kind}" for kind in (*Kind, _TYPED))


def note_from_text(text: str) -> Note:
    """Read back the text of a note that was found good before; the same text makes the same note."""
    return read_note(parse(text), text, 0)[0]


def read_note(tokens: Sequence[Token], text: str, line: int) -> tuple[Note, tuple[Mistake, ...]]:
    """Return a note and its mistakes; a note with mistakes is not to be used.

    `tokens` begin with the heading, parsed from the file's first line on; `text` is the Markdown they came from; `line`
    is the file's line of the heading, counted from 1.
    """
    heading, body = tokens[1], _without_rules(tokens[3:])
    answer, extra = _split_extra(body)
    label = label_of(heading)
    prompt = heading.children or ()
    kind = next((Kind(name) for name in label.classes if name in set(Kind)), shape_of(answer))
    steps = tuple(_steps(answer, line - line_of(heading))) if kind is Kind.STEPS else ()
    provisional = provisional_id(prompt, 8)
    note = Note(
        id=label.id or provisional,
        provisional=provisional,
        kind=kind,
        text=text,
        line=line,
        steps=steps,
        parts=KINDS[kind].parts(answer, steps),
        typed=_TYPED in label.classes,
        prompt=prompt,
        answer=answer,
        extra=extra,
    )
    mistakes = (
        *_heading_mistakes(heading, label),
        *([] if answer else [Mistake(line_of(heading), "this note has no body; write the answer below its heading")]),
        *(KINDS[kind].mistakes(line_of(heading), answer) if answer else ()),
        *_cloze_mistakes(body),
        *(Mistake(line, _TOO_DEEP) for line in set(too_deep(body))),
    )
    return note, mistakes


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
        yield Mistake(line, "this heading has no text; write the question after ##")
    if "label" in heading.meta and (label.rest.strip() or not _ID.fullmatch(label.id)):
        found = f"{{#{' '.join([label.id, *(f'.{name}' for name in label.classes)])}{label.rest}}}"
        yield Mistake(line, f"{found} is not an id; write one word of letters, digits, - _ . as in {{#my-note}}")
    for name in label.classes:
        if name not in {*Kind, _TYPED}:
            yield Mistake(line, f"unknown kind .{name}; a heading can say {_KINDS}")
    if any(child.type == "cloze_open" for child in heading.children or ()):
        yield Mistake(line, "a cloze in a heading; the heading asks, so put the cloze in the body below it")


def _cloze_mistakes(body: Sequence[Token]) -> Iterator[Mistake]:
    pairs = ((token, child) for token in body if token.type == "inline" for child in token.children or ())
    for inline, child in pairs:
        if child.type == "cloze_error":
            line = line_of(inline) + inline.content[: child.meta["offset"]].count("\n")
            yield Mistake(line, child.meta["message"])
