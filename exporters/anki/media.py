"""The images of an export: found in their decks, named by what they show; knows no notes and no packages."""

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from srs.deck import Chapter, Deck
from srs.deck.media import LARGEST_MEDIA, media_fault
from srs.errors import SrsError
from srs.files import read_at_most, read_inside, said_by

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


class Media:
    """The images met so far.

    A name is made from the content: a new picture gets a new name, since Anki keeps the old file where a name is
    taken, and one picture used twice is carried once.
    """

    def __init__(self) -> None:
        self._names: dict[Path, str] = {}

    def name(self, deck: Deck, chapter: Chapter, address: str) -> str:
        """Return the name that an image of a chapter has in Anki; `address` is relative to the chapter.

        Raises SrsError if the image is not a readable file in the deck's folder.
        """
        image = image_file(deck, chapter, address)
        if image not in self._names:
            self._names[image] = _content_name(image, image_bytes(image, deck))
        return self._names[image]

    @property
    def names(self) -> Mapping[Path, str]:
        """The name of each image."""
        return self._names

    def add(self, names: Mapping[Path, str]) -> None:
        """Add images that were met elsewhere, by their names."""
        self._names |= names

    @property
    def files(self) -> Mapping[str, Path]:
        """The file behind each name, in the order of names."""
        return dict(sorted((name, image) for image, name in self._names.items()))


def image_file(deck: Deck, chapter: Chapter, address: str) -> Path:
    """Return the file of an image; raises SrsError if it is not one in the deck's folder."""
    chapter_file = deck.root / chapter.path
    fault = media_fault(address, chapter_file, deck.root)
    if fault:
        raise SrsError(f"{chapter_file}: {fault}")
    return chapter_file.parent / address


def image_bytes(image: Path, deck: Deck) -> bytes:
    """Return what an image of a deck holds; raises SrsError where it is not a file of the deck's any more."""
    try:
        return read_inside(image, deck.root, LARGEST_MEDIA)
    except OSError as error:
        raise SrsError(f"cannot read image {image}: {said_by(error)}") from error


def named_bytes(image: Path, name: str) -> bytes:
    """Return what an image holds that was given a name before; raises SrsError if it is not that any more."""
    try:
        data = read_at_most(image, LARGEST_MEDIA + 1)
    except OSError as error:
        raise SrsError(f"cannot read image {image}: {said_by(error)}") from error
    if _content_name(image, data) != name:
        raise SrsError(f"image {image} changed while it was exported; export again")
    return data


def _content_name(image: Path, data: bytes) -> str:
    suffix = _SUFFIX.fullmatch(image.suffix.lower())
    return f"srs-{sha256(data).hexdigest()[:24]}{suffix[0] if suffix else ''}"
