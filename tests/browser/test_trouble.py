"""A search that fails, through the real server."""

import re
from pathlib import Path

import pytest

from tests.browser.driving import ask, open_when_ready, served

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import BrowserContext, expect  # noqa: E402

QUESTION = "zanzibarian gout of the big toe"


def test_a_failure_is_shown_as_a_reference_into_a_log_that_has_no_question(
    context: BrowserContext, small_index: Path, tmp_path: Path
) -> None:
    log, failing = tmp_path / "log", ("tests.browser.failing_start",)
    with served(small_index, log=log, launcher=failing) as address:
        page = context.new_page()
        open_when_ready(page, address)
        ask(page, QUESTION)
        told = page.locator(".cb-problem").inner_text()
        expect(page.locator(".cb-skeleton, .cb-card")).to_have_count(0)
    reference = re.search("Reference ([0-9a-f]{8})", told)
    said = log.read_text("utf-8")
    assert reference and f"reference {reference[1]}: ValueError" in said
    assert "zanzibar" not in said.lower()
