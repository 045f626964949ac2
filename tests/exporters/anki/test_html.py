"""Tokens as HTML: each construct has one form, and whatever a text says is only shown, as Anki itself shows it."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from exporters.anki.html import Setting, block_html, inline_html, text_html
from srs.characters import without_controls
from srs.deck import note_from_text
from srs.deck.markdown import parse
from srs.deck.note import read_note
from tests.exporters.anki.phone import Phone, exported, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

PLAIN = Setting(image=lambda address: f"<{address}>")
GUARDED = Setting(image=lambda address: address, guarded=True)
CLOZED = Setting(image=lambda address: address, guarded=True, clozes=True)

NASTY = [
    "[b]bold[/b]",
    "{{Prompt}} {{c1::x}} {{FrontSide}} {{{x}}}",
    "<script>alert('x')</script> <!-- --> &lt; &#60;",
    "\x1b[31mred\x1b[0m",
    "a\u200fb\u202ec\u2066d",
    "🧑‍💻 é e\u0301 ﬁ",
    "a\u2028b\u2029c\x0cd\x0be\x85f",
    "[sound:x.mp3] [anki:tts lang=en_US]x[/anki:tts] [[type:Prompt]]",
    "[latex]x[/latex] [$]x[/$] [$$]x[/$$]",
    r"\(x\) \[x\] \\( \\",
    "::a::b:: }} {{ c2::}}",
    "a\x1fb\x00c",
]
WORDS = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
MARKDOWN = st.lists(
    st.sampled_from(
        [*"*_~`#[]{}()<>|!\\$:&-+.\n 1aé中", "{{c1::", "}}", "::", "$$", "```\n", "\n\n", "> ", "1. ", "- ", *NASTY]
    ),
    max_size=40,
).map("".join)
numbers = count()


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


@pytest.mark.parametrize(
    ("address", "opening"),
    [
        ("https://b.c", '<a href="https://b.c">'),
        ("mailto:b@c.d", '<a href="mailto:b@c.d">'),
        *((address, "<a>") for address in ("javascript:alert(1)", "file:///etc/passwd", "ftp://b.c", "//b.c", "b.md")),
    ],
)
def test_a_link_leads_to_the_web_or_to_mail_or_nowhere(address: str, opening: str) -> None:
    """Whatever the parser lets through as a link, a card runs no script and opens no file."""
    link = note_from_text("## [a](https://x.y) {#q}\n\nb").prompt
    (begin,) = (token for token in link if token.type == "link_open")
    begin.attrs["href"] = address
    assert inline_html(link, PLAIN) == f"{opening}a</a>"


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
    """Braces kept apart, mathematics and alternative texts that look like clozes are text."""
    html = body("`{\\{c3::x}}` $\\frac{{a}}{{b}}$ ![{{c4::y}}](i.png) \\{{c5::z}} {{c1::`a::` }}", CLOZED)
    assert html.count("{{") == html.count("}}") == 1
    assert "{{c1::" in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`git {{c1::stash::which}} x`", "<p><code>git {{c1::stash::which}} x</code></p>"),
        ("`{{c1::a}\\}b:\\:c}}`", "<p><code>{{c1::a&#125;&#125;b&#58;&#58;c}}</code></p>"),
        ("```\na {{c1::b\nc}}\n```", "<pre><code>a {{c1::b\nc}}\n</code></pre>"),
        ("$f = {{c1::\\cos x}}$", r"<p>\(f = {{c1::\cos x}}\)</p>"),
        ("$f = {{c1::\\sqrt{\\frac{x}{y} } }}$", "\\sqrt&#123;\\frac&#123;x&#125;&#123;y&#125; &#125;}}"),
        ("$$\n{{c1::x::a name}} + 1\n$$", r"<p>\[{{c1::x::\text&#123;a name&#125;}} + 1\]</p>"),
        ("$x^{{c1::10}}$", r"<p>\(x^&#123;{{c1::10}}&#125;\)</p>"),
        ("$\\frac{{{c1::a}}}{b}$", r"<p>\(\frac&#123;{{c1::a}}&#125;&#123;b&#125;\)</p>"),
    ],
)
def test_clozes_in_code_and_mathematics_are_ankis(text: str, html: str) -> None:
    """The braces of code and formulas are spelt as entities, so that only the cloze's own are Anki's."""
    assert html in body(text, CLOZED)


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


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Phone:
    """Return one phone for all examples; each brings notes of its own."""
    return Phone(tmp_path_factory.mktemp("nasty"))


def literal(text: str) -> str:
    """Return Markdown that says exactly this text, in one line."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", re.sub(r"[\r\n]+", " ", text).strip())


def shown(text: str) -> str:
    """Return the text that is to be seen: controls as pictures, spaces as single ones, composed as Anki does."""
    plain = without_controls(re.sub(r"[\r\n]+", " ", text).strip().replace("\0", "\ufffd"))
    return " ".join(normalize("NFC", plain).split())


