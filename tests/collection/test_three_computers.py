"""One history on every computer, whatever is done, handed on and read back, and whatever the clocks say."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from srs.collection import acting
from srs.collection.answering import answer
from srs.due import moment_of
from srs.errors import SrsError
from srs.history import ANKI, LogLine, Mock, Name, Place, Review, Switch, Undo, format_line, horizon, parse_line
from srs.history.force import made_of
from srs.scheduler import Grade
from srs.scheduler.fsrs import published
from tests.collection.computers import A_DAY, HOUR, TEXT, Computer, computers
from tests.store.shelf import DAY, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

BEGIN = moment(DAY)
ADOPTIONS: tuple[tuple[Name, Name], ...] = (
    (("ship", "mile"), ("ship", "knot")),
    (("ship", "knot"), ("ship", "mile")),
    (("ship", "knot"), ("boat", "mile")),
    (("boat", "mile"), ("ship", "mile")),
    (("ship", "red"), ("boat", "blue")),
    (("boat", "blue"), ("ship", "red")),
    (("ship", "red/c2"), ("ship", "knot")),
    (("boat", "old"), ("ship", "mile")),
    (("ship", "mile"), ("boat", "old")),
)
OLD = tuple(
    map(
        parse_line,
        """\
{"card": "knot", "at": "2026-11-20T12:00:00.000Z", "day": "2026-11-20", "grade": 4, "ms": 5, "from": "x"}
{"card": "mile", "at": "2026-11-20T12:00:00.000Z", "day": "2026-11-20", "grade": 4, "ms": 5, "from": "x"}
{"card": "knot", "at": "2026-11-20T12:00:00.000Z", "day": "2026-11-20", "grade": 1, "ms": 9, "from": "x",\
 "deck": "ship", "mood": [1, {"b": 2, "a": 1}]}
{"card": "knot", "at": "2026-11-20T12:00:00.000Z", "day": "2026-11-19", "grade": 3, "ms": 9, "from": "anki",\
 "deck": "ship"}
{"card": "mile", "at": "2026-11-21T12:00:00.000Z", "day": "2026-11-21", "grade": 4, "ms": 5, "from": "x",\
 "deck": "boat"}
{"card": "old", "at": "2026-11-21T12:00:00.000Z", "day": "2026-11-21", "grade": 4, "ms": 5, "from": "x",\
 "deck": "boat"}
{"what": "hum", "card": "red", "at": "2026-11-21T12:00:00.000Z", "score": 7, "deck": "ship"}
{"what": "nap", "card": "moon", "at": "2026-11-21T12:00:00.000Z"}
{"what": "flag", "card": "knot", "at": "2026-11-21T12:00:00.000Z", "remark": "b", "deck": "ship"}
{"what": "flag", "card": "knot", "at": "2026-11-21T12:00:00.000Z", "remark": "a", "deck": "ship"}
{"what": "suspend", "card": "old", "at": "2026-11-22T12:00:00.000Z", "deck": "boat"}
{"what": "suspend", "card": "mile", "at": "2000-01-01T00:00:00.000Z", "deck": "ship"}
{"what": "undo", "card": "knot", "at": "2026-11-22T12:00:00.000Z", "of": "2026-11-20T12:00:00.000Z", "deck": "ship"}
{"what": "bury", "card": "red/c2", "at": "2026-12-04T12:00:00.000Z", "until": "2027-01-01", "deck": "ship"}
{"what": "bury", "card": "red/c2", "at": "2026-12-04T12:00:00.000Z", "until": "2027-01-02", "deck": "ship"}
""".splitlines(),
    )
)
"""Lines of other versions and other hands: without a deck, of unknown kinds and keys, told twice but different."""

PLACES, CARDS = st.integers(0, 2), st.sampled_from([*TEXT[:2] * 3, *TEXT])
FITTED = (0.3, *published()[1:20], 0.2)
SWITCHES = (
    *(Switch(0, "sm2", smooth) for smooth in (False, True)),
    *(Switch(0, "fsrs", smooth, retention) for smooth in (False, True) for retention in (0.8, 0.9)),
    *(Switch(0, name, retention=0.9, parameters=FITTED) for name in ("sm2", "fsrs")),  # as a fit leaves them
)
STEPS = st.one_of(
    st.tuples(st.just("answer"), PLACES, CARDS, st.sampled_from([1, 1, 3, 4, 5])),
    st.tuples(st.just("undo"), PLACES),
    st.tuples(st.sampled_from(["suspend", "resume", "flag", "unflag", "bury", "forget", "set"]), PLACES, CARDS, PLACES),
    st.tuples(st.just("adopt"), PLACES, st.sampled_from(ADOPTIONS)),
    st.tuples(st.just("mock"), PLACES, CARDS),
    st.tuples(st.just("switch"), PLACES, st.sampled_from(["", "ship"]), st.sampled_from(SWITCHES)),
    st.tuples(st.just("hand on"), PLACES, PLACES, st.integers(0, 2**16)),
    st.tuples(st.just("anki"), PLACES, PLACES, st.integers(0, 20), st.integers(0, 4), st.integers(-1, 1)),
    st.tuples(st.just("old"), PLACES, st.sampled_from(OLD)),
    st.tuples(st.just("text"), PLACES, CARDS, st.booleans()),
    st.tuples(st.just("wait"), st.sampled_from([HOUR, A_DAY, 10 * A_DAY])),
)


@dataclass
class World:
    """Three computers, the true time (ms), and what was given and read back anywhere."""

    all: Sequence[Computer]
    now: int = BEGIN
    given: list[LogLine] = field(default_factory=list)
    taken_back: list[LogLine] = field(default_factory=list)
    copies: list[LogLine] = field(default_factory=list)

    def does(self, step: tuple[Any, ...]) -> None:
        """Let a step happen; what is given on a computer has its effect there."""
        self.now += 61_007
        getattr(self, "_" + step[0].replace(" ", "_"), self._marks)(*step)

    def _answer(self, _: str, place: int, name: Name, grade: int) -> None:
        one = self.all[place]
        rules, at = one.rules(self.now), self.now + one.wrong
        review = Review(at, moment_of(at).date(), Grade(grade))
        before = Counter(map(format_line, one.log()))
        try:
            done = answer(one.store, one.row(name), review, rules)
        except SrsError:
            return
        new = [parse_line(line) for line in Counter(map(format_line, one.log())) - before]
        (line,) = [each for each in new if isinstance(each.act, Review)]
        self.given.append(line)
        assert one.standing(name).memory == done.memory
        assert (line.act.at, True, name) in one.state()[name][2]

    def _undo(self, _: str, place: int) -> None:
        one = self.all[place]
        undone = acting.undo(one.store, self.now + one.wrong, one.rules(self.now))
        one.settled(self.now)
        if undone and isinstance(undone.line.act, Review):
            self.taken_back.append(undone.line)
            name = undone.line.deck, undone.line.card
            assert not any(at == undone.line.act.at and counts for at, counts, _ in one.state()[name][2])

    def _marks(self, what: str, place: int, name: Name, value: int) -> None:
        one = self.all[place]
        rules, at, row = one.rules(self.now), self.now + one.wrong, one.row(name)
        today = moment_of(at).date()
        if one.heir(name):
            return
        match what:
            case "suspend":
                acting.suspend(one.store, row, at, rules)
                assert one.standing(name).suspended
            case "resume":
                acting.resume(one.store, row, at, today, rules)
                assert not one.standing(name).suspended
            case "flag" | "unflag":
                remark = f"remark {value}" if what == "flag" else ""
                acting.flag(one.store, row, remark, at, rules)
                assert one.standing(name).remark == remark
            case "bury":
                acting.bury(one.store, row, at, today + timedelta(days=value), rules)
                assert one.standing(name).buried_until == today + timedelta(days=value)
            case "forget":
                acting.forget(one.store, row, at, today, rules)
                assert one.standing(name).memory is None
            case _:
                due = today + timedelta(days=9 + value)
                acting.place(one.store, row, at, Place(0, today, due, 9, 2500), rules)
                memory = one.standing(name).memory
                assert memory is not None
                assert memory.due == due

    def _mock(self, _: str, place: int, name: Name) -> None:
        one = self.all[place]
        at = self.now + one.wrong
        held = Mock(0, moment_of(at).date(), 60, (1,), (2,), (name[1],))
        with suppress(SrsError):
            acting.mock(one.store, (name[0], "talk"), at, held, one.rules(self.now))

    def _adopt(self, _: str, place: int, pair: tuple[Name, Name]) -> None:
        one = self.all[place]
        acting.adopt(one.store, [pair], self.now + one.wrong, one.rules(self.now))

    def _switch(self, _: str, place: int, deck: str, act: Switch) -> None:
        one = self.all[place]
        rules = one.rules(self.now)
        with one.store.writing() as connection:
            acting.switch(connection, [(deck, act)], self.now + one.wrong, rules)
        assert one.settled(self.now).of("ship") == made_of(act)

    def _hand_on(self, _: str, giver: int, taker: int, some: int) -> None:
        lines = [line for place, line in enumerate(self.all[giver].log()) if some >> place % 16 & 1]
        self.all[taker].takes(lines[:: -1 if some % 2 else 1], self.now)

    def _anki(self, _: str, giver: int, taker: int, which: int, late: int, days: int) -> None:
        answers = [line for line in self.all[giver].log() if isinstance(line.act, Review)]
        if answers:
            line = answers[which % len(answers)]
            assert isinstance(line.act, Review)
            act = replace(line.act, at=line.act.at + late, day=line.act.day + timedelta(days=days), ms=1, origin=ANKI)
            try:
                copy = parse_line(format_line(replace(line, act=act, more="")))
            except ValueError:
                return
            if line.act.origin != ANKI:
                self.copies.append(copy)
            self.all[taker].reads_from_anki([copy], self.now)

    def _old(self, _: str, place: int, line: LogLine) -> None:
        self.all[place].takes([line], self.now)

    def _text(self, _: str, place: int, name: Name, stands: bool) -> None:
        self.all[place].has_text(name, stands, self.now)

    def _wait(self, _: str, ms: int) -> None:
        self.now += ms

    def agrees(self) -> None:
        """Let all lines come to all, and hold the law."""
        self._set_right_where_it_matters()
        for _ in range(2):
            logs = [one.log() for one in self.all]
            for one in self.all:
                for log in logs:
                    one.takes(log, self.now)
        first = self.all[0]
        told = [format_line(line) for line in first.log()]
        for one in self.all:
            assert one.drifted(self.now) == ()
            assert [format_line(line) for line in one.log()] == told
            assert one.state() == first.state()
            for day in {line.act.day for line in first.log() if isinstance(line.act, Mock)}:
                assert one.missed(day) == first.missed(day)

    def _set_right_where_it_matters(self) -> None:
        """Set the clocks right if an act lies within a day of one and not of another: till then states may differ."""
        ends = [horizon(self.now + one.wrong) for one in self.all]
        if any(min(ends) < line.act.at <= max(ends) for one in self.all for line in one.log()):
            for one in self.all:
                one.wrong = 0


@settings(max_examples=settings().max_examples // 3 + 1)  # a long story each
@example([("old", 0, OLD[-1]), ("wait", A_DAY), ("wait", A_DAY)], -3, 0)  # within a day of one clock, not of the other
@given(st.lists(STEPS, max_size=25), st.integers(-8, 8), st.integers(0, 1000))
def test_three_computers_come_to_one_history(steps: list[tuple[Any, ...]], hours: int, seed: int) -> None:
    """Two clocks differ by hours, and one runs weeks ahead; every act has its effect where it was given."""
    with computers((0, hours * HOUR, 30 * A_DAY), seed) as found:
        world = World(found)
        for step in steps:
            world.does(step)
        for one in found:
            assert one.drifted(world.now) == ()
        for one in found:
            for name in TEXT:
                one.has_text(name, True, world.now)
        found[2].wrong = 0  # somebody set it right: what it gave waits
        world.agrees()
        world.now += 60 * A_DAY
        world.agrees()
        counting = {
            (name, at) for name, (_, _, answers) in found[0].state().items() for at, counts, _ in answers if counts
        }
        undone = {(line.deck, line.card, line.act.at) for line in world.taken_back}
        cancelled = {(line.deck, line.card, line.act.of) for line in found[0].log() if isinstance(line.act, Undo)}
        assert undone <= cancelled
        for line in world.given:
            assert (((line.deck, line.card), line.act.at) in counting) == (
                (line.deck, line.card, line.act.at) not in undone
            )
        own = {((line.deck, line.card), line.act.at) for line in found[0].log() if not line.from_anki}
        for line in world.copies:
            assert ((line.deck, line.card), line.act.at) not in counting - own
        with computers((0,)) as (fresh,):
            fresh.takes(found[0].log(), world.now)
            assert fresh.state() == found[0].state()
