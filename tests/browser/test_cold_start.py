"""The page before the model is there."""

from pathlib import Path

import pytest

from tests.browser.driving import open_when_ready, served

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import BrowserContext, expect  # noqa: E402

QUESTION = "saline injection for calf pain in a runner"


def test_what_is_asked_while_the_model_loads_stays_is_waited_for_and_answered(
    context: BrowserContext, small_index: Path
) -> None:
    slow = ("tests.browser.slow_start", "8")
    with served(small_index, launcher=slow) as address:
        page = context.new_page()
        open_when_ready(page, address)
        page.get_by_role("searchbox").fill(QUESTION)
        page.get_by_role("searchbox").press("Enter")
        expect(page.get_by_role("status", name="Searching")).to_be_visible()
        assert page.request.get(f"{address}readyz").status == 503
        page.locator(".cb-card").first.wait_for()
        expect(page.get_by_role("searchbox")).to_have_value(QUESTION)
        assert page.request.get(f"{address}readyz").status == 200
