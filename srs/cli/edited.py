"""What was edited and added in Anki, shown on a screen: an import and an exchange say it alike."""

from collections.abc import Sequence

from srs.cli.saying import say
from srs.collection.importing import EditedNote
from srs.errors import counted

_SHOWN = 8
_OVERWRITTEN = "the next export overwrites what is only in Anki"


def tell_added(first: Sequence[str]) -> None:
    """Say which notes stand in Anki alone, by what they say first; of many no more than some."""
    if first:
        say(f"added in Anki, not here: {counted(len(first), 'note')}; to keep them, `srs add` or a chapter")
    for heading in first[:_SHOWN]:
        say(f"  {heading}")
    if len(first) > _SHOWN:
        say(f"  … and {len(first) - _SHOWN:,} more")


def tell_edits(
    edited: Sequence[EditedNote], *, apply: bool, since: str = "the last export", otherwise: str = _OVERWRITTEN
) -> None:
    """Show what was edited `since` both sides agreed, and say what becomes of it."""
    if not edited:
        return
    say(f"edited in Anki since {since}: {counted(len(edited), 'note')}")
    for note in edited:
        for edit in note.edits if note.file else ():
            stale = " (before the last export came there)" if edit.stale else ""
            say(f"{note.file}:{note.line}: {edit.field}{' (written)' if note.written else stale}")
            for line in edit.diff:
                say(f"  {line}")
        if note.reason:
            say(f"  not written: {note.reason}")
    gone = sum(note.file is None for note in edited)
    if gone:
        say(f"{counted(gone, 'edited note')} no longer in the decks")
    for refused in sorted({note.refusal for note in edited} - {""}):
        say(refused)
    if any(note.file and not note.written and not note.refusal for note in edited):
        say(
            "edit by hand what was not written"
            if apply
            else f"--apply writes what it safely can into the decks; {otherwise}"
        )
