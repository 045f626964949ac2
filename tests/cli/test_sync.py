"""`srs sync`: what changed, told by kind."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from srs.deck import find_decks
from srs.history.force import InForce
from srs.store.opening import open_store
from srs.sync import sync
from tests.learner import MILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

    from tests.learner import Learner


def test_new_cards_are_listed_the_first_eight_by_name(sailor: Learner) -> None:
    sailor.write("ship/units.md", "".join(f"## Unit {n}? {{#u{n}}}\n\nSo long.\n\n" for n in range(3)))
    said = sailor.srs("sync").splitlines()
    assert said[0].startswith("added    10 cards new")
    assert said[1] == "         anchor anchor/c1 anchor/c2 anchor/c3 mile red/c1 red/c2 u0 … and 2 more"
    assert len(said) == 2
    assert "Nothing changed" in sailor.srs("sync")


def test_exactly_eight_cards_are_listed_whole(sailor: Learner) -> None:
    sailor.write("ship/units.md", "## Unit? {#u}\n\nSo long.\n")
    assert sailor.srs("sync").splitlines()[1] == "         anchor anchor/c1 anchor/c2 anchor/c3 mile red/c1 red/c2 u"


def test_each_kind_of_change_is_told_with_what_it_means(sailor: Learner) -> None:
    sailor.write("ship/sky.md", "## Up? {#up}\n\nYes.\n\n## Down? {#down}\n\nNo.\n")
    sailor.srs("sync")
    sailor.write("ship/sky.md", "## Up? {#up}\n\nIndeed.\n\n" + MILE + "\n## Wide? {#wide}\n\nVery.\n")
    sailor.edit("ship/sea.md", MILE, "")
    said = sailor.srs("sync").splitlines()
    assert [(said[at].split()[:2], said[at + 1].split()) for at in range(0, len(said), 2)] == [
        (["added", "1"], ["wide"]),
        (["changed", "2"], ["up", "mile"]),
        (["moved", "1"], ["mile"]),
        (["retired", "1"], ["down"]),
    ]


def test_a_dry_run_says_so_and_writes_nothing(sailor: Learner) -> None:
    said = sailor.srs("sync", "--dry-run")
    assert "Nothing has been written yet" in said
    assert sailor.srs("sync") in said
    assert "Nothing is written" not in sailor.srs("sync", "--dry-run")


def test_mistakes_are_told_and_fail_the_sync(sailor: Learner) -> None:
    sky = sailor.write("ship/sky.md", "## Empty {#empty}\n")
    outcome = sailor.types("sync")
    assert (outcome.code, outcome.out.split()[:2]) == (1, ["added", "7"])
    assert outcome.err.startswith(f"{sky}:1: this note has no body")
    outcome = sailor.types("sync", "--json")
    assert (outcome.code, outcome.out.count("sky.md:1: this note has no body")) == (1, 1)
    sailor.write("ship/sky.md", "## Where?\n\nUp.\n")
    assert sailor.types("sync").code == 0


def test_a_first_sync_that_is_interrupted_leaves_all_as_it_was(
    sailor: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    sailor.srs("answer", "mile", "4")
    sailor.write("boat/oars.md", "## Oars? {#oars}\n\nTwo.\n")
    sailor.edit("ship/sea.md", "1852", "1851")
    before = sailor.store.read_bytes()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("srs.sync.syncing.rechain", interrupted)
        assert sailor.types("sync").code == 130
    assert sailor.store.read_bytes() == before
    assert sailor.reads("sync")["decks"]["added"] == ["oars"]


def test_how_much_is_read_is_told_in_bytes(learner: Learner) -> None:
    text = "## Oars? {#oars}\n\nTwo.\n"
    for place in range(3):
        learner.write(f"boat/{place}.md", text.replace("oars", f"o{place}"))
    told: list[object] = []

    @contextmanager
    def waiting(size: int) -> Iterator[Callable[[int, int], object]]:
        told.append(size)
        yield lambda done, size: told.append((done, size))

    with open_store(str(learner.store)) as store:
        sync(store, find_decks(learner.decks)[0], 0, InForce(), min, waiting=waiting)
    size = len(text) - 2
    assert told == [3 * size, (size, 3 * size), (2 * size, 3 * size), (3 * size, 3 * size)]
