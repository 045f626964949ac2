"""Lines at the limits of what a line may be: a server keeps each, those that wait and those that count."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from srs.history.fields import LONGEST_NAME

if TYPE_CHECKING:
    from tests.server.student import Student

LONG = "\U00020000" * (LONGEST_NAME // 4)


@pytest.mark.parametrize("at", ["2026-11-30T09:00:00.000Z", "2027-11-30T09:00:00.000Z"], ids=["counts", "waits"])
def test_the_longest_names_and_endless_remarks_are_kept(student: Student, at: str) -> None:
    lines = [
        {"card": LONG, "at": at, "day": at[:10], "grade": 4, "ms": 9, "from": LONG, "deck": LONG},
        {"what": "undo", "card": LONG, "at": at, "of": at, "act": LONG, "deck": LONG},
        {"what": LONG, "card": LONG, "at": at, "deck": LONG},
        {"what": "flag", "card": "mile", "at": at, "remark": "why? " * 2000, "deck": "ship"},
        {"what": "adopt", "card": LONG, "at": at, "of": f"{LONG}:{LONG}x"[:-1], "deck": LONG},
        {"what": "nap", "card": "nobody", "at": at, "reason": "\U00020000" * 9000},
    ]
    file = student.home / "odd.jsonl"
    file.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), encoding="utf-8")
    student.srs("log", "merge", file)
    student.srs("log", "export", student.home / "out.jsonl")
    told = (student.home / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(told) == sorted(file.read_text(encoding="utf-8").splitlines())
    assert "All is well" in student.srs("doctor")
