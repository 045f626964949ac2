"""What a command says is one line, whatever stands in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from srs.cli.saying import say, say_json

if TYPE_CHECKING:
    import pytest


def test_a_line_is_one_and_nothing_in_it_acts(capsys: pytest.CaptureFixture[str]) -> None:
    say("Sea\n\x1b]0;owned\x07\u202e")
    say("wrong\r\n", err=True)
    said = capsys.readouterr()
    assert said.out == "Sea␊␛]0;owned␇\\u202e\n"
    assert said.err == "wrong␍␊\n"


def test_json_reads_back_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"title": "广告\x1b\x9b\u202e\u200b\n", "tags": ["\U000e0041"]}
    say_json(value)
    said = capsys.readouterr().out
    assert json.loads(said) == value
    assert "广告\\u001b\\u009b\\u202e\\u200b\\n" in said
    assert said.count("\n") == len(json.dumps(value, indent=2).split("\n"))
