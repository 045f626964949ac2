"""Laws of the plan of an exchange, without Anki: whatever both sides did, one round makes them agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from exporters.anki.exchange.homeward import is_buried
from exporters.anki.exchange.outward import outward
from exporters.anki.exchange.values import (
    RETIRED_TAG,
    CardBase,
    CardThere,
    NoteBase,
    NoteHere,
    NoteThere,
    Row,
    Side,
    Timing,
)
from srs.history import Bury, Forget, Place, Resume, Review, Suspend, Undo
from srs.scheduler import Grade
from tests.exporters.anki.exchange.sides import DAY_MS, DAYS, NOON, TODAY, Both, card_here

if TYPE_CHECKING:
    from srs.history import Act

KEYS = [("g1", 0), ("g1", 1), ("g2", 0)]
FIELDS = ("Prompt", "Answer", "Source", "Spare1")

# Moments lie 10 ms apart, so that no two acts are taken for one.
MOMENTS = st.integers(0, 400).map(lambda number: NOON - 60 * DAY_MS + number * (DAY_MS // 7) // 10 * 10)


@st.composite
def acts(draw: st.DrawFn) -> frozenset[Act]:
    moments = draw(st.lists(MOMENTS, unique=True, max_size=6))
    found: list[Act] = []
    for at in moments:
        day = DAYS.day_of(at)
        answer = Review(at, day, draw(st.sampled_from([Grade.AGAIN, Grade.HARD, Grade.GOOD, Grade.EASY])))
        answers = [each.at for each in found if isinstance(each, Review)]
        kinds: list[Act] = [
            answer,
            answer,
            Suspend(at),
            Resume(at),
            Forget(at, day),
            Place(at, day, day + timedelta(days=5), 5, 2500),
            Bury(at, day + timedelta(days=1)),
        ]
        kinds += [Undo(at, answers[0])] if answers else []
        found.append(draw(st.sampled_from(kinds)))
    return frozenset(found)


@st.composite
def rows(draw: st.DrawFn) -> tuple[Row, ...]:
    moments = sorted(draw(st.lists(MOMENTS.map(lambda at: at + 5), unique=True, max_size=4)))
    kinds = [(1, 1, 2500), (3, 1, 2500), (4, 0, 2600), (3, 3, 0), (0, 4, 0), (0, 4, 2500), (0, 5, 2500)]
    return tuple(
        Row(at, button, draw(st.integers(-600, 40)), ease, 1000, kind)
        for at in moments
        for button, kind, ease in [draw(st.sampled_from(kinds))]
    )


@st.composite
def cards_there(draw: st.DrawFn) -> CardThere:
    log = draw(rows())
    learning = draw(st.booleans()) and draw(st.booleans())
    timing = Timing(TODAY + timedelta(days=draw(st.integers(-20, 40))), draw(st.integers(1, 60)), 2500, 0)
    queue = draw(st.sampled_from(["asked", "asked", "suspended", "buried"]))
    changed = draw(MOMENTS)
    answered = [DAYS.day_of(row.at) for row in log if row.button]
    return CardThere(
        timing=None if learning or draw(st.booleans()) else timing,
        learning=learning,
        suspended=queue == "suspended",
        buried=queue == "buried",
        answered_on=draw(st.sampled_from([TODAY, *answered])) if learning else None,
        changed_at=changed // 1000 * 1000,
        changed_on=DAYS.day_of(changed),
        remembers=draw(st.booleans()),
        rows=log,
    )


TEXTS = st.sampled_from(["", "a", "b", "c"])


@st.composite
def sides(draw: st.DrawFn) -> Both:
    """Return two sides that may have agreed once, and did whatever they liked since."""
    both = Both(acts={key: draw(acts()) for key in KEYS})
    for guid in ("g1", "g2"):
        fields = {name: draw(TEXTS) for name in FIELDS[:3]}
        both.notes[guid] = NoteHere(fields, frozenset(draw(st.sets(TEXTS.filter(bool)))), 1000, draw(st.booleans()))
    there_notes: dict[str, NoteThere] = {}
    there_cards: dict[tuple[str, int], CardThere] = {}
    for guid in ("g1", "g2", "theirs"):
        if draw(st.booleans()):
            fields = {name: draw(TEXTS) for name in FIELDS[:3]} | {"Spare1": draw(st.sampled_from(["900", "1000", ""]))}
            tags = frozenset(draw(st.sets(st.sampled_from(["a", "leech", "marked"]))))
            there_notes[guid] = NoteThere(fields, tags, draw(st.sampled_from([900, 5000])))
            there_cards |= {(guid, place): draw(cards_there()) for place in (0, 1)}
    both.there = Side(
        there_notes, there_cards, frozenset({"g1", "g2"} - set(there_notes)) if draw(st.booleans()) else frozenset()
    )
    agreed = {
        guid: NoteBase({name: draw(TEXTS) for name in FIELDS[:3]} | {"Spare1": "900"}, frozenset("a"))
        for guid in draw(st.sets(st.sampled_from(["g1", "g2"])))
    }
    marks = st.builds(CardBase, st.booleans(), st.sampled_from([None, TODAY, TODAY - timedelta(days=1)]))
    both.base = Side(agreed, {key: draw(marks) for key in draw(st.sets(st.sampled_from(KEYS)))})
    return both


@given(sides())
def test_whatever_both_sides_did_they_agree_after_an_exchange_and_a_second_plan_is_empty(both: Both) -> None:
    """A note that was made has cards that only a second pass can bury there."""
    both.exchange()
    coming, out = both.exchange()
    assert all(card.state == "buried" and not (card.sent or card.schedules) for card in out.cards.values())
    assert (coming, out.new, dict(out.notes)) == ([], (), {})
    coming, out = both.exchange()
    assert (coming, out.new, dict(out.notes), dict(out.cards)) == ([], (), {}, {})
    here = both.here.cards
    for key, there in both.there.cards.items():
        if key not in here:
            continue
        assert there.suspended == (here[key].suspended or here[key].retired)
        if here[key].retired:
            continue
        assert there.buried == (is_buried(here[key], TODAY) and not here[key].suspended)
        assert {row.at for row in there.rows if row.button} >= here[key].answers
        assert {row.at for row in there.rows if row.button} <= here[key].moments
        if not (there.learning and there.answered_on == TODAY):
            timing = here[key].timing
            assert timing.same_as(there.timing) if timing else there.timing is None


@given(sides())
def test_nothing_is_written_that_does_not_differ_edits_stay_and_others_notes_are_not_touched(both: Both) -> None:
    """Of a note, what only one side changed goes to the other."""
    base, there = both.base.notes, both.there
    coming, out = both.exchange()
    assert "theirs" not in {*(each.key[0] for each in coming), *out.new, *out.notes, *(key[0] for key in out.cards)}
    for key, card in out.cards.items():
        if card.schedules and card.timing and not there.cards[key].learning:
            assert not card.timing.same_as(there.cards[key].timing)
    for guid, change in out.notes.items():
        assert change.tags != there.notes[guid].tags
        assert all(there.notes[guid].fields[name] != text for name, text in change.fields.items())
    for guid, note in there.notes.items():
        if guid not in base or both.notes[guid].retired:
            continue
        old = base[guid].fields if int(note.fields["Spare1"] or 0) >= 900 else note.fields
        for name in FIELDS[:3]:
            mine, theirs, now = both.notes[guid].fields[name], note.fields[name], both.there.notes[guid].fields[name]
            edited = theirs not in {old[name], mine}
            assert now == (theirs if edited else mine)
            assert edited == any((edit.guid, edit.name) == (guid, name) for edit in out.edits)
        assert note.tags - {"a"} <= both.there.notes[guid].tags | {RETIRED_TAG}


def test_a_field_that_reads_alike_on_both_sides_is_agreed_on() -> None:
    """Whatever Anki's editor wraps it in, it is neither told nor sent; what is written here afterwards goes there."""
    there: Side[NoteThere, CardThere] = Side({"g": NoteThere({"Answer": "la casa<br>", "Spare1": "1"}, frozenset(), 2)})
    base: Side[NoteBase, CardBase] = Side({"g": NoteBase({"Answer": "<p>casa</p>", "Spare1": "1"})})
    out = outward(base, Side({"g": NoteHere({"Answer": "<p>la casa</p>"}, frozenset(), 3)}), there, DAYS)
    assert (out.edits, out.notes) == ((), {})
    out = outward(out.base, Side({"g": NoteHere({"Answer": "<p>una casa</p>"}, frozenset(), 4)}), there, DAYS)
    assert (out.edits, out.notes["g"].fields) == ((), {"Answer": "<p>una casa</p>", "Spare1": "4"})


