"""Whoever's text it is and wherever it stands, no sign of it acts on a terminal: on no page, in no message."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.test_hostile import ACTING

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from tests.anki_profile import Profile
    from tests.learner import Learner, Outcome

pytestmark = pytest.mark.slow

OURS = re.compile(r"\x1b\[(?:\?(?:1049|25)[hl]|[0-9;]*[mAHJK])|\r")
"""What the program itself sends: its second screen, the cursor, colours, places, and lines rubbed out."""
SIGNS = {
    "title": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;b3duZWQ=\x07",
    "link": "\x1b]8;;http://owned/\x1b\\here\x1b]8;;\x1b\\",
    "colours": "\x1b[38;5;123;7m",
    "report": "\x1b[6n\x1b[c",
    "eight bits": "\x9b2J\x9d0;owned\x9c",
    "direction": "\u202eowned\u2066\u2069\u200f",
    "nothing": "\u200b\u2060\ufeff",
    "back": "a\x08\x7f\x0cb",
}
ALL = "".join(SIGNS.values())
ESCAPED = json.dumps(ALL)[1:-1].replace("\\u001b", "\\u001B")
CHAPTER = f"""\
---
title: "Sea {ESCAPED}"
tags: [sea]
source: "{ESCAPED}"
---

## Anchor {ALL}? {{#anchor}}

