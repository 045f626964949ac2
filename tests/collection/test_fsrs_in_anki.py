"""Under FSRS to Anki and back: due days hold there, with FSRS and without, and what is answered there comes home."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from srs.collection.exchange.exchanging import exchange
from srs.collection.exchange.terms import Terms
from srs.errors import SrsError
from srs.history import force
from srs.history.force import InForce
from srs.scheduler import Answer, Fsrs, Grade
from srs.scheduler.fsrs import recall_after
from srs.store.opening import open_store
from tests.exporters.anki.phone import Phone
from tests.rules import rules

if TYPE_CHECKING:
    from srs.collection.exchange.terms import Door
    from tests.learner import Learner

DAYS = (0, 2, 13, 40)


def today() -> date:
    """Return the study day of Anki's clock, which is the system's."""
    return (datetime.now().astimezone() - timedelta(hours=4)).date()


@pytest.fixture
def learnt(sailor: Learner) -> list[Answer]:
    """Somebody under FSRS who answered mile Good four times, a week ago for the last time, and red/c1 once."""
    sailor.now = f"{today() - timedelta(days=90)} 12:00"
    sailor.srs("switch", "fsrs", "--retention", "0.85")
    answers = []
    for days in DAYS:
        day = today() - timedelta(days=7 + DAYS[-1] - days)
        sailor.now = f"{day} 12:00"
        sailor.srs("answer", "mile", "good")
        answers.append(Answer(day, Grade.GOOD))
    sailor.srs("answer", "red/c1", "again")
    sailor.now = f"{today()} 12:00"
    return answers


@pytest.mark.parametrize("with_fsrs", [True, False])
def test_due_days_hold_in_an_account_with_fsrs_and_in_one_without(
    sailor: Learner, learnt: list[Answer], with_fsrs: bool
) -> None:
    package = sailor.home / "ship.apkg"
    sailor.srs("export", "anki", "-o", package, "--with-progress")
    phone = Phone(sailor.home)
    phone.collection.set_config("fsrs", with_fsrs)
    phone.open(package, with_progress=True)
    scheduler, ours = Fsrs(0.85), sailor.cards()["mile"]
    memory = scheduler.fold(learnt)
    assert memory
    card = phone.card("mile")
    assert today() + timedelta(days=card.due - phone.collection.sched.today) == memory.due
    assert (ours["due"], card.ivl, card.factor) == (str(memory.due), memory.interval, 2500)
    assert card.memory_state
    assert (card.memory_state.stability, card.memory_state.difficulty) == pytest.approx(memory.state[:2], abs=1e-3)
    assert (card.desired_retention, card.decay) == pytest.approx((0.85, 0.154))
    last = datetime.fromisoformat(f"{memory.answered_on} 12:00").timestamp()
    assert card.last_review_time == pytest.approx(last, abs=120)
    stats = phone.collection.card_stats_data(card.id)
    if with_fsrs:
        recall = recall_after((today() - memory.answered_on).days, memory.state[0], scheduler.decay)
        assert stats.fsrs_retrievability == pytest.approx(recall, abs=0.005)
    phone.collection.close()


def test_a_phone_with_fsrs_plans_on_from_what_it_was_given(sailor: Learner, learnt: list[Answer]) -> None:
    """What Good would give there is what it would give here, at the phone's own retention of 0.9."""
    package = sailor.home / "ship.apkg"
    sailor.srs("export", "anki", "-o", package, "--with-progress")
    phone = Phone(sailor.home)
    phone.collection.set_config("fsrs", True)
    phone.open(package, with_progress=True)
    states = phone.collection._backend.get_scheduling_states(phone.card("mile").id)
    good = states.good.normal.review
    after = Fsrs(0.9).fold([*learnt, Answer(today(), Grade.GOOD)])
    assert after
    assert good.memory_state.stability == pytest.approx(after.state[0], rel=0.01)
    phone.collection.close()


def test_what_is_answered_there_comes_home_and_memory_is_the_replay_of_all(
    sailor: Learner, learnt: list[Answer]
) -> None:
    package = sailor.home / "ship.apkg"
    sailor.srs("export", "anki", "-o", package, "--with-progress")
    phone = Phone(sailor.home)
    phone.collection.set_config("fsrs", True)
    phone.open(package, with_progress=True)
    card = phone.card("mile")
    card.due = phone.collection.sched.today
    phone.collection.update_card(card)
    phone.collection.decks.select(card.did)
    answered = [each for each in phone.review(*[3] * 9) if each[0] == "mile"]
    assert answered == [("mile", 0, 3)]
    back = phone.export(sailor.home / "back.apkg")
    phone.collection.close()
    sailor.srs("import", "anki", back)
    memory = Fsrs(0.85).fold([*learnt, Answer(today(), Grade.GOOD)])
    assert memory
    mile = sailor.cards()["mile"]
    assert (mile["due"], mile["stability"], mile["reviews"]) == (str(memory.due), memory.state[0], 5)
    assert "All is well" in sailor.srs("doctor")


@pytest.mark.usefixtures("learnt")
def test_without_its_library_no_schedule_is_written(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    package = sailor.home / "ship.apkg"
    monkeypatch.setattr(force, "library", lambda: None)
    outcome = sailor.types("export", "anki", "-o", package, "--with-progress")
    assert outcome.code == 0
    assert outcome.err.splitlines()[-1] == (
        "no schedule goes along, since due days on this computer are not those of the history"
    )
    phone = Phone(sailor.home)
    phone.open(package, with_progress=True)
    assert {phone.card("mile").type, phone.card("red").type} == {0}
    phone.collection.close()


@pytest.mark.parametrize("dry_run", [True, False])
def test_without_its_library_nothing_is_exchanged(sailor: Learner, dry_run: bool) -> None:
    """It is refused before the account is looked at."""
    terms = Terms({}, rules(force=InForce(missing=True)), lambda _: today(), 0)
    with open_store(str(sailor.store)) as store, pytest.raises(SrsError, match="nothing was exchanged with Anki"):
        exchange(store, cast("Door", None), terms, dry_run=dry_run)
