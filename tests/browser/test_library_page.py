"""The library page: documents come and go, one build at a time, seen by every page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build_index
from index.encoders import choose_encoder
from index.library import published_state
from index.lock import writer_lock
from index.models import PACKAGED_MODEL
from tests.browser.driving import PATIENCE_MS, ask, served, titles
from tests.browser.small_documents import DOCUMENTS

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import (  # noqa: E402
    Browser,
    BrowserContext,
    FilePayload,
    Page,
    expect,
)

HOSTILE_NAME = "<img src=x onerror=alert(1)>![x](http:evil.example).txt"
LONG_BUILD = 600
"""Documents of a build that is still under way when a person stops it."""
WALKS = 12
"""Fewer documents could not lose as many hits as people are asked about."""


@pytest.fixture(scope="module", autouse=True)
def patience() -> Iterator[None]:
    """A build takes longer than a click."""
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=5_000)  # as Playwright has it


def text_file(name: str, title: str, words: str) -> FilePayload:
    text = f"Title: {title}\nYear: 2022\n\nPatient\n\n{words}\n"
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose documents answer most of what is asked of the index."""
    folder = tmp_path_factory.mktemp("walks")
    for number in range(WALKS):
        text = f"Walker {number} came {number} times with pain of the foot. Rest helped walker."
        (folder / f"{number}.txt").write_text(f"Title: Walker {number}\n\nFoot\n\n{text}\n")
    return folder


