"""How a chapter is called by those who study it: by its file, or by the short name that its file begins with."""

import re
from pathlib import PurePath
from unicodedata import normalize

_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def is_called(path: PurePath, name: str) -> bool:
    """Whether a chapter's file answers to a name.

    It does to its own name, with or without `.md`, and to what stands there before the first `-`: `e02-ads-vs-ux.md`
    is `e02-ads-vs-ux` and `E2`. Case counts for nothing, nor do zeros before a number.
    """
    wanted = _plain(name.strip())
    stem = _plain(path.name).removesuffix(".md")
    return bool(wanted) and wanted.removesuffix(".md") in {stem, stem.partition("-")[0]}


def _plain(text: str) -> str:
    return _ZEROS.sub("", normalize("NFC", text).casefold())
