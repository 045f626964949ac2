"""Random histories on three devices and a server, and what must hold when all have exchanged twice."""

from __future__ import annotations

import os
import re
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from anki.errors import AnkiException
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from srs.history.fold import SAME_ANSWER
from tests.exchange.devices import Clock, Device, Terminal, unreachable

NOTES = {
    "anchor": "## How to anchor? {#anchor}\n\n1. Heave to {#c1}\n2. Let go {#c2}",
    "mile": "## How long is a mile? {#mile}\n\n1852 metres.\n\n> Since 1929.",
    "red": "## Where is red? {#red}\n\nTo {{c1::port}}; green to {{c2::starboard}}.",
    "both": "## Bow {#both .both}\n\nThe front.",
    "knot": "## How fast is a knot? {#knot}\n\nA mile an hour.",
}
CARDS = {
    "anchor": ("anchor", "anchor/c1", "anchor/c2"),
    "mile": ("mile",),
    "red": ("red/c1", "red/c2"),
    "both": ("both", "both/back"),
    "knot": ("knot",),
}
GRADES = ("again", "hard", "good", "easy")
DONE_THERE = (
    *("answer", "answer", "answer", "answer", "undo", "suspend", "unsuspend", "bury", "forget", "due"),
    *("filter", "empty", "edit", "tag", "move", "flag", "delete"),
)
DONE_HERE = ("answer", "answer", "answer", "undo", "suspend", "resume", "bury", "forget", "due")
PICK = st.integers(0, 1000)
HOUR, DAY = 3600, 86_400


