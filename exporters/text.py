"""Anki's text import: one note a line, in columns, with the guid, note type, deck and tags that a package would have.

The note types have to be in the collection already, which any package of ours brings.
"""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from exporters import ExportNote
from exporters.anki.database import stamped
from exporters.anki.media import Media
from exporters.anki.note_types import name_of
from exporters.anki.package import record_of
from srs.files import replacing

_HEAD = """\
#separator:tab
#html:true
#guid column:1
#notetype column:2
#deck column:3
#tags column:4
"""


def write(path: Path, notes: Iterable[ExportNote]) -> int:
    """Write notes as tab-separated text; images are named as in a package, and travel with that alone."""
    media = Media()
    records = [record_of(item, media) for item in notes]
    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        text.write(_HEAD)
        rows = csv.writer(text, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_ALL)  # a guid may begin with #
        for record in records:
            rows.writerow([record.guid, name_of(record.note_type), record.deck, record.tags.strip(), *stamped(record)])
        text.detach()  # which writes what is left
    return len(records)
