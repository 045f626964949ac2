"""`srs adopt`: a history that goes on under another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.learner import MILE

if TYPE_CHECKING:
    from tests.learner import Learner


@pytest.fixture
def renamed(sailor: Learner) -> Learner:
    """Somebody who answered two notes, and has given one of them another id since."""
    sailor.srs("answer", "mile", "good")
    sailor.srs("answer", "anchor/c1", "good")
    sailor.edit("ship/sea.md", "#mile", "#sea-mile")
    return sailor


def test_a_note_goes_on_with_the_history_of_its_former_id_and_undo_takes_it_back(renamed: Learner) -> None:
    assert renamed.srs("adopt", "mile", "sea-mile", "--dry-run") == "ship:mile would go on as ship:sea-mile\n"
    assert "sea-mile" not in renamed.progress()
    assert renamed.srs("adopt", "mile", "ship:sea-mile") == "ship:mile goes on as ship:sea-mile\n"
    assert renamed.progress() == {"sea-mile": (1, "2026-12-02"), "anchor/c1": (1, "2026-12-02")}
    assert renamed.srs("undo") == "sea-mile: goes on with the history of ship:mile undone\n"
    assert "sea-mile" not in renamed.progress()


def test_a_whole_deck_goes_on_under_its_new_namespace_and_one_undo_takes_all_of_it_back(renamed: Learner) -> None:
    """One act a note; nothing is retired by the change, and what looks the same is told as one."""
    renamed.srs("adopt", "mile", "sea-mile")
    before = renamed.progress()
    renamed.edit("ship/deck.toml", '"ship"', '"vessel"')
    outcome = renamed.types("sync", "--dry-run")
    assert "retired" not in outcome.out
    told = "vessel: looks like ship:, which is gone: `srs adopt ship: vessel:` gives it its history\n"
    assert outcome.out.endswith(told)
    assert renamed.types("sync").out.endswith(told)
    lines = [f"ship:{note} {{}} as vessel:{note}\n" for note in ("anchor", "sea-mile", "red")]
    would = "".join(lines).format(*["would go on"] * 3)
    assert renamed.srs("adopt", "ship:", "vessel:", "-n") == f"{would}3 notes\n"
    assert renamed.progress() == {}
    goes = "".join(lines).format(*["goes on"] * 3)
    assert renamed.srs("adopt", "ship:", "vessel:") == f"{goes}3 notes; one `srs undo` takes all of it back\n"
    assert renamed.progress() == before
    assert "All is well" in renamed.srs("doctor")
    assert renamed.srs("undo") == "anchor: goes on with the history of ship:anchor, and 2 more of the same go, undone\n"
    assert renamed.progress() == {}
    assert renamed.srs("undo").startswith("sea-mile: goes on with the history of ship:mile undone")


def test_adopting_a_whole_deck_a_second_time_finds_nothing(renamed: Learner) -> None:
    renamed.edit("ship/deck.toml", '"ship"', '"vessel"')
    renamed.srs("adopt", "ship:", "vessel:")
    log = renamed.srs("log", "export", "-")
    assert renamed.srs("adopt", "ship:", "vessel:").startswith(
        "no note that left ship: stands in vessel: under the same"
    )
    assert renamed.srs("log", "export", "-") == log


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("mile", "nope", 1, "no card or note is called nope in the decks"),
        ("nope", "sea-mile", 1, "no card or note is called nope in the store"),
        ("sea-mile", "sea-mile", 2, "sea-mile is what it is to go on as; name the one that it was"),
        ("ship:sea-mile", "sea-mile", 2, "ship:sea-mile is what it is to go on as"),
        ("red", "sea-mile", 1, "ship:red stands in the text; take it out, or give it a new id, before it goes on"),
        ("ship:", "ship:", 2, "ship: and ship: are the same"),
        ("ship:", "boat:", 1, "no deck boat; there is ship"),
        ("boat:", "ship:", 1, "nothing is known of a deck boat"),
        ("ship:", "sea-mile", 1, "no card or note is called ship: in the store"),
    ],
)
def test_names_that_do_not_fit_are_told_and_nothing_is_written(
    renamed: Learner, old: str, new: str, code: int, said: str
) -> None:
    outcome = renamed.types("adopt", old, new)
    assert (outcome.code, outcome.err.rpartition("srs: ")[2].startswith(said)) == (code, True), outcome
    assert len(renamed.srs("log", "show").splitlines()) == 2


def test_an_id_of_several_decks_means_the_one_that_left_the_text(sailor: Learner) -> None:
    """And where none, or several, left it, it is asked which is meant."""
    for deck in ("boat", "raft"):
        sailor.write(f"{deck}/x.md", MILE)
    sailor.srs("sync")
    sailor.edit("ship/sea.md", "#mile", "#sea-mile")
    sailor.srs("sync")
    assert sailor.srs("adopt", "mile", "sea-mile", "-n") == "ship:mile would go on as ship:sea-mile\n"
    sailor.edit("boat/x.md", "#mile", "#knot")
    outcome = sailor.types("adopt", "mile", "sea-mile", "-n")
    said = "srs: mile is in several decks; say which: boat:mile, raft:mile, ship:mile\n"
    assert (outcome.code, outcome.err.splitlines(keepends=True)[-1]) == (2, said)