def test_a_field_that_only_looks_otherwise_there_keeps_its_looks_and_is_told_once_its_words_differ() -> None:
    there: Side[NoteThere, CardThere] = Side({"g": NoteThere({"Answer": "<u>casa</u>", "Spare1": "1"}, frozenset(), 2)})
    base: Side[NoteBase, CardBase] = Side({"g": NoteBase({"Answer": "<p>casa</p>", "Spare1": "1"})})
    for text, told in (("casa", False), ("la casa", True)):
        out = outward(base, Side({"g": NoteHere({"Answer": f"<p>{text}</p>"}, frozenset(), 4)}), there, DAYS)
        assert [(edit.new, edit.told) for edit in out.edits] == [("<u>casa</u>", told)]
        assert out.notes == {}
        base = out.base


def agreeing(**there: object) -> Both:
    """Return sides that agree on one answered card, and what then became of it there."""
    done = frozenset({Review(NOON - 3 * DAY_MS, TODAY - timedelta(days=3), Grade.GOOD)})
    both = Both(acts={("g", 0): done}, notes={"g": NoteHere({"Prompt": "a"}, frozenset(), 1000)})
    both.exchange()
    card = both.there.cards["g", 0]
    changed: dict[str, Any] = {"changed_at": NOON + 5000, **there}
    both.there = replace(both.there, cards={("g", 0): replace(card, **changed)})
    return both


