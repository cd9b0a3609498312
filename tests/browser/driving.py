"""Starts the real app and drives its page as a person would."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_MS = 60_000


@contextmanager
def served(
    index: Path,
    settings: Mapping[str, str] | None = None,
    log: Path | None = None,
    port: int = 0,
    launcher: Sequence[str] = ("streamlit",),
) -> Iterator[str]:
    """`streamlit run app.py` over an index folder; gives its address, ends it afterwards.

    `settings` are more environment variables; what the server says goes into `log`; `launcher` is
    the module that runs, with its own arguments.
    """
    port = port or free_port()
    with Path(log or os.devnull).open("wb") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", *launcher, "run", "app.py", "--server.headless=true",
             "--server.port", str(port)],
            cwd=ROOT, env={**os.environ, "CASEBOOK_INDEX": str(index), **(settings or {})},
            stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def open_when_ready(page: "Page", address: str) -> None:
    """Wait for the server as a person would: by trying again."""
    from playwright.sync_api import Error

    for _ in range(120):
        try:
            page.goto(address)
            break
        except Error:
            page.wait_for_timeout(500)
    page.locator(".st-key-examples button").first.wait_for()


def ask(page: "Page", question: str) -> None:
    """Type a question and press Enter; waits for what it gives."""
    page.get_by_role("searchbox").fill(question)
    page.get_by_role("searchbox").press("Enter")
    wait_for_answer(page, question)


def wait_for_answer(page: "Page", question: str) -> None:
    """Until what is shown answers this question, and not one that was asked before."""
    beginning = " ".join(question.split())[:60]
    shown = page.locator(".cb-asked", has_text=beginning).or_(page.locator(".cb-problem"))
    shown.first.wait_for(state="attached")
    wait_until_drawn(page)


def ask_and_unfold(page: "Page", question: str) -> None:
    """With weak passages in sight too: how sure a hit is, is another test's."""
    ask(page, question)
    for fold in page.locator('[data-testid="stExpander"] summary').all():
        fold.click()
    page.get_by_text("Show in context").first.wait_for()


def wait_until_drawn(page: "Page") -> None:
    """Until the server has nothing more to say."""
    page.locator('.stApp[data-test-script-state="notRunning"]').wait_for()


def titles(page: "Page") -> list[str]:
    """Of the cards, in their order."""
    return page.locator(".cb-title").all_inner_texts()
