"""What a card shows: the tokens of its note, with what is asked for hidden, and then marked.

Two kinds of inline tokens are added to Markdown's: `gap` stands for what is hidden (its content is the hint, or
nothing), and `mark_open` … `mark_close` enclose what was.
"""

from collections.abc import Sequence
from urllib.parse import unquote

from markdown_it.token import Token
from msgspec import Struct

from srs.deck.kinds import by_item, inside_item, uncloze
from srs.deck.layout import plain
from srs.deck.literal import LITERAL, gap, with_children
from srs.deck.note import note_from_text
from srs.deck.said import KINDS
from srs.deck.values import Note

BETWEEN = " … "
"""What stands between the answers of several gaps, where they are told one after the other."""


class Face(Struct, frozen=True):
    """One side of a card: `prompt` are inline tokens, `body` and `extra` block tokens, each possibly none."""

    prompt: Sequence[Token]
    body: Sequence[Token]
    extra: Sequence[Token] = ()


def asked(note: Note, part: str) -> Face:
    """Return what is shown before the answer: the heading, and the body with a gap if one part is asked."""
    kind = KINDS[note.kind]
    return Face(kind.prompt(note, part), kind.asked(note, part))


def answered(note: Note, part: str) -> Face:
    """Return what is shown with the answer: the whole body, in it what was asked for marked, and the extra."""
    kind = KINDS[note.kind]
    return Face(kind.prompt(note, part), kind.answered(note, part), note.extra)


def recited(note: Note, shown: int, missed: frozenset[int]) -> Face:
    """Return a list as it is recited: its first steps shown, those missed (counted from 0) crossed, then one gap."""

    def first(step: int, token: Token) -> Token | None:
        if step > shown:
            return None
        cross = [Token("text", "", 0, content="✗ ")] if step in missed else []
        return with_children(token, [gap()] if step == shown else [*cross, *(token.children or ())])

    def kept(step: int, token: Token) -> bool:
        return step < shown or not (inside_item(token) or (step > shown and token.level == 1))

    body = by_item(note.answer, first, kept)
    return Face(note.prompt, uncloze(body), note.extra if shown >= len(note.steps) else ())


def spoken(note: Note) -> Sequence[Token]:
    """Return an outline's body with the time and the cards of each line told at its end."""

    def first(step: int, inline: Token) -> Token:
        line = note.outline.lines[step] if note.outline else None
        seconds = f" ({line.seconds} s)" if line and line.seconds is not None else ""
        cards = f" → {', '.join(line.cards)}" if line and line.cards else ""
        end = Token("code_inline", "code", 0, content=f"{seconds}{cards}")
        return with_children(inline, [*(inline.children or ()), end])

    return by_item(uncloze(note.answer), first, lambda _, __: True)


def pictures(face: Face) -> tuple[str, ...]:
    """Return the addresses of the images on a side of a card, relative to the chapter's file, each once."""
    inline = [*face.prompt, *(child for token in (*face.body, *face.extra) for child in token.children or ())]
    return tuple(dict.fromkeys(unquote(str(token.attrs["src"])) for token in inline if token.type == "image"))


def recalled(note: Note, part: str) -> Sequence[Token]:
    """Return only what is to be recalled, as block tokens: the answer without what stood in the prompt."""
    if not part:
        return uncloze(note.answer)
    marked = [token for token in answered(note, part).body if token.children]
    return [with_children(token, inside) for token in marked if (inside := _inside_marks(token.children or ()))]


def learnt_otherwise(note: Note, part: str, learnt: str) -> Sequence[Token]:
    """Return what was to be recalled of a part when it was learnt, as block tokens, if it reads otherwise now.

    `learnt` is the text of the note as it was then. Nothing is returned if it is empty, if that text had no such part,
    or if the part's own answer reads the same, whatever else of the note has changed.
    """
    if not learnt:
        return ()
    then = note_from_text(learnt)
    if part not in then.parts:
        return ()
    answer = recalled(then, part)
    return () if plain(answer).split() == plain(recalled(note, part)).split() else answer


def _inside_marks(children: Sequence[Token]) -> list[Token]:
    inside: list[Token] = []
    depth = 0
    for token in children:
        if token.type == "mark_close":
            depth -= 1
        elif token.type == "mark_open":
            depth += 1
            inside += [Token("text", "", 0, content=BETWEEN)] if inside else []
        elif depth:
            inside.append(token)
        elif token.type in LITERAL and (hidden := _inside_marks(token.children or ())):
            inside += [Token("text", "", 0, content=BETWEEN)] if inside else []
            inside.append(with_children(token, hidden))
    return inside
