"""python -m tests.browser.screenshots [FOLDER]: the pictures that docs/ shows, of the real page.

Over the starter corpus, in Debian's Chromium; `make screenshots` writes them into docs/pictures/.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from index.build import build_index
from index.encoders import choose_encoder
from index.models import PACKAGED_MODEL
from tests.browser.driving import (
    CHROMIUM,
    PATIENCE_MS,
    ROOT,
    ask,
    open_when_ready,
    served,
    wait_until_drawn,
)

FOLDER = ROOT / "docs" / "pictures"
QUESTION = "low platelets while on an antibiotic for an infected shoulder"
UNANSWERED = "capital of Mongolia"
DESK: ViewportSize = {"width": 1120, "height": 860}
TELEPHONE: ViewportSize = {"width": 390, "height": 844}
_SETTLED_MS = 700
"""For fades and charts to end."""


@dataclass(frozen=True)
class Picture:
    """A file name, how the page gets there, and on what screen."""

    name: str
    steps: Callable[[Page], None]
    screen: ViewportSize
    colours: Literal["light", "dark"] = "light"


def _results(page: Page) -> None:
    ask(page, QUESTION)


def _context(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="Show in context").first.click()
    page.get_by_role("dialog").wait_for()


def _nothing(page: Page) -> None:
    ask(page, UNANSWERED)


def _library(page: Page) -> None:
    page.get_by_role("link", name="Library").click()
    page.get_by_role("tab", name="Documents").wait_for()


def _coverage(page: Page) -> None:
    _library(page)
    page.get_by_role("tab", name="Coverage").click()
    page.locator(".cb-chart").first.wait_for()


PICTURES = (
    Picture("empty", lambda page: None, DESK),
    Picture("results", _results, DESK),
    Picture("context", _context, DESK),
    Picture("nothing", _nothing, DESK),
    Picture("library", _library, DESK),
    Picture("coverage", _coverage, DESK),
    Picture("mobile", _results, TELEPHONE),
    Picture("dark", _results, DESK, "dark"),
)


def take(browser: Browser, address: str, picture: Picture, folder: Path) -> None:
    """One picture, in a browser that has seen nothing before."""
    context = browser.new_context(
        viewport=picture.screen, color_scheme=picture.colours, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    open_when_ready(page, address)
    picture.steps(page)
    wait_until_drawn(page)
    page.wait_for_timeout(_SETTLED_MS)
    page.screenshot(path=folder / f"{picture.name}.png")
    context.close()


def main() -> None:
    """Take them all."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as driver:
        index = Path(made) / "index"
        build_index([ROOT / "corpus"], index, choose_encoder(PACKAGED_MODEL))
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        with served(index) as address:
            for picture in PICTURES:
                take(browser, address, picture, folder)
        browser.close()


if __name__ == "__main__":
    main()
