"""`srs add`: a note added to a deck, from the shell, from standard input or in the editor."""

import re
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from srs.cli.completing import decks
from srs.cli.context import Context, context_of, default_database, packed_decks
from srs.cli.edge import typed_text
from srs.cli.saying import say, tell
from srs.collection.adding import Add, add_notes, place_for
from srs.collection.writable import NOT_YOURS, refusal
from srs.deck.adding import Added, ChapterEnd, add_markdown, add_plain
from srs.deck.reading import LARGEST_FILE
from srs.errors import SrsError, UsageError, counted
from srs.files import make_private, read_at_most, replacing, said_by

_REMARK = "<!-- srs add:"
_UNUSED = re.compile(r"\A##[ \t]*(?=\s+#)")  # the template's heading, where notes were written below it
_TEMPLATE = f"""\
## \n
{_REMARK} write the question behind the two # signs and the answer below it, in Markdown; several notes
     will do as well. They go to {{file}}. Nothing is added if this is left as it is. -->
"""


add = typer.Typer(rich_markup_mode=None, add_completion=False)


# An answer may be -1 or "- a", and is no option for that.
@add.command("add", context_settings={"ignore_unknown_options": True, "help_option_names": ["-h", "--help"]})
def note(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="What is asked, as plain text.")] = None,
    answer: Annotated[str | None, typer.Argument(help="What answers it, as plain text.")] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="DECK[/CHAPTER]",
            help="Where it goes.",
            show_default="your deck's last chapter",
            autocompletion=decks,
        ),
    ] = None,
    tags: Annotated[
        list[str] | None, typer.Option("--tags", metavar="WORDS", help="Tags of this note, such as 'verbs past'.")
    ] = None,
) -> None:
    """Add a note to a deck.

    What is missing is read from standard input: the answer, or the question in its first line and the answer below.
    On a terminal, `srs add` alone opens $EDITOR with a template, for notes in Markdown.
    """
    here = context_of(context)
    if here.shipped:
        copied = "`srs new NAME` does, and `srs new pm-interview --from pm-interview` copies the one that came with it"
        raise SrsError(f"{NOT_YOURS}: {copied}")
    question, answer = (text if text is None else typed_text(text) for text in (question, answer))
    words = [word for each in map(typed_text, tags or ()) for word in each.replace(",", " ").split()]
    if answer is None and on_terminal():
        if question is not None:
            raise UsageError('say the answer, too: srs add "question" "answer"')
        if words:
            raise UsageError('in the editor tags stand in the heading: ## Question {#id tags="a b"}')
        _in_editor(here, to)
        return
    if answer is None:
        question, answer = _read_rest(question)
    asks, answers = question or "", answer
    _add(here, to, lambda end: add_plain(end, asks, answers, words))


def on_terminal() -> bool:
    """Whether somebody sits at the keyboard."""
    return sys.stdin is not None and sys.stdin.isatty()


def _add(here: Context, to: str | None, adds: Add) -> None:
    file, folder = place_for(here.folders, to)
    added = add_notes(file, folder, here.database, adds, partial(refusal, shipped=packed_decks()))
    for note in added.notes:
        say(f"{file}:{note.line}: {note.id}")
        if before := added.asked.get(note.id):
            tell(f"the deck asks that already; {before}")


def _read_rest(question: str | None) -> tuple[str, str]:
    """Return a question and its answer, of which standard input says what was not typed."""
    try:
        text = "" if sys.stdin is None else sys.stdin.buffer.read().decode("utf-8-sig")
    except OSError as error:
        raise SrsError(f"standard input cannot be read: {said_by(error)}") from error
    except UnicodeDecodeError as error:
        raise SrsError("standard input is not UTF-8; nothing was added") from error
    if question is not None:
        return question, text
    first, _, rest = text.replace("\r\n", "\n").lstrip("\n").partition("\n")
    return first, rest


class _NotAddedError(Exception):
    """What was written has mistakes."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__()
        self.problems = problems


def _in_editor(here: Context, to: str | None) -> None:
    """Open a draft in the editor, and add what was written; a draft with mistakes is kept for the next time."""
    from srs.terminal.editor import edit  # noqa: PLC0415 -- only this way of adding needs it

    file, _ = place_for(here.folders, to)
    draft = Path(default_database()).with_name("draft.md")
    if not draft.exists():
        make_private(draft)
        with replacing(draft) as opened:
            opened.write(_TEMPLATE.format(file=file).encode())
    edit(draft, 1)
    text = _written(draft)
    if not text.strip("# \t\n"):
        draft.unlink(missing_ok=True)
        say("Nothing was added.")
        return
    try:
        _add(here, to, lambda end: _markdown(end, text, draft))
    except _NotAddedError as error:
        for line in error.problems:
            say(line, err=True)
        raise SrsError(
            f"{counted(len(error.problems), 'problem')}; nothing was added, and `srs add` opens your text again"
        ) from error
    draft.unlink(missing_ok=True)


def _markdown(end: ChapterEnd, text: str, draft: Path) -> Added:
    added = add_markdown(end, text, draft)
    if isinstance(added, Added):
        return added
    raise _NotAddedError(added)


def _written(draft: Path) -> str:
    """Return what was written into a draft, without the remark that came with it."""
    try:
        text = read_at_most(draft, LARGEST_FILE).decode("utf-8-sig")
    except OSError as error:
        raise SrsError(f"{draft} cannot be read: {said_by(error)}") from error
    except UnicodeDecodeError as error:
        raise SrsError(f"{draft} is not UTF-8; save it as UTF-8 and type `srs add` again") from error
    before, remark, rest = text.partition(_REMARK)
    text = before + rest.partition("-->")[2] if remark else text
    return _UNUSED.sub("", text) if remark else text
