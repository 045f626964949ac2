"""`srs add`: a note from the shell, from standard input and from the editor."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import forked
from tests.newcomer import text_of

if TYPE_CHECKING:
    from tests.newcomer import Newcomer

START = "decks/spanish/start.md"


@pytest.fixture
def spaniard(newcomer: Newcomer) -> Newcomer:
    """Somebody with a deck of their own."""
    newcomer.srs("new", "spanish")
    return newcomer


def added(newcomer: Newcomer, *words: str, given: str | bytes = b"") -> str:
    """Return what a command adds to the deck's first chapter, which stays as it was before that."""
    before = Path(START).read_bytes()
    newcomer.srs("add", *words, given=given)
    after = Path(START).read_bytes()
    assert after.startswith(before)
    return after.removeprefix(before).decode()


def test_where_only_the_decks_that_came_with_srs_are_in_use_it_says_srs_new_first(newcomer: Newcomer) -> None:
    outcome = newcomer.types("add", "House?", "la casa")
    assert (outcome.code, outcome.out) == (1, "")
    assert "make a deck of your own first: `srs new NAME` does" in outcome.err
    assert list(Path().iterdir()) == []


def test_a_note_from_the_shell(spaniard: Newcomer) -> None:
    assert added(spaniard, "House?", "la casa") == "\n## House? {#start-house}\n\nla casa\n"
    assert added(spaniard, "## {{c1::x}}", "- a") == "\n## \\#\\# \\{\\{c1::x\\}\\} {#start-c1-x}\n\n\\- a\n"


def test_what_begins_with_a_stroke_is_an_answer(spaniard: Newcomer) -> None:
    assert added(spaniard, "2 - 3?", "-1") == "\n## 2 - 3? {#start-2-3}\n\n-1\n"
    assert added(spaniard, "Signs?", "--to is one", "--to", "spanish").endswith("\n\n--to is one\n")
    assert added(spaniard, "--", "-h?", "--help") == "\n## -h? {#start-h}\n\n--help\n"


def test_what_is_not_typed_is_read_from_standard_input(spaniard: Newcomer) -> None:
    assert added(spaniard, "House?", given="la casa\r\n") == "\n## House? {#start-house}\n\nla casa\n"
    assert added(spaniard, given="Where?\n\nen\nla mesa\n") == "\n## Where? {#start-where}\n\nen\\\nla mesa\n"
    assert added(spaniard, given="\ufeff\nDónde?\ndonde".encode()) == "\n## Dónde? {#start-donde}\n\ndonde\n"


@pytest.mark.parametrize(
    ("words", "given", "code", "said"),
    [
        ([], b"", 2, "the question is empty"),
        (["House?"], b"", 2, "the answer is empty"),
        ([], b"House?\n", 2, "the answer is empty"),
        (["House?"], b"\xff", 1, "standard input is not UTF-8; nothing was added"),
        (["a", "b", "--to", "french"], b"", 2, "no deck 'french'; there is spanish"),
        (["a", "b", "--to", "spanish/verbs"], b"", 2, "no chapter 'verbs' in spanish; there is start"),
        (["a", "b", "--tags", "a{b"], b"", 2, "tag 'a{b' is not one word"),
    ],
)
def test_what_cannot_be_added_is_said(spaniard: Newcomer, words: list[str], given: bytes, code: int, said: str) -> None:
    before = Path(START).read_bytes()
    outcome = spaniard.types("add", *words, given=given)
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert Path(START).read_bytes() == before


