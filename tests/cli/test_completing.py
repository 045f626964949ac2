"""What a shell completes: as it asks, so it is answered."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from contextlib import closing
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from srs.cli.completing import card_ids
from tests import forked

if TYPE_CHECKING:
    from tests.learner import Learner

SEA = (
    '---\ntags: [sea, exam]\n---\n## Mile? {#mile tags="easy"}\n\n1852 m.\n\n'
    "## How? {#moor}\n\n1. Heave {#c1}\n2. Haul {#c2}\n"
)


def test_a_home_that_nobody_has_is_none_that_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell would show whatever is raised here, at Tab."""
    monkeypatch.setenv("SRS_DB", "~nobody-of-that-name/x.db")
    root = SimpleNamespace(params={})
    assert card_ids(cast("Any", SimpleNamespace(find_root=lambda: root)), "") == []


def completed(learner: Learner, words: str) -> list[str]:
    """Return what Bash would offer for the last of some words."""
    environment = os.environ | {
        "_SRS_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "SRS_DB": str(learner.store),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = forked.run([], environment)
    assert "Traceback" not in done.err
    return [line.split(",")[-1] for line in done.out.split()]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("srs show m", ["mile", "moor", "moor/c1", "moor/c2"]),
        ("srs answer moor/", ["moor/c1", "moor/c2"]),
        ("srs suspend mile mi", ["mile"]),
        ("srs review --deck s", ["ship"]),
        ("srs review --tag e", ["easy", "exam"]),
        ("srs review S", ["Sea"]),
        ("srs mock s", ["sea"]),
        ("srs switch ", ["sm2", "fsrs"]),
        ("srs export a", ["anki"]),
        ("srs answer mile g", ["good"]),
        ("srs config set hist", ["history"]),
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


HOSTILE_TAGS = ["x$(touch${IFS}owned)", "x`touch${IFS}owned`", *(f"x{sign}y" for sign in ";|>*'\"\\{~&!#$")]


def test_only_words_that_no_shell_can_run_are_offered(learner: Learner) -> None:
    tags = json.dumps([*HOSTILE_TAGS, "x-ray", "x/y", "x.1", "x+", "商业化"], ensure_ascii=False)
    learner.write("ship/sea.md", f"---\ntags: {tags}\n---\n{SEA.split('---')[2]}")
    learner.srs("sync")
    assert completed(learner, "srs review --tag x") == ["x+", "x-ray", "x.1", "x/y"]
    assert completed(learner, "srs review --tag 商") == ["商业化"]


def test_names_from_a_store_that_was_made_to_harm_are_not_offered(learner: Learner) -> None:
    """Decks and logs are checked on the way in, and this does not lean on it."""
    learner.write("ship/sea.md", SEA)
    learner.srs("sync")
    with closing(sqlite3.connect(learner.store)) as connection:
        connection.execute("UPDATE cards SET name = 'm$(id)' WHERE name = 'mile'")
        connection.execute("UPDATE chapters SET deck = 's`id`'")
        connection.commit()
    assert completed(learner, "srs review --deck s") == []
    assert completed(learner, "srs show m") == ["moor", "moor/c1", "moor/c2"]
