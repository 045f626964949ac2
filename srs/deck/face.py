"""What a card shows: the tokens of its note, with what is asked for hidden, and then marked.

Two kinds of inline tokens are added to Markdown's: `gap` stands for what is hidden (its content is the hint, or
nothing), and `mark_open` … `mark_close` enclose what was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from srs.deck.values import Kind, Note

_ITEM = 1  # the nesting level of the items of a list that is itself not nested


@dataclass(frozen=True, slots=True)
class Face:
    """One side of a card: `prompt` are inline tokens, `body` and `extra` block tokens, each possibly none."""

    prompt: Sequence[Token]
    body: Sequence[Token]
    extra: Sequence[Token] = ()


def asked(note: Note, part: str) -> Face:
    """Return what is shown before the answer: the heading, and the body with a gap if one part is asked."""
    if note.kind is Kind.CLOZE:
        return Face(note.prompt, _clozed(note.answer, int(part[1:]), hide=True))
    if part:
        return Face(note.prompt, _stepped(note, part, hide=True))
    return Face(note.prompt, ())


def answered(note: Note, part: str) -> Face:
    """Return what is shown with the answer: the whole body, in it what was asked for marked, and the extra."""
    if note.kind is Kind.CLOZE:
        return Face(note.prompt, _clozed(note.answer, int(part[1:]), hide=False), note.extra)
    if part:
        return Face(note.prompt, _stepped(note, part, hide=False), note.extra)
    return Face(note.prompt, _clozed(note.answer, 0, hide=False), note.extra)


def recited(note: Note, shown: int, missed: frozenset[int]) -> Face:
    """Return a list as it is recited: its first steps shown, those missed (counted from 0) crossed, then one gap."""
    body: list[Token] = []
    step, first = -1, False
    for token in note.answer:
        if token.type == "list_item_open" and token.level == _ITEM:
            step, first = step + 1, True
        inside = token.level > _ITEM
        if step > shown and token.level >= _ITEM:
            continue
        if token.type == "inline" and inside and first:
            first = False
            if step == shown:
                body.append(_with_children(token, [_gap("")]))
            else:
                cross = [_cross()] if step in missed else []
                body.append(_with_children(token, [*cross, *(token.children or ())]))
        elif not (inside and step == shown):
            body.append(token)
    return Face(note.prompt, _clozed(body, 0, hide=False), note.extra if shown >= len(note.steps) else ())


def recalled(note: Note, part: str) -> Sequence[Token]:
    """Return only what is to be recalled, as block tokens: the answer without what stood in the prompt."""
    if not part:
        return _clozed(note.answer, 0, hide=False)
    marked = [token for token in answered(note, part).body if token.children]
    return [_with_children(token, inside) for token in marked if (inside := _inside_marks(token.children or ()))]


def _clozed(tokens: Sequence[Token], number: int, *, hide: bool) -> list[Token]:
    return [
        _with_children(token, _uncloze(token.children, number, hide=hide)) if token.children else token
        for token in tokens
    ]


def _uncloze(children: Sequence[Token], number: int, *, hide: bool) -> list[Token]:
    """Replace the cloze of this number by a gap or a mark; the other clozes read as ordinary text."""
    shown: list[Token] = []
    asked_for = False
    for token in children:
        if token.type == "cloze_open" and token.meta["number"] == number:
            asked_for = True
            shown.append(_gap(token.meta["hint"]) if hide else Token("mark_open", "mark", 1))
        elif token.type == "cloze_close" and asked_for:
            asked_for = False
            shown += [] if hide else [Token("mark_close", "mark", -1)]
        elif token.type not in {"cloze_open", "cloze_close"} and not (asked_for and hide):
            shown.append(token)
    return shown


def _stepped(note: Note, part: str, *, hide: bool) -> list[Token]:
    """Replace the text of one item by a gap, or mark it; what an item says further down is hidden with it."""
    shown: list[Token] = []
    step, first = -1, False
    for token in note.answer:
        if token.type == "list_item_open" and token.level == _ITEM:
            step, first = step + 1, True
        this = step >= 0 and note.steps[step].part == part
        if this and token.type == "inline" and first:
            first = False
            children = token.children or ()
            inside = [_gap("")] if hide else [Token("mark_open", "mark", 1), *children, Token("mark_close", "mark", -1)]
            shown.append(_with_children(token, inside))
        elif not (this and hide and token.level > _ITEM):
            shown.append(token)
    return shown


def _inside_marks(children: Sequence[Token]) -> list[Token]:
    inside: list[Token] = []
    depth = 0
    for token in children:
        if token.type == "mark_close":
            depth -= 1
        elif token.type == "mark_open":
            depth += 1
            inside += [Token("text", "", 0, content=" … ")] if inside else []
        elif depth:
            inside.append(token)
    return inside


def _cross() -> Token:
    return Token("text", "", 0, content="✗ ")


def _gap(hint: str) -> Token:
    return Token("gap", "", 0, content=hint)


def _with_children(token: Token, children: Sequence[Token]) -> Token:
    return token.copy(children=list(children))