def test_closed_standard_input_is_as_if_it_were_empty(spaniard: Newcomer) -> None:
    command = ["sh", "-c", f"{sys.executable} -m srs add House? <&-"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'srs: the answer is empty; type srs add "question" "answer"\n'
    assert spaniard.srs("cards").count("\n") == 8


def test_a_chapter_is_called_by_its_file_or_its_short_name(spaniard: Newcomer) -> None:
    for name in ("e02-verbs.md", "e10-nouns.md", "sub/e02-more.md"):
        file = Path("decks/spanish") / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"")
    for to, place in (
        ("spanish", "sub/e02-more.md"),
        ("spanish/E10", "e10-nouns.md"),
        ("spanish/e02-verbs", "e02-verbs.md"),
        ("spanish/e02-verbs.md", "e02-verbs.md"),
        ("spanish/sub/e02-more", "sub/e02-more.md"),
    ):
        said = spaniard.srs("add", f"To {to}?", "x", "--to", to)
        assert said.startswith(f"decks/spanish/{place}:")
    outcome = spaniard.types("add", "a", "b", "--to", "spanish/e2")
    assert "'e2' can be e02-verbs.md, e02-more.md; write the whole name of one" in outcome.err


def test_one_of_several_decks_is_to_be_named(spaniard: Newcomer) -> None:
    spaniard.srs("new", "french")
    outcome = spaniard.types("add", "a", "b")
    assert (outcome.code, "there are 2 decks: say which one with --to" in outcome.err) == (2, True)
    assert spaniard.srs("add", "a", "b", "--to", "french") == "decks/french/start.md:34: start-a\n"


def test_a_deck_without_a_chapter_gets_its_first(spaniard: Newcomer) -> None:
    Path(START).unlink()
    assert spaniard.srs("add", "a", "b") == "decks/spanish/notes.md:1: notes-a\n"
    assert text_of("decks/spanish/notes.md") == "## a {#notes-a}\n\nb\n"


def test_an_id_that_left_the_text_is_not_given_again(spaniard: Newcomer) -> None:
    before = Path(START).read_bytes()
    spaniard.srs("add", "House?", "la casa")
    spaniard.srs("sync")
    Path(START).write_bytes(before)
    assert "{#start-house-1}" in added(spaniard, "House?", "la casa")


def test_a_question_that_the_deck_asks_already_is_told_and_asked_beside_it(spaniard: Newcomer) -> None:
    spaniard.srs("add", "The  *house*?", "la casa")
    again = spaniard.types("add", "the *House*?", "el hogar")
    first, second = (n for n, line in enumerate(text_of(START).split("\n"), 1) if "ouse\\*?" in line)
    assert again.out == f"{START}:{second}: start-the-house-1\n"
    assert again.err == f"the deck asks that already; {START}:{first}: start-the-house\n"
    Path("decks/spanish/streets.md").write_text("## Street? {#street}\n\nla calle\n", encoding="utf-8")
    assert spaniard.types("add", "STREET?", "x", "--to", "spanish/start").err == (
        "the deck asks that already; decks/spanish/streets.md:1: street\n"
    )
    assert spaniard.types("add", "House?", "la casa", "--to", "spanish/start").err == ""


def test_decks_that_an_installed_program_brought_are_not_written(spaniard: Newcomer) -> None:
    spaniard.patch.setattr("srs.cli.add.packed_decks", lambda: Path("decks"))
    before = Path(START).read_bytes()
    outcome = spaniard.types("add", "a", "b")
    assert (outcome.code, "`srs new spanish --from spanish` copies this one" in outcome.err) == (1, True)
    assert Path(START).read_bytes() == before


class Editor:
    """An editor that writes a text into the file it is given, on a terminal."""

    def __init__(self, newcomer: Newcomer, folder: Path) -> None:
        self.newcomer, self.script, self.seen = newcomer, folder / "editor.py", folder / "seen"

    def writes(self, text: str) -> tuple[int, str, str]:
        """Run `srs add` alone with an editor that leaves a text; `{}` stands for what it found."""
        self.script.write_text(
            "import sys; from pathlib import Path; file = Path(sys.argv[-1]); found = file.read_text('utf-8')\n"
            f"Path({str(self.seen)!r}).write_text(found, 'utf-8')\n"
            f"file.write_text({text!r}.replace('{{}}', found), 'utf-8')",
            encoding="utf-8",
        )
        self.newcomer.patch.setenv("EDITOR", f"{sys.executable} {self.script}")
        self.newcomer.patch.setattr("srs.cli.add.on_terminal", lambda: True)
        outcome = self.newcomer.types("add")
        return outcome.code, outcome.out, outcome.err


