"""Which fields read alike: the same words in the same lines and paragraphs, whatever an editor wraps them in."""

from __future__ import annotations

import pytest

from exporters.anki.alike import alike, reading, same_words


@pytest.mark.parametrize(
    "html",
    [
        "la casa",
        "<div>la casa</div>",
        "la casa<br>",
        "la casa&nbsp;",
        "la&nbsp; casa",
        "<p>la casa<br></p>\n",
        "<DIV>la casa</DIV>",
    ],
)
def test_a_wrapper_says_nothing(html: str) -> None:
    assert alike(html, "<p>la casa</p>")


@pytest.mark.parametrize(
    "html",
    [
        "a<br>b",
        "a<br />b",
        "a<div>b</div>",
        "<div>a</div><div>b</div>",
        "<div>a<br></div><div>b</div>",
        "<p>a<br>\nb</p>",
    ],
)
def test_a_new_line_is_a_line(html: str) -> None:
    assert reading(html) == [["a", "b"]]


@pytest.mark.parametrize(
    "html",
    ["<p>a</p>\n<p>b</p>", "a<br><br>b", "a<div><br></div><div>b</div>", "<div>a</div><p>b</p>", "a<br>&nbsp;<br>b"],
)
def test_an_empty_line_parts_paragraphs(html: str) -> None:
    assert reading(html) == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<b>a</b>", "a"),
        ("<u>a</u>", "a"),
        ("&lt;b&gt;a&lt;/b&gt;", "<b>a</b>"),
        ("{{c1::a}}", "&#123;&#123;c1::a&#125;&#125;"),
        ("[sound:a.mp3]", "&#91;sound:a.mp3]"),
        (r"\(a\)", r"\<span></span>(a\<span></span>)"),
        ("&amp;lt", "&lt"),
        ("a b", "ab"),
        ("a<br>b", "a b"),
        ("<p>a</p><p>b</p>", "a<br>b"),
        ("<pre>a  b</pre>", "<pre>a b</pre>"),
        ("<ul><li>a</li></ul>", "a"),
        ('<img src="a.png">', '<img src="b.png">'),
        ("a<!-- b<br>c -->", "a<!-- b --><br>c"),
    ],
)
def test_what_says_or_does_something_else_reads_otherwise(one: str, other: str) -> None:
    assert not alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("<strong>a</strong>", "<b>a</b>"), ("<em>a</em>", "<i>a</i>"), ("&quot;&#39;", "\"'"), ("e\u0301", "\u00e9")],
)
def test_two_names_of_one_thing_read_alike(one: str, other: str) -> None:
    assert alike(one, other)


@pytest.mark.parametrize(
    "html",
    [
        "<u>la</u> casa",
        '<span style="color: red">la casa</span>',
        '<div dir="auto">la casa</div>',
        '<font size="2">la casa</font>',
    ],
)
def test_what_only_looks_otherwise_has_the_same_words(html: str) -> None:
    assert not alike(html, "<p>la casa</p>")
    assert same_words(html, "<p>la casa</p>")


@pytest.mark.parametrize(
    "html",
    [
        "la <b>casa</b>",
        "la<sup>casa</sup>",
        '<img src="a.png">la casa',
        "la<br>casa",
        "<ul>la casa</ul>",
        "la {{c1::casa}}",
    ],
)
def test_what_reads_otherwise_has_other_words(html: str) -> None:
    assert not same_words(html, "<p>la casa</p>")
    assert not same_words(r"\(a\)", r"\<span></span>(a\<span></span>)")
