"""Schedulers compared on a learner's answers, and FSRS fitted to them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from benchmarks.learning import histories
from srs.collection import comparing
from srs.collection.collection import open_collection
from srs.collection.comparing import FITTED, compare, fit_to
from srs.collection.switching import Wanted, switch
from srs.errors import SrsError
from srs.history import LogLine, Review, Switch, format_line
from srs.history.force import FSRS, SM2, switches_in_force
from srs.scheduler import Fsrs, Sm2
from srs.scheduler.fitting import fit
from srs.scheduler.fsrs import published
from srs.stats.promises import judge, promises

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from srs.collection.collection import Collection
    from srs.scheduler import Answer
    from tests.learner import Learner

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


def opened(learner: Learner) -> AbstractContextManager[Collection]:
    """Open the learner's collection."""
    return open_collection(learner.decks, str(learner.store), NOW)


@pytest.fixture(scope="session")
def answers() -> list[list[Answer]]:
    """Return what a made-up learner answered, by card."""
    return histories(1500)


@pytest.fixture
def veteran(sailor: Learner, answers: list[list[Answer]]) -> Learner:
    """Somebody who answered 1,500 times, on cards that have no text here."""
    log = sailor.home / "log.jsonl"
    lines = [
        LogLine("ship", f"n{card}", Review(each.at, each.day, each.grade))
        for card, history in enumerate(answers)
        for each in history
    ]
    log.write_text("".join(format_line(line) + "\n" for line in lines), encoding="utf-8")
    sailor.srs("log", "merge", log)
    return sailor


def test_figures_are_of_the_later_half_and_parameters_of_the_first(
    veteran: Learner, answers: list[list[Answer]]
) -> None:
    with opened(veteran) as collection:
        found = compare(collection)
        assert collection.log() == collection.log()
    base = promises(Sm2(), answers)
    half = len(base) // 2
    assert (found.reviews, found.judged) == (sum(map(len, answers)), len(base))
    assert found.schedulers[SM2] == judge(base[half:])
    assert found.schedulers[FSRS] == judge(promises(Fsrs(), answers)[half:])
    earlier = [[each for each in history if each.at < base[half].at] for history in answers]
    weights = fit(earlier)
    assert found.schedulers[FITTED] == judge(promises(Fsrs(weights=weights), answers)[half:])
    assert {each.count for each in found.schedulers.values()} == {len(base) - half}


def test_a_fit_that_is_better_is_kept_and_switches_nothing(veteran: Learner) -> None:
    with opened(veteran) as collection:
        found = compare(collection)
        before = collection.rules.force
        done = fit_to(collection, NOW)
        assert done.better
        assert (done.published, done.fitted) == (found.schedulers[FSRS], found.schedulers[FITTED])
        (line,) = [line for line in collection.log() if isinstance(line.act, Switch)]
    assert line.act == Switch(line.act.at, "sm2", parameters=done.parameters)
    with opened(veteran) as collection:
        assert collection.rules.force == before
        assert collection.rescheduled is None
        again = fit_to(collection, NOW)
        assert (again.parameters, again.kept, again.better) == (done.parameters, done.fitted, False)
        assert len([line for line in collection.log() if isinstance(line.act, Switch)]) == 1
        collection.undo(NOW)
        assert fit_to(collection, NOW, dry_run=True).kept is None


def test_a_comparison_and_a_fit_tell_how_far_they_are(veteran: Learner) -> None:
    """Neither has more turns over the histories than it said it would."""
    with opened(veteran) as collection:
        for doing in (partial(compare, collection), partial(fit_to, collection, NOW), partial(fit_to, collection, NOW)):
            told: list[tuple[int, int]] = []

            def share(done: int, size: int, told: list[tuple[int, int]] = told) -> None:
                told.append((done, size))

            doing(share=share)
            assert told == sorted(told)
            assert len({size for _, size in told}) == 1
            assert 0.9 < told[-1][0] / told[-1][1] < 1
            assert len(told) > 20


def test_a_fit_repeats_the_scheduler_of_every_deck_and_is_taken_back_in_one_go(veteran: Learner) -> None:
    with opened(veteran) as collection:
        switch(collection, Wanted("fsrs", smooth=True, retention=0.85), "", NOW)
    with opened(veteran) as collection:
        switch(collection, Wanted("sm2", smooth=False), "ship", NOW)
    with opened(veteran) as collection:
        done = fit_to(collection, NOW)
    with opened(veteran) as collection:
        acts = switches_in_force(collection.log())
        assert {deck: (act.name, act.smooth, act.retention) for deck, act in acts.items()} == {
            "": ("fsrs", True, 0.85),
            "ship": ("sm2", False, 0.9),
        }
        assert {act.parameters for act in acts.values()} == {done.parameters}
        assert collection.scheduler("boat") == Fsrs(0.85, done.parameters, smooth=True)
        assert collection.scheduler("ship") == Sm2()
        collection.undo(NOW)
    with opened(veteran) as collection:
        assert collection.scheduler("boat") == Fsrs(0.85, smooth=True)
        assert collection.scheduler("ship") == Sm2()


def test_what_a_later_version_put_in_force_keeps_its_own_parameters(veteran: Learner) -> None:
    log = veteran.home / "later.jsonl"
    act = Switch(1_790_000_000_000, "fsrs-9", parameters=(1.0, 2.0))
    log.write_text(format_line(LogLine("boat", "", act)) + "\n", encoding="utf-8")
    veteran.srs("log", "merge", log)
    with opened(veteran) as collection:
        done = fit_to(collection, NOW)
        acts = switches_in_force(collection.log())
    assert (acts[""].parameters, acts["boat"].parameters) == (done.parameters, (1.0, 2.0))


def test_fitted_parameters_that_do_not_predict_better_are_not_kept(
    veteran: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same as the published ones are no better, nor are bad ones."""
    for weights in (published(), (*published()[:20], 0.8)):
        monkeypatch.setattr(comparing, "fit", lambda _, weights=weights: weights)
        with opened(veteran) as collection:
            assert not fit_to(collection, NOW).better
            assert not any(isinstance(line.act, Switch) for line in collection.log())


def test_too_few_answers_are_told_with_how_many_there_must_be(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "good")
    with opened(sailor) as collection:
        assert compare(collection).schedulers[FITTED].log_loss is None
        with pytest.raises(SrsError, match=r"a fit needs 200 judged answers, .*; the log has 0"):
            fit_to(collection, NOW)