@pytest.fixture(scope="module")
def library(walks: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that these tests may change."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "knee.txt").write_text(DOCUMENTS["knee"], "utf-8")
    build_index([folder, walks], folder / "index", choose_encoder(PACKAGED_MODEL))
    return folder / "index"


@pytest.fixture(scope="module")
def library_address(browser: Browser, library: Path) -> Iterator[str]:
    with served(library) as where:
        yield where


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A browser with a desk's screen."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 900})
    fresh.set_default_timeout(PATIENCE_MS)
    yield fresh
    fresh.close()


@pytest.fixture(scope="module")
def one_page(desk: BrowserContext, library_address: str) -> Page:
    return opened(desk, library_address)


@pytest.fixture
def library_page(one_page: Page) -> Page:
    """The page where things are changed, without what the test before left in sight."""
    one_page.get_by_role("tab", name="Add and change").click()
    expect(one_page.get_by_role("button", name="Look again")).to_be_enabled()
    if one_page.locator(".cb-outcome").count():
        one_page.get_by_role("button", name="Put away").click()
        expect(one_page.locator(".cb-outcome")).to_have_count(0)
    return one_page


def opened(context: BrowserContext, address: str) -> Page:
    """The library page, at the tab that changes things."""
    from playwright.sync_api import Error

    page = context.new_page()
    for _ in range(120):
        try:
            page.goto(f"{address}library")
            break
        except Error:
            page.wait_for_timeout(500)
    page.get_by_role("tab", name="Add and change").click()
    page.get_by_role("button", name="Look again").wait_for()
    return page


def upload(page: Page, *files: FilePayload) -> None:
    page.locator("input[type=file]").set_input_files(list(files))
    page.locator(".cb-waiting, .cb-problem").first.wait_for()


def press(page: Page, part: str, name: str) -> None:
    page.locator(f".st-key-{part}").get_by_role("button", name=name).click()


def test_a_document_added_in_one_browser_is_found_in_another(
    library_page: Page, library_address: str, context: BrowserContext
) -> None:
    other = context.new_page()
    other.goto(library_address)
    ask(other, "snapping under the shoulder blade of a rower")
    assert "Snapping scapula of a rower" not in titles(other)
    rower = "A rower of 23 years heard a snap under the shoulder blade at each stroke."
    upload(library_page, text_file("rower.txt", "Snapping scapula of a rower", rower))
    press(library_page, "library-waiting", "Add to the library")
    expect(library_page.locator(".cb-outcome")).to_contain_text("is searched now")
    ask(other, "rower whose shoulder blade snaps at each stroke")
    expect(other.locator(".cb-title").first).to_have_text("Snapping scapula of a rower")


def test_a_dry_run_says_what_would_change_and_publishes_nothing(
    library_page: Page, library: Path
) -> None:
    before = published_state(library)
    upload(library_page, text_file("tried.txt", "A trial", "A text that is only tried."))
    press(library_page, "library-waiting", "Dry run")
    outcome = library_page.locator(".cb-outcome")
    expect(outcome).to_contain_text("Nothing was published")
    expect(outcome).to_contain_text("1 added")
    assert published_state(library) == before
    press(library_page, "library-waiting", "Discard")
    expect(library_page.locator(".cb-waiting")).to_have_count(0)


def test_a_broken_file_is_refused_or_reported_by_its_name_letter_by_letter(
    library_page: Page, library: Path
) -> None:
    upload(
        library_page,
        {"name": HOSTILE_NAME, "mimeType": "text/plain", "buffer": b"\x89PNG no text"},
        {"name": "cut.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj"},
    )
    refused = library_page.locator(".cb-problem")
    expect(refused).to_contain_text(f"{HOSTILE_NAME}: a picture (PNG), not a document")
    assert refused.locator("img, a").count() == 0
    press(library_page, "library-waiting", "Dry run")
    expect(library_page.locator(".cb-outcome")).to_contain_text("cut.pdf (uploaded): damaged")
    press(library_page, "library-waiting", "Discard")


def test_a_build_is_seen_by_every_page_and_can_be_stopped_from_each(
    library_page: Page, library_address: str, library: Path, desk: BrowserContext, tmp_path: Path
) -> None:
    before = published_state(library)
    for number in range(LONG_BUILD):
        words = " ".join(
            f"On day {day} patient {number} walked {day * number} m." for day in range(9)
        )
        (tmp_path / f"{number}.txt").write_text(f"Title: Walk {number}\n\nNotes\n\n{words}\n")
    other = opened(desk, library_address)
    library_page.get_by_label("Its full path").fill(str(tmp_path))
    library_page.get_by_role("button", name="Add this folder").click()
    expect(other.get_by_role("progressbar")).to_be_visible()
    expect(other.get_by_role("button", name="Look again")).to_be_disabled()
    expect(other.locator(".cb-build")).to_contain_text("files read")
    other.get_by_role("button", name="Stop").click()
    expect(other.locator(".cb-outcome")).to_contain_text("nothing was published")
    expect(library_page.locator(".cb-outcome")).to_contain_text("nothing was published")
    assert published_state(library) == before


def test_while_another_process_builds_nothing_can_be_started(
    library_page: Page, library: Path
) -> None:
    with writer_lock(library):
        expect(library_page.locator(".cb-build")).to_contain_text("Another process is building")
        expect(library_page.get_by_role("button", name="Look again")).to_be_disabled()
    expect(library_page.get_by_role("button", name="Look again")).to_be_enabled()


def test_a_build_that_fails_is_one_line_and_keeps_what_is_published(
    library_page: Page, library: Path
) -> None:
    before = published_state(library)
    library_page.get_by_label("Its full path").fill("/nowhere/<b>at all</b>")
    library_page.get_by_role("button", name="Add this folder").click()
    expect(library_page.locator(".cb-outcome")).to_contain_text(
        "No such file or folder: /nowhere/<b>at all</b>"
    )
    assert published_state(library) == before


def test_the_last_change_is_taken_back_after_a_question(library_page: Page, library: Path) -> None:
    before = published_state(library)
    upload(library_page, text_file("back.txt", "To be taken back", "A text that is regretted."))
    press(library_page, "library-waiting", "Add to the library")
    expect(library_page.locator(".cb-outcome")).to_contain_text("is searched now")
    library_page.get_by_role("button", name="Take it back").click()
    library_page.get_by_role("button", name="Yes, go back").click()
    expect(library_page.locator(".cb-outcome")).to_contain_text("Taking the last change back: done")
    assert published_state(library).documents == before.documents
    press(library_page, "library-waiting", "Discard")


def test_a_change_that_loses_many_hits_is_published_only_when_a_person_says_so(
    library_page: Page, library: Path, walks: Path
) -> None:
    before = published_state(library)
    for file in walks.glob("*.txt"):
        file.unlink()
    library_page.get_by_role("button", name="Look again").click()
    outcome = library_page.locator(".cb-outcome")
    expect(outcome).to_contain_text("much of what is found today would be lost")
    assert published_state(library) == before
    library_page.get_by_role("button", name="Publish it all the same").click()
    expect(outcome).to_contain_text(f"{WALKS} removed")


def test_documents_are_found_by_their_titles(library_page: Page) -> None:
    library_page.get_by_role("tab", name="Documents").click()
    library_page.get_by_label("Find in titles").fill("CARPENTER knee")
    library_page.get_by_label("Find in titles").press("Enter")
    expect(library_page.locator(".cb-documents tbody tr")).to_have_count(1)
    expect(library_page.locator(".cb-documents")).to_contain_text("Swollen knee of a carpenter")


def test_a_telephone_needs_no_sideways_scroll(
    library_address: str, context: BrowserContext
) -> None:
    page = opened(context, library_address)
    for tab, part in (("Documents", ".cb-documents"), ("Coverage", ".cb-chart")):
        page.get_by_role("tab", name=tab).click()
        page.locator(part).first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
