from __future__ import annotations

import pytest

from exporters.anki.html import Setting, block_html, inline_html, text_html
from srs.deck import note_from_text
from tests.exporters.anki.phone import visible

PLAIN = Setting(image=lambda address: f"<{address}>")
GUARDED = Setting(image=lambda address: address, guarded=True)
CLOZED = Setting(image=lambda address: address, guarded=True, clozes=True)


def body(text: str, setting: Setting = PLAIN) -> str:
    """Return the HTML of a note's body."""
    return block_html(note_from_text(f"## q {{#q}}\n\n{text}").answer, setting)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **b** *c* ~~d~~ `e`", "<p>a <strong>b</strong> <em>c</em> <s>d</s> <code>e</code></p>"),
        ("```py\nx < y\n```", "<pre><code>x &lt; y\n</code></pre>"),
        ("a $x < y$ b", r"<p>a \(x &lt; y\) b</p>"),
        ("$$\nx^2\n$$", r"<p>\[x^2\]</p>"),
        ("$$x^2$$ (one)", r"<p>\[x^2\] (one)</p>"),
        ("<https://a.b/?c&d>", '<p><a href="https://a.b/?c&amp;d">https://a.b/?c&amp;d</a></p>'),
        ('[a](https://b.c "title")', '<p><a href="https://b.c">a</a></p>'),
        ("[a](other.md)", "<p><a>a</a></p>"),
        ("line  \nline", "<p>line<br />\nline</p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    """Each construct has one form in a field."""
    assert body(text) == html


def test_images_go_by_their_media_name() -> None:
    """The address is given to the media as it names a file, without the escapes of addresses."""
    assert body('![a "b"](img/a%20b.png "title")') == '<p><img src="<img/a b.png>" alt="a &quot;b&quot;"></p>'


def test_lines_of_chinese_are_joined_without_a_space() -> None:
    """A line break in the text is a space only where words are written apart."""
    assert body("中文\n中文，\n中文\nenglish\nenglish") == "<p>中文中文，中文\nenglish\nenglish</p>"
    assert body("**粗**\n`码`") == "<p><strong>粗</strong><code>码</code></p>"


def test_a_table_keeps_its_alignment() -> None:
    """A table arrives as a table."""
    html = body("| a | b |\n|---|:-:|\n| c | d |")
    assert html.startswith("<table>")
    assert '<td style="text-align:center">d</td>' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "&amp;",
        "a\\(x\\)",
        "\\[x\\]",
        "{{Prompt}}",
        "[sound:x.mp3]",
        "[[type:Prompt]]",
        "[b]",
    ],
)
@pytest.mark.parametrize("guarded", [False, True])
def test_text_that_would_act_is_shown(text: str, guarded: bool) -> None:
    """Text is seen as it was written."""
    assert visible(text_html(text, guarded=guarded)) == text


@pytest.mark.parametrize("tag", ["[sound:x]", "[anki:tts]", "[latex]", "[$]", "[$$]", "[[type:x]]", "[SOUND:x]"])
def test_no_tag_of_ankis_stands_in_the_source(tag: str) -> None:
    """Anki looks for its tags in the source, before entities are read."""
    assert not text_html(f"a {tag} b").startswith("a [")


@pytest.mark.parametrize("text", [r"\(x\)", r"\[x\]", r"\[sound:x]", "a\\"])
def test_no_backslash_meets_a_bracket(text: str) -> None:
    r"""MathJax looks for `\(` after entities were read, within one run of text."""
    assert "\\<span></span>" in text_html(text)


def test_control_characters_become_pictures() -> None:
    """What would move a cursor, end a field or vanish is seen; tab and line feed are text."""
    assert text_html("\x1b[31m\x1f\x0c\x7f\x85\ud800\t\n") == "␛[31m␟␌␡\ufffd\ufffd\t\n"


def test_direction_marks_emoji_and_separators_stay() -> None:
    """Everything else that Unicode has is text."""
    assert text_html("\u200f\u202e\u2028🧑‍💻") == "\u200f\u202e\u2028🧑‍💻"


def test_clozes_are_written_in_ankis_notation() -> None:
    """The tokens come out as Anki reads them, formatting inside, hint behind."""
    assert body("{{c1::**a** $x$::h <i>}} b {{c2::c}}", CLOZED) == (
        r"<p>{{c1::<strong>a</strong> \(x\)::h &lt;i&gt;}} b {{c2::c}}</p>"
    )


def test_only_clozes_that_are_meant_are_clozes() -> None:
    """Code, mathematics and alternative texts that look like clozes are text."""
    html = body("`{{c3::x}}` $\\frac{{a}}{{b}}$ ![{{c4::y}}](i.png) \\{{c5::z}} {{c1::`a::` }}", CLOZED)
    assert html.count("{{") == html.count("}}") == 1
    assert "{{c1::" in html


def test_colons_in_a_cloze_do_not_begin_a_hint() -> None:
    """What Anki would cut at is spelt as entities."""
    assert body("{{c1::a&colon;&colon;b::h:::i}}", CLOZED) == "<p>{{c1::a&#58;&#58;b::h&#58;&#58;&#58;i}}</p>"
    assert body("{{c1::a&colon;::h}}", CLOZED) == "<p>{{c1::a&#58;::h}}</p>"


def test_a_hint_makes_no_tag_with_its_brackets() -> None:
    """Anki puts a hint in brackets of its own."""
    assert body("{{c1::a::sound:x.mp3}}", CLOZED) == "<p>{{c1::a::<span></span>sound:x.mp3}}</p>"


def test_clozes_outside_their_field_are_text_kept_apart() -> None:
    """Where clozes are not asked, their text reads on, and joins nothing that Anki would act on."""
    html = body("[so{{c1::und:x]}} \\\\{{c2::(}}", GUARDED)
    assert visible(html) == "[sound:x] \\("
    assert "[sound:" not in html
    assert "\\(" not in html


def test_a_prompt_is_inline() -> None:
    """A heading makes no paragraph."""
    assert inline_html(note_from_text("## a *b* {#q}\n\nc").prompt, PLAIN) == "a <em>b</em>"