@pytest.fixture
def editor(spaniard: Newcomer, tmp_path: Path) -> Editor:
    return Editor(spaniard, tmp_path)


def test_alone_it_opens_the_editor_with_a_template(editor: Editor) -> None:
    assert editor.writes(
        "## House?\n\n**la** casa\n\n## Verbs {#verbs}\n\n1. ser\n2. estar\n\n<!-- srs add: what it says -->\n"
    ) == (*(0, f"{START}:34: start-house\n{START}:38: verbs\n", ""),)
    assert editor.seen.read_text(encoding="utf-8").startswith("## \n\n<!-- srs add: write the question")
    assert text_of(START).endswith(
        "\n\n## House? {#start-house}\n\n**la** casa\n\n## Verbs {#verbs}\n\n1. ser {#c1}\n2. estar {#c2}\n"
    )


@pytest.mark.parametrize("text", ["{}", "", "## \n"])
def test_what_is_left_as_it_was_adds_nothing(editor: Editor, text: str) -> None:
    before = Path(START).read_bytes()
    assert editor.writes(text) == (0, "Nothing was added.\n", "")
    assert Path(START).read_bytes() == before


def test_a_draft_with_mistakes_is_told_and_opened_again(editor: Editor) -> None:
    before = Path(START).read_bytes()
    code, out, err = editor.writes("## House?\n\n{{c1::la casa\n")
    assert (code, out) == (1, "")
    assert "draft.md:3: the cloze {{c1:: is not closed" in err
    assert "1 problem; nothing was added, and `srs add` opens your text again" in err
    assert Path(START).read_bytes() == before
    assert editor.writes("## House?\n\nla casa\n")[0] == 0
    assert editor.seen.read_text(encoding="utf-8") == "## House?\n\n{{c1::la casa\n"
    assert editor.writes("{}") == (0, "Nothing was added.\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [(["House?"], "say the answer, too"), (["--tags", "a"], "in the editor tags stand in the heading")],
)
def test_on_a_terminal_nothing_is_waited_for(spaniard: Newcomer, words: list[str], said: str) -> None:
    spaniard.patch.setattr("srs.cli.add.on_terminal", lambda: True)
    outcome = spaniard.types("add", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_notes_below_the_template_need_not_fill_its_heading(editor: Editor) -> None:
    assert editor.writes("{}\n## House?\n\nla casa\n\n## Sea?\n\nel mar\n")[0] == 0


def test_front_matter_in_a_draft_is_told(editor: Editor) -> None:
    code, _, err = editor.writes("---\ntitle: x\n---\n\n## House?\n\nla casa\n")
    assert (code, "draft.md:1: front matter belongs to the head of a chapter" in err) == (1, True)


@pytest.mark.parametrize("command", ["vi '", "no-such-editor"])
def test_an_editor_that_cannot_be_started_is_said(spaniard: Newcomer, command: str) -> None:
    spaniard.patch.setattr("srs.cli.add.on_terminal", lambda: True)
    spaniard.patch.setenv("EDITOR", command)
    outcome = spaniard.types("add")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"srs: the editor {command} ")
    assert "set EDITOR to the one you use" in outcome.err


def test_two_that_add_at_once_wait_for_each_other(spaniard: Newcomer) -> None:
    assert spaniard.srs("cards").count("\n") == 8
    words = [f"House {number}?" for number in range(6)]
    running = [forked.start(["add", word, "la casa"], os.environ) for word in words]
    for each in running:
        each.join()
    assert [each.exitcode for each in running] == [0] * 6
    assert all(f"## {word} {{#" in text_of(START) for word in words)
