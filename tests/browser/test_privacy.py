"""Nothing leaves the machine, and nothing of a question stays behind."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.driving import ask, ask_and_unfold, open_when_ready, served
from tests.browser.listener import Listener, listening

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import BrowserContext, Page  # noqa: E402

QUESTION = "zanzibarian gout of the big toe"
TRICKS = """
async (there) => {
  const add = (tag, parts) =>
    document.body.append(Object.assign(document.createElement(tag), parts));
  add("img", {src: there + "/img"});
  add("script", {src: there + "/script"});
  add("iframe", {src: there + "/iframe"});
  add("link", {rel: "stylesheet", href: there + "/stylesheet"});
  add("style", {textContent: `body { background: url(${there}/url) } @import "${there}/import"`});
  add("object", {data: there + "/object"});
  add("video", {src: there + "/video"});
  add("script", {textContent: `new Image().src = "${there}/inline"`});
  add("img", {src: "data:,", onerror: null});
  document.body.lastChild.setAttribute("onerror", `new Image().src = "${there}/handler"`);
  add("form", {action: there + "/form", method: "post", target: "form"});
  add("iframe", {name: "form"});
  document.querySelector("form[target]").submit();
  fetch(there + "/fetch", {mode: "no-cors"}).catch(() => 0);
  navigator.sendBeacon(there + "/beacon");
  try { new WebSocket(there.replace("http", "ws") + "/socket"); } catch { }
  try { new EventSource(there + "/events"); } catch { }
  try { eval(`fetch("${there}/eval", {mode: "no-cors"})`); } catch { }
  await new Promise((done) => setTimeout(done, 1500));
}
"""
"""Ways in which markup or a script could call another machine."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as noted:
        yield noted


def test_no_trick_reaches_another_server_from_the_page(page: Page, listener: Listener) -> None:
    page.evaluate(TRICKS, listener.address)
    assert listener.came == []


def test_the_tricks_reach_it_from_a_page_without_our_headers(
    context: BrowserContext, listener: Listener
) -> None:
    bare = context.new_page()
    bare.goto(f"{listener.address}/")
    bare.evaluate(TRICKS, listener.address)
    written = re.findall(r'(?:there \+ "|there\}|"ws"\) \+ ")/(\w+)', TRICKS)
    assert set(listener.came) >= set(written) - {"import"}


def test_a_whole_visit_asks_only_this_machine(page: Page, requests: list[str]) -> None:
    ask_and_unfold(page, QUESTION)
    page.get_by_role("button", name="Show in context").first.click()
    page.get_by_role("dialog").wait_for()
    assert {re.sub(r":\d+/.*", "", url) for url in requests} == {
        "http://127.0.0.1", "ws://127.0.0.1",
    }  # fmt: skip


def test_the_page_breaks_no_rule_of_its_own_policy(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.add_init_script(
        "window.broken = []; document.addEventListener('securitypolicyviolation',"
        " event => window.broken.push(`${event.violatedDirective} ${event.blockedURI}`))"
    )
    open_when_ready(page, address)
    ask_and_unfold(page, QUESTION)
    # Streamlit tries WebAssembly for long numbers, and goes on without.
    assert set(page.evaluate("window.broken")) <= {"script-src wasm-eval"}


def test_no_question_stays_in_the_browser(page: Page, address: str) -> None:
    ask(page, QUESTION)
    kept = page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie,"
        " location.href, document.title, await indexedDB.databases(), await caches.keys()])"
    )
    assert "zanzibar" not in kept.lower()


def test_no_question_stands_in_an_address_that_was_asked_for(
    page: Page, requests: list[str]
) -> None:
    ask(page, QUESTION)
    assert "zanzibar" not in " ".join(requests).lower()


def test_no_question_stands_in_the_most_talkative_log(
    context: BrowserContext, small_index: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with served(small_index, {"STREAMLIT_LOGGER_LEVEL": "debug"}, log) as address:
        page = context.new_page()
        open_when_ready(page, address)
        ask(page, QUESTION)
    assert "zanzibar" not in log.read_text("utf-8").lower()
