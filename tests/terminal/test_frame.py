"""What stands around a card: nothing that is said there is cut, and a low window keeps what must be known."""

from __future__ import annotations

import pytest

from srs.collection.sitting import Left
from srs.terminal.frame import Size, Standing, foot, head
from srs.terminal.keys import ON_EVERY_CARD, SHOW

SAID = "3,000 cards are due: at 200 a day, the longest overdue first, that is cleared on 2026-12-15."


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
@pytest.mark.parametrize("height", [10, 24])
def test_what_is_said_is_said_to_its_end(width: int, height: int) -> None:
    lines = foot([SHOW, *ON_EVERY_CARD], Standing(0, Left(1, 0, 0), said=SAID), Size(width - 4, width, height))
    assert " ".join(" ".join(map(str, lines)).split()).endswith(SAID)
    assert max(line.cell_len for line in lines) < width


@pytest.mark.parametrize(("height", "low"), [(15, True), (16, False)])
def test_a_low_window_has_fewer_keys_and_no_rules(height: int, low: bool) -> None:
    size, standing = Size(76, 80, height), Standing(0, Left(1, 0, 0))
    lines = [*head(standing, size), *foot([SHOW, *ON_EVERY_CARD], standing, size)]
    text = "\n".join(map(str, lines))
    assert len(lines) == (2 if low else 5)
    assert ("─" in text, "u undo" in text) == (not low, not low)
    assert all(key in text for key in ("space show answer", "? help", "q quit"))


def test_a_foot_keeps_its_height_while_a_sentence_comes_and_goes() -> None:
    size = Size(76, 80)
    said, silent = (foot([SHOW], Standing(0, Left(1, 0, 0), said=text), size) for text in ("undone: Good", ""))
    assert len(said) == len(silent) == 3
