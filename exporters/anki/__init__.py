"""Everything that knows Anki: how notes look there, what they are called there, and how packages are written.

Importing this room imports genanki, so callers import it when an export runs.
"""

from exporters.anki.package import Summary, write_package

__all__ = ["Summary", "write_package"]