@pytest.mark.parametrize(
    "text",
    [
        "$x [{{c1::sound:evil.mp3}}]$",
        "$x [{{c1::s}}ound:evil.mp3]$",
        "$x [s{{c1::ou}}nd:evil.mp3]$",
        "$x {{c1::[sound}}:evil.mp3]$",
        "$x {{c1::y::sound:a_b.mp3}}$",
        "$x [{{c1::latex}}]\\frac{a}{b}[/latex]$",
        "$[{{c1::anki:tts lang=en_US}}]say[/anki:tts]$",
        "$$\nx [{{c1::$}}]y[/$]\n$$",
        "{{c1::x::latex}} a [/latex]",
        "$y$ {{c1::x::$}} a [/$] {{c2::b::$$}} [/$$]",
        "{{c1::x::anki:tts lang=en_US}} a [/anki:tts]",
    ],
)
def test_no_tag_of_ankis_comes_of_what_a_cloze_parts_in_a_formula(phone: Phone, text: str) -> None:
    phone.take(exported(f"## q {{#q .cloze}}\n\n{text}\n"))
    (number,) = phone.collection.find_cards("")
    output = phone.collection.get_card(number).render_output()
    assert (output.question_av_tags, output.answer_av_tags) == ([], [])
    for side in (output.question_text, output.answer_text):
        assert not phone.collection._backend.extract_latex(text=side, svg=True, expand_clozes=False).latex


@pytest.mark.parametrize(
    ("text", "asked", "told"),
    [
        ("`git {{c1::stash}}`", "git [...]", "git stash"),
        ("`{{c1::std:\\:vector::which}}`", "[which]", "std::vector"),
        ("```\nx = {{c1::{1: {2: 3}\\} }}\n```", "x = [...]", "x = {1: {2: 3}}"),
        ("$f = {{c1::\\cos x}}$", r"\(f = [...]\)", r"\(f = \cos x\)"),
        ("$\\frac{{{c1::a}}}{b}$", r"\(\frac{[...]}{b}\)", r"\(\frac{a}{b}\)"),
        ("$x^{{c1::10::a b}}$", r"\(x^{[\text{a b}]}\)", r"\(x^{10}\)"),
        ("$$\n{{c1::\\sqrt{\\frac{x}{y} } }} + 1\n$$", r"\[[...] + 1\]", r"\[\sqrt{\frac{x}{y} } + 1\]"),
    ],
)
def test_anki_asks_within_code_and_mathematics(phone: Phone, text: str, asked: str, told: str) -> None:
    """The gap shows where it stands, and no HTML keeps MathJax from reading a formula."""
    name = f"n{next(numbers)}"
    phone.take(exported(f"## q {{#{name}}}\n\n{text}"))
    card = phone.card(name)
    assert visible(card.question()) == f"q {asked}"
    assert visible(card.answer()) == f"q {told} 来源：问题 E2"
    assert not re.search(r"\\[(\[][^\\]*<", card.question() + card.answer())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(prompt=TEXTS, answer=TEXTS)
@example(prompt=" ".join(NASTY), answer=" ".join(NASTY))
def test_text_arrives_as_the_same_text(phone: Phone, prompt: str, answer: str) -> None:
    """Whatever a heading and a body say, in a plain note or around and in a cloze, is what Anki shows."""
    assume(shown(prompt) and shown(answer) and prompt.strip() and answer.strip())
    assume(answer.count("$") % 2 == 0)  # an odd one is a mistake that is told when the deck is read
    hint = re.sub(r"[{}\r\n]+", " ", answer).strip()  # it is read as it stands, so it cannot hold what ends it
    plain, cloze = (f"n{next(numbers)}" for _ in range(2))
    phone.take(
        exported(
            f"## {literal(prompt)} {{#{plain}}}\n\n{literal(answer)}",
            f"## {literal(prompt)} {{#{cloze}}}\n\n{literal(answer)} {{{{c1::{literal(answer)} ::{hint}}}}}",
        )
    )
    asked, told = shown(prompt), shown(answer)
    assert visible(phone.card(plain).question()) == asked
    assert visible(phone.card(plain).answer()) == f"{asked} {told} 来源：问题 E2"
    assert visible(phone.card(cloze).question()) == f"{asked} {told} [{shown(hint) or '...'}]"
    assert visible(phone.card(cloze).answer()) == f"{asked} {told} {told} 来源：问题 E2"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=MARKDOWN)
@example(body=r"$\\$[a] $$b$$ (c)")
def test_whatever_markdown_says_anki_shows(phone: Phone, body: str) -> None:
    """Of any body that is a note, Anki shows all the text, in order, and has the cards that the note has."""
    name = f"n{next(numbers)}"
    text = f"## q {{#{name}}}\n\n{body}"
    note, faults = read_note(parse(text), text, 1)
    assume(not faults and not any(token.type == "image" for token in leaves(note.answer)))
    phone.take(exported(text))
    cards = phone.cards(name)
    assert len(cards) == sum(not part.startswith("~") for part in note.parts)
    said = squeezed("q" + "".join(map(with_delimiters, leaves([*note.answer, *note.extra]))))
    for card in cards.values():
        seen = visible(card.answer()).removesuffix("来源：问题 E2")
        assert squeezed(seen) == said


def with_delimiters(token: Token) -> str:
    """Return a token's text, mathematics between the signs by which Anki knows it, a formula's label behind them."""
    match token.type:
        case "math_inline":
            return rf"\({token.content}\)"
        case "math_block" | "math_block_label":
            return rf"\[{token.content}\]" + (f"({token.info})" if token.info else "")
    return token.content


def leaves(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens that carry text, in order."""
    return [child for token in tokens for child in (token.children if token.type == "inline" else [token]) or ()]


def squeezed(text: str) -> str:
    """Return text without spaces, controls shown, composed as Anki composes it."""
    return normalize("NFC", "".join(without_controls(text).split()))
