"""What a shell completes: as it asks, so it is answered."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.learner import Learner

SEA = (
    '---\ntags: [sea, exam]\n---\n## Mile? {#mile tags="easy"}\n\n1852 m.\n\n'
    "## How? {#moor}\n\n1. Heave {#c1}\n2. Haul {#c2}\n"
)


def completed(learner: Learner, words: str) -> list[str]:
    """Return what Bash would offer for the last of some words."""
    environment = os.environ | {
        "_SRS_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "SRS_DB": str(learner.store),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-c", "import sys; sys.argv[0] = 'srs'; from srs.cli.main import main; main()"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return [line.split(",")[-1] for line in done.stdout.split()]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("srs show m", ["mile", "moor", "moor/c1", "moor/c2"]),
        ("srs answer moor/", ["moor/c1", "moor/c2"]),
        ("srs suspend mile mi", ["mile"]),
        ("srs review --deck s", ["ship"]),
        ("srs review --tag e", ["easy", "exam"]),
        ("srs susp", ["suspend"]),
    ],
)
def test_words_are_completed(learner: Learner, words: str, offered: list[str]) -> None:
    learner.write("ship/sea.md", SEA)
    learner.srs("sync")
    assert completed(learner, words) == offered


def test_without_a_store_nothing_is_offered_and_none_is_made(learner: Learner) -> None:
    assert completed(learner, "srs show m") == []
    assert not learner.store.exists()
