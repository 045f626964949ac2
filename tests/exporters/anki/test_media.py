from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from exporters.anki.media import Media, named_bytes
from srs.errors import SrsError
from tests.exporters.anki.phone import CHAPTER, DECK, MONDAY, TUESDAY, Phone, exported

if TYPE_CHECKING:
    from srs.deck import Deck

FIRST, SECOND, THIRD = b"\x89PNG\r\n\x1a\n", b"<svg><g/></svg>", b"<svg/>"
CHAPTER = replace(CHAPTER, path=PurePosixPath("part/e02.md"))


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    """Return a deck with a chapter in a folder of its own and some images beside it."""
    images = tmp_path / "deck" / "part" / "img"
    images.mkdir(parents=True)
    (images / "one two.PNG").write_bytes(FIRST)
    (images / "copy.png").write_bytes(FIRST)
    (images / "other.svg").write_bytes(SECOND)
    return replace(DECK, root=tmp_path / "deck")


def test_a_name_is_made_from_the_content(deck: Deck) -> None:
    """The same picture has one name wherever it lies, another picture has another."""
    media = Media()
    first = media.name(deck, CHAPTER, "img/one two.PNG")
    assert first == media.name(deck, CHAPTER, "img/copy.png")
    assert first != media.name(deck, CHAPTER, "img/other.svg")
    assert first == "srs-4c4b6a3be1314ab86138bef4.png"
    assert [file.read_bytes() for file in media.files.values()] == [SECOND, FIRST]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("img/none.png", "does not exist"),
        ("../../secret.png", "is outside the deck's folder"),
        ("/etc/hostname", "is outside the deck's folder"),
        ("https://example.com/a.png", "is not a local file"),
    ],
)
def test_only_files_of_the_deck_are_carried(deck: Deck, address: str, found: str) -> None:
    """A text cannot take other files of the computer along, and what is missing is said."""
    (deck.root.parent / "secret.png").write_bytes(b"secret")
    with pytest.raises(SrsError, match=found):
        Media().name(deck, CHAPTER, address)


OUT_OF_FILES = """
import resource, sys
from pathlib import Path, PurePosixPath
from exporters.anki.media import Media
from srs.deck import Chapter, Deck
from srs.errors import SrsError

deck, chapter = Deck("d", "D", Path(sys.argv[1])), Chapter(PurePosixPath("a.md"), "A")
resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
try:
    Media().name(deck, chapter, "copy.png")
except SrsError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits are of POSIX")
def test_an_unreadable_image_is_said_in_one_sentence(tmp_path: Path) -> None:
    """A file that cannot be read is a problem of the user's, not a crash; root, too, may open no more than so many."""
    (tmp_path / "copy.png").write_bytes(FIRST)
    command = [sys.executable, "-c", OUT_OF_FILES, str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == f"{tmp_path / 'a.md'}: image copy.png cannot be read: too many open files\n"


def test_images_arrive_and_a_new_picture_replaces_the_old(tmp_path: Path, deck: Deck) -> None:
    """A card shows the picture that the deck holds, before and after it is drawn anew."""
    phone = Phone(tmp_path)
    text = "## ![logo](img/copy.png) {#x}\n\n![a](img/one%20two.PNG) ![b](img/other.svg)"
    phone.take(exported(text, deck=deck, chapter=CHAPTER, changed_s=MONDAY))
    folder = Path(phone.collection.media.dir())
    names = phone.collection.media.files_in_str(phone.note("x").mid, phone.card("x").answer())
    assert sorted({(folder / name).read_bytes() for name in names}) == sorted([FIRST, SECOND])
    (deck.root / "part/img/other.svg").write_bytes(THIRD)
    phone.take(exported(text, deck=deck, chapter=CHAPTER, changed_s=TUESDAY))
    names = phone.collection.media.files_in_str(phone.note("x").mid, phone.card("x").answer())
    assert sorted({(folder / name).read_bytes() for name in names}) == sorted([FIRST, THIRD])
    assert not phone.collection.media.check().missing


def test_a_picture_that_changed_while_it_was_exported_does_not_leave(tmp_path: Path) -> None:
    """Another program may swap it for a link; what leaves is what its name was made of."""
    image = tmp_path / "p.png"
    image.write_bytes(b"\x89PNG\r\n\x1a\n1")
    media = Media()
    (tmp_path / CHAPTER.path.parent).mkdir()
    name = media.name(replace(DECK, root=tmp_path), CHAPTER, "../p.png")
    assert named_bytes(media.files[name], name) == b"\x89PNG\r\n\x1a\n1"
    image.unlink()
    (tmp_path / "secret").write_bytes(b"secret")
    image.symlink_to(tmp_path / "secret")
    with pytest.raises(SrsError, match="changed while it was exported"):
        named_bytes(media.files[name], name)
