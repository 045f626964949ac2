"""From the decks to the store: what was added, changed, moved, retired and returned."""

from srs.sync.lookalikes import Adoption
from srs.sync.plan import Report
from srs.sync.syncing import Synced, sync

__all__ = ["Adoption", "Report", "Synced", "sync"]
