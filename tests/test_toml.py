"""TOML within limits: what is beyond them is told, and a message never quotes more than people can read."""

from __future__ import annotations

import pytest

from srs.toml import LONGEST_TOML, TomlError, brief, read_toml


def test_what_is_within_the_limits_is_read() -> None:
    assert read_toml('name = "海"\nnew = 5\n[a.b]\nc = [[1]]\n') == {"name": "海", "new": 5, "a": {"b": {"c": [[1]]}}}
    assert len(read_toml("".join(f"key{number} = 1\n" for number in range(200)))) == 200
    assert read_toml("a = -9223372036854775807") == {"a": -(2**63) + 1}
    assert read_toml('name = "e.g. a sentence. And one more. www.example.org"') != {}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a = 1\nb = [\n", 1, "not TOML: "),
        ("a = 1\nb == 1\n", 2, "not TOML: invalid value (at line 2"),
        ("a = " + "[" * 3000, 1, "nested too deep"),
        ("a = " + "{b=" * 3000, 1, "nested too deep"),
        ("\na = " + "1" * 5000, 2, "not TOML: such a number"),
        ("a = 2026-02-30", 1, "not TOML: invalid date"),
        ("#" * LONGEST_TOML + "#", 1, "too long: 16,001 characters; at most 16,000 are read"),
        ("".join(f"key{number} = 1\n" for number in range(201)), 1, "too long: 201 keys; at most 200 are read"),
        ("x = 1\n" + "a." * 20 + "a = 1", 2, "nested too deep, a key of more than 20 parts"),
        ("[" + '"a" . ' * 20 + "a]", 1, "nested too deep, a key of more than 20 parts"),
        ("x = 1\na = [{b = 0xffffffffffffffffffff}]", 2, "not TOML: a number beyond 64 bits"),
        ("a = 0x" + "f" * 5000, 1, "not TOML: a number beyond 64 bits"),
        ("\na = -99999999999999999999", 2, "not TOML: a number beyond 64 bits"),
        ('a = "\\ud800"', 1, "not TOML: escaped character"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_beyond_them_is_told(text: str, line: int, said: str) -> None:
    with pytest.raises(TomlError) as told:
        read_toml(text)
    assert str(told.value).startswith(said)
    assert told.value.line == line


@pytest.mark.parametrize(
    ("value", "said"),
    [("a", "'a'"), (5, "5"), ({"a": {}}, "a table"), ([[]], "a list"), ("x" * 100, "'" + "x" * 59 + "…")],
)
def test_a_value_is_quoted_in_brief(value: object, said: str) -> None:
    assert brief(value) == said
