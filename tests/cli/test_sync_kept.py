"""What stays in an account, whatever an exchange does, and what becomes of notes that are gone on one side."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.anki_profile import agree, find
from tests.anki_server import later

if TYPE_CHECKING:
    from pathlib import Path

    from tests.anki_profile import Profile
    from tests.learner import Learner

pytestmark = pytest.mark.slow
DOOR = ("sync", "--anki", "User 1")


def moved(learner: Learner) -> dict[str, object]:
    """Exchange a while later; return what was done on either side."""
    later(learner, 60)
    account = learner.reads(*DOOR)["account"]
    return {what: found for side in ("there", "here") for what, found in account[side].items() if found}


def test_tags_flags_decks_other_notes_and_a_new_text_live_side_by_side(today: Learner, profile: Profile) -> None:
    today.srs(*DOOR)
    with profile.window() as anki:
        card, elsewhere = find(anki, "mile"), anki.decks.id("Elsewhere")
        assert elsewhere
        anki.set_deck([card], elsewhere)
        anki.set_user_flag_for_cards(3, [card])
        anki.tags.bulk_add([anki.get_card(card).nid], "own")
        kind = anki.models.by_name("Basic")
        assert kind
        note = anki.new_note(kind)
        note["Front"] = "mine"
        anki.add_note(note, elsewhere)
        other = anki.get_note(note.id)
    today.edit("ship/sea.md", "1852 metres.", "1,852 metres.")
    today.srs("answer", "mile", "good")
    assert moved(today) == {"changed": ["ship:mile"], "scheduled": 1, "reviews": 1}
    with profile.window() as anki:
        seen = anki.get_card(card)
        assert (seen.did, seen.flags, seen.ivl) == (elsewhere, 3, 1)
        assert "1,852 metres." in seen.note()["Answer"]
        assert set(seen.note().tags) == {"sea", "exam", "own"}
        same = anki.get_note(other.id)
        assert (same.fields, same.mod, same.tags) == (other.fields, other.mod, other.tags)


def test_while_an_edit_is_open_its_field_is_not_sent_and_the_others_are(today: Learner, profile: Profile) -> None:
    today.srs(*DOOR)
    with profile.window() as anki:
        note = anki.get_note(anki.find_notes("Id:mile")[0])
        note["Answer"] = "<p>1853 metres.</p>"
        anki.update_note(note)
    today.edit("ship/sea.md", "1852 metres.", "1,852 metres.")
    today.edit("ship/sea.md", "Since 1929.", "Since 1929, for all.")
    found = moved(today)
    assert (found["changed"], len(list(found["edits"]))) == (["ship:mile"], 1)  # type: ignore[call-overload]
    with profile.window() as anki:
        note = anki.get_note(note.id)
        assert ("1853 metres." in note["Answer"], "for all." in note["Extra"]) == (True, True)


def test_notes_that_were_made_there_are_told_each_time_and_left_alone(today: Learner, profile: Profile) -> None:
    today.srs(*DOOR)
    with profile.window() as anki:
        kind, deck = anki.models.by_name("srs"), anki.decks.id("Ship")
        assert kind
        assert deck
        note = anki.new_note(kind)
        note["Prompt"], note["Answer"] = "Made on the phone?", "Yes."
        anki.add_note(note, deck)
        basic = anki.models.by_name("Basic")
        assert basic
        assert anki.db
        for name, word in (("Ship", "a <b>boom</b>"), ("Ship::My own", "a keel"), ("Spanish", "gato")):
            other = anki.new_note(basic)
            other["Front"] = word
            anki.add_note(other, anki.decks.id(name) or deck)
        before = anki.db.all("SELECT * FROM notes n JOIN cards c ON c.nid = n.id")
    for _ in range(2):
        assert moved(today) == {"added": ["Made on the phone?", "a boom", "a keel"]}
    with profile.window() as anki:
        assert anki.db
        assert anki.db.all("SELECT * FROM notes n JOIN cards c ON c.nid = n.id") == before
        anki.remove_notes([note.id])
        anki.set_deck(anki.find_cards("Front:*boom*"), anki.decks.id("Spanish") or 0)
    assert moved(today) == {"added": ["a keel"]}
    with profile.window() as anki:
        anki.set_deck(anki.find_cards("Front:gato"), deck)
    assert moved(today) == {"added": ["a keel", "gato"]}


def test_how_many_cards_moved_by_more_than_a_tenth_of_their_interval_is_told(today: Learner, profile: Profile) -> None:
    today.srs(*DOOR)
    with profile.window() as anki:
        for name, days in (("mile", "100!"), ("anchor", "100!"), ("red/c1", "100!")):
            anki.sched.set_due_date([find(anki, name)], days)
    moved(today)
    day = (datetime.fromisoformat(today.now) - timedelta(hours=4)).date()
    for name, number in (("mile", 90), ("anchor", 110), ("red/c1", 89)):
        today.srs("due", name, (day + timedelta(days=number)).isoformat())
    assert moved(today) == {"scheduled": 3, "far": 1}
    agree(today, profile)


def test_the_suspension_of_a_retired_note_never_comes_home_and_is_put_again(today: Learner, profile: Profile) -> None:
    today.srs(*DOOR)
    text = (today.decks / "ship/sea.md").read_text(encoding="utf-8")
    without = re.sub(r"(?s)## How long.*?\n(?=## Where)", "", text)
    today.write("ship/sea.md", without)
    assert moved(today) == {"retired": ["ship:mile"], "suspended": 1}
    with profile.window() as anki:
        anki.sched.unsuspend_cards([find(anki, "mile")])
    assert moved(today) == {"suspended": 1}
    today.write("ship/sea.md", text)
    assert moved(today) == {"put_back": 1, "changed": ["ship:mile"]}
    card = profile.cards()["mile"]
    assert (card.queue, "srs-retired" in card.tags) == (0, False)
    assert [line for line in today.srs("log", "show").splitlines() if "suspend" in line] == []


def test_where_the_setting_says_so_a_retired_note_is_deleted_there(today: Learner, profile: Profile) -> None:
    today.write("../config.toml", 'anki_retired = "delete"\n')
    words = ("--config", str(today.home / "config.toml"), *DOOR)
    today.srs(*words)
    text = (today.decks / "ship/sea.md").read_text(encoding="utf-8")
    today.write("ship/sea.md", re.sub(r"(?s)## How long.*?\n(?=## Where)", "", text))
    assert "1 note retired" in today.srs(*words)
    assert "mile" not in profile.cards()
    assert "both sides agree" in today.srs(*words)
    today.write("ship/sea.md", text)
    assert "1 note new" in today.srs(*words)
    agree(today, profile)


def test_a_burial_by_hand_comes_home_until_the_next_day_and_one_by_the_scheduler_does_not(
    today: Learner, profile: Profile
) -> None:
    today.srs(*DOOR)
    with profile.window() as anki:
        anki.sched.bury_cards([find(anki, "mile")], manual=True)
        anki.sched.bury_cards([find(anki, "anchor")], manual=False)
        assert [anki.get_card(find(anki, name)).queue for name in ("mile", "anchor")] == [-3, -2]
    assert moved(today) == {"acts": {"bury": 1}}
    assert [today.cards()[name]["state"] for name in ("mile", "anchor")] == ["buried", "new"]
    assert [profile.cards()[name].queue for name in ("mile", "anchor")] == [-3, -2]
    assert moved(today) == {}
    with profile.window() as anki:
        anki.sched.unbury_cards([find(anki, "mile")])
    assert moved(today) == {"acts": {"bury": 1}}
    assert today.cards()["mile"]["state"] == "new"


def test_images_travel(today: Learner, profile: Profile) -> None:
    image = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    today.write("ship/flag.svg", image)
    today.edit("ship/sea.md", "1852 metres.", "1852 metres. ![a flag](flag.svg)")
    today.srs(*DOOR)
    today.write("ship/mark.svg", image + b"\n")
    today.edit("ship/sea.md", "Since 1929.", "Since 1929. ![a mark](mark.svg)")
    assert moved(today) == {"changed": ["ship:mile"]}
    with profile.window() as anki:
        note = anki.get_note(anki.find_notes("Id:mile")[0])
        names = [re.findall(r'src="([^"]+)"', note[field])[0] for field in ("Answer", "Extra")]
        assert all(anki.media.have(name) for name in names)


@pytest.mark.parametrize(
    ("rollover", "zones"),
    [(0, ("America/Los_Angeles", "Pacific/Kiritimati")), (6, ("Asia/Kathmandu", "America/Los_Angeles"))],
)
def test_due_days_are_by_the_accounts_own_day_in_any_time_zone(
    tmp_path: Path, rollover: int, zones: tuple[str, str]
) -> None:
    """Also when its learner has travelled since it was made."""
    for zone in zones:
        words = [sys.executable, "-m", "tests.exchange.days", str(tmp_path), str(rollover)]
        done = subprocess.run(words, env=os.environ | {"TZ": zone}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (zone, done.stderr)
