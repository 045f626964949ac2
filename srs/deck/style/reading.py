"""What advice is given on: the notes of a deck as they are asked, each read once."""

from dataclasses import dataclass, field
from pathlib import Path

from srs.deck.face import asked
from srs.deck.kinds import items
from srs.deck.layout import Paragraph, lay_out, plain, plain_blocks, plain_inline
from srs.deck.literal import gap_text, leaves
from srs.deck.note import text_alone
from srs.deck.values import Kind, Note

_LISTS = {Kind.STEPS, Kind.SET}


@dataclass(frozen=True, slots=True)
class Gap:
    """A cloze where it stands: its part, what it hides, the text between it and the one before, and its hint.

    `shown` is the whole body as it is asked, with the gap in it.
    """

    part: str
    hidden: str
    before: str
    shown: str
    hint: str = ""

    @property
    def rest(self) -> str:
        """The body without what its part hides, and without its hint."""
        return self.shown.replace(gap_text(self.hint), " ")


@dataclass(frozen=True, slots=True)
class Read:
    """A note as it is asked, as plain text; `file` is where it stands, `title` that of its chapter.

    `items` are those of a list, `gaps` the clozes in their order, `tail` is the text after the last of these. `marked`:
    its answer holds a list. `cued`: it has an extra.
    """

    note: Note
    prompt: str
    answer: str
    items: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    tail: str = ""
    title: str = ""
    file: Path = field(default=Path())
    marked: bool = False
    cued: bool = False

    @property
    def answers(self) -> tuple[str, ...]:
        """What is asked for: the items of a list, what each gap hides, or the whole answer; of an outline nothing."""
        if self.note.kind is Kind.MOCK:
            return ()
        return self.items or tuple(gap.hidden for gap in self.gaps) or (self.answer,)


def read_note(note: Note, title: str = "", file: Path | None = None) -> Read:
    """Read a note for advice on it, one that is whole; what is kept of it is its text."""
    listed = items(note.answer) if note.kind in _LISTS else ()
    gaps, tail = _gaps(note) if note.kind is Kind.CLOZE else ((), "")
    laid_out = lay_out(note.answer)
    return Read(
        text_alone(note),
        plain_inline(note.prompt).strip(),
        plain_blocks(laid_out).strip(),
        tuple(plain(item).strip() for item in listed),
        gaps,
        tail,
        title,
        file or Path(),
        marked=any(isinstance(block, Paragraph) and block.marker for block in laid_out),
        cued=bool(note.extra),
    )


def _gaps(note: Note) -> tuple[tuple[Gap, ...], str]:
    """Return the clozes of a note in their order, and the text after the last one."""
    gaps: list[Gap] = []
    text, opened = "", None
    for token in (leaf for each in note.answer for leaf in leaves(each)):
        if token.type == "cloze_open":
            opened, before, text = token, text, ""
        elif token.type == "cloze_close" and opened:
            number, hint = opened.meta["number"], opened.meta["hint"]
            shown = plain(asked(note, f"c{number}").body)
            gaps.append(Gap(f"c{number}", text.strip(), before, shown, hint))
            opened, text = None, ""
        else:
            text += token.content or " "
    return tuple(gaps), text
