"""An exchange, or its server, killed at any instant: the next run completes it, and no review is lost or doubled."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from random import Random

from tests.anki_profile import Profile, Seen, answer, cards_of, find
from tests.anki_server import Place, serving
from tests.exchange.devices import Device, Terminal

NOTES = 6
WARM = """
import sys
import anki.collection, genanki, exporters.anki.exchange.writing
import srs.collection.exchange.session, srs.cli.bringing, srs.cli.exchanged
from srs.cli.main import run
sys.stdout.write("ready\\n"); sys.stdout.flush()
sys.stdin.readline()
sys.exit(run(sys.argv[1:]))
"""


def kills(place: Path, number: int, seed: int) -> int:
    """Kill so many exchanges, half of them through each door; of those at a server every second loses the server.

    Returns how many; raises where something was lost.
    """
    chance = Random(seed)
    with serving(place / "server") as server:
        done = _at_server(place / "a", server, number // 2, chance)
    return done + _at_profile(place / "b", number - number // 2, chance)


def _at_server(place: Path, server: Place, number: int, chance: Random) -> int:
    terminal, phone = _terminal(place), Device(place / "phone", "u1", server.address)
    sys.stdin = __import__("io").StringIO("secret\n")
    assert terminal.srs("login", "--server", server.address, "u1", "--password-stdin")[0] == 0
    assert terminal.srs("sync", "--upload")[0] == 0
    phone.sync()
    for round_ in range(number):
        name = f"n{chance.randrange(NOTES)}"
        phone.act("answer", name, chance.randrange(4))
        phone.act("suspend" if round_ % 2 else "unsuspend", f"n{chance.randrange(NOTES)}", 0)
        phone.sync()
        _work(terminal, chance, round_)
        if round_ % 2:
            _killed(terminal, ["sync"], place, chance)
        else:
            _killed(terminal, ["sync"], place, chance, server)
        code, out, err = terminal.srs("sync")
        assert code == 0, (out, err)
        phone.sync()
        _agree(terminal, phone.cards(), phone.log())
    phone.collection.close()
    return number


def _at_profile(place: Path, number: int, chance: Random) -> int:
    terminal, profile = _terminal(place), Profile(place / "Anki2")
    os.environ["ANKI_BASE"] = str(profile.folder)
    with profile.window():
        pass
    words = ["sync", "--anki", "User 1"]
    assert terminal.srs(*words)[0] == 0
    for round_ in range(number):
        with profile.window() as anki:
            answer(anki, f"n{chance.randrange(NOTES)}", chance.randrange(4) + 1)
            anki.sched.bury_cards([find(anki, f"n{chance.randrange(NOTES)}")], manual=True)
        _work(terminal, chance, round_)
        _killed(terminal, words, place, chance)
        code, out, err = terminal.srs(*words)
        assert code == 0, (out, err)
        with profile.window() as anki:
            assert anki.db
            rows = anki.db.all(
                "SELECT n.flds, r.id FROM revlog r JOIN cards c ON c.id = r.cid JOIN notes n ON n.id = c.nid"
            )
            _agree(terminal, cards_of(anki), [(text.split("\x1f")[0], at) for text, at in rows])
    return number


def _terminal(place: Path) -> Terminal:
    terminal = Terminal(place / "home")
    terminal.texts = {f"n{n}": f"## Question {n}? {{#n{n}}}\n\nAnswer {n}." for n in range(NOTES)}
    terminal.write()
    assert terminal.srs("sync", "--offline")[0] == 0
    return terminal


def _work(terminal: Terminal, chance: Random, round_: int) -> None:
    for _ in range(3):
        terminal.srs("answer", f"n{chance.randrange(NOTES)}", "good")
    terminal.srs("suspend" if round_ % 2 else "resume", f"n{chance.randrange(NOTES)}")
    name = f"n{chance.randrange(NOTES)}"
    terminal.texts[name] = f"## Question {name[1:]}? {{#{name}}}\n\nAnswer {name[1:]}, said in round {round_}."
    terminal.write()


def _killed(terminal: Terminal, words: list[str], place: Path, chance: Random, server: Place | None = None) -> None:
    """Start an exchange in a process that has loaded everything, and kill it, or its server, at an instant of its work.

    An exchange that loses its server ends by itself, well or with one sentence; the server starts anew.
    """
    options = ["--decks", str(terminal.home / "decks"), "--db", str(terminal.home / "srs.db")]
    environment = os.environ | {"HOME": str(terminal.home)}
    child = subprocess.Popen(
        [sys.executable, "-c", WARM, *options, *words],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdin
    assert child.stdout
    assert child.stdout.readline() == b"ready\n"
    child.stdin.write(b"\n")
    child.stdin.flush()
    file = place / "took"
    longest = json.loads(file.read_text(encoding="utf-8")) if file.exists() else 0.5
    began = time.monotonic()
    until = began + chance.random() * longest
    while child.poll() is None and time.monotonic() < until:
        select.select([], [], [], 0.002)
    if child.poll() is not None:  # it was quicker than the instant: the next instants lie earlier
        file.write_text(json.dumps(max(0.05, time.monotonic() - began)), encoding="utf-8")
    if server is None:
        child.kill()
        child.communicate()
        return
    server.stop()
    said = child.communicate()[1].decode()
    assert (child.returncode, said.count("\n")) in {(0, 0), (1, 1)}, (child.returncode, said)
    server.start()


def _agree(terminal: Terminal, there: Mapping[str, Seen], log: list[tuple[str, int]]) -> None:
    cards = terminal.cards()
    for name, card in cards.items():
        seen = there[name]
        assert (seen.queue == -1) == (card["state"] == "suspended"), (name, card, seen)
        assert (seen.queue == -3) == (card["state"] == "buried"), (name, card, seen)
    _, out, _ = terminal.srs("log", "export", "-")
    lines = [json.loads(line) for line in out.splitlines()]
    answers = [line for line in lines if "what" not in line]
    assert len(answers) == len(log), (len(answers), len(log))
    assert len({(line["card"], line["at"]) for line in answers}) == len(answers)
    code, out, err = terminal.srs("doctor")
    assert code == 0, (out, err)
