"""Progress in Anki: every card is due there on the day it is due here, wherever and at whatever hour."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from exporters import FsrsMemory, PastAnswer, Progress
from exporters.anki.scheduling import BIRTHDAY, Birth, card_columns, card_data, card_ease, logged_ease, revlog_rows
from srs.scheduler import Answer, Grade, Shown, Sm2

if TYPE_CHECKING:
    from pathlib import Path

    from srs.scheduler import Memory

# In a process of its own: a zone is set for a whole process, and Anki reads it from the system.
SCRIPT = """
import json, sys
from datetime import datetime, timedelta
from pathlib import Path
from srs.cli.main import run
from tests.exporters.anki.phone import Phone

place = Path(sys.argv[1])
for days, card in ((9, "one"), (2, "two"), (0, "three")):
    moment = (datetime.now() - timedelta(days=days)).isoformat(sep=" ")
    assert run(["--decks", str(place), "--db", str(place / "srs.db"), "--now", moment, "answer", card, "5"]) == 0
options = ["--decks", str(place), "--db", str(place / "srs.db")]
assert run([*options, "export", "anki", "-o", str(place / "out.apkg"), "--with-progress"]) == 0
phone = Phone(place)
phone.open(place / "out.apkg", with_progress=True)
today = phone.collection.sched.today
due = {name: phone.card(name).due - today for name in ("one", "two", "three")}
study_day = str((datetime.now() - timedelta(hours=4)).date())
print("FOUND", json.dumps({"days": due, "today": study_day, "hour": datetime.now().hour}))
run([*options, "cards", "--json"])
"""


def learnt(day: date) -> Memory:
    """Return the memory of a card that was answered on a day, so that it is due on the next."""
    memory = Sm2().fold([Answer(day, Grade.GOOD)])
    assert memory
    return memory


@pytest.mark.parametrize(("hour", "days"), [("03:59", 2), ("04:00", 1)])
def test_a_day_of_ankis_begins_at_four(hour: str, days: int) -> None:
    """A collection that was made before four in the morning was made on the day before."""
    birth = Birth(datetime.fromisoformat(f"2026-12-01T{hour}+08:00"))
    assert birth.days_to(learnt(date(2026, 12, 1))) == days


def test_every_zone_within_eleven_hours_sees_the_birthday_on_the_same_day() -> None:
    """A phone may be in another zone than the computer that wrote the package."""
    seen = {(BIRTHDAY + timedelta(hours=ahead - 4)).date() for ahead in range(-11, 12)}
    assert seen == {date(2014, 9, 19)}


@pytest.mark.parametrize(("ms", "told"), [(59_999, 59_999), (60_000, 60_000), (60_001, 60_000), (9_000_000, 60_000)])
def test_no_answer_took_longer_than_a_minute(ms: int, told: int) -> None:
    """So Anki counts, lest a night at the open window be time spent learning."""
    answer = PastAnswer(1, Grade.GOOD, ms, False, True, False, 1, 0, 2500)
    ((*_, time, _kind),) = revlog_rows(7, Progress(None, answers=(answer,)), set())
    assert time == told


def zone_where_it_is(hour: int) -> str:
    """Return a zone in which the clock shows this hour now, as POSIX writes it: the sign is the other way round."""
    ahead = (hour - datetime.now(UTC).hour + 12) % 24 - 12
    return f"<there>{-ahead:+d}"


@pytest.mark.parametrize(
    "zone",
    [
        "Asia/Shanghai",
        *(pytest.param(zone, marks=pytest.mark.slow) for zone in ("America/New_York", "Europe/Berlin", "UTC")),
        *(pytest.param(zone, marks=pytest.mark.slow) for zone in ("Pacific/Auckland", "Pacific/Honolulu")),
        3,
        *(pytest.param(hour, marks=pytest.mark.slow) for hour in (4, 12, 23)),
    ],
    ids=lambda zone: zone if isinstance(zone, str) else f"where it is {zone} o'clock",
)
def test_due_days_are_the_same_dates(tmp_path: Path, zone: str | int) -> None:
    (tmp_path / "deck.toml").write_text('name = "Ship"\nnamespace = "ship"\n', encoding="utf-8")
    text = "".join(f"## What is {name}? {{#{name}}}\n\n{name}\n\n" for name in ("one", "two", "three"))
    (tmp_path / "sea.md").write_text(text, encoding="utf-8")
    where = zone if isinstance(zone, str) else zone_where_it_is(zone)
    environment = os.environ | {"TZ": where, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)], capture_output=True, text=True, check=True, env=environment
    )
    line, _, listed = done.stdout.partition("FOUND ")[2].partition("\n")
    found = json.loads(line)
    if not isinstance(zone, str):
        assert found["hour"] in {zone, (zone + 1) % 24}
    ours = {card["id"]: date.fromisoformat(card["due"]) for card in json.loads(listed)}
    today = date.fromisoformat(found["today"])
    assert {name: today + timedelta(days=days) for name, days in found["days"].items()} == ours


def test_a_drill_moved_nothing_and_an_answer_left_its_ease() -> None:
    """Anki marks what moved nothing by an ease of 0, and tells learning, reviewing and relearning apart."""
    told = []
    for drill, first, forgotten in (
        (True, True, False),
        (False, True, False),
        (False, False, True),
        (False, False, False),
    ):
        answer = PastAnswer(1, Grade.GOOD, 5, drill, first, forgotten, 6, 1, 2360)
        ((_, card, button, interval, last, ease, _ms, kind),) = revlog_rows(7, Progress(None, answers=(answer,)), set())
        assert (card, button, interval, last) == (7, 3, 6, 1)
        told.append((ease, kind))
    assert told == [(0, 3), (2360, 0), (2360, 2), (2360, 1)]


def test_what_fsrs_holds_stands_in_a_cards_data_as_anki_keeps_it() -> None:
    """Stability to four decimals, difficulty and decay to three, retention to two; the last answer in whole seconds."""
    fsrs = FsrsMemory(12.34567, 5.43210, 0.9, 0.1542, 1_767_225_600_999)
    assert card_data(fsrs) == '{"s":12.3457,"d":5.432,"dr":0.9,"decay":0.154,"lrt":1767225600}'
    assert card_data(replace(fsrs, answered_at=None)) == '{"s":12.3457,"d":5.432,"dr":0.9,"decay":0.154}'
    assert card_data(None) == ""


def test_a_card_without_ease_has_that_of_a_new_one_and_its_difficulty_in_the_log() -> None:
    assert (card_ease(Shown(2360, 3)), logged_ease(Shown(2360, 3))) == (2360, 2360)
    hard, easy = Shown(stability=3.0, difficulty=10.0), Shown(stability=3.0, difficulty=1.0)
    assert (card_ease(hard), logged_ease(hard), logged_ease(easy)) == (2500, 1100, 100)


def test_a_card_is_new_without_memory_or_without_a_birth() -> None:
    memory, birth = learnt(date(2026, 12, 1)), Birth(datetime.fromisoformat("2026-12-01T16:00+00:00"))
    assert card_columns(None, 5, birth) == (0, 0, 5, 0, 0, 0, 0)
    assert card_columns(Progress(None, suspended=True), 5, birth) == (0, -1, 5, 0, 0, 0, 0)
    assert card_columns(Progress(memory, 2500), 5, None) == (0, 0, 5, 0, 0, 0, 0)
    answers = (PastAnswer(1, Grade.GOOD, 5, False, True, False, 1, 0, 2500),)
    assert card_columns(Progress(memory, 2500, False, answers), 5, birth) == (2, 2, 1, 1, 2500, 1, 0)
    assert card_columns(Progress(memory, 2500, True, answers), 5, birth) == (2, -1, 1, 1, 2500, 1, 0)
