"""How long after its start the page can be used, in a browser, while a slow model still loads."""

import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.driving import CHROMIUM, PATIENCE_MS, open_when_ready, served

MODEL_SECONDS = 20
_TIMES = 3


def cold_start(index: Path) -> dict[str, object]:
    """Seconds from starting the process to a question box, with the browser already open."""
    seconds = []
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
                open_when_ready(context.new_page(), address)
                seconds.append(round(time.monotonic() - started, 2))
                context.close()
        browser.close()
    return {"model_seconds": MODEL_SECONDS, "usable_after_seconds": seconds}
