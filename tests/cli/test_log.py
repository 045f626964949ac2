"""`srs log`: the history shown, exported and merged."""

from __future__ import annotations

import io
import json
import time
from typing import TYPE_CHECKING, get_args

import pytest

from srs.history import Act, Other

if TYPE_CHECKING:
    from tests.learner import Learner


def test_the_history_goes_out_and_comes_back(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    sailor.now = "2026-12-02 09:00"
    sailor.srs("answer", "mile", "2")
    sailor.srs("answer", "anchor/c1", "5")
    log = sailor.home / "log.jsonl"
    assert sailor.srs("log", "export", log) == f"3 lines written to {log}\n"
    assert [list(json.loads(line)) for line in log.read_text(encoding="utf-8").splitlines()] == [
        ["card", "at", "day", "grade", "ms", "from", "deck"]
    ] * 3
    before = sailor.cards()
    sailor.store.unlink()
    assert "3 acts added (3 answers), 0 known already" in sailor.srs("log", "merge", log)
    sailor.srs("sync")
    assert sailor.cards() == before
    assert "0 acts added, 3 known already" in sailor.srs("log", "merge", log)
    assert len(sailor.srs("log", "show", "mile").splitlines()) == 2


def test_history_of_cards_not_in_the_decks_is_kept_until_they_come(sailor: Learner) -> None:
    line = '{"card":"knot","at":"2026-11-01T09:00:00Z","day":"2026-11-01","grade":4,"ms":900,"from":"terminal"}\n'
    log = sailor.home / "log.jsonl"
    log.write_text(line, encoding="utf-8")
    said = sailor.srs("log", "merge", log)
    assert "1 act kept that does not count yet" in said
    (kept,) = sailor.srs("log", "export", "-").splitlines()
    assert json.loads(kept) == json.loads(line) | {"at": "2026-11-01T09:00:00.000Z"}
    sailor.write("ship/knots.md", "## How fast is a knot? {#knot}\n\nA mile an hour.\n")
    assert sailor.reads("sync")["decks"]["added"] == ["knot"]
    assert sailor.progress() == {"knot": (1, "2026-11-02")}


def test_the_decks_that_stand_there_are_known_at_the_first_merge(sailor: Learner) -> None:
    """A line that names no deck counts at once, in a store that has not seen the decks before."""
    log = sailor.home / "log.jsonl"
    log.write_text(
        '{"card":"mile","at":"2026-11-01T09:00:00Z","day":"2026-11-01","grade":4,"ms":9,"from":"x"}\n', encoding="utf-8"
    )
    assert not sailor.store.exists()
    said = sailor.srs("log", "merge", log)
    assert "1 act added (1 answer), 0 known already" in said
    assert "does not count yet" not in said
    assert sailor.progress() == {"mile": (1, "2026-11-02")}


def test_a_log_with_a_bad_line_is_not_merged_at_all(sailor: Learner) -> None:
    log = sailor.home / "log.jsonl"
    good = '{"card":"mile","at":"2026-11-01T09:00:00Z","day":"2026-11-01","grade":4,"ms":9,"from":"x"}'
    log.write_text(f"{good}\n\nnonsense\n{good.replace('4', '9', 1)}\n", encoding="utf-8")
    outcome = sailor.types("log", "merge", log)
    assert outcome.code == 1
    assert [line.partition(": ")[0] for line in outcome.err.splitlines()] == [f"{log}:3", f"{log}:4", "srs"]
    assert "nothing was merged" in outcome.err
    assert sailor.progress() == {}


def test_a_bad_line_far_below_takes_back_what_came_in_above_it(
    sailor: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("srs.history.log_file._AT_ONCE", 200)
    log = sailor.home / "log.jsonl"
    sailor.srs("answer", "mile", "4")
    sailor.srs("log", "export", log)
    good = log.read_text(encoding="utf-8")
    log.write_text(good.replace("mile", "anchor") * 9 + "{}\n" + good + "nonsense\n", encoding="utf-8")
    outcome = sailor.types("log", "merge", log)
    assert (outcome.code, outcome.out) == (1, "")
    assert [line.partition(": ")[0] for line in outcome.err.splitlines()] == [f"{log}:10", f"{log}:12", "srs"]
    assert list(sailor.progress()) == ["mile"]


def test_a_merge_that_is_interrupted_leaves_all_as_it_was(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    sailor.srs("answer", "mile", "4")
    log = sailor.home / "log.jsonl"
    before = sailor.srs("log", "export", "-"), sailor.cards()
    log.write_text(before[0].replace("mile", "anchor"), encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("srs.store.taking.refold", interrupted)
        patch.setattr("srs.store.taking.fold_in", interrupted)
        assert sailor.types("log", "merge", log).code == 130
    assert (sailor.srs("log", "export", "-"), sailor.cards()) == before
    assert "1 act added" in sailor.srs("log", "merge", log)


def test_the_latest_reviews_are_shown_the_newest_last(sailor: Learner) -> None:
    for day in range(1, 25):
        sailor.now = f"2026-12-{day:02} 09:00"
        sailor.srs("answer", "mile" if day % 2 else "anchor", str(day % 6))
    shown = sailor.srs("log", "show").splitlines()
    assert len(shown) == 20
    assert shown[0] == "2026-12-05 09:00  grade 5     0.0 s  script    mile"
    assert shown[-1] == "2026-12-24 09:00  grade 0     0.0 s  script    anchor"
    assert sailor.srs("log", "show", "--last", "2").splitlines() == shown[-2:]
    assert sailor.srs("log", "show", "anchor", "-n", "1") == f"{shown[-1]}\n"
    assert len(sailor.srs("log", "show", "ship:mile").splitlines()) == 12
    assert sailor.srs("log", "show", "boat:mile") == "Nothing has been done with boat:mile yet.\n"


def test_an_empty_history_is_said_to_be_empty(sailor: Learner) -> None:
    assert sailor.srs("log", "show") == "Nothing has been done yet.\n"


def test_the_time_of_an_answer_is_shown_in_seconds(sailor: Learner) -> None:
    line = '{"card":"mile","at":"2026-11-01T09:00:00Z","day":"2026-11-01","grade":4,"ms":59960,"from":"anki"}\n'
    log = sailor.home / "log.jsonl"
    log.write_text(line, encoding="utf-8")
    sailor.srs("log", "merge", log)
    assert "  grade 4    60.0 s  anki      mile" in sailor.srs("log", "show")


@pytest.mark.parametrize(("zone", "said"), [("UTC", "2026-11-10 23:30"), ("Asia/Shanghai", "2026-11-11 07:30")])
def test_each_act_is_shown_with_its_moment_here_and_a_study_day_that_is_another(
    sailor: Learner, monkeypatch: pytest.MonkeyPatch, zone: str, said: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    line = (
        '{"card":"mile","at":"2026-11-10T23:30:00Z","day":"2026-11-10","grade":4,"ms":100,"from":"x","deck":"ship"}\n'
    )
    log = sailor.home / "log.jsonl"
    log.write_text(line + line.replace('"mile"', '"knot"').replace('"2026-11-10"', '"2026-11-11"'), encoding="utf-8")
    sailor.srs("log", "merge", log)
    other = {"UTC": "knot  (study day 2026-11-11)", "Asia/Shanghai": "mile  (study day 2026-11-10)"}[zone]
    shown = sailor.srs("log", "show").splitlines()
    assert {line[:16] for line in shown} == {said}
    assert sorted(line.partition("x         ")[2] for line in shown) == sorted(
        [other, "knot" if "mile" in other else "mile"]
    )
    monkeypatch.undo()
    time.tzset()


def test_a_log_goes_to_the_screen_if_no_file_is_named(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    (line,) = sailor.srs("log", "export", "-").splitlines()
    assert {key: json.loads(line)[key] for key in ("card", "day", "grade", "ms", "from", "deck")} == {
        "card": "mile",
        "day": "2026-12-01",
        "grade": 4,
        "ms": 0,
        "from": "script",
        "deck": "ship",
    }


def test_several_logs_are_merged_at_once(sailor: Learner) -> None:
    """With a byte-order mark, Windows line ends and blank lines, as editors leave them."""
    line = '{"card":"mile","at":"2026-11-0%dT09:00:00Z","day":"2026-11-0%d","grade":4,"ms":9,"from":"x"}'
    files = [sailor.home / f"{number}.jsonl" for number in (1, 2)]
    files[0].write_bytes(b"\xef\xbb\xbf" + (line % (1, 1)).encode() + b"\r\n \r\n")
    files[1].write_text(f"{line % (1, 1)}\n{line % (2, 2)}\n", encoding="utf-8")
    sailor.srs("sync")
    assert sailor.srs("log", "merge", *files) == (
        "2 acts added (2 answers), 1 known already\n1 card due on another day now\n"
    )


def test_a_file_that_is_no_log_is_said_to_be_none(sailor: Learner) -> None:
    binary = sailor.home / "photo.jpg"
    binary.write_bytes(b"\xff\xd8\xff\xe0")
    outcome = sailor.types("log", "merge", binary)
    assert (outcome.code, outcome.err.startswith(f"srs: {binary} is not UTF-8")) == (1, True)


KINDS: list[tuple[dict[str, object], str]] = [
    ({"day": "DAY", "grade": 4, "ms": 2100, "from": "anki"}, "grade 4     2.1 s  anki      mile"),
    ({"what": "undo", "of": "2026-11-01T09:00:00.000Z"}, "mile: undo of the answer at 2026-11-01T09:00:00.000Z"),
    (
        {"what": "undo", "of": "2026-11-01T09:00:00.000Z", "act": "set"},
        "mile: undo of the set at 2026-11-01T09:00:00.000Z",
    ),
    ({"what": "suspend"}, "mile: suspended"),
    ({"what": "suspend", "from": "leech", "of": "MOMENT"}, "mile: suspended as a leech"),
    ({"what": "resume"}, "mile: resumed"),
    ({"what": "flag", "remark": "which mile?"}, "mile: flagged: which mile?"),
    ({"what": "flag", "remark": "two\nlines"}, "mile: flagged: two lines"),
    ({"what": "unflag"}, "mile: flag taken off"),
    ({"what": "bury", "until": "2026-11-30"}, "mile: buried until 2026-11-30"),
    ({"what": "bury", "until": "2000-01-01"}, "mile: no longer buried"),
    ({"what": "forget", "day": "DAY"}, "mile: forgotten on DAY"),
    (
        {"what": "set", "day": "DAY", "due": "2026-12-24", "interval": 23, "ease": 2500},
        "mile: set on DAY: due 2026-12-24, interval 23 days",
    ),
    (
        {"what": "adopt", "card": "sea-mile", "of": "ship:mile", "deck": "boat"},
        "sea-mile: goes on with the history of ship:mile",
    ),
    (
        {"what": "scheduler", "card": "", "name": "sm2", "smooth": True, "deck": ""},
        "all decks: scheduler sm2, smoothed",
    ),
    ({"what": "scheduler", "card": "", "name": "sm2"}, "ship: scheduler sm2"),
    (
        {"what": "mock", "day": "DAY", "seconds": 171, "said": [1, 3], "missed": [2], "drills": ["red/c1"]},
        "mile: spoken in 171 s on DAY: 3 lines, left out 2",
    ),
    ({"what": "mock", "day": "DAY", "seconds": 9, "said": [1]}, "mile: spoken in 9 s on DAY: all of 1 line said"),
    ({"what": "dream", "of": "whales"}, "mile: dream"),
]
"""What a line of each kind says beside its moment, and what is said of it."""


@pytest.mark.parametrize(("fields", "said"), KINDS)
def test_every_kind_of_act_is_shown_in_words(sailor: Learner, fields: dict[str, object], said: str) -> None:
    line = json.dumps({"card": "mile", "at": "MOMENT", "deck": "ship"} | fields)
    log = sailor.home / "log.jsonl"
    log.write_text(line.replace("MOMENT", "2026-11-10T12:00:00.000Z").replace("DAY", "2026-11-10"), encoding="utf-8")
    sailor.srs("log", "merge", log)
    shown = sailor.srs("log", "show", "-n", "1").rstrip().removesuffix("  (study day 2026-11-10)")
    assert shown.partition("  ")[2] == said.replace("DAY", "2026-11-10")


def test_no_kind_is_forgotten() -> None:
    assert {fields.get("what", "") for fields, _ in KINDS} >= {kind.what for kind in get_args(Act) if kind != Other}


def test_a_log_that_is_there_is_replaced_only_if_that_is_said(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    log = sailor.home / "log.jsonl"
    log.write_text("something of mine", encoding="utf-8")
    outcome = sailor.types("log", "export", log)
    assert (outcome.code, outcome.err) == (1, f"srs: {log} is there already; --force replaces it\n")
    assert log.read_text(encoding="utf-8") == "something of mine"
    assert sailor.srs("log", "export", "--force", log) == f"1 line written to {log}\n"


def test_a_log_that_cannot_be_written_is_told_by_the_path_that_was_typed(sailor: Learner) -> None:
    """Not by that of the part that is written first; nor is the store overwritten."""
    sailor.srs("answer", "mile", "4")
    away = sailor.home / "away" / "log.jsonl"
    for words in ([], ["--force"]):
        assert sailor.types("log", "export", away, *words).err == (
            f"srs: cannot write {away}: no such file or directory\n"
        )
        assert sailor.types("log", "export", sailor.decks, *words).err == (
            f"srs: cannot write {sailor.decks}: is a directory\n"
        )
        assert "is the store itself" in sailor.types("log", "export", sailor.store, *words).err
    assert sailor.progress() == {"mile": (1, "2026-12-02")}


def act(what: str, at: str = "2026-11-20T09:00:00.000Z", **more: object) -> str:
    return json.dumps({"what": what, "card": "mile", "at": at, "deck": "ship"} | more)


ANSWER = act("", card="mile", day="2026-11-20", grade=4, ms=9, **{"from": "x"}).replace('"what": "", ', "")
TAKING = [
    act("undo", of="2026-11-20T09:00:00.000Z"),
    act("forget", day="2026-11-20"),
    act("set", day="2026-11-20", due="2026-12-24", interval=34, ease=2500),
    act("adopt", card="mile", of="boat:mile"),
    act("scheduler", card="", deck="", name="sm2", smooth=True),
]


def test_a_merge_says_acts_by_kind_and_how_many_due_days_move(sailor: Learner) -> None:
    sailor.srs("sync")
    log = sailor.home / "log.jsonl"
    mock = act("mock", card="talk", day="2026-11-20", seconds=9, said=[1], missed=[], drills=[])
    lines = [ANSWER, act("suspend"), mock, act("flag", remark="why?"), act("dream"), act("dream", card="red")]
    log.write_text("\n".join(lines), encoding="utf-8")
    assert sailor.srs("log", "merge", "--dry-run", log) == (
        "6 acts would be added (1 answer, 1 suspension, 1 flag, 1 mock, 2 unknown acts), 0 are known already\n"
        "1 card would be due on another day\n"
    )
    assert sailor.srs("log", "export", "-") == "", "a dry run writes nothing"
    assert sailor.srs("log", "merge", log) == (
        "6 acts added (1 answer, 1 suspension, 1 flag, 1 mock, 2 unknown acts), 0 known already\n"
        "1 card due on another day now\n"
    )
    assert sailor.srs("backup", "--list").count(".backup") == 0, "nothing was taken away"


def test_a_file_that_is_no_log_is_told_in_few_lines(sailor: Learner) -> None:
    prose = sailor.home / "prose.md"
    prose.write_text("Some words.\n" * 970, encoding="utf-8")
    outcome = sailor.types("log", "merge", prose)
    assert (outcome.code, outcome.err.count(f"{prose}:")) == (1, 6)
    assert outcome.err.endswith(
        f"{prose}: 965 more lines of this kind\nsrs: 970 lines cannot be read; nothing was merged\n"
    )


@pytest.mark.parametrize("line", TAKING, ids=lambda line: json.loads(line)["what"])
def test_before_acts_that_take_something_away_a_copy_is_kept(sailor: Learner, line: str) -> None:
    """It goes on where nobody can be asked, and says where the copy is; what is known already takes nothing away."""
    log = sailor.home / "log.jsonl"
    log.write_text(f"{ANSWER}\n", encoding="utf-8")
    sailor.srs("log", "merge", log)
    log.write_text(f"{line}\n", encoding="utf-8")
    assert " 1 act would be added (" in " " + sailor.srs("log", "merge", "-n", log)
    assert not list(sailor.home.glob("*.backup"))
    said = sailor.srs("log", "merge", log)
    (copy,) = sailor.home.glob("*.backup")
    assert said.startswith(f"a copy of the store was kept before: {copy}\n1 act added (")
    assert sailor.srs("log", "export", "-").count("\n") == 2
    assert sailor.srs("--db", copy, "log", "export", "-").count("\n") == 1
    assert "kept before" not in sailor.srs("log", "merge", log)


@pytest.mark.parametrize(("key", "words", "added"), [("y", [], 1), ("n", [], 0), ("", [], 0), ("", ["--yes"], 1)])
def test_on_a_terminal_one_is_asked_before(
    sailor: Learner, monkeypatch: pytest.MonkeyPatch, key: str, words: list[str], added: int
) -> None:
    log = sailor.home / "log.jsonl"
    log.write_text(f"{ANSWER}\n{TAKING[0]}\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{key}\n"))
    monkeypatch.setattr("srs.cli.log.on_terminal", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    outcome = sailor.types("log", "merge", log, *words)
    assert ("take away" in outcome.out) == (not words)
    assert outcome.code == 1 - added
    assert len(list(sailor.home.glob("*.backup"))) == added
    assert ("srs: nothing was merged\n" in outcome.err) == (not added)
    assert sailor.srs("log", "export", "-").count("\n") == 2 * added