def test_a_card_in_its_steps_is_left_in_them_while_the_day_of_its_last_answer_lasts() -> None:
    row = Row(NOON, 1, -600, 2500, 900, 1)
    before = agreeing().there.cards["g", 0].rows
    both = agreeing(learning=True, timing=None, answered_on=TODAY, rows=(*before, row))
    coming, out = both.exchange()
    assert [each.act for each in coming] == [Review(NOON, TODAY, Grade.AGAIN, 900, "anki")]
    assert not out.cards
    assert both.base.cards["g", 0].waits
    both.there = replace(
        both.there, cards={("g", 0): replace(both.there.cards["g", 0], answered_on=TODAY - timedelta(days=1))}
    )
    _, out = both.exchange()
    assert out.cards["g", 0].timing == card_here(both.acts["g", 0]).timing
    assert not both.base.cards["g", 0].waits


def test_what_was_set_is_read_from_the_card_or_is_the_day_and_the_interval() -> None:
    rows = agreeing().there.cards["g", 0].rows
    five = Row(NOON, 0, 30, 2500, 0, 4)
    due = Timing(TODAY + timedelta(days=5), 30, 2500, 0)
    (alone,), _ = agreeing(timing=due, rows=(*rows, five)).plan()
    assert alone.act == Place(NOON, TODAY, TODAY + timedelta(days=5), 30, 2500)
    coming, _ = agreeing(timing=due, rows=(*rows, five, Row(NOON + 10, 3, 40, 2500, 0, 1))).plan()
    assert Place(NOON, TODAY, TODAY + timedelta(days=30), 30, 2500) in [each.act for each in coming]
    (new,), _ = agreeing(timing=None, rows=(*rows, Row(NOON, 0, 0, 0, 0, 4))).plan()
    assert new.act == Forget(NOON, TODAY)


def test_an_undone_answer_that_had_travelled_stays_there_and_never_comes_home_again() -> None:
    both = agreeing()
    (answer,) = both.acts["g", 0]
    both.acts["g", 0] |= {Undo(NOON, answer.at)}
    coming, out = both.exchange()
    assert not coming
    assert out.cards["g", 0].schedules
    assert out.cards["g", 0].timing is None
    assert [row.at for row in both.there.cards["g", 0].rows] == [answer.at]
    assert both.plan()[0] == []


def test_the_state_of_fsrs_is_taken_out_wherever_a_schedule_is_written_or_an_answer_sent() -> None:
    both = agreeing(remembers=True)
    assert not both.plan()[1].cards
    both.acts["g", 0] |= {Review(NOON, TODAY, Grade.GOOD)}
    assert both.plan()[1].cards["g", 0].forgets
    both = agreeing(remembers=True, learning=True, timing=None, answered_on=TODAY)
    both.acts["g", 0] |= {Review(NOON, TODAY, Grade.GOOD)}
    out = both.plan()[1].cards["g", 0]
    assert (out.schedules, out.forgets) == (False, True)


def test_a_suspension_there_keeps_its_moment_and_a_later_resume_here_outdoes_it() -> None:
    both = agreeing(suspended=True)
    (coming,), _ = both.exchange()
    assert coming.act == Suspend(NOON + 5000)
    assert both.base.cards["g", 0].suspended
    both = agreeing(suspended=True)
    both.acts["g", 0] |= {Suspend(NOON), Resume(NOON + 6000)}
    _, out = both.exchange()
    assert out.cards["g", 0].state == "asked"


def test_the_mark_of_a_retired_note_never_comes_home() -> None:
    both = agreeing()
    both.notes["g"] = replace(both.notes["g"], retired=True)
    both.exchange()
    assert both.there.cards["g", 0].suspended
    assert both.there.notes["g"].tags == {RETIRED_TAG}
    both.base = Side({}, {})  # as after a run that was killed before it remembered
    both.notes["g"] = replace(both.notes["g"], retired=False)
    coming, _ = both.exchange()
    assert not coming
    assert not both.there.cards["g", 0].suspended
    assert both.there.notes["g"].tags == frozenset()


def test_a_note_deleted_there_is_suspended_here_and_made_again_only_when_it_is_brought_back() -> None:
    both = agreeing()
    both.there = Side({}, {}, frozenset("g"))
    coming, out = both.exchange()
    assert [(each.deleted, each.act) for each in coming] == [(True, Suspend(NOON))]
    assert not out.new
    assert both.exchange()[1].new == ()
    both.acts["g", 0] |= {Resume(NOON + 1)}
    assert both.exchange()[1].new == ("g",)


def test_a_burial_there_lasts_until_the_next_day_and_is_lifted_by_hand_alone() -> None:
    both = agreeing(buried=True)
    (coming,), _ = both.exchange()
    assert coming.act == Bury(NOON + 5000, TODAY + timedelta(days=1))
    card = both.there.cards["g", 0]
    both.there = replace(both.there, cards={("g", 0): replace(card, buried=False, changed_at=NOON + 9000)})
    (lifted,), _ = both.exchange()
    assert lifted.act == Bury(NOON + 9000, TODAY.replace(year=2000, month=1, day=1))
