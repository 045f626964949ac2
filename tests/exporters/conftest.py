"""What tests of exporters need beside the program: a browser that draws what they wrote."""

from __future__ import annotations

import pytest

from tests.exporters.anki.camera import BROWSER


@pytest.fixture(scope="session")
def browser() -> str:
    """The browser; where there is none the test is skipped."""
    if not BROWSER:
        pytest.skip("needs Chromium or Chrome on the PATH to draw pages; none is there")
    return BROWSER
