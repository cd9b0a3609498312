"""What the tests in a browser share: the app over two real indexes, Chromium, and a fresh page."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.build import build_index
from index.encoders import choose_encoder
from index.models import PACKAGED_MODEL
from tests.browser.driving import CHROMIUM, PATIENCE_MS, open_when_ready, served
from tests.browser.small_documents import DOCUMENTS

collect_ignore = [] if find_spec("playwright") else ["screenshots.py"]
"""What imports the browser's driver without being a test of it."""

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium without its own calls home."""
    driving = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with driving.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small real index with a hostile document in it; never changed by a test."""
    folder = tmp_path_factory.mktemp("browser")
    for name, text in DOCUMENTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    build_index(sorted(folder.glob("*.txt")), folder / "index", choose_encoder(PACKAGED_MODEL))
    return folder / "index"


@pytest.fixture(scope="session")
def address(browser: "Browser", small_index: Path) -> Iterator[str]:
    """The real app over the small index, one for all tests that only read."""
    with served(small_index) as where:
        yield where


@pytest.fixture(scope="session")
def corpus_address(browser: "Browser", corpus_index: Path) -> Iterator[str]:
    """The real app over the starter corpus, one for all tests that only read."""
    with served(corpus_index) as where:
        yield where


@pytest.fixture
def requests() -> list[str]:
    """The addresses that the page asked for."""
    return []


@pytest.fixture
def context(browser: "Browser") -> Iterator["BrowserContext"]:
    """A browser that has seen nothing before, on a telephone's screen."""
    fresh = browser.new_context(viewport={"width": 390, "height": 844})
    fresh.set_default_timeout(PATIENCE_MS)
    yield fresh
    fresh.close()


@pytest.fixture
def page(address: str, context: "BrowserContext", requests: list[str]) -> "Page":
    """The page as it opens over the small index."""
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.on("websocket", lambda socket: requests.append(socket.url))
    open_when_ready(page, address)
    return page


@pytest.fixture
def wide_page(corpus_address: str, browser: "Browser") -> Iterator["Page"]:
    """The page over the starter corpus on a desk's screen."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 900})
    fresh.set_default_timeout(PATIENCE_MS)
    page = fresh.new_page()
    open_when_ready(page, corpus_address)
    yield page
    fresh.close()
