"""The search page: question, cards, filters, network, telephone."""

import pytest

from tests.browser.driving import (
    PATIENCE_MS,
    ask,
    ask_and_unfold,
    titles,
    wait_for_answer,
    wait_until_drawn,
)
from tests.browser.small_documents import HOSTILE

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Browser, Page, expect  # noqa: E402

QUESTION = "saline injection for calf pain in a runner"
_WATCH = """() => {
  const text = name => document.querySelector(name)?.textContent ?? "";
  window.seen = [];
  new MutationObserver(() => window.seen.push([text(".cb-asked"), text(".cb-title")]))
    .observe(document.body, {childList: true, subtree: true, characterData: true});
}"""
"""Notes, at every change of the page, which question it answers and the title of its first card."""


def test_enter_and_button_give_the_same(page: Page) -> None:
    ask(page, QUESTION)
    by_enter = titles(page)
    page.reload()
    page.get_by_role("searchbox").fill(QUESTION)
    page.get_by_role("button", name="Search", exact=True).click()
    wait_for_answer(page, QUESTION)
    assert titles(page) == by_enter


def test_the_question_stays_in_the_box_and_out_of_the_address(page: Page, address: str) -> None:
    ask(page, QUESTION)
    expect(page.get_by_role("searchbox")).to_have_value(QUESTION)
    assert page.url == address


def test_every_card_has_one_mark(page: Page) -> None:
    ask(page, QUESTION)
    assert [card.locator("mark").count() for card in page.locator(".cb-card").all()] == [1, 1, 1]


def test_a_hostile_document_is_shown_as_letters(page: Page) -> None:
    ask_and_unfold(page, "gout of the big toe")
    card = page.locator(".cb-card").first
    assert HOSTILE in card.inner_text()
    assert card.locator("img, script, style, form, a").count() == 0


def test_a_weak_match_is_said_in_words_and_drawn_with_another_border(page: Page) -> None:
    ask_and_unfold(page, "capital of Mongolia")
    hit = page.locator(".st-key-hit-1")
    expect(hit).to_contain_text("probably about something else")
    expect(hit).to_have_css("border-style", "dashed")


def test_a_sentence_that_says_no_is_labelled_and_copied_without_the_label(page: Page) -> None:
    ask_and_unfold(page, "was there a tear of the soleus on ultrasound?")
    label = page.locator(".cb-no").first
    shown = label.evaluate("e => getComputedStyle(e, '::after').content")
    assert shown == '"says no"'
    assert "says no" not in page.locator(".cb-passage").first.inner_text()


def test_the_switch_for_ones_own_words_keeps_the_focus_and_the_address(
    page: Page, address: str
) -> None:
    ask(page, "hydrodisection of the soleous")
    switch = page.get_by_role("switch", name="Search only my own words")
    switch.focus()
    page.keyboard.press("Space")
    expect(page.locator(".cb-expansions")).to_contain_text("Only your own words")
    wait_until_drawn(page)
    expect(switch).to_be_focused()
    assert page.url == address


def test_nothing_is_asked_of_another_machine(page: Page, requests: list[str]) -> None:
    ask_and_unfold(page, "gout of the big toe")
    assert requests
    # The page's own data (blob:) is no request; all else goes to this machine.
    outside = [url for url in requests if not url.startswith("blob:")]
    assert all(url.split(":", 1)[1].startswith("//127.0.0.1:") for url in outside)


def test_a_pasted_case_opens_the_larger_box_where_ctrl_enter_searches(page: Page) -> None:
    page.get_by_role("searchbox").focus()
    page.keyboard.insert_text("A runner had calf pain.\nSaline was injected.\n" * 170)
    page.keyboard.press("Enter")
    wait_for_answer(page, "A runner had calf pain.")
    box = page.get_by_role("textbox", name="Your case")
    box.fill("A runner had calf pain.\n\nSaline was injected.")
    box.press("Control+Enter")
    wait_for_answer(page, "A runner had calf pain. Saline was injected.")
    assert titles(page)[0] == "Calf pain in a runner"


def test_the_focus_stays_with_a_text_that_opens_the_larger_box(page: Page) -> None:
    page.get_by_role("searchbox").focus()
    page.keyboard.insert_text("A runner had calf pain. " * 20)
    page.keyboard.press("Enter")
    wait_for_answer(page, "A runner had calf pain.")
    expect(page.get_by_role("textbox", name="Your case")).to_be_focused()


def test_no_card_of_another_question_is_ever_shown_under_a_new_one(wide_page: Page) -> None:
    ask(wide_page, "low platelets on vancomycin")
    before = titles(wide_page)[0]
    wide_page.evaluate(_WATCH)
    ask(wide_page, "cat bite of the hand")
    after = titles(wide_page)[0]
    seen = {(asked, title) for asked, title in wide_page.evaluate("window.seen") if title}
    assert before != after
    assert seen <= {("low platelets on vancomycin", before), ("cat bite of the hand", after)}


def test_a_shared_link_asks_its_question_and_leaves_the_address(
    page: Page, browser: Browser, address: str
) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="Link with the question").click()
    expect(page.get_by_text("This link holds your question.")).to_be_visible()
    page.get_by_role("button", name="Make the link").click()
    link = page.locator("code").inner_text()
    fresh = browser.new_page()
    fresh.set_default_timeout(PATIENCE_MS)
    fresh.goto("".join(link.split()))
    wait_for_answer(fresh, QUESTION)
    expect(fresh).to_have_url(address)
    assert page.url == address
    fresh.close()


def test_headings_stand_in_order(wide_page: Page) -> None:
    ask(wide_page, "low platelets on vancomycin")
    levels = wide_page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(h => h.tagName)")
    assert levels[:3] == ["H1", "H2", "H3"] and set(levels[3:]) == {"H3"}


def test_a_warning_says_its_reason_to_who_reaches_it_with_the_keyboard(wide_page: Page) -> None:
    ask(wide_page, "low platelets on vancomycin")
    badge = wide_page.locator(".cb-badge.cb-warning").first
    badge.focus()
    expect(badge.locator(".cb-sr")).to_have_css("position", "static")


def test_paper_shows_the_question_and_the_cards_and_nothing_to_press(wide_page: Page) -> None:
    ask(wide_page, "low platelets on vancomycin")
    wide_page.emulate_media(media="print")
    expect(wide_page.locator(".cb-asked")).to_be_visible()
    expect(wide_page.locator(".cb-card").first).to_be_visible()
    assert not [one for one in wide_page.locator("button, input").all() if one.is_visible()]


def test_a_narrow_window_needs_no_sideways_scroll(page: Page) -> None:
    ask_and_unfold(page, "gout of the big toe")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
