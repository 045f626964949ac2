"""Options and arguments that several commands take."""

from typing import Annotated

import typer

from srs.cli.completing import card_ids, chapters, decks, tags

DeckOption = Annotated[
    str | None,
    typer.Option("--deck", "-d", help="Only this deck: its namespace, name or folder.", autocompletion=decks),
]
TagOption = Annotated[str | None, typer.Option("--tag", "-t", help="Only cards with this tag.", autocompletion=tags)]
WordsArgument = Annotated[
    list[str] | None,
    typer.Argument(help="A chapter, such as E2; other words search, as in `srs cards`.", autocompletion=chapters),
]
CardArgument = Annotated[str, typer.Argument(help="The card's id, such as e2-steps/c3.", autocompletion=card_ids)]
CardsArgument = Annotated[
    list[str], typer.Argument(metavar="CARD...", help="Ids of cards, such as e2-steps/c3.", autocompletion=card_ids)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Machine-readable output, and nothing else on stdout.")]
