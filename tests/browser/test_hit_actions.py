"""What can be done with a hit, on the real index of the starter corpus."""

import re
from pathlib import Path

import pytest

from tests.browser.driving import ask, wait_until_drawn

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Locator, Page, expect  # noqa: E402

rispy = pytest.importorskip("rispy", reason="rispy is not installed")

QUESTION = "buttock pain after a penicillin injection, compartment syndrome"


@pytest.fixture
def hit(wide_page: Page) -> Locator:
    """The first hit of a question that a PDF answers."""
    ask(wide_page, QUESTION)
    return wide_page.locator(".st-key-hit-1")


def opened(page: Page, hit: Locator, button: str) -> Locator:
    """The dialog behind a button of a hit."""
    hit.get_by_role("button", name=button).click()
    dialog = page.get_by_role("dialog")
    dialog.locator(".cb-look").wait_for()
    wait_until_drawn(page)
    return dialog


def test_the_context_shows_the_passage_among_its_neighbours(wide_page: Page, hit: Locator) -> None:
    passage = hit.locator(".cb-passage").inner_text()
    dialog = opened(wide_page, hit, "Show in context")
    assert dialog.locator(".cb-passage").inner_text() == passage
    assert dialog.locator(".cb-neighbour").count() >= 1


def test_the_page_of_a_pdf_is_shown_as_printed_and_can_be_turned(
    wide_page: Page, hit: Locator
) -> None:
    dialog = opened(wide_page, hit, "Show in context")
    dialog.get_by_text("Page as printed").click()
    alt = re.compile(r"Page \d of 2 as printed\. The passage is outlined")
    expect(dialog.get_by_role("img", name=alt)).to_be_visible()
    dialog.get_by_role("button", name=re.compile("Previous page|Next page")).locator(
        "visible=true"
    ).and_(dialog.locator("button:enabled")).click()
    expect(dialog.locator(".cb-aside")).to_contain_text("passage is not on this page")


def test_a_similar_case_is_read_in_context_and_back_leads_to_the_results(
    wide_page: Page, hit: Locator
) -> None:
    dialog = opened(wide_page, hit, "Similar cases")
    similar = dialog.locator(".cb-card .cb-title").first.inner_text()
    dialog.locator(".st-key-similar-1").get_by_role("button", name="Show in context").click()
    expect(dialog.locator(".cb-look .cb-title")).to_have_text(similar)
    dialog.get_by_role("button", name="Back", exact=True).click()
    expect(dialog.locator(".cb-card").first).to_be_visible()
    dialog.get_by_role("button", name="Back to the results").click()
    expect(dialog).to_have_count(0)


def test_one_click_copies_the_passage_with_its_citation(wide_page: Page, hit: Locator) -> None:
    wide_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hit.get_by_role("button", name="Copy with citation").click()
    expect(hit.get_by_text("Copied", exact=True)).to_be_visible()
    copied = wide_page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{hit.locator('.cb-passage').inner_text()}”")
    assert copied.strip().endswith(hit.locator(".cb-copy").inner_text())


def test_a_kept_hit_is_counted_and_saved_as_a_reference(wide_page: Page, hit: Locator) -> None:
    title = hit.locator(".cb-title").inner_text()
    hit.get_by_role("button", name="Keep", exact=True).click()
    wide_page.get_by_role("button", name="Kept list (1)").click()
    with wide_page.expect_download() as saved:
        wide_page.get_by_role("dialog").get_by_role("button", name="RIS").click()
    (record,) = rispy.loads(Path(saved.value.path()).read_text("utf-8"))
    assert record["title"] == title


def test_a_hit_that_was_kept_can_be_given_up(wide_page: Page, hit: Locator) -> None:
    hit.get_by_role("button", name="Keep", exact=True).click()
    wide_page.get_by_role("button", name="Kept list (1)").click()
    wide_page.get_by_role("dialog").get_by_role("button", name="Kept – remove").click()
    expect(wide_page.get_by_role("dialog")).to_contain_text("Nothing is kept.")


def test_results_are_saved_under_a_name_without_the_question(wide_page: Page, hit: Locator) -> None:
    wide_page.get_by_role("button", name="Export results").click()
    with wide_page.expect_download() as saved:
        wide_page.get_by_role("button", name="CSV").click()
    assert re.fullmatch(r"casebook-results-\d{4}-\d\d-\d\d\.csv", saved.value.suggested_filename)
