"""Golden decks: each folder holds decks, and `expected.txt` the problems and cards that reading them gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from srs.deck import read_decks, split_card_id
from srs.deck.face import asked, recalled
from srs.deck.layout import plain, plain_inline
from srs.deck.note import whole

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "decks"


def folders(kind: str) -> list[Path]:
    """Return the golden folders of a kind; there are some."""
    found = sorted(path for path in (GOLDEN / kind).iterdir() if path.is_dir())
    assert found
    return found


def reading() -> str:
    """Say how the decks in the current folder read: first the problems, then each card as it asks and answers."""
    decks, problems = read_decks(Path())
    lines = [str(problem) for problem in problems]
    for deck in decks:
        for chapter in deck.chapters:
            lines += [
                "",
                f"{deck.folder.deck.namespace} › {chapter.title} {list(chapter.tags)} {chapter.source}".rstrip(),
            ]
            for note in map(whole, chapter.notes):
                lines += [f"  {note.id}: {note.tags} {note.rank}"] if note.tags or note.rank is not None else []
                if note.outline:
                    lines.append(f"  {note.id} (mock): {plain(note.outline.question)!r}, filled: {note.outline.filled}")
                    lines += [
                        f"    {plain_inline(line.text)!r} {line.seconds} s {line.cards} from line {line.line}"
                        for line in note.outline.lines
                    ]
                for card in note.cards:
                    part = split_card_id(card)[1]
                    face = asked(note, part)
                    prompt = "\n".join(filter(None, [plain_inline(face.prompt), plain(face.body)]))
                    lines.append(f"  {card} ({note.kind}): {prompt!r} → {plain(recalled(note, part))!r}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("folder", [*folders("good"), *folders("bad")], ids=lambda folder: folder.name)
def test_a_deck_reads_as_expected(
    folder: Path, monkeypatch: pytest.MonkeyPatch, golden: Callable[[Path, str], None]
) -> None:
    monkeypatch.chdir(folder)
    golden(folder / "expected.txt", reading())


@pytest.mark.parametrize("folder", folders("good"), ids=lambda folder: folder.name)
def test_a_good_deck_is_usable_as_it_is(folder: Path) -> None:
    decks, problems = read_decks(folder)
    assert [problem for problem in problems if not problem.warning] == []
    assert any(chapter.notes for deck in decks for chapter in deck.chapters)


@pytest.mark.parametrize("folder", folders("bad"), ids=lambda folder: folder.name)
def test_a_bad_deck_says_what_is_wrong(folder: Path) -> None:
    _, problems = read_decks(folder)
    assert any(not problem.warning for problem in problems)
    assert all(re.fullmatch(r"[a-z0-9-]+", problem.rule) for problem in problems)
