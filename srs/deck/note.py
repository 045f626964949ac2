"""From the tokens of one note to the note: its id, its kind, its parts, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from markdown_it.token import Token

from srs.deck.markdown import Label, inline_text, parse
from srs.deck.values import MOST_STEPS, Kind, Note, Step

_ID = re.compile(r"\w[\w.-]*")
_STEP = re.compile(r"c([1-9]\d?)")
_TYPED = "type"
_KINDS = ", ".join(f".{kind}" for kind in (*Kind, _TYPED))
_NO_LABEL = Label("", (), "")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a note, at a line counted as the note's tokens count."""

    line: int
    message: str


def note_from_text(text: str) -> Note:
    """Read back the text of a note that was found good before; the same text makes the same note."""
    return read_note(parse(text), text, 0)[0]


def read_note(tokens: Sequence[Token], text: str, line: int) -> tuple[Note, tuple[Fault, ...]]:
    """Return a note and its faults; a note with faults is not to be used.

    `tokens` begin with the heading; `text` is the Markdown they came from; `line` is the file's line of the
    heading, counted from 1. Token lines are counted from 0 wherever the parse began.
    """
    heading, body = tokens[1], _without_rules(tokens[3:])
    answer, extra = _split_extra(body)
    label: Label = heading.meta.get("label", _NO_LABEL)
    prompt = heading.children or ()
    first = _line(heading)
    shape = _shape(answer)
    kind = next((Kind(name) for name in label.classes if name in set(Kind)), shape)
    provisional = f"~{_digest(inline_text(prompt), 8)}"
    steps = tuple(_steps(answer, line - first)) if kind is Kind.STEPS else ()
    clozes = tuple(sorted(set(_cloze_numbers(answer)))) if kind is Kind.CLOZE else ()
    known = (label.id or provisional, provisional, kind, text, line, steps, clozes, _TYPED in label.classes)
    note = Note(*known, prompt, answer, extra)
    faults = (
        *_heading_faults(heading, label),
        *_body_faults(first, answer, kind),
        *(_step_faults(first, answer) if kind is Kind.STEPS else ()),
        *_cloze_faults(body),
    )
    return note, faults


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


def _shape(answer: Sequence[Token]) -> Kind:
    if any(_cloze_numbers(answer)):
        return Kind.CLOZE
    if len(tops(answer)) == 1:
        return {"ordered_list_open": Kind.STEPS, "bullet_list_open": Kind.SET}.get(answer[0].type, Kind.BASIC)
    return Kind.BASIC


def _inlines(tokens: Sequence[Token]) -> Iterator[Token]:
    return (token for token in tokens if token.type == "inline")


def _children(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    return ((inline, child) for inline in _inlines(tokens) for child in inline.children or ())


def _cloze_numbers(answer: Sequence[Token]) -> Iterator[int]:
    return (child.meta["number"] for _, child in _children(answer) if child.type == "cloze_open")


def _steps(answer: Sequence[Token], offset: int) -> Iterator[Step]:
    for item in items(answer):
        inline = next(_inlines(item), None)
        text = inline_text(inline.children or ()) if inline else ""
        label: Label = inline.meta.get("label", _NO_LABEL) if inline else _NO_LABEL
        provisional = f"~{_digest(text, 6)}"
        yield Step(label.id or provisional, provisional, offset + (_line(inline) if inline else 0))


def _digest(text: str, length: int) -> str:
    return sha256(" ".join(text.split()).encode()).hexdigest()[:length]


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _heading_faults(heading: Token, label: Label) -> Iterator[Fault]:
    line = _line(heading)
    if not inline_text(heading.children or ()).strip():
        yield Fault(line, "heading without text; write the question after ##")
    if "label" in heading.meta and (label.rest.strip() or not _ID.fullmatch(label.id)):
        found = f"{{#{' '.join([label.id, *(f'.{name}' for name in label.classes)])}{label.rest}}}"
        yield Fault(line, f"{found} is not an id; write one word of letters, digits, - _ . as in {{#my-note}}")
    for name in label.classes:
        if name not in {*Kind, _TYPED}:
            yield Fault(line, f"unknown kind .{name}; a heading can say {_KINDS}")
    if any(child.type == "cloze_open" for child in heading.children or ()):
        yield Fault(line, "a cloze in a heading; the heading asks, so put the cloze in the body below it")


def _body_faults(line: int, answer: Sequence[Token], kind: Kind) -> Iterator[Fault]:
    if not answer:
        yield Fault(line, "note without body; write the answer below its heading")
        return
    is_list = len(tops(answer)) == 1 and answer[0].type in {"ordered_list_open", "bullet_list_open"}
    if kind is Kind.STEPS and not (is_list and answer[0].type == "ordered_list_open"):
        yield Fault(line, "a .steps note takes one ordered list as its body")
    if kind is Kind.SET and not is_list:
        yield Fault(line, "a .set note takes one list as its body")
    if kind is Kind.CLOZE and not any(_cloze_numbers(answer)):
        yield Fault(line, "a .cloze note takes at least one {{c1::…}} in its body")


def _step_faults(line: int, answer: Sequence[Token]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    found = items(answer)
    if len(found) > MOST_STEPS:
        yield Fault(line, f"a list of {len(found)} steps; at most {MOST_STEPS} can be asked, split it into notes")
    begins = (_line(token) for token in answer if token.type == "list_item_open" and token.level == 1)
    for begin, item in zip(begins, found, strict=True):
        inline = next(_inlines(item), None)
        if inline is None or not inline_text(inline.children or ()).strip():
            alone = "a number and a full stop alone begin a list; leave the full stop off, or put \\ before it"
            yield Fault(begin, alone if len(found) == 1 else "a step without text; write what is done in it")
            continue
        label: Label = inline.meta.get("label", _NO_LABEL)
        part = label.id or f"~{_digest(inline_text(inline.children or ()), 6)}"
        if "label" in inline.meta:
            number = _STEP.fullmatch(label.id)
            if not number or int(number[1]) > MOST_STEPS or label.rest.strip() or label.classes:
                yield Fault(
                    _line(inline),
                    f"{{#{label.id}}} is not a step's number; use {{#c1}} to {{#c{MOST_STEPS}}}",
                )
        if part in seen:
            yield Fault(_line(inline), _twice(part, seen[part] - line))
        seen.setdefault(part, _line(inline))


def _twice(part: str, below: int) -> str:
    where = f"{below} line{'' if below == 1 else 's'} below the heading"
    if part.startswith("~"):
        return f"the same step stands {where}; give each a number of its own: {{#c1}}"
    return f"step {part} stands already {where}; numbers are never reused, take the next free one"


def _cloze_faults(body: Sequence[Token]) -> Iterator[Fault]:
    for inline, child in _children(body):
        if child.type == "cloze_error":
            line = _line(inline) + inline.content[: child.meta["offset"]].count("\n")
            yield Fault(line, child.meta["message"])
