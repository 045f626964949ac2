"""The keys of a sitting, in one table: what the help page names is what the pages take."""

from __future__ import annotations

from srs.terminal import keys
from srs.terminal.frame import Size
from srs.terminal.help import help_page


def test_every_key_of_a_card_is_in_the_help_and_the_other_way() -> None:
    for key in keys.ON_EVERY_CARD:
        assert key.foot
        assert (key in keys.IN_HELP) == (key is not keys.HELP)
    assert all(key.help for key in keys.IN_HELP)


def test_keys_differ() -> None:
    names = [key.name for key in keys.ON_EVERY_CARD]
    assert len(set(names)) == len(names)
    assert not keys.ON & keys.SHARED
    assert keys.MISSED.name not in keys.SHARED | keys.ON
    assert keys.LEAVE < keys.SHARED
    assert keys.HELP.name not in keys.SHARED


def test_the_help_page_tells_each_key_with_its_meaning() -> None:
    shown = "\n".join(str(line) for line in help_page(Size(80, 80)).body)
    for key in keys.IN_HELP:
        assert key.label in shown
        assert key.help.split("`")[0].strip() in " ".join(shown.split())
