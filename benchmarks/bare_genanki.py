"""The least that genanki needs for a package: a program that reads fields from a file, and writes them as notes.

python bare_genanki.py FIELDS.json PACKAGE.apkg
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import genanki


def main() -> None:
    """Write the notes."""
    rows = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    model = genanki.Model(
        1_607_392_319,
        "Bench",
        fields=[{"name": f"Field{number}"} for number in range(len(rows[0]))],
        templates=[{"name": "Whole", "qfmt": "{{Field1}}", "afmt": "{{Field1}}<hr>{{Field2}}"}],
    )
    deck = genanki.Deck(2_059_400_110, "Bench")
    for number, row in enumerate(rows):
        deck.add_note(genanki.Note(model=model, fields=row, guid=f"bench{number}"))
    genanki.Package(deck).write_to_file(sys.argv[2])


if __name__ == "__main__":
    main()
