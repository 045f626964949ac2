"""The rules by name: those that look at one note, and those that look at all of a deck.

Each is a small function whose docstring says what to do and why, with the number that the reference gives it: P. A.
Woźniak, "Effective learning: Twenty rules of formulating knowledge" (1999),
https://www.supermemo.com/archives1990-2015/articles/20rules; `docs/style.md` tells them all.
"""

from collections.abc import Callable, Iterator, Sequence

from srs.deck.style import answers, clozes, leaks, prompts, twins
from srs.deck.style.reading import Read

OF_A_NOTE: dict[str, Callable[[Read], Iterator[str]]] = {
    "long-answer": answers.long_answer,
    "several-facts": answers.several_facts,
    "long-list": answers.long_list,
    "steps-extra": answers.bare_steps,
    "set-extra": answers.bare_set,
    "yes-no": prompts.yes_no,
    "leaning-prompt": prompts.leaning,
    "source-words": prompts.source_words,
    "two-questions": prompts.two_questions,
    "count": prompts.count,
    "cloze-hides-most": clozes.hides_most,
    "cloze-bare": clozes.bare_gap,
    "cloze-function-word": clozes.function_word,
    "cloze-degree": clozes.degree,
    "cloze-hint": clozes.empty_hint,
    "cloze-twins": clozes.twin_gaps,
    "cloze-given-away": clozes.given_away,
    "answer-in-prompt": leaks.in_prompt,
    "answer-in-id": leaks.in_id,
    "answer-in-title": leaks.in_title,
}
OF_A_DECK: dict[str, Callable[[Sequence[Read]], Iterator[tuple[Read, str]]]] = {
    "answer-in-sibling": leaks.in_siblings,
    "near-duplicate": twins.near_duplicate,
    "same-answer": twins.same_answer,
}
MISSING_SOURCE = "missing-source"
EVERY_RULE = (*OF_A_NOTE, *OF_A_DECK, MISSING_SOURCE)
