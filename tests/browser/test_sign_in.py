"""Signing in at a real provider on this machine: who sees and may do what, and for how long."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.browser.driving import PATIENCE_MS, free_port, served

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(
    find_spec("oidc_provider_mock") is None, reason="oidc-provider-mock is not installed"
)
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect  # noqa: E402

SECRETS = """
[auth]
redirect_uri = "{address}oauth2callback"
cookie_secret = "a secret of this test only, and long enough"
client_id = "casebook"
client_secret = "casebook's secret"
server_metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"

[casebook]
idle_minutes = {idle_minutes}

[casebook.roles]
read = ["groups=wards"]
build = ["email=bea@hospital.example"]
"""
PEOPLE: dict[str, dict[str, object]] = {
    "ruth": {"groups": ["wards"]},
    "bea": {"email": "bea@hospital.example", "email_verified": True},
    "strange": {"email": "strange@elsewhere.example"},
}

_NO_LOOKS_AT_THE_CLOCK = """
const setEvery = window.setInterval;
window.setInterval = (look, ms, ...more) => ms < 1000 ? setEvery(look, ms, ...more) : 0;
"""
"""A page that does not clear itself in time, as a slow or a meddled-with browser's."""


@contextmanager
def provider() -> Iterator[int]:
    """An OpenID Connect provider that knows these people; gives its port."""
    port, command = free_port(), [sys.executable, "-m", "oidc_provider_mock"]
    for name, claims in PEOPLE.items():
        command += ["--user-claims", json.dumps({"sub": name, **claims})]
    process = subprocess.Popen(
        [*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield port
    finally:
        process.terminate()
        process.wait()


@contextmanager
def signing_in(index: Path, folder: Path, idle_minutes: float) -> Iterator[str]:
    """The real app with a provider on loopback; gives the app's address."""
    port, secrets = free_port(), folder / "secrets.toml"
    address = f"http://127.0.0.1:{port}/"
    with provider() as provider_port:
        secrets.write_text(
            SECRETS.format(address=address, provider=provider_port, idle_minutes=idle_minutes),
            "utf-8",
        )
        with served(index, {"STREAMLIT_SECRETS_FILES": str(secrets)}, port=port):
            yield address


@pytest.fixture(scope="module")
def hospital(
    browser: Browser, small_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The app with sign-in, for tests that change nothing."""
    with signing_in(small_index, tmp_path_factory.mktemp("secrets"), 15) as address:
        yield address


def open_door(context: BrowserContext, address: str) -> Page:
    """A page that waits for a sign-in; the provider's style sheet is somewhere else, and missed."""
    context.route("https://**", lambda route: route.abort())
    page = context.new_page()
    for _ in range(120):
        try:
            page.goto(address)
            break
        except Error:
            page.wait_for_timeout(500)
    page.get_by_role("button", name="Sign in").wait_for()
    return page


def sign_in(page: Page, name: str) -> None:
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=name).click()
    page.wait_for_url("http://127.0.0.1:*/")


def test_who_has_not_signed_in_sees_the_door_only(context: BrowserContext, hospital: str) -> None:
    for path in ("", "library", "?year-from=2000"):
        page = open_door(context, hospital + path)
        assert page.locator("input, textarea, .cb-card, nav a").count() == 0


def test_a_reader_may_search_and_not_build(context: BrowserContext, hospital: str) -> None:
    page = open_door(context, hospital)
    sign_in(page, "ruth")
    page.get_by_role("searchbox").wait_for()
    page.goto(f"{hospital}library")
    expect(page.locator(".cb-documents tbody tr")).to_have_count(3)
    page.get_by_role("tab", name="Add and change").click()
    page.get_by_text("You may look at the library").wait_for()
    assert page.get_by_role("tabpanel").locator("input, button").count() == 0


def test_who_builds_is_offered_to_change_the_library(
    context: BrowserContext, hospital: str
) -> None:
    page = open_door(context, hospital)
    sign_in(page, "bea")
    page.goto(f"{hospital}library")
    page.get_by_role("tab", name="Add and change").click()
    page.locator("input[type=file]").wait_for(state="attached")


def test_who_has_no_part_is_told_so(context: BrowserContext, hospital: str) -> None:
    page = open_door(context, hospital)
    sign_in(page, "strange")
    page.get_by_text("Nothing is open to you now").wait_for()
    assert page.locator("input, textarea").count() == 0


def test_what_was_drawn_before_signing_out_elsewhere_changes_nothing(
    context: BrowserContext, hospital: str, small_index: Path
) -> None:
    context.add_init_script(_NO_LOOKS_AT_THE_CLOCK)
    page = open_door(context, hospital)
    sign_in(page, "bea")
    page.goto(f"{hospital}library")
    page.get_by_role("tab", name="Add and change").click()
    rebuild = page.get_by_role("button", name="Look again")
    rebuild.wait_for()
    other = context.new_page()
    other.goto(hospital)
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url(lambda url: not url.startswith(hospital))  # the provider's own farewell
    before = sorted(small_index.rglob("*"))
    rebuild.click()
    expect(page.get_by_text("or you were signed out")).to_be_visible()
    assert sorted(small_index.rglob("*")) == before


def test_an_unused_sign_in_ends_and_the_page_is_cleared(
    context: BrowserContext, small_index: Path, tmp_path: Path
) -> None:
    with signing_in(small_index, tmp_path, 0.15) as address:
        page = open_door(context, address)
        sign_in(page, "ruth")
        page.get_by_role("searchbox").fill("the gout of a known person")
        page.get_by_role("searchbox").press("Enter")
        page.locator(".cb-card, .cb-notice").first.wait_for()
        page.get_by_role("button", name="Sign in").wait_for(timeout=PATIENCE_MS)
        expect(page.locator(".cb-card, input")).to_have_count(0)
        assert "known person" not in page.content()
        page.reload()  # the cookie is still there, and opens nothing
        page.get_by_role("button", name="Sign in").wait_for()
