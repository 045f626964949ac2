"""What tests of exporters need beside the program: a browser that draws what they wrote."""

from __future__ import annotations

import os

import pytest

from tests.exporters.anki.camera import BROWSER

# Read now: no test finds such a name in its environment.
NEED_ALL = bool(os.environ.get("SRS_TESTS_NEED_ALL"))


@pytest.fixture(scope="session")
def browser() -> str:
    """The browser; where there is none the test is skipped, or fails if SRS_TESTS_NEED_ALL says that none may be."""
    if not BROWSER:
        (pytest.fail if NEED_ALL else pytest.skip)("needs Chromium or Chrome on the PATH to draw pages; none is there")
    return BROWSER
