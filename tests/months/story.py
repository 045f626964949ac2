"""A month drawn at random: who does what on which day, what is carried where, and what must hold in the end."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import permutations
from typing import TYPE_CHECKING

from tests.learner import SEA_CARDS
from tests.months.computer import Computer

if TYPE_CHECKING:
    from pathlib import Path

MONTH = 31
_AFTERNOON = 5 * 60
"""Minutes after the beginning of a day: on all clocks it is the same study day then."""
_NOT_YET = 1
"""The day whose acts lie about a day ahead of the end, by the clock that is a month ahead: whether some of them count
yet would be another answer by each clock, which is the law and no mistake."""
_ANKI_DAYS = 10
_MOST_WRITES = 60
"""About as many as a command writes that has something to write."""
_CARDS = (*SEA_CARDS, "league")
"""The note `mile` is called `league` later on, on one computer after the other."""


@dataclass
class Story:
    """Seven computers; `busy` is how likely one is used on a day, `kills` on how many days the killed one is killed."""

    place: Path
    seed: int
    busy: float = 0.3
    kills: int = 1

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.desk = Computer(self.place / "desk")
        self.away = Computer(self.place / "away")
        self.killed = Computer(self.place / "killed")
        self.wrong = Computer(self.place / "wrong", wrong=self.chance.choice([-1, 1]) * timedelta(hours=6))
        self.phone = Computer(self.place / "phone", zone="Asia/Shanghai")
        self.ahead = Computer(self.place / "ahead", wrong=timedelta(days=MONTH))
        self.by_hand = Computer(self.place / "by-hand", shares=False)
        self.sharing = [self.desk, self.away, self.killed, self.wrong, self.phone, self.ahead]
        self.all = [*self.sharing, self.by_hand]
        days = range(2, MONTH)
        self.killing = set(self.chance.sample(days, self.kills))
        self.was_killed = 0
        self.renaming = {one.name: self.chance.choice(days) for one in self.all}

    def happens(self) -> None:
        """Let the month pass, and all meet."""
        for one in self.all:
            one.begins()
        self.desk.folder.mkdir()
        self.desk.srs(0, 0, "sync")
        for one in self.sharing[1:]:
            shutil.copytree(self.desk.folder, one.folder)
        for day in range(MONTH):
            self._day(day)
        for one in self.all:
            self._renames(one)
        self._meet(MONTH)

    def agrees(self) -> int:
        """Hold that all show the same; the one ahead, too, once its clock is right, and once its month has passed.

        Returns how many acts the log has.
        """
        logs = {one.name: one.log(MONTH, _AFTERNOON + 30) for one in self.all}
        assert len(set(logs.values())) == 1, self._told("logs differ", logs)
        self.all[self.all.index(self.ahead)] = self.ahead = replace(self.ahead, wrong=timedelta())
        for day in (MONTH, 2 * MONTH):
            cards = {one.name: one.cards(day, _AFTERNOON + 31) for one in self.all}
            for name, found in cards.items():
                differ = [pair for pair in zip(found, cards["desk"], strict=True) if pair[0] != pair[1]]
                assert not differ, f"seed {self.seed}: day {day}: {name} and desk show {differ[0]}"
            for one in self.all:
                one.srs(day, _AFTERNOON + 32, "doctor")
        assert {one.log(2 * MONTH, _AFTERNOON + 33) for one in self.all} == {logs["desk"]}
        assert any(card["reviews"] for card in cards["desk"])
        return logs["desk"].count("\n")

    def _day(self, day: int) -> None:
        """Let somebody do something on some computers, and some of it be carried to others."""
        for one in self.all:
            if day == self.renaming[one.name]:
                self._renames(one)
            if self.chance.random() < self.busy and not (one is self.ahead and day == _NOT_YET):
                self._acts(one, day, self.chance.randrange(600))
        if day % _ANKI_DAYS == _ANKI_DAYS // 2:
            package = self.place / f"{day}.apkg"
            self.phone.srs(day, 700, "export", "anki", "--with-progress", "-o", package)
            replace(self.desk, zone="America/Los_Angeles").srs(day, 700, "import", "anki", package)
        if day in self.killing:
            write = self.chance.randint(1, _MOST_WRITES)
            card = self.chance.choice(SEA_CARDS)
            self.was_killed += self.killed.is_killed(day, 701, write, "answer", card, "again")
            self.killed.srs(day, 702, "doctor")
        near = [one for one in self.sharing if one is not self.away]
        if self.chance.random() < self.busy * 2:
            giver, taker = self.chance.sample(near, 2)
            carry(giver, taker, self.chance)
        if self.chance.random() < self.busy / 4:
            giver, taker = self.chance.sample([self.by_hand, self.chance.choice(near)], 2)
            self._by_hand(giver, taker, day)

    def _acts(self, one: Computer, day: int, minute: int) -> None:
        """Let somebody do something with a card, on a day on which the folder may be on a stick that is not in."""
        card = self.chance.choice(_CARDS)
        command = self.chance.choice(
            [
                *[["answer", card, grade] for grade in ("again", "again", "hard", "good", "easy", "good")],
                *[["suspend", card], ["resume", card], ["flag", card, f"on {day}"], ["unflag", card], ["bury", card]],
                *[["forget", card], ["due", card, "2027-02-01"], ["undo"], ["undo"]],
                ["switch", "sm2", self.chance.choice(["--smooth", "--no-smooth"])],
                ["adopt", "mile", "league"],
            ]
        )
        is_out = one.shares and self.chance.random() < self.busy / 3
        drawer = one.folder.with_name("unplugged")
        if is_out:
            one.folder.rename(drawer)
        outcome = one.types(day, minute, *command)
        if is_out:
            assert "is not there; what is done here goes into it" in outcome.err, outcome
            drawer.rename(one.folder)

    def _renames(self, one: Computer) -> None:
        text = one.chapter.read_text(encoding="utf-8")
        one.chapter.write_text(text.replace("{#mile}", "{#league}"), encoding="utf-8")

    def _by_hand(self, giver: Computer, taker: Computer, day: int, minute: int = 800) -> None:
        """Carry a log by hand."""
        log = self.place / "log.jsonl"
        giver.srs(day, minute, "log", "export", "--force", log)
        taker.srs(day, minute + 2, "log", "merge", log)

    def _meet(self, day: int) -> None:
        """Let all start again until all lines came to all: those not in a folder first."""
        self._by_hand(self.by_hand, self.desk, day - 1)
        for _ in range(2):
            for one in self.sharing:
                one.srs(day, _AFTERNOON, "cards")
            for giver, taker in permutations(self.sharing, 2):
                carry(giver, taker)
        for one in self.sharing:
            one.srs(day, _AFTERNOON + 1, "cards")
        self._by_hand(self.desk, self.by_hand, day, _AFTERNOON)

    def _told(self, what: str, found: dict[str, str]) -> str:
        return f"seed {self.seed}: {what}: " + ", ".join(f"{name} {hash(text)}" for name, text in found.items())


def carry(giver: Computer, taker: Computer, chance: random.Random | None = None) -> None:
    """Carry what one folder has more than another, as a cloud would; by chance the last file is cut on the way."""
    for file in sorted(giver.folder.iterdir()):
        there = taker.folder / file.name
        text, known = file.read_bytes(), there.stat().st_size if there.exists() else 0
        if len(text) > known:
            cut = chance.randint(known, len(text)) if chance and file.suffix and chance.random() < 1 / 4 else len(text)
            there.write_bytes(text[:cut])
