"""The system's own viewer, opened on a picture of a deck: no shell, an absolute path, and nothing but pictures."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

from srs.deck.media import media_fault

# What is not a picture might be run by the system instead of shown, and a deck may be a stranger's.
_PICTURES = frozenset({".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
_OPENERS = {"darwin": "open", "win32": ""}  # everywhere else xdg-open; Windows opens files by a call


def view(address: str, chapter: Path, root: Path) -> str:
    """Open a picture by its address in a chapter of the deck at `root`, and say so; or say why it is not opened."""
    if fault := media_fault(address, chapter, root):
        return fault
    file = (chapter.parent / address).resolve()
    if file.suffix.lower() == ".svg":
        return f"{address} is not opened: an SVG can act like a page of the web; the picture is {file}"
    if file.suffix.lower() not in _PICTURES:
        return f"{address} is not opened: {file.suffix} is no kind of picture"
    return _opened(file, sys.platform)


def _opened(file: Path, platform: str) -> str:
    opener = _OPENERS.get(platform, "xdg-open")
    try:
        if opener:
            # The viewer lives on when the sitting is over, and has no say on its screen.
            viewer = subprocess.Popen(  # noqa: S603 -- the system's viewer, on a path that was looked at
                [opener, str(file)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            Thread(target=viewer.wait, daemon=True).start()  # so that nothing of it is left behind when it closes
        elif sys.platform == "win32":
            os.startfile(file)  # noqa: S606 -- the system's viewer, on a path that was looked at
    except OSError:
        return f"{opener or 'the viewer'} cannot be started; the picture is {file}"
    return f"opened {file.name}"
