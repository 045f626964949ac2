"""Comments, HTML and pictures as other programs write them."""

from __future__ import annotations

import pytest

from srs.deck.layout import plain, plain_inline
from srs.deck.note import note_from_text
from tests.deck.test_clozes import read


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("a <!-- x --> b", "a b"),
        ("a <!-- x\ny -->\nb", "a\nb"),
        ("a\n<!-- x -->\nb", "a\nb"),
        ("<!-- x --> a", "a"),
        ("<!-- x\n\n## y {#y}\n\n-->\n\na", "a"),
        ("- a\n- b\n<!-- x\n\ny -->", "• a\n• b"),
        ("- a\n\n  <!-- x\n\n  y -->\n- b", "• a\n• b"),
        ("`<!-- x -->`", "<!-- x -->"),
        (r"\<!-- x -->", "<!-- x -->"),
        ("```\n<!-- x -->\n```", "<!-- x -->"),
    ],
)
def test_comments_are_left_out(body: str, text: str) -> None:
    note, told = read(body)
    assert (plain(note.answer), told) == (text, ())
    assert body in note.text


def test_a_comment_beside_an_id_keeps_it_an_id() -> None:
    note = note_from_text("## How? {#how} <!-- x -->\n\n1. a {#c2} <!-- y -->\n2. b {#c1}")
    assert (note.id, plain_inline(note.prompt), note.parts) == ("how", "How?", ("", "c2", "c1"))


@pytest.mark.parametrize("body", ["a <!-- b", "<!-- a\n\nb", "- <!-- a\n\nb -->", "<!-- a\n\nb --> c"])
def test_a_comment_without_an_end_is_told(body: str) -> None:
    assert [mistake.rule for mistake in read(body)[1]] == ["open-comment"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("H<sub>2</sub>O", "$x_1$"),
        ("a<br>b", "two blanks"),
        ("a<br/>b", "two blanks"),
        ("<B>a</B>", "**…**"),
        ('<img src="x.png">', "![…](picture.png)"),
        ("<script>a</script>", "take it out"),
        ("x<i>y</i>", "*…*"),
    ],
)
def test_a_tag_of_html_is_warned_about(body: str, words: str) -> None:
    """It shows as it stands, once told for all of its kind in a paragraph."""
    note, (warning,) = read(body)
    assert (plain(note.answer), warning.rule, warning.warning) == (body, "html", True)
    assert words in warning.message
    assert warning.column == body.index("<") + 1


@pytest.mark.parametrize(
    "body",
    [
        "List<String>",
        "Box<T>",
        "Map<A, B>",
        "x<a> y",
        "vector<int>",
        "<name>",
        r"\<b>",
        "`<b>`",
        "$a<b>c$",
        "<https://a.b>",
    ],
)
def test_other_angles_are_text(body: str) -> None:
    assert read(body)[1] == ()


@pytest.mark.parametrize(
    ("body", "right"),
    [("![[x.png]]", "![](x.png)"), ("![[my x.png|200]]", "![](<my x.png>)"), ("![a](my x.png)", "![a](<my x.png>)")],
)
def test_a_misspelt_picture_is_told(body: str, right: str) -> None:
    (mistake,) = read(body)[1]
    assert (mistake.rule, mistake.warning) == ("image-misspelt", False)
    assert right in mistake.message


@pytest.mark.parametrize("body", [r"\![[x.png]]", "`![[x.png]]`", "a! [[x]]", "![a] (b c)"])
def test_what_is_no_picture_is_text(body: str) -> None:
    assert read(body)[1] == ()
