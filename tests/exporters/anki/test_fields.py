from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from exporters import ExportNote
from exporters.anki.fields import RENDERING, note_fields
from exporters.anki.note_types import field_names, note_type_of
from srs.deck import read_decks
from srs.deck.note import whole
from tests.exporters.anki.phone import CHAPTER, DECK, exported

GOLDEN = Path(__file__).resolve().parents[2] / "data" / "decks" / "good"
MADE = {1: "2cfde8c901107350", 2: "12ede719f77b74e7", 3: "f97c6f6a8df10a15"}
"""What the golden decks were made into, by RENDERING."""


def fields(item: ExportNote) -> dict[str, str]:
    """Return the filled fields of a note by name."""
    names = field_names(note_type_of(item.note.kind))
    values = note_fields(item, lambda address: address)
    return {name: value for name, value in zip(names, values, strict=True) if value}


def test_a_basic_note_fills_prompt_and_answer() -> None:
    """What is not there stays empty."""
    (item,) = exported("## q {#x}\n\na\n\n> e")
    assert fields(item) == {
        "Id": "x",
        "Prompt": "q",
        "Answer": "<p>a</p>",
        "Extra": "<p>e</p>",
        "Source": "来源：问题 E2",
        "Kind": "basic",
        "Language": "zh",
    }


def test_a_note_in_both_directions_fills_the_same_without_a_kind() -> None:
    """Its note type serves no other kind."""
    (item,) = exported("## q {#x .both}\n\n- a\n- {{b}}\n\n> e")
    assert fields(item) == {
        "Id": "x",
        "Prompt": "q",
        "Answer": "<ul>\n<li>a</li>\n<li>{{b}}</li>\n</ul>",
        "Extra": "<p>e</p>",
        "Source": "来源：问题 E2",
        "Language": "zh",
    }


def test_a_set_keeps_its_list_in_the_answer() -> None:
    """A set is asked as a whole, so its items need no fields."""
    (item,) = exported("## q {#x}\n\n- a\n- b")
    assert fields(item)["Answer"] == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"
    assert fields(item)["Kind"] == "set"


def test_steps_fill_the_list_in_order_and_the_fields_by_number() -> None:
    """The list has the order of the text; a step's field has its number."""
    (item,) = exported("## q {#x}\n\n1. a {#c2}\n2. **b** {#c1}\n3. c")
    found = fields(item)
    assert found["List"] == (
        '<ol>\n<li class="c2"><div>a</div></li>\n<li class="c1"><div><strong>b</strong></div></li>\n'
        "<li><div>c</div></li>\n</ol>"
    )
    assert (found["Step1"], found["Step2"]) == ("<strong>b</strong>", "a")
    assert not {"Answer", "Step3"} & found.keys()


def test_a_list_begins_where_the_text_begins_it() -> None:
    """A list from 0 or 3 is shown from there."""
    (item,) = exported("## q {#x}\n\n3. a\n4. b")
    assert fields(item)["List"].startswith('<ol start="3">')


def test_a_step_holds_all_its_blocks_in_one_element() -> None:
    """Whatever a step says further down is hidden with it."""
    (item,) = exported("## q {#x}\n\n1. a {#c1}\n\n   ```\n   code\n   ```\n\n   - deeper\n2. b {#c2}")
    assert fields(item)["Step1"] == ("<p>a</p>\n<pre><code>code\n</code></pre>\n<ul>\n<li>deeper</li>\n</ul>")
    assert '<li class="c1"><div><p>a</p>' in fields(item)["List"]


def test_a_cloze_note_has_clozes_in_its_text_alone() -> None:
    """Anki looks for clozes in every field of such a note."""
    (item,) = exported("## `{{c2::q}}` {#x}\n\n{{c1::a}}\n\n> {{c3::e}} `{{c4::f}}`")
    found = fields(item)
    assert found["Text"] == "<p>{{c1::a}}</p>"
    assert not [name for name, value in found.items() if "{{" in value and name != "Text"]


def test_the_kind_on_the_heading_decides() -> None:
    """A list that is not to be asked by steps is an answer like others, and so is a text with clozes."""
    (item,) = exported("## q {#x .basic}\n\n1. a\n2. b")
    assert fields(item)["Answer"].startswith("<ol>")
    (item,) = exported("## q {#x .basic}\n\n{{c1::a}} b")
    assert "{{" not in fields(item)["Answer"]


def test_the_source_is_labelled_in_the_language_of_the_deck() -> None:
    """Chinese decks say 来源, the others Source; no source, no label."""
    chinese, english = replace(DECK, language="zh-Hans"), replace(DECK, language="")
    assert fields(exported("## q {#x}\n\na", deck=chinese)[0])["Source"] == "来源：问题 E2"
    assert fields(exported("## q {#x}\n\na", deck=english)[0])["Source"] == "Source: 问题 E2"
    assert "Source" not in fields(exported("## q {#x}\n\na", chapter=replace(CHAPTER, source=" "))[0])


def test_a_language_that_is_none_is_left_out() -> None:
    """The language stands in an attribute of the card's HTML, so nothing else may."""
    assert "Language" not in fields(exported("## q {#x}\n\na", deck=replace(DECK, language='x" onload="y'))[0])


def test_no_field_holds_the_mark_that_ends_fields() -> None:
    """Anki separates fields by U+001F."""
    text = "## a\x1fb {#x}\n\n`c\x1fd` $e\x1ff$\n\n> g\x1fh"
    chapter = replace(CHAPTER, source="i\x1fj")
    assert "\x1f" not in "".join(note_fields(exported(text, chapter=chapter)[0], lambda address: address))


def test_the_golden_decks_are_made_into_the_same_fields() -> None:
    """If this fails on purpose: raise RENDERING, and note the new digest under it."""
    digest = sha256()
    for folder in sorted(GOLDEN.iterdir()):
        decks, _ = read_decks(folder)
        for deck in decks:
            placed = replace(deck.folder.deck, root=Path())
            for chapter in deck.chapters:
                for note in (whole(note) for note in chapter.notes if note.cards):
                    fields = note_fields(ExportNote(placed, chapter, note, 0), lambda address: address)
                    digest.update("\x1f".join(fields).encode("utf-8", "surrogatepass"))
    assert MADE[RENDERING] == digest.hexdigest()[:16]
