"""Filters: at once, in the address, in a fresh browser, with the keyboard, and never as markup."""

import re

import pytest

from tests.browser.driving import ask, open_when_ready, titles, wait_until_drawn
from tests.browser.small_documents import HOSTILE

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Browser, Page, expect  # noqa: E402

QUESTION = "saline injection for calf pain in a runner"


def choose_year_from(page: Page, year: str) -> None:
    page.get_by_role("button", name="Filters", exact=True).click()
    page.get_by_label("Year from").fill(year)
    page.get_by_label("Year from").press("Enter")
    page.locator(".cb-chip").wait_for()
    wait_until_drawn(page)


def test_filters_act_at_once_and_stay_cleared(page: Page, address: str) -> None:
    ask(page, QUESTION)
    choose_year_from(page, "2015")
    expect(page.locator(".cb-card")).to_have_count(1)
    page.get_by_role("button", name="Clear year").click()
    expect(page.locator(".cb-card")).to_have_count(3)
    expect(page).to_have_url(address)
    ask(page, "red and warm bursa")
    expect(page.locator(".cb-chip")).to_have_count(0)


def test_filters_stand_in_the_address_and_a_fresh_browser_has_them(
    page: Page, browser: Browser, address: str
) -> None:
    choose_year_from(page, "2015")
    expect(page).to_have_url(f"{address}?year-from=2015")
    fresh = browser.new_page()
    open_when_ready(fresh, page.url)
    expect(fresh.locator(".cb-chip")).to_have_text("year from 2015")
    ask(fresh, QUESTION)
    assert titles(fresh) == ["Calf pain in a runner"]
    fresh.close()


def test_back_takes_a_filter_away_and_forward_brings_it_again(page: Page) -> None:
    ask(page, QUESTION)
    choose_year_from(page, "2015")
    page.go_back()
    expect(page.locator(".cb-card")).to_have_count(3)
    page.go_forward()
    expect(page.locator(".cb-card")).to_have_count(1)


def test_question_and_filters_are_there_after_a_look_at_the_library(wide_page: Page) -> None:
    ask(wide_page, "low platelets on vancomycin")
    choose_year_from(wide_page, "2009")
    wide_page.get_by_role("link", name="Library").click()
    wide_page.get_by_role("heading", name="Library").wait_for()
    wide_page.get_by_role("link", name="Search").click()
    expect(wide_page.locator(".cb-chip")).to_have_text("year from 2009")
    expect(wide_page.get_by_role("searchbox")).to_have_value("low platelets on vancomycin")
    expect(wide_page.locator(".cb-card").first).to_be_visible()


def test_a_choice_stays_when_another_filter_changes_its_number(page: Page) -> None:
    page.get_by_role("button", name="Filters", exact=True).click()
    page.get_by_role("combobox", name="Document type").click()
    page.get_by_role("option", name="case report (1)").click()
    page.keyboard.press("Escape")
    page.get_by_label("Year to").fill("2015")
    page.get_by_label("Year to").press("Enter")
    expect(page.locator(".cb-chip")).to_have_text(["year to 2015", "document type: case report"])
    expect(page.get_by_text("case report (0)", exact=True)).to_be_visible()


def test_a_hostile_document_type_is_letters_in_options_and_chips(page: Page) -> None:
    page.get_by_role("button", name="Filters", exact=True).click()
    page.get_by_role("combobox", name="Document type").click()
    hostile = page.get_by_role("option", name=re.compile("evil"))
    assert hostile.locator("img, script, style, form, a").count() == 0
    hostile.click()
    chip = page.locator(".cb-chip")
    expect(chip).to_contain_text(HOSTILE[:40].lower())
    assert chip.locator("img, script, style, form, a").count() == 0


def test_filters_need_no_mouse(page: Page) -> None:
    page.get_by_role("searchbox").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
        if "Filters" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    page.get_by_label("Year from").wait_for()
    wait_until_drawn(page)
    page.keyboard.press("Tab")
    page.keyboard.type("2015")
    page.keyboard.press("Enter")
    expect(page.locator(".cb-chip")).to_have_text("year from 2015")
