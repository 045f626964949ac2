"""The second scheduler: comparing, fitting and switching on a learner's log, and replaying by FSRS against SM-2."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.collection import ANSWERS_A_CARD, histories
from benchmarks.learning import histories as made_up
from benchmarks.timing import Row, medians
from srs.collection.collection import open_collection
from srs.collection.comparing import compare, fit_to
from srs.collection.switching import Wanted, switch
from srs.due import milliseconds
from srs.history import LogLine, Review, horizon
from srs.scheduler import Answer, Fsrs, Sm2
from srs.scheduler.fitting import fit
from srs.stats.promises import Judgement, judge, promises
from srs.store.log import merge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from srs.collection.collection import Collection

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
_ANSWERS = 12_000
_FEWEST = 1_200  # a fit needs two hundred that are judged
_MOST = 2.0  # seconds


def rows(place: Path, scale: float) -> list[Row]:
    """Time what the commands do after their start, on about 12,000 answers of a made-up learner."""
    decks, learnt = place / "decks" / "made-up", made_up(max(int(_ANSWERS * scale), _FEWEST))
    decks.mkdir(parents=True)
    (decks / "deck.toml").write_text('name = "Made up"\nnamespace = "made-up"\n', encoding="utf-8")
    text = "".join(f"## What is {n}? {{#n{n}}}\n\nA number.\n\n" for n in range(len(learnt)))
    (decks / "all.md").write_text(text, encoding="utf-8")
    found: list[Row] = []
    with open_collection(decks, str(place / "srs.db"), NOW) as collection:
        lines = [
            LogLine("made-up", f"n{card}", Review(each.at, each.day, each.grade))
            for card, history in enumerate(learnt)
            for each in history
        ]
        with collection.store.writing() as connection:
            merge(connection, lines, collection.rules.force, horizon(milliseconds(NOW)))
        for name, work in (
            ("srs compare", lambda: compare(collection)),
            ("srs fit", lambda: fit_to(collection, NOW, dry_run=True)),
            ("srs switch fsrs", lambda: _switched(collection)),
        ):
            what = f"`{name}` on {len(lines):,} answers after its start, seconds of CPU"
            found.append(Row(what, "two seconds", median(_taken(work) for _ in range(3)), _MOST, aim=1))
    cards = list(histories(int(100_000 * scale)))
    fsrs, sm2 = Fsrs(), Sm2()
    what = f"replaying {len(cards) * ANSWERS_A_CARD:,} reviews by FSRS"
    by_turns = medians(lambda: _replayed(fsrs, cards), lambda: _replayed(sm2, cards), 3)
    return [*found, Row(what, "by SM-2", *by_turns, aim=3)]


def _taken(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _switched(collection: Collection) -> None:
    assert switch(collection, Wanted("fsrs"), "", NOW, dry_run=True).moved.cards


def _replayed(scheduler: Fsrs | Sm2, cards: Iterable[Sequence[Answer]]) -> None:
    for answers in cards:
        scheduler.fold(answers)


def feeding(answers: int = _ANSWERS) -> list[tuple[str, Judgement]]:
    """Judge both ways of feeding FSRS a day's further answers: all of them, and each day's first alone."""
    learnt = made_up(answers)
    firsts = [[each for n, each in enumerate(h) if not n or each.day > h[n - 1].day] for h in learnt]
    base = promises(Sm2(), learnt)
    half, at = len(base) // 2, base[len(base) // 2].at
    found = [("SM-2", judge(base[half:]))]
    for way, fed in (("each day's first answer only", firsts), ("all answers", learnt)):
        fitted = fit([[each for each in history if each.at < at] for history in fed])
        for parameters, weights in (("published", ()), ("fitted", fitted)):
            found.append((f"FSRS-6, {parameters}, {way}", judge(promises(Fsrs(weights=weights), fed)[half:])))
    return found
