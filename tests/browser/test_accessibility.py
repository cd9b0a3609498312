"""axe-core finds nothing serious on any page, in light and in dark."""

from collections.abc import Iterator

import pytest

from tests.browser.driving import PATIENCE_MS, ask, open_when_ready, wait_until_drawn

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-core is not installed"
)
from playwright.sync_api import Browser, Page  # noqa: E402

QUESTION = "low platelets while on an antibiotic"
SERIOUS = ("serious", "critical")


@pytest.fixture(params=["light", "dark"])
def coloured(
    corpus_address: str, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """The page over the starter corpus, in each colour scheme."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        color_scheme=request.param,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    open_when_ready(page, corpus_address)
    yield page
    context.close()


def faults(page: Page) -> list[str]:
    """What axe-core calls serious or worse: rule, elements, and what it says of the first."""
    wait_until_drawn(page)
    return [
        f"{found['id']}: {found['nodes'][0]['html']} {found['nodes'][0]['failureSummary']}"
        for found in axe.Axe().run(page).response["violations"]
        if found["impact"] in SERIOUS
    ]


def test_the_empty_page_has_no_serious_fault(coloured: Page) -> None:
    assert faults(coloured) == []


def test_results_and_their_filters_have_no_serious_fault(coloured: Page) -> None:
    ask(coloured, QUESTION)
    coloured.get_by_role("button", name="Filters").click()
    assert faults(coloured) == []


def test_an_opened_context_has_no_serious_fault(coloured: Page) -> None:
    ask(coloured, QUESTION)
    coloured.get_by_role("button", name="Show in context").first.click()
    coloured.get_by_role("dialog").wait_for()
    assert faults(coloured) == []


def test_the_library_has_no_serious_fault(coloured: Page) -> None:
    coloured.get_by_role("link", name="Library").click()
    coloured.get_by_role("heading", name="Library", exact=True).wait_for()
    found = []
    for tab, part in (
        ("Documents", ".cb-documents"),
        ("Coverage", ".cb-chart"),
        ("Add and change", "input[type=file]"),
    ):
        coloured.get_by_role("tab", name=tab).click()
        coloured.locator(part).first.wait_for(state="attached")
        found += faults(coloured)
    assert found == []
