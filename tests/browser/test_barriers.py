"""Every screen of a coordinator as axe sees it: no barrier of WCAG A or AA, on paper or at night, wide or narrow."""

from __future__ import annotations

import os

import pytest

from assessment.ui.navigation import SCREENS
from tests.browser.world import LAPTOP, PHONE, OpenPage, Running, opened, violations, visitor

SOME = [("light", LAPTOP), ("dark", PHONE)]
ALL = [*SOME, ("dark", LAPTOP), ("light", PHONE)]
"""`TEND_EVERY_LOOK=1 python3 start.py test tests/browser/test_barriers.py`: some minutes more."""
LOOKS = ALL if os.environ.get("TEND_EVERY_LOOK") else SOME


@pytest.mark.parametrize(("scheme", "size"), LOOKS, ids=[f"{scheme}-{size[0]}" for scheme, size in LOOKS])
def test_no_screen_breaks_wcag_on_paper_or_at_night(
    sample: Running, page_at: OpenPage, scheme: str, size: tuple[int, int]
) -> None:
    page = visitor(sample, page_at, size, color_scheme=scheme)
    for screen in SCREENS:
        opened(page, screen.name, narrow=size is PHONE)
        for folded in page.locator("summary").all():
            folded.click()
        assert not violations(page), f"{screen.name}, {scheme}, {size}"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
