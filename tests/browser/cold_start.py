"""How soon the page can be used, and a question is seen to be asked, while a slow model loads."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.driving import CHROMIUM, PATIENCE_MS, open_when_ready, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

MODEL_SECONDS = 20
_TIMES = 3
_START_WATCHING = """box => {
  let asked = 0;
  box.addEventListener("keydown", () => { asked = performance.now(); }, {once: true});
  new MutationObserver(() => {
    if (window.waitedMs === undefined && document.querySelector(".cb-skeleton"))
      window.waitedMs = performance.now() - asked;
  }).observe(document.body, {childList: true, subtree: true});
}"""
"""From the key to the sign that something is being searched for, milliseconds."""


def cold_start(index: Path) -> dict[str, object]:
    """Seconds from starting the process to a question box, with the browser already open.

    Then milliseconds from Enter to the sign that the question is being answered.
    """
    from playwright.sync_api import sync_playwright

    seconds, waited_ms = [], []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for _ in range(_TIMES):
            started = time.monotonic()
            with served(
                index, launcher=("tests.browser.slow_start", str(MODEL_SECONDS))
            ) as address:
                context = browser.new_context()
                context.set_default_timeout(PATIENCE_MS)
                page = context.new_page()
                open_when_ready(page, address)
                seconds.append(round(time.monotonic() - started, 2))
                waited_ms.append(_skeleton_ms(page))
                context.close()
        browser.close()
    return {
        "model_seconds": MODEL_SECONDS,
        "usable_after_seconds": seconds,
        "skeleton_after_ms": waited_ms,
    }


def _skeleton_ms(page: "Page") -> int:
    """Measured by the page itself, without the way to the browser and back."""
    box = page.get_by_role("searchbox")
    box.fill("calf pain in a runner")
    box.evaluate(_START_WATCHING)
    box.press("Enter")
    page.locator(".cb-skeleton").wait_for()
    return round(float(page.evaluate("window.waitedMs")))
