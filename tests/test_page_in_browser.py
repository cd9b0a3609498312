"""The page in a real browser: what only layout, focus, keys and the network can show."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build_index
from index.encoders import choose_encoder
from index.models import PACKAGED_MODEL

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Browser, Page, expect  # noqa: E402

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

ROOT = Path(__file__).resolve().parent.parent
HOSTILE = (
    '<img src="http://evil.example/i"><script>fetch("http://evil.example/s")</script>'
    "<style>*{background:url(http://evil.example/c)}</style>![x](http://evil.example/m) "
    "[y](javascript:alert(1)) $x^2$ :red[z] <form action=http://evil.example>"
)
DOCUMENTS = {
    "calf": "Title: Calf pain in a runner\nYear: 2021\nType: case report\n\nTreatment\n\n"
    "Saline was injected between soleus and gastrocnemius. There was no tear of the "
    "soleus on ultrasound. The runner was free of pain.\n",
    "knee": "Title: Swollen knee of a carpenter\nYear: 2009\nType: letter\n\nFindings\n\n"
    "The bursa in front of the patella was red and warm. Fluid was drawn off.\n",
    "gout": f"Title: Gout {HOSTILE}\nType: note {HOSTILE}\nSource: javascript:alert(2)\n\n"
    f"Notes\n\nGout of the big toe {HOSTILE} was treated with rest.\n",
}
QUESTION = "saline injection for calf pain in a runner"
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real app over a small real index."""
    folder = tmp_path_factory.mktemp("browser")
    for name, text in DOCUMENTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    build_index(sorted(folder.glob("*.txt")), folder / "index", choose_encoder(PACKAGED_MODEL))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true",
         "--server.port", port],
        cwd=ROOT, env={**os.environ, "CASEBOOK_INDEX": str(folder / "index")},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    yield f"http://127.0.0.1:{port}/"
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without its own calls home."""
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def requests() -> list[str]:
    """The addresses that the page asked for."""
    return []


@pytest.fixture
def page(address: str, browser: Browser, requests: list[str]) -> Iterator[Page]:
    """The page as it opens, in a browser that has seen nothing before."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.on("websocket", lambda socket: requests.append(socket.url))
    open_when_ready(page, address)
    yield page
    context.close()


def open_when_ready(page: Page, address: str) -> None:
    """Wait for the server as a person would: by trying again."""
    for _ in range(120):
        try:
            page.goto(address)
            break
        except playwright.Error:
            page.wait_for_timeout(500)
    page.locator(".st-key-examples button").first.wait_for()


def ask(page: Page, question: str) -> None:
    page.get_by_role("searchbox").fill(question)
    page.get_by_role("searchbox").press("Enter")
    page.locator(".cb-card, .cb-notice").first.wait_for()
    wait_until_drawn(page)


def ask_and_unfold(page: Page, question: str) -> None:
    """With weak passages in sight too: how sure a hit is, is another test's."""
    ask(page, question)
    for fold in page.locator('[data-testid="stExpander"] summary').all():
        fold.click()
    page.get_by_text("Show in context").first.wait_for()


def wait_until_drawn(page: Page) -> None:
    page.locator('.stApp[data-test-script-state="notRunning"]').wait_for()


def titles(page: Page) -> list[str]:
    return page.locator(".cb-title").all_inner_texts()


def test_enter_and_button_give_the_same(page: Page) -> None:
    ask(page, QUESTION)
    by_enter = titles(page)
    page.reload()
    page.get_by_role("searchbox").fill(QUESTION)
    page.get_by_role("button", name="Search", exact=True).click()
    page.locator(".cb-card").first.wait_for()
    wait_until_drawn(page)
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


def test_a_hostile_document_type_is_shown_as_letters_in_the_filter(page: Page) -> None:
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox").click()
    assert page.get_by_role("option").locator("img, script, style, form, a").count() == 0


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
    page.get_by_text("Show in context").first.click()
    # Attached, not visible: a fold may close again when the page is drawn anew under load.
    page.locator(".cb-context").first.wait_for(state="attached")
    assert all(url.split(":", 1)[1].startswith("//127.0.0.1:") for url in requests)


def test_filters_act_at_once_and_stay_cleared(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Year from").fill("2015")
    page.get_by_label("Year from").press("Enter")
    expect(page.locator(".cb-card")).to_have_count(1)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator(".cb-card")).to_have_count(3)
    ask(page, "red and warm bursa")
    expect(page.locator(".cb-chips")).to_have_count(0)


def test_a_pasted_case_of_many_lines_is_searched(page: Page) -> None:
    box = page.get_by_role("searchbox")
    box.focus()
    page.keyboard.insert_text("A runner had calf pain.\nSaline was injected.\n" * 170)
    box.press("Enter")
    page.locator(".cb-card").first.wait_for(state="attached")
    assert titles(page)[0] == "Calf pain in a runner"


def test_a_narrow_window_needs_no_sideways_scroll(page: Page) -> None:
    ask_and_unfold(page, "gout of the big toe")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
