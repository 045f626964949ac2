"""`srs new`: a deck of one's own, and the way from there to its first answered card."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.newcomer import text_of

if TYPE_CHECKING:
    from tests.newcomer import Newcomer

CHINESE = "pm-interview"


def told(said: str) -> list[str]:
    """Return the commands that are to be typed next."""
    return [re.sub(r"^(Next:)?\s+|\s+#.*", "", line) for line in said.splitlines()[1:]]


def test_from_nothing_to_the_first_answered_card_of_ones_own(newcomer: Newcomer) -> None:
    assert "Decks: those that came with srs; `srs new NAME` makes one of your own.\n" in newcomer.srs()
    made = newcomer.srs("new", "spanish")
    assert made.startswith("decks/spanish: a deck; its chapter start.md shows each kind of note\nNext:")
    assert told(made) == ["srs review", 'srs add "question" "answer"', f"srs config set decks {Path.cwd()}/decks"]
    assert newcomer.srs("add", "House?", "la casa") == "decks/spanish/start.md:34: start-house\n"
    assert newcomer.srs("answer", "start-house", "4").startswith("start-house: due ")
    assert "came with srs" not in newcomer.srs()


def test_the_first_chapter_shows_each_kind_and_is_written_as_advised(newcomer: Newcomer) -> None:
    newcomer.srs("new", "Español: verbos")
    checked = newcomer.srs("check", "--style")
    assert checked == "4 notes, 8 cards: no problem\nno advice: every rule is followed\n"
    kinds = {card["kind"] for card in json.loads(newcomer.srs("cards", "--json"))}
    assert kinds == {"basic", "steps", "set", "cloze"}
    assert text_of("decks/Español-verbos/deck.toml") == 'name = "Español: verbos"\nnamespace = "español-verbos"\n'


def test_a_deck_elsewhere_is_found_once_the_settings_name_its_folder(newcomer: Newcomer) -> None:
    made = newcomer.srs("new", "german", "--in", "my decks")
    assert told(made)[0] == f"srs config set decks '{Path.cwd()}/my decks'"
    newcomer.srs("config", "set", "decks", "my decks")
    newcomer.patch.chdir("/")
    assert newcomer.srs("cards").count("\n") == 8
    folder = Path(json.loads(newcomer.srs("cards", "--json"))[0]["source"]).parents[1]
    made = newcomer.srs("new", "latin")
    assert (folder / "latin/start.md").exists()
    assert told(made) == ["srs review --deck latin", 'srs add "question" "answer" --to latin'], "there are two decks"
    assert newcomer.srs("add", "House?", "domus", "--to", "latin").endswith("latin/start.md:34: start-house\n")
    made = newcomer.srs("new", "greek", "--in", folder.with_name("more"))
    assert told(made)[0] == f"srs config set decks '{folder}' {folder.with_name('more')}"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["spanish"], 1, "srs: decks/spanish is there already; choose another name"),
        (["Spanish"], 1, "srs: there is a deck spanish in decks/spanish; choose another name"),
        (["verbs", "--in", "decks/spanish"], 1, "is inside the deck "),
        (["a/b"], 2, "srs: 'a/b' cannot be a deck's name; take words of letters and digits, such as spanish"),
        (["..", "--in", "decks"], 2, "'..' cannot be a deck's name"),
        ([" "], 2, "cannot be a deck's name"),
        (["x", "--in", "file/y"], 1, "srs: cannot make file/y/x: not a directory"),
        (["x", "--from", "nowhere"], 2, "srs: no deck 'nowhere'; it takes "),
        (["x", "--from", "spanish"], 1, "srs: decks/spanish is in use already, and can be edited there"),
    ],
)
def test_what_is_in_the_way_is_said_and_nothing_is_made(
    newcomer: Newcomer, words: list[str], code: int, said: str
) -> None:
    newcomer.srs("new", "spanish")
    Path("file").write_bytes(b"")
    before = sorted(Path().rglob("*"))
    outcome = newcomer.types("new", *words)
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert sorted(Path().rglob("*")) == before


def test_a_copy_of_the_deck_that_came_with_srs_goes_on_with_its_history(newcomer: Newcomer) -> None:
    first = newcomer.srs("cards").split("\t")[0]
    newcomer.srs("answer", first, "4")
    made = newcomer.srs("new", "interview", "--from", CHINESE)
    assert made.startswith("decks/interview: your own copy of pm-interview, with the same history\n")
    assert json.loads(newcomer.srs("cards", first, "--json"))[0]["reviews"] == 1
    assert "came with srs" not in newcomer.srs()
    assert newcomer.srs("add", "Why?", "So.", "--to", "interview/e2").startswith("decks/interview/e02-ads-vs-ux.md:")


def test_a_copy_has_every_byte_and_link_and_nothing_hidden(newcomer: Newcomer) -> None:
    source = Path("elsewhere/ship")
    (source / "pictures").mkdir(parents=True)
    (source / ".git").mkdir()
    (source / ".git/config").write_bytes(b"x")
    (source / ".hidden").write_bytes(b"x")
    (source / "deck.toml").write_bytes(b'name = "Ship"\r\nnamespace = "ship"\r\n')
    (source / "sea.md").write_bytes(b"## Mile? {#mile}\r\n\r\n1852 m.\r\n")
    (source / "sea.md").chmod(0o444)
    (source / "pictures/mile.png").write_bytes(b"\x89PNG\0")
    (source / "pictures/link.png").symlink_to("mile.png")
    newcomer.srs("new", "boat", "--from", "elsewhere/ship")
    copy = Path("decks/boat")
    assert sorted(str(file.relative_to(copy)) for file in copy.rglob("*")) == [
        *("deck.toml", "pictures", "pictures/link.png", "pictures/mile.png", "sea.md")
    ]
    for file in (copy / "deck.toml", copy / "sea.md", copy / "pictures/mile.png"):
        assert file.read_bytes() == (source / file.relative_to(copy)).read_bytes()
    assert (copy / "pictures/link.png").readlink() == Path("mile.png")
    newcomer.srs("add", "Knot?", "A mile an hour.", "--to", "boat")


def test_readme_leads_to_a_deck_of_ones_own_even_inside_the_clone(newcomer: Newcomer) -> None:
    """The folder `decks` of a clone, with the deck that came with srs, is not in the way."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    block = readme.partition("## Your own deck\n\n```sh\n")[2].partition("```")[0]
    commands = [shlex.split(line, comments=True)[1:] for line in block.splitlines()]
    assert [words[0] for words in commands] == ["config", "new", "add", "review", "new"]
    newcomer.srs("new", "other")
    home = str(Path.home())
    outcome = newcomer.types(*(word.replace("~", home) for word in commands[0]))
    assert (outcome.code, "until `srs new NAME` makes one" in outcome.err) == (0, True)
    for words in commands[1:]:
        newcomer.srs(*words, *(["--list"] if words[0] == "review" else []))
    assert sorted(each.name for each in (Path.home() / "decks").iterdir()) == ["interview", "spanish"]
    assert any("How do you say house?" in card["prompt"] for card in json.loads(newcomer.srs("cards", "--json")))
    assert newcomer.types(*(word.replace("~", home) for word in commands[0])).err == ""
