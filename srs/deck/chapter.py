"""From the bytes of one Markdown file to a chapter and every problem in it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from markdown_it.token import Token

from srs.deck.dollars import reads_as_money
from srs.deck.gathering import NO_ID, NO_NUMBER
from srs.deck.markdown import line_of, parse
from srs.deck.maths import acting_in, formulas
from srs.deck.media import media_fault
from srs.deck.note import read_note
from srs.deck.slips import label_slips
from srs.deck.stray import ByLine, Mended, open_fences, stray_text, without_conflicts, without_open_fences
from srs.deck.values import Chapter, Note
from srs.errors import Problem

LONGEST_LINE = 20_000
LONGEST_NOTE = 20_000
"""Characters; a screen lays all of a card out before it shows any."""
MOST_PIECES = 200_000
"""Of a chapter: words, emphasis, code, links …, each of which is kept while the decks are read."""


def read_chapter(file: Path, root: Path, data: bytes) -> tuple[Chapter, tuple[Problem, ...]]:
    """Read a chapter from its file's bytes; notes with problems are left out, all problems are told.

    `root` is the deck's folder, in which images must lie. Lines are split at LF alone, as editors count them.
    """
    from srs.deck.front_matter import read_front_matter  # noqa: PLC0415 -- a day without edits needs no YAML

    path = PurePosixPath(file.relative_to(root).as_posix())
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Chapter(path, path.stem), (
            Problem(file, line, f"byte 0x{data[error.start]:02x} is not UTF-8; save it as UTF-8", "not-utf-8"),
        )
    lines = text.replace("\r\n", "\n").replace("\r", " ").split("\n")
    front = read_front_matter(lines)
    problems = [mistake.of(file) for mistake in front.mistakes]
    lines[: front.lines] = [""] * front.lines  # blank, so that every token still knows its line in the file
    too_long = [number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE]
    for number in too_long:
        length = len(lines[number - 1])
        what = f"a line of {length:,} characters; at most {LONGEST_LINE:,} make a card"
        problems.append(Problem(file, number, what, "long-line"))
        lines[number - 1] = ""
    tokens, mended = _mended(lines)
    lines = mended.lines
    problems += [mistake.of(file) for mistake in mended.mistakes]
    loose = ByLine([*stray_text(tokens), *label_slips(tokens, lines)])
    spoilt = sorted(mended.spoilt)
    notes: list[Note] = []
    pieces = 0
    for section, begin, end in _sections(tokens, len(lines)):
        own = loose.take(begin, end)
        if bisect_right(spoilt, begin) < bisect_right(spoilt, end):
            continue
        pieces += sum(len(token.children or ()) for token in section)
        if pieces > MOST_PIECES:
            what = f"more than {MOST_PIECES:,} pieces of text in a chapter, so what follows is not read; split it"
            problems.append(Problem(file, begin + 1, what, "many-pieces"))
            break
        text = "\n".join(lines[begin:end]).strip("\n")
        if len(text) > LONGEST_NOTE:
            what = f"a note of {len(text):,} characters; at most {LONGEST_NOTE:,} make a card"
            problems.append(Problem(file, begin + 1, what, "long-note"))
            continue
        note, faults = read_note(section, text, begin + 1)
        found = [mistake.of(file) for mistake in (*faults, *own)]
        found += _image_problems(section, file, root)
        hidden = any(begin < number <= end for number in too_long)
        if not hidden and all(problem.warning for problem in found):
            notes.append(note)
        problems += [problem for problem in found if not (hidden and problem.line == begin + 1)]
    problems += [mistake.of(file) for mistake in loose.left()]
    chapter = Chapter(path, front.title or path.stem, front.tags, front.source, tuple(notes), front.silences)
    return chapter, tuple(problems)


def _mended(lines: Sequence[str]) -> tuple[Sequence[Token], Mended]:
    """Parse a chapter, past what would take the notes below it along."""
    first = without_conflicts(lines)
    tokens = parse("\n".join(first.lines))
    second = without_open_fences(tokens, first.lines)
    if second.mistakes:
        tokens = parse("\n".join(second.lines))
    rest = tuple(open_fences(tokens, second.lines))
    mistakes = (*first.mistakes, *second.mistakes, *rest)
    return tokens, Mended(second.lines, mistakes, first.spoilt | second.spoilt | {mistake.line for mistake in rest})


def missing_ids(file: Path, notes: Sequence[Note]) -> Iterator[Problem]:
    """Warn of every note and step that has no id of its own yet."""
    for note in notes:
        if not note.identified:
            what = "no id, so a new wording would start it afresh; `srs check --fix` writes one"
            yield Problem(file, note.line, what, NO_ID, warning=True)
        for step in note.steps:
            if not step.numbered:
                what = "step without a number; `srs check --fix` writes one"
                yield Problem(file, step.line, what, NO_NUMBER, warning=True)


def doubtful_maths(file: Path, notes: Sequence[Note]) -> Iterator[Problem]:
    """Warn of every formula that leaves as text, for a command in it might act in Anki, or that may be money."""
    for note in notes:
        for line, formula in formulas(note):
            if reads_as_money(formula.content):
                what = f"${formula.content}$ is read as a formula; write \\$ for money, or put the words in \\text{{…}}"
                yield Problem(file, line, what, "money", warning=True)
            if command := acting_in(formula):
                what = (
                    f"{command} might act in Anki, so this formula is shown there as it is written; take {command} out"
                )
                yield Problem(file, line, what, "acting-formula", warning=True)


def images(tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """Return the address of every image with the line, counted from 1, of the paragraph it stands in."""
    for inline in tokens:
        for child in inline.children or ():
            if child.type == "image":
                yield unquote(str(child.attrs["src"])), line_of(inline)


def _sections(tokens: Sequence[Token], last: int) -> Iterator[tuple[Sequence[Token], int, int]]:
    """Cut a chapter at its level-two headings: the tokens of each note, and its lines from … to before."""
    heads = [
        i
        for i, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.tag in {"h1", "h2"}
    ]
    for head, end in pairwise([*heads, len(tokens)]):
        if tokens[head].tag == "h2":
            yield tokens[head:end], line_of(tokens[head]) - 1, line_of(tokens[end]) - 1 if end < len(tokens) else last


def _image_problems(tokens: Sequence[Token], file: Path, root: Path) -> Iterator[Problem]:
    for source, line in images(tokens):
        message = media_fault(source, file, root)
        if message:
            yield Problem(file, line, message, "image")
