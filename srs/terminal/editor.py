"""The learner's own editor, opened at a line."""

import os
import shlex
import subprocess
from pathlib import Path

from srs.errors import SrsError

_AT_LINE = {
    "code": ["--wait", "--goto", "{file}:{line}"],
    "codium": ["--wait", "--goto", "{file}:{line}"],
    "subl": ["--wait", "{file}:{line}"],
    "hx": ["{file}:{line}"],
    "zed": ["--wait", "{file}:{line}"],
    "notepad": ["{file}"],
}
_USUAL = ["+{line}", "{file}"]


def editor_command(file: Path, line: int, environment: dict[str, str]) -> list[str]:
    """Return the command that opens a file at a line in $VISUAL or $EDITOR, or in the system's plainest editor.

    A variable that is blank says nothing. Raises SrsError for one that is no command: a quote that is not closed.
    """
    said = (environment.get(name, "").strip() for name in ("VISUAL", "EDITOR"))
    chosen = next(filter(None, said), "notepad" if os.name == "nt" else "vi")
    try:
        command = shlex.split(chosen, posix=os.name != "nt")
    except ValueError as error:
        raise SrsError(f"the editor {chosen} is no command ({error}); set EDITOR to the one you use") from error
    at_line = _AT_LINE.get(Path(command[0]).stem, _USUAL)
    return [*command, *(word.format(file=file, line=line) for word in at_line)]


def edit(file: Path, line: int) -> None:
    """Open a file at a line and wait until the editor is closed; raises SrsError if it cannot be started, or fails."""
    # Absolute, so that no file's name can be taken for an option.
    command = editor_command(file.absolute(), line, dict(os.environ))
    try:
        done = subprocess.run(command, check=False)  # noqa: S603 -- the learner's own choice of program
    except OSError as error:
        raise SrsError(f"the editor {command[0]} cannot be started; set EDITOR to the one you use") from error
    if done.returncode:
        raise SrsError(f"the editor {command[0]} failed with {done.returncode}; set EDITOR to the one you use")
