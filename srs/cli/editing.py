"""A card's source opened in the learner's editor, for a command and a sitting alike."""

from dataclasses import asdict

from srs.cli.context import Context, packed_decks
from srs.cli.saying import working
from srs.collection.collection import Collection, bring_up
from srs.collection.writable import refusal
from srs.errors import counted
from srs.store.values import StoredCard
from srs.terminal.editor import edit


def edit_source(here: Context, collection: Collection, card: StoredCard) -> str:
    """Open a card's note in the editor, bring the store up to the text, and say what there is to say."""
    if refused := refusal(collection.file(card), packed_decks()):
        return refused
    edit(collection.file(card), card.line)
    done = bring_up(collection.store, here.folders, collection.settings, here.now(), collection.rules, working=working)
    wrong = [problem for problem in done.problems if not problem.warning]
    if wrong:
        return f"{wrong[0].path.name}:{wrong[0].line}: {wrong[0].message}"
    return (
        ", ".join(f"{counted(len(names), 'card')} {kind}" for kind, names in asdict(done.report).items() if names)
        or "nothing changed"
    )
