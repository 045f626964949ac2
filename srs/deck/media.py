"""What an address in a chapter may name: a picture or a sound that belongs to the deck, and nothing else."""

import os
import re
import stat
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from srs.files import lies_in, read_at_most, real, said_by

LARGEST_MEDIA = 20 * 1000 * 1000
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*(?=:)")
_LOOKED_AT = 4096
_SVG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b|<!--|<!DOCTYPE svg\b|<svg\b)", re.IGNORECASE)
_MP4 = rb"....ftyp"
_OGG = rb"OggS"
_BEGINS = {
    ".png": rb"\x89PNG\r\n\x1a\n",
    ".jpg": rb"\xff\xd8\xff",
    ".jpeg": rb"\xff\xd8\xff",
    ".gif": rb"GIF8[79]a",
    ".webp": rb"RIFF....WEBP",
    ".avif": _MP4,
    ".bmp": rb"BM",
    ".tif": rb"II\*\x00|MM\x00\*",
    ".tiff": rb"II\*\x00|MM\x00\*",
    ".mp3": rb"ID3|\xff[\xe2-\xff]",
    ".ogg": _OGG,
    ".oga": _OGG,
    ".opus": _OGG,
    ".wav": rb"RIFF....WAVE",
    ".flac": rb"fLaC",
    ".m4a": _MP4,
    ".aac": rb"\xff[\xf0-\xff]",
}
"""How the bytes of each kind of file begin, by its suffix; an SVG is text, and is looked at as such."""
SUFFIXES = (*_BEGINS, ".svg")


def scheme_of(address: str) -> str:
    """Return the scheme of an address in small letters, such as `https`; nothing for the path of a file."""
    found = _SCHEME.match(address)
    return found[0].lower() if found else ""


def images_stamp(roots: Iterable[Path]) -> str:
    """Return a digest of what can be seen of the pictures and sounds in some folders without opening them.

    It is another one after any of them has come, gone or changed; what is hidden is left out.
    """
    seen: list[str] = []
    for root in roots:
        for place, folders, names in os.walk(root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            seen += [_seen(Path(place, name)) for name in names if name.lower().endswith(SUFFIXES)]
    return sha256("\n".join(sorted(seen)).encode("utf-8", "surrogateescape")).hexdigest()[:32] if seen else ""


def _seen(file: Path) -> str:
    try:
        status = file.stat()
    except OSError:  # whoever shows it says so
        return str(file)
    return f"{file} {status.st_size} {status.st_mtime_ns}"


def media_fault(source: str, file: Path, root: Path) -> str:
    """Say why an address in a chapter's file names no picture or sound of its deck, or nothing if it names one.

    Only what is surely one may leave with an export: a regular file in the deck's folder, links followed, no part of
    its path hidden, of a kind that its suffix and its first bytes agree on, and no larger than LARGEST_MEDIA.
    """
    if scheme_of(source):
        return f"image {source} is not a local file; keep a copy in the deck's folder, so that it is there offline"
    if "\0" in source:
        return f"image {source} is no name that a file can have"
    if fault := _hidden(source, Path(source)):
        return fault
    folder = real(root)
    if not lies_in(file.parent / source, folder):
        return f"image {source} is outside the deck's folder; move it in"
    target = real(file.parent / source)
    inside = target.relative_to(folder)
    return _hidden(source, inside) or _file_fault(source, target, inside)


def _hidden(source: str, path: Path) -> str:
    part = next((part for part in path.parts if part.startswith(".") and part not in {".", ".."}), "")
    said = f"image {source}: what begins with a full stop, as {part} does, is hidden and stays here; rename it"
    return said if part else ""


def _file_fault(source: str, target: Path, inside: Path) -> str:
    suffix = target.suffix.lower()
    try:
        status = target.stat()
        if stat.S_ISREG(status.st_mode) and suffix not in SUFFIXES:
            return f"image {source} is neither a picture nor a sound; a card takes {' '.join(SUFFIXES)}"
        if status.st_size > LARGEST_MEDIA:
            return f"image {source} has {status.st_size:,} bytes; at most {LARGEST_MEDIA:,} go onto a card"
        head = read_at_most(target, _LOOKED_AT)
    except FileNotFoundError:
        return f"image {source} does not exist; looked for {inside} in the deck's folder"
    except OSError as error:
        return f"image {source} cannot be read: {said_by(error)}"
    right = _looks_like(suffix, head)
    return "" if right else f"image {source} is not what its name says; its bytes are not those of a {suffix} file"


def _looks_like(suffix: str, head: bytes) -> bool:
    if suffix == ".svg":
        return bool(_SVG.match(head)) and b"<svg" in head.lower()
    return bool(re.match(_BEGINS[suffix], head, re.DOTALL))
