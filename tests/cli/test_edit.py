"""`srs edit`: a card's line, in the editor."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from tests.learner import MILE

if TYPE_CHECKING:
    import pytest

    from tests.learner import Learner


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_without_a_terminal_the_line_is_told(sailor: Learner) -> None:
    outcome = sailor.types("edit", "red/c1")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == f"srs: an editor needs a terminal; the card stands at {sailor.decks}/ship/sea.md:19\n"


def test_the_editor_opens_the_line_and_what_changed_is_said(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    script = sailor.home / "editor.sh"
    script.write_text(
        f'#!/bin/sh\nfor file; do :; done\necho "$@" > "{sailor.home}/typed"\nsed -i s/1852/1853/ "$file"\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    monkeypatch.setenv("EDITOR", str(script))
    for name in ("stdin", "stdout"):
        monkeypatch.setattr(sys, name, said := Terminal())
    assert sailor.types("edit", "mile").code == 0
    assert said.getvalue() == "1 card changed\n"
    assert (sailor.home / "typed").read_text(encoding="utf-8") == f"+13 {sailor.decks}/ship/sea.md\n"


def test_a_card_whose_text_is_gone_has_no_line(sailor: Learner) -> None:
    sailor.srs("sync")
    sailor.edit("ship/sea.md", MILE, "")
    outcome = sailor.types("edit", "mile")
    assert (outcome.code, "\nsrs: mile is retired: its text is gone" in outcome.err) == (1, True)
