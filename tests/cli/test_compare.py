"""`srs compare`: what schedulers promise against what happened."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from srs.collection import comparing

if TYPE_CHECKING:
    from tests.learner import Learner

NOTHING = {"log_loss": None, "rmse_bins": None, "auc": None, "count": 0}


def merged(sailor: Learner, *answers: tuple[str, int]) -> None:
    """Give the sailor answers of one card, by their days and grades."""
    log = sailor.home / "log.jsonl"
    lines = [
        {"card": "mile", "at": f"{day}T09:00:00.000Z", "day": day, "grade": grade, "ms": 9, "from": "terminal"}
        for day, grade in answers
    ]
    log.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    sailor.srs("log", "merge", log)


def test_a_log_without_answers_has_figures_of_nothing(sailor: Learner) -> None:
    assert sailor.reads("compare") == {
        "reviews": 0,
        "judged": 0,
        "schedulers": {"sm2": NOTHING, "fsrs": NOTHING, "fsrs-fitted": NOTHING},
    }
    assert sailor.srs("compare") == "0 answers, none to judge yet: a card's second study day is the first.\n"


def test_one_grade_only_has_a_loss_and_no_order(sailor: Learner) -> None:
    """Three days: the later half of two judged answers is one, of which SM-2 promised 0.9 on its due day."""
    merged(sailor, ("2026-11-01", 4), ("2026-11-02", 4), ("2026-11-08", 4))
    found = sailor.reads("compare")
    assert (found["reviews"], found["judged"]) == (3, 2)
    sm2 = found["schedulers"]["sm2"]
    assert (round(sm2["log_loss"], 4), round(sm2["rmse_bins"], 4), sm2["auc"], sm2["count"]) == (0.1054, 0.1, None, 1)
    assert found["schedulers"]["fsrs"]["count"] == 1
    assert found["schedulers"]["fsrs-fitted"] == NOTHING
    told = sailor.srs("compare").splitlines()
    assert told[0] == "3 answers, 2 of them judged; the figures are of the later 1."
    assert told[3].split() == ["SM-2", "0.105", "0.100", "-", "1"]
    assert told[-1] == "A fit needs 200 judged answers; there are 2."


def test_without_the_library_sm2_stands_alone(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    merged(sailor, ("2026-11-01", 4), ("2026-11-02", 4))
    monkeypatch.setattr(comparing, "library", lambda: None)
    outcome = sailor.types("compare", "--json")
    assert outcome.err == (
        "the library of FSRS is not here, so SM-2 stands alone; `pip install fsrs-rs-python` brings it\n"
    )
    found = json.loads(outcome.out)["schedulers"]
    assert (found["sm2"]["count"], found["fsrs"], found["fsrs-fitted"]) == (1, NOTHING, NOTHING)