class Histories(RuleBasedStateMachine):
    """One history; `server` and `users` are the sync server and the accounts that no history has had yet."""

    server: ClassVar[str]
    users: ClassVar[Any]
    clock: ClassVar[Clock]
    counts: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        place = Path(self.folder.name)
        user = next(self.users)
        self.terminal = Terminal(place / "home")
        self.devices = [Device(place / name, user, self.server) for name in ("phone", "tablet")]
        self.away: dict[str, str] = {}
        self.deleted: set[str] = set()
        self.user, self.broken = user, False
        self.undone: set[str] = set()

    @initialize()
    def begin(self) -> None:
        """Begin with four notes on all devices."""
        self.terminal.texts = {name: NOTES[name] for name in ("anchor", "mile", "red")}
        self.terminal.write()
        (self.terminal.home / ".local/share/srs/account").mkdir(parents=True)
        self._log_in()
        self._exchange("--upload")
        for device in self.devices:
            device.sync()

    @rule(acts=st.lists(st.tuples(st.sampled_from(DONE_HERE), PICK, PICK), min_size=2, max_size=6))
    def here(self, acts: list[tuple[str, int, int]]) -> None:
        """Do some things in the terminal."""
        for what, pick, number in acts:
            self._here(what, pick, number)

    @rule(
        device=st.integers(0, 1),
        acts=st.lists(st.tuples(st.sampled_from(DONE_THERE), PICK, PICK), min_size=2, max_size=6),
    )
    def there(self, device: int, acts: list[tuple[str, int, int]]) -> None:
        """Do some things on a device."""
        for what, pick, number in acts:
            self._there(device, what, pick, number)

    def _here(self, what: str, pick: int, number: int) -> None:
        self._pass(1 + number % 90)
        if self.broken:
            return
        names = [name for note in sorted(self.terminal.texts) for name in CARDS[note]]
        name = names[pick % len(names)]
        words = {
            "answer": ["answer", name, GRADES[number % 4]],
            "undo": ["undo"],
            "due": ["due", name, f"+{number % 9}"],
        }
        code, _, err = self.terminal.srs(*words.get(what, [what, name]))
        assert code == 0 or (what == "undo" and "nothing" in err), (what, code, err)
        self.counts[f"here {what}"] += 1

    def _there(self, device: int, what: str, pick: int, number: int) -> None:
        self._pass(1 + number % 90)
        phone = self.devices[device]
        if self.broken or not (names := phone.names()) or (what == "delete" and number % 3):
            return
        self._on(lambda: phone.act(what, names[pick % len(names)], number))
        self.counts[f"there {what}"] += 1

    @rule(device=st.integers(0, 1))
    def sync(self, device: int) -> None:
        """Let a device sync."""
        self._pass(3)
        if not self.broken:
            self._on(self.devices[device].sync)

    @rule()
    def exchange(self) -> None:
        """Exchange."""
        self._exchange()

    @rule()
    def lose_the_network(self) -> None:
        """Exchange without a network."""
        self._pass(3)
        if self.broken:
            return
        with unreachable(self.terminal.home):
            code, _, err = self.terminal.srs("sync")
        assert code == 1, err
        assert err.count("\n") == 1, err

    @rule()
    def throw_the_copy_away(self) -> None:
        """Throw away what the terminal has of the account."""
        self._exchange("--fresh")

    @rule(pick=PICK, number=PICK)
    def edit(self, pick: int, number: int) -> None:
        """Change the text of a note."""
        name = list(self.terminal.texts)[pick % len(self.terminal.texts)]
        head, _, rest = self.terminal.texts[name].partition("\n\n")
        lines = rest.split("\n")
        lines[0] = re.sub(r"(?: – \d)?((?: \{#c\d\})?)$", rf" – {number % 4}\1", lines[0], count=1)
        self.terminal.texts[name] = f"{head}\n\n" + "\n".join(lines)
        self.terminal.write()

    @rule(pick=PICK)
    def take_out_or_put_back(self, pick: int) -> None:
        """Take a note out of the text, or put one back, or write a new one."""
        texts = self.terminal.texts
        every = sorted({*NOTES})
        name = every[pick % len(every)]
        if name in texts and len(texts) > 1:
            self.away[name] = texts.pop(name)
        elif name not in texts:
            texts[name] = self.away.pop(name, NOTES[name])
        self.terminal.write()

    @rule(seconds=st.sampled_from([HOUR, 5 * HOUR, DAY, DAY, 3 * DAY, 20 * DAY]))
    def later(self, seconds: int) -> None:
        """Let time pass."""
        self._pass(seconds)

    def teardown(self) -> None:
        """Let all exchange twice, and hold them against each other."""
        try:
            if self.broken:
                self.counts["thrown away"] += 1
                return
            for _ in range(2):
                for device in self.devices:
                    self._on(device.sync)
                self._exchange()
                for device in self.devices:
                    self._on(device.sync)
            if self.broken:
                self.counts["thrown away"] += 1
                return
            self._agree()
            self.counts["histories"] += 1
        finally:
            for device in self.devices:
                with suppress(BaseException):
                    device.collection.close()
            self.folder.cleanup()

    def _agree(self) -> None:
        self._pass(2)
        last = self.terminal.reads("sync")["account"]
        there = {what: number for what, number in last["there"].items() if number}
        came = {what: number for what, number in last["here"].items() if number and what not in {"edits", "added"}}
        assert (there, came) == ({}, {}), last
        phone, tablet = self.devices
        assert (phone.one_ways, tablet.one_ways) == (1, 1)
        assert phone.cards() == tablet.cards()
        assert sorted(phone.log()) == sorted(tablet.log())
        self._cards(phone)
        self._log(phone)
        code, out, err = self.terminal.srs("doctor")
        assert code == 0, (out, err)

    def _cards(self, phone: Device) -> None:
        from datetime import date  # noqa: PLC0415 -- after the clock is set

        seen, cards = phone.cards(), self.terminal.cards()
        today = date.fromisoformat(self._today())
        in_steps = {name for name, at in self._answered(phone).items() if at == today}
        for name, card in cards.items():
            if name not in seen:
                note = name.partition("/")[0]
                gone = [each for each in cards.values() if each["id"].partition("/")[0] == note]
                assert all(each["state"] in {"suspended", "retired"} for each in gone), (name, card)
                continue
            there = seen[name]
            if card["state"] == "retired":
                assert there.queue == -1, (name, card, there)
                continue
            assert (there.queue == -1) == (card["state"] == "suspended"), (name, card, there)
            assert (there.queue == -3) == (card["state"] == "buried"), (name, card, there)
            if there.type in {1, 3} and name in in_steps:
                continue
            if card["due"] is None:
                assert there.type == 0, (name, card, there)
            else:
                due = (date.fromisoformat(card["due"]) - today).days
                told = (2, due, card["interval"], card["ease"])
                assert (there.type, there.home_due if there.home else there.due, there.interval, there.ease) == told, (
                    name,
                    card,
                    there,
                )

    def _today(self) -> str:
        from datetime import datetime, timedelta  # noqa: PLC0415 -- after the clock is set

        return (datetime.now().astimezone() - timedelta(hours=4)).date().isoformat()

    def _answered(self, phone: Device) -> dict[str, Any]:
        from datetime import datetime, timedelta  # noqa: PLC0415 -- after the clock is set

        found: dict[str, Any] = {}
        for name, at in phone.log():
            day = (datetime.fromtimestamp(at / 1000).astimezone() - timedelta(hours=4)).date()
            found[name] = max(found.get(name, day), day)
        return found

    def _log(self, phone: Device) -> None:
        import json  # noqa: PLC0415 -- beside its use
        from datetime import UTC, datetime  # noqa: PLC0415 -- after the clock is set

        _, out, _ = self.terminal.srs("log", "export", "-")
        lines = [json.loads(line) for line in out.splitlines()]
        begin = datetime(1970, 1, 1, tzinfo=UTC)

        def moment(text: str) -> int:
            return round((datetime.fromisoformat(text) - begin).total_seconds() * 1000)

        undone = {(line["card"], line["of"]) for line in lines if line.get("what") == "undo" and "act" not in line}
        answers = [line for line in lines if "what" not in line]
        assert len({(line["card"], line["at"]) for line in answers}) == len(answers)
        mine: dict[str, set[int]] = {}
        for line in answers:
            mine.setdefault(line["card"], set()).add(moment(line["at"]))
        theirs: dict[str, set[int]] = {}
        for name, at in phone.log():
            theirs.setdefault(name, set()).add(at)
        for name, moments in theirs.items():
            lost = [at for at in moments if not any(at - step in mine.get(name, ()) for step in range(SAME_ANSWER + 1))]
            assert not lost, (name, lost)
        cards = self.terminal.cards()
        for line in answers:
            name, at = line["card"], moment(line["at"])
            retired = cards.get(name, {}).get("state") == "retired" if name not in theirs else False
            if (
                name in phone.names()
                and not retired
                and (name, line["at"]) not in undone
                and name.partition("/")[0] in self.terminal.texts
            ):
                assert any(at + step in theirs.get(name, ()) for step in range(SAME_ANSWER + 1)), (name, line)

    def _log_in(self) -> None:
        import sys  # noqa: PLC0415 -- beside its use

        sys.stdin = __import__("io").StringIO("secret\n")
        code, _, err = self.terminal.srs("login", "--server", self.server, self.user, "--password-stdin")
        assert code == 0, err

    def _exchange(self, *words: str) -> None:
        self._pass(3)
        if self.broken:
            return
        code, out, err = self.terminal.srs("sync", *words)
        assert code == 0, (out, err)
        self.counts["exchanges"] += 1

    def _on(self, act: Any) -> None:  # noqa: ANN401 -- whatever a device does
        """Do something on a device; where Anki's own library panics, the history is thrown away and counted."""
        try:
            with suppress(AnkiException):
                act()
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            self.broken = True

    def _pass(self, seconds: int) -> None:
        self.clock.forward(seconds)
        os.utime(self.clock.file)
