"""What a note is for when a learner prepares to speak: tags that any deck may give, and how many notes bear each."""

from collections import Counter

from srs.deck.values import Chapter

FOLLOW_UP = "answer-back"
"""Asked after an answer, as an interviewer goes on asking."""
ROLES = ("core", "why", "recognise", "apply", FOLLOW_UP, "compare", "case", "terms", "own")
"""From what has to be known first to what may be left out: frameworks, reasons, other wordings, fresh situations …"""


def roles_of(chapter: Chapter) -> Counter[str]:
    """Return how many notes of a chapter bear each role, by a tag of its own or of the chapter; `""`: none."""
    found: Counter[str] = Counter()
    for note in chapter.notes:
        tags = {*chapter.tags, *note.tags}
        found.update([role for role in ROLES if role in tags] or [""])
    return found
