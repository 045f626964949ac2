"""What an exchange did, on one screen or as JSON."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from srs.cli.edited import tell_added, tell_edits
from srs.cli.saying import say
from srs.collection.exchange.terms import Exchanged
from srs.collection.importing import EditedNote
from srs.errors import counted
from srs.history import Name

_SHOWN = 8
_STATES = {"suspended": "suspended", "buried": "buried", "asked": "put back"}
_WIDTH = 78
_ACTS = {"suspend": "suspended", "resume": "resumed", "bury": "buried", "forget": "forgotten", "set": "set by hand"}


def tell_exchanged(door: str, done: Exchanged, edited: Sequence[EditedNote], *, apply: bool, dry_run: bool) -> None:
    """Say what went which way, or would."""
    say(f"exchange with {door}:" if not dry_run else f"exchange with {door}, if it were run:")
    if done.nothing:
        say(f"  both sides agree{' but for what was edited in Anki' if edited else '; nothing was to be done'}")
    _tell_parts("there:", _there(done))
    if done.far:
        say(f"         {counted(done.far, 'card')} moved by more than a tenth of the interval")
    if done.otherwise:
        say(f"         {counted(done.otherwise, 'card')} stood otherwise there, and no answer says why: computers")
        say("         that exchange with one account should share a history folder (README)")
    _tell_parts("here:", _home(done))
    _tell_names("made there", done.made)
    _tell_names("retired there", done.retired)
    for lost in done.deleted:
        say(f"{lost.file}:{lost.line}: {lost.name[1]}: deleted in Anki, so suspended here: {lost.heading}")
    tell_added(done.added)
    tell_edits(
        edited, apply=apply, since="both sides agreed", otherwise="until then these fields stay as they are there"
    )


def as_json(door: str, done: Exchanged, edited: Sequence[EditedNote]) -> dict[str, Any]:
    """Return what went which way."""
    return {
        "door": door,
        "there": {
            "new": [_named(name) for name in done.made],
            "changed": [_named(name) for name in done.changed],
            "retired": [_named(name) for name in done.retired],
            "scheduled": done.scheduled,
            "far": done.far,
            "otherwise": done.otherwise,
            "suspended": done.states["suspended"],
            "buried": done.states["buried"],
            "put_back": done.states["asked"],
            "reviews": done.sent,
            "looks": done.looks,
        },
        "here": {
            "reviews": done.reviews,
            "acts": dict(done.acts),
            "deleted": [
                {"note": _named(lost.name), "source": f"{lost.file}:{lost.line}", "heading": lost.heading}
                for lost in done.deleted
            ],
            "added": done.added,
            "edits": [
                {"source": f"{note.file}:{note.line}", "field": edit.field, "old": edit.old, "new": edit.new}
                | {"written": note.written}
                for note in edited
                for edit in note.edits
            ],
        },
    }


def _there(done: Exchanged) -> list[str]:
    parts = [
        (len(done.made), counted(len(done.made), "note") + " new"),
        (len(done.changed), counted(len(done.changed), "note") + " changed"),
        (len(done.retired), counted(len(done.retired), "note") + " retired"),
        (done.scheduled, counted(done.scheduled, "card") + " rescheduled"),
        *((done.states[state], f"{done.states[state]} {said}") for state, said in _STATES.items()),
        (done.sent, counted(done.sent, "review") + " sent"),
        (len(done.looks), counted(len(done.looks), "note type") + " given new looks"),
    ]
    return [said for number, said in parts if number]


def _home(done: Exchanged) -> list[str]:
    parts = [(done.reviews, counted(done.reviews, "review") + " came home")]
    parts += [(number, f"{counted(number, 'card')} {_ACTS.get(what, what)}") for what, number in done.acts.items()]
    return [said for number, said in parts if number]


def _tell_parts(where: str, parts: Sequence[str]) -> None:
    """Say what went to one side; a line ends between two parts of it."""
    whole = ", ".join(part.replace(" ", "\0") for part in parts)
    for line in wrap(whole, _WIDTH, initial_indent=f"  {where:7}", subsequent_indent=" " * 9, break_on_hyphens=False):
        say(line.replace("\0", " "))


def _tell_names(what: str, names: Sequence[Name]) -> None:
    if names:
        more = f" … and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        say(f"{what}: {' '.join(name for _, name in names[:_SHOWN])}{more}")


def _named(name: Name) -> str:
    return ":".join(name)