1. Heave {ALL} {{#c1}}
2. Let {ALL} go {{#c2}}

> Mind {ALL}

## Mile {ALL}? {{#mile .type}}

`{ALL}` **{ALL}** [{ALL}](http://e/{ALL} "{ALL}") ![{ALL}](x{ALL}.png)

| {ALL} | b |
|---|---|
| {ALL} | ${ALL}$ |

## Light {{#light}}

To {{{{c1::port{ALL}::hint{ALL}}}}} ${{{{c2::x{ALL}}}}}$ {ALL}

```{ALL}
{ALL}
```

## Talk {ALL} {{#talk .mock}}

- a {ALL} {{cards="mile"}}
- b {ALL}

"""
FAULTS = f"""\
---
title: [{ESCAPED}]
"k{ESCAPED}": x
---

## Bad {{#i{ALL}d}}

x

## Tags {{#tags tags="a{ALL}" .k{ALL} x{ALL}=1}}

x

## Open

{{{{c1::{ALL}

## Talk {{#talking .mock}}

- a {{cards="{ALL}"}}
"""


@pytest.fixture
def attacked(learner: Learner) -> Learner:
    """Somebody with a deck that is full of such signs, and a history that is."""
    toml = f'name = "Ship {ESCAPED}"\nnamespace = "ship"\nauthor = "{ESCAPED}"\nsource = "{ESCAPED}"\n'
    learner.write("ship/deck.toml", toml)
    learner.write("ship/sea.md", CHAPTER)
    learner.write("faults/faults.md", FAULTS)
    learner.write(f"ship/sub{SIGNS['colours']}{SIGNS['direction']}/more.md", "## More? {#more}\n\nYes.\n")
    learner.write("bad/deck.toml", f'name = "x"\n"k{ESCAPED}" = "{ESCAPED}"\n')
    return learner


def harmless(outcome: Outcome) -> Outcome:
    """Return how a command ended, which said nothing that acts."""
    said = outcome.out + outcome.err
    assert "Traceback" not in said
    assert not ACTING.search(said), (said, ACTING.findall(said))
    return outcome


def test_what_commands_say_of_a_deck_and_of_a_log_acts_nowhere(attacked: Learner) -> None:
    at, day = "2026-11-30T10:00:0{}.000Z", "2026-11-30"
    lines: list[dict[str, object]] = [
        {"card": "mile", "deck": "ship", "at": at.format(1), "day": day, "grade": 4, "ms": 1, "from": ALL},
        {"card": "mile", "deck": "ship", "at": at.format(2), "what": "flag", "remark": ALL, "from": ALL},
        {"card": f"gone{ALL}", "deck": f"d{ALL}", "at": at.format(3), "day": day, "grade": 1, "ms": 1, "from": "x"},
        {"card": "mile", "deck": "ship", "at": at.format(4), "what": f"new{ALL}", "k": ALL},
        {"card": "light/c1", "deck": "ship", "at": at.format(5), "what": "adopt", "of": f"d{ALL}:gone{ALL}"},
        {"card": "", "deck": "", "at": at.format(6), "what": "library", "from": ALL, "name": ALL, "version": ALL},
        {
            "card": f"far{ALL}",
            "deck": "ship",
            "at": "2027-11-30T10:00:00.000Z",
            "day": day,
            "grade": 1,
            "ms": 1,
            "from": ALL,
        },
    ]
    log = attacked.home / f"log{SIGNS['title']}.jsonl"
    log.write_text("".join(json.dumps(line) + "\n" for line in lines) + f"{ALL}\n", encoding="utf-8")
    for words in (
        *(["check"], ["check", "--style", "--coverage"], ["sync"], ["cards"], ["log", "merge", "--yes", log]),
        *(["log", "merge", "--dry-run", log], [], ["show", "mile"], ["show", "light/c1"], ["show", "talk"], ["doctor"]),
        *(["cards", "--flagged"], ["cards", ALL], ["cards", "--leeches"], ["show", f"x{ALL}"], ["log", "show"]),
        *(["stats"], ["review", "--list"], ["adopt", "mile", f"x{ALL}"], ["undo"], ["flag", "mile", ALL], ["config"]),
        *(
            ["export", "anki", "-o", attacked.home / "o.apkg"],
            ["export", "anki", "--stale"],
            ["export", ALL, "-o", "x"],
        ),
        *(["import", "anki", log], ["restore", log], ["suspend", "mile"], ["mock", ALL], ["config", "set", ALL, ALL]),
        *(
            ["cards", "--json"],
            ["stats", "--json"],
            ["check", "--json"],
            ["sync", "--json"],
            ["login", ALL, "--server", ALL],
        ),
    ):
        harmless(attacked.types(*words))
    assert "mile" in attacked.types("cards").out


def test_the_names_of_a_history_folder_act_nowhere(attacked: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = attacked.home / f"history{SIGNS['title']}"
    folder.mkdir()
    monkeypatch.setenv("SRS_HISTORY", str(folder))
    harmless(attacked.types("answer", "mile", "good"))
    for name in (f"other{SIGNS['colours']}.jsonl", f"{SIGNS['direction']}.jsonl", f"{SIGNS['title']}"):
        (folder / name).write_text(f'{{"card": "{ESCAPED}"\nno line {ALL}\n', encoding="utf-8")
    for words in (["cards"], ["doctor"], ["answer", "more", "good"], ["log", "join", folder], []):
        harmless(attacked.types(*words))


def test_what_comes_from_anki_acts_nowhere(attacked: Learner, profile: Profile, tmp_path: Path) -> None:
    from tests.exporters.anki.phone import Phone  # noqa: PLC0415 -- tests without Anki need not wait for its library

    harmless(attacked.types("sync", "--anki", "User 1"))
    harmless(attacked.types("export", "anki", "-o", attacked.home / "o.apkg"))
    phone = Phone(tmp_path)
    phone.open(attacked.home / "o.apkg")
    for collection in (phone.collection, None):
        _edited(collection or profile)
    phone.rows("UPDATE decks SET name = ? || id WHERE id > 1", ALL)
    harmless(attacked.types("import", "anki", phone.export(attacked.home / "back.apkg")))
    harmless(attacked.types("import", "anki", attacked.home / "back.apkg", "--json"))
    for words in (["--dry-run"], [], ["--json"]):
        outcome = harmless(attacked.types("sync", "--anki", "User 1", *words))
        assert outcome.code == 1  # for what is wrong with the deck
    assert "edited in Anki" in attacked.types("sync", "--anki", "User 1").out
    harmless(attacked.types("sync", "--anki", f"x{ALL}"))


def _edited(place: Any) -> None:  # noqa: ANN401 -- a collection, or a profile that has one
    from tests.anki_profile import Profile  # noqa: PLC0415 -- as above

    if isinstance(place, Profile):
        with place.window() as collection:
            _edited(collection)
        return
    (nid,) = place.find_notes("Id:more")
    note = place.get_note(nid)
    note["Prompt"], note["Answer"] = f"More {ALL}", ALL
    place.update_note(note)
    kind = place.models.by_name("Basic")
    kind["name"] = f"Basic {ALL}"
    place.models.update_dict(kind)
    own = place.new_note(kind)
    own["Front"] = ALL
    place.add_note(own, place.decks.id(f"Own {ALL}"))
    ours = place.new_note(place.models.by_name("srs"))
    ours["Id"], ours["Prompt"] = f"x{ALL}", ALL
    place.add_note(ours, 1)


def test_what_a_sync_server_says_acts_nowhere(attacked: Learner, tmp_path: Path) -> None:
    from tests.anki_server import log_in, serving, standing_between  # noqa: PLC0415 -- as above

    def says(code: int, header: str) -> Callable[[BaseHTTPRequestHandler], bool]:
        def odd(handler: BaseHTTPRequestHandler) -> bool:
            body = ALL.encode()
            handler.send_response(code, ALL.encode("ascii", "replace").decode().replace("\n", ""))
            handler.send_header(header, SIGNS["title"] + SIGNS["colours"] + "http://e/")
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)
            return True

        return odd

    with serving(tmp_path / "server") as true, standing_between(true) as between:
        assert log_in(attacked, "--server", between.address, "u1").code == 0
        for code, header in (
            (400, "X"),
            (403, "X"),
            (409, "X"),
            (500, "X"),
            (308, "Location"),
            (200, "anki-original-size"),
        ):
            between.odd = says(code, header)
            assert harmless(attacked.types("sync")).code == 1
            assert harmless(log_in(attacked, "--server", between.address, "u1")).code == 1


def _sent(raw: bytes) -> str:
    return OURS.sub("", raw.decode("utf-8", "replace"))


SITTINGS = [
    (
        ["review"],
        [" ", "x", " ", "\r", "?", " ", "f", "remark\r", *("\r", "3") * 6],
        ["Enter takes Hard", "while reciting a list", "Enter keep the remark", "▎ Mind", "[hint", "All done for today"],
    ),
    (["review", "--type", "--cram", "light"], ["x\r", "3"] * 2, ["Enter compare", "✗ x", "→ port", "2 answers in"]),
    (["mock"], [" ", "a", " ", "x"], ["Speak aloud", "any key ends your answer", "Did you say it?", "Spoken for"]),
]
"""What is typed, which keys are pressed, and what stands on the pages that are seen then."""


def test_no_page_of_a_sitting_acts(attacked: Learner) -> None:
    """Each page of `review` and of `mock`: asked, recited, typed, answered, flagged, helped, and summed up."""
    from tests.terminal.window import Window  # noqa: PLC0415 -- only this opens one

    here = {name: value for name, value in os.environ.items() if not name.startswith(("SRS_", "COLUMNS", "LINES"))}
    here |= {"SRS_DECKS": str(attacked.decks), "SRS_DB": str(attacked.store), "SRS_NOW": "2026-12-01 09:00"}
    here |= {"TERM": "xterm-256color", "PYTHONPATH": os.pathsep.join(sys.path)}
    for words, keys, pages in SITTINGS:
        window = Window(words, here)
        window.until("owned")
        for key in keys:
            window.press(key)
            while window._read():
                pass
        window.until(pages[-1])
        window.press("\x03")
        window.ends()
        sent = _sent(window.raw)
        assert not ACTING.search(sent), (words, ACTING.findall(sent))
        for page in pages:
            assert page in sent, (words, page)
        assert b"\x1b[38;5;123" not in window.raw
        window.close()
