"""A month of six computers that carry logs to each other: the same cards and the same log in the end."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.learner import SEA, SEA_CARDS, Learner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEGIN = datetime(2026, 12, 1, 9, 0)  # as a learner types it
WRONG = {"wrong": timedelta(hours=6), "ahead": timedelta(days=31)}
NAMES = ("desk", "away", "killed", "wrong", "phone", "ahead")


@contextmanager
def zone(name: str) -> Iterator[None]:
    """Be in a time zone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        yield
    time.tzset()


def at(one: Learner, day: int, minute: int = 0) -> Learner:
    """Return a computer on a day, as its clock shows it."""
    there = BEGIN + timedelta(days=day, minutes=minute) + WRONG.get(one.home.name, timedelta())
    return replace(one, now=there.isoformat(" ", "seconds"))


def acts(one: Learner, chance: random.Random) -> None:
    """Let somebody do something with a card."""
    card = chance.choice(SEA_CARDS)
    day = one.now[:10]
    command = chance.choice(
        [
            *[["answer", card, grade] for grade in ("again", "again", "hard", "good", "easy", "good")],
            *[["suspend", card], ["resume", card], ["flag", card, f"on {day}"], ["unflag", card], ["bury", card]],
            *[["forget", card], ["due", card, "2027-02-01"], ["undo"]],
            ["switch", "sm2", chance.choice(["--smooth", "--no-smooth"])],
        ]
    )
    outcome = one.types(*command)
    assert outcome.code in {0, 1}, outcome
    assert "Traceback" not in outcome.err


def hand_on(giver: Learner, taker: Learner) -> None:
    """Carry a log by hand."""
    giver.srs("log", "export", "--force", giver.home / "log.jsonl")
    taker.srs("log", "merge", giver.home / "log.jsonl")


def log_of(one: Learner) -> str:
    """Return the whole log."""
    return one.srs("log", "export", "-")


def all_meet(every: list[Learner]) -> None:
    """Let all logs come to all."""
    for _ in range(2):
        for taker in every:
            for giver in every:
                if giver is not taker:
                    hand_on(giver, taker)


def shown(one: Learner) -> list[Any]:
    """Return the cards as they are listed, but for the folder that they lie in."""
    cards: list[Any] = one.reads("cards")
    return [card | {"source": card["source"].removeprefix(str(one.home))} for card in cards]


def is_killed(one: Learner, log: Path) -> None:
    """Kill a merge while it runs; what it had not finished did not happen."""
    command = [sys.executable, "-m", "srs", "--decks", str(one.decks), "--db", str(one.store), "--now", one.now]
    process = subprocess.Popen([*command, "log", "merge", str(log)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with process:
        process.kill()
    one.srs("doctor")


def a_day_passes(every: dict[str, Learner], day: int, chance: random.Random, folder: Path) -> None:
    """Let somebody do something on most computers, and some of it be carried to another."""
    for name in NAMES:
        if chance.random() < 0.4 and (name != "away" or day in {0, 30}):
            with zone("Asia/Shanghai" if name == "phone" else "UTC"):
                acts(at(every[name], day, chance.randrange(600)), chance)
    if day % 10 == 5:
        package = folder / f"{day}.apkg"
        with zone("Asia/Shanghai"):
            at(every["phone"], day, 700).srs("export", "anki", "--with-progress", "-o", package)
        with zone("America/Los_Angeles"):
            at(every["desk"], day, 700).srs("import", "anki", package)
    if day % 4 == 3:
        giver, taker = chance.sample([name for name in NAMES if name != "away"], 2)
        hand_on(at(every[giver], day, 800), at(every[taker], day, 801))
    if day == 15:
        at(every["desk"], day, 900).srs("log", "export", folder / "killed.jsonl")
        is_killed(at(every["killed"], day, 900), folder / "killed.jsonl")


def test_computers_that_carry_logs_come_to_one_history(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One is away for a month, one is killed, one is six hours wrong, one a month ahead, one goes through Anki."""
    chance = random.Random(1852)  # noqa: S311 -- no secret
    every = {name: Learner(tmp_path / name, capsys) for name in NAMES}
    for one in every.values():
        one.write("ship/sea.md", SEA)
        at(one, 0).srs("sync")
    for day in range(31):
        a_day_passes(every, day, chance, tmp_path)
    with zone("UTC"):
        now = [at(every["desk"], 31).now, at(every["desk"], 63).now]
        here = [replace(one, now=now[0]) for one in every.values()]
        all_meet([at(one, 31) if one.home.name == "ahead" else replace(one, now=now[0]) for one in every.values()])
        for one in here[:-1]:
            assert shown(one) == shown(here[0])
        later = [replace(one, now=now[1]) for one in here]
        for one in later:
            assert shown(one) == shown(later[0])
            one.srs("doctor")
        assert len({log_of(one) for one in [*here, *later]}) == 1
        assert any(card["reviews"] for card in shown(later[0]))
