"""Notes added at the end of a chapter: what stood there before stays, byte for byte and note for note."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from srs.deck.chapter import read_chapter
from srs.deck.identify import free_id, identify
from srs.deck.kinds import tops
from srs.deck.markdown import inline_text
from srs.deck.plaintext import paragraphs, unwritable, writings
from srs.deck.values import Chapter, Kind, Note
from srs.errors import SrsError, UsageError

_TAG = re.compile(r'[^\s"“”{}]+')
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Added:
    """A chapter's bytes with the notes that were added, in their order."""

    data: bytes
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class ChapterEnd:
    """The chapter that is added to: its file, its deck's folder, its bytes, and the ids its deck ever gave."""

    file: Path
    root: Path
    data: bytes
    taken: AbstractSet[str]


def add_plain(end: ChapterEnd, question: str, answer: str, tags: Iterable[str] = ()) -> Added:
    """Add a note that asks and answers two plain texts: whatever signs they hold, they are shown as they stand.

    White space around the question, at the ends of lines and around the answer's paragraphs is nothing. Raises
    UsageError for what no note can hold, and SrsError where the chapter cannot be added to.
    """
    asks, answers, tags = question.strip(), paragraphs(answer), tuple(dict.fromkeys(tags))
    _refuse(asks, answers, tags)
    name = free_id(end.file.stem, asks, (end.taken,), {})
    headings = (text for text in writings([[asks]]) if _asks(end, f"## {text} {{#{name}}}\n\nx\n", asks))
    bodies = (text for text in writings(answers) if _answers(end, f"## x {{#{name}}}\n\n{text}\n", answers))
    heading, body = next(headings, None), next(bodies, None)
    if heading is None or body is None:
        raise SrsError(f"a line of the {'question' if heading is None else 'answer'} is too long for a card; cut it")
    added = _appended(end, f"## {heading} {{#{name}}}\n\n{body}\n")
    if not tags:
        return added
    said = f' tags="{" ".join(tags)}"'
    label = f"{{#{name}".encode()
    at = added.data.rindex(label + b"}") + len(label)
    return Added(added.data[:at] + said.encode() + added.data[at:], added.notes)


def add_markdown(end: ChapterEnd, text: str, draft: Path) -> Added | tuple[str, ...]:
    """Add notes written in Markdown, giving ids to those that have none; or return the mistakes, as `draft:line: …`."""
    chapter, problems = read_chapter(end.file, end.root, text.encode())
    wrong = [(problem.line, problem.message) for problem in problems if not problem.warning]
    if text.lstrip().startswith("---\n"):
        wrong.append((1, "front matter belongs to the head of a chapter, and this goes to its end; leave it out"))
    taken = [note for note in chapter.notes if note.id in end.taken]
    wrong += [(note.line, f"id {note.id} is taken in this deck; choose another") for note in taken]
    if not (wrong or chapter.notes):
        wrong = [(1, "no note; write a heading, ## and the question, and the answer below it")]
    if wrong:
        return tuple(f"{draft}:{line}: {message}" for line, message in wrong)
    identified, _ = identify(end.file, end.root, text.encode(), end.taken)
    return _appended(end, identified.decode())


def _refuse(question: str, answer: list[list[str]], tags: tuple[str, ...]) -> None:
    for what, text in (("question", question), ("answer", "".join(map("".join, answer)))):
        if not text:
            raise UsageError(f'the {what} is empty; type srs add "question" "answer"')
        if found := unwritable(text):
            raise UsageError(f"the {what} holds {found!a}, which is not text")
    if "\n" in question:
        raise UsageError("the question has several lines; it is a heading, so write it in one")
    for tag in tags:
        if not _TAG.fullmatch(tag) or not tag.isprintable():
            raise UsageError(f"tag {tag!a} is not one word; leave out quotes and braces, and join words with - or _")


def _asks(end: ChapterEnd, text: str, question: str) -> bool:
    note = _lone(end, text)
    return (
        note is not None and {child.type for child in note.prompt} == {"text"} and inline_text(note.prompt) == question
    )


def _answers(end: ChapterEnd, text: str, answer: list[list[str]]) -> bool:
    note = _lone(end, text)
    if note is None or note.extra or any(token.type not in _PLAIN for token in note.answer):
        return False
    inlines = [token.children or () for token in note.answer if token.type == "inline"]
    if any(child.type not in {"text", "hardbreak"} for children in inlines for child in children):
        return False
    return len(tops(note.answer)) == len(inlines) and [inline_text(each).split("\n") for each in inlines] == answer


_PLAIN = {"paragraph_open", "inline", "paragraph_close"}


def _lone(end: ChapterEnd, text: str) -> Note | None:
    """Return the note that a text is by itself, if it is one basic note of which there is nothing to be told."""
    chapter, problems = read_chapter(end.file, end.root, text.encode())
    if problems or len(chapter.notes) != 1 or chapter.notes[0].kind is not Kind.BASIC or chapter.notes[0].typed:
        return None
    return chapter.notes[0]


def _appended(end: ChapterEnd, text: str) -> Added:
    """Return the chapter with a text at its end, in the file's own line ends; raises SrsError if it would not fit."""
    line_end = b"\r\n" if b"\r\n" in end.data else b"\n"
    bare = end.data.removeprefix(_BOM)
    gap = b"" if not bare else line_end * (1 if bare.endswith(b"\n") else 2)
    if bare.endswith((b"\n\n", b"\r\n\r\n")):
        gap = b""
    data = end.data + gap + text.strip("\n").encode().replace(b"\n", line_end) + line_end
    before, known = read_chapter(end.file, end.root, end.data)
    after, found = read_chapter(end.file, end.root, data)
    if not _same(before, after) or len(after.notes) == len(before.notes) or set(found) - set(known):
        raise SrsError(
            f"{end.file} does not take a note at its end: something is not closed there, or a line is too long; "
            "`srs check` says what, and nothing was written"
        )
    return Added(data, after.notes[len(before.notes) :])


def _same(before: Chapter, after: Chapter) -> bool:
    kept = after.notes[: len(before.notes)]
    return (before.title, before.tags, before.source) == (after.title, after.tags, after.source) and [
        (note.id, note.kind, note.parts, note.text, note.line) for note in before.notes
    ] == [(note.id, note.kind, note.parts, note.text, note.line) for note in kept]
