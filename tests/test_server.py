"""What the server says with every answer, whom it refuses, and when it is ready."""

import gc
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.error_util import handle_user_script_exception
from streamlit.web.server.app_discovery import discover_asgi_app

from index.store_errors import StoreGoneError
from ui.headers import Guard, content_security_policy, inline_scripts
from ui.server import guards, health_routes, keep_messages_out_of_the_log, script_failed
from ui.warm_up import WarmUp

APP = Path(__file__).resolve().parents[1] / "app.py"
HOST = "localhost:8501"


async def answer(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("in")


async def talk(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


@pytest.fixture
def client() -> TestClient:
    """A server behind the guard that answers everything."""
    routes = [Route("/{path:path}", answer, methods=["GET", "PUT"]), WebSocketRoute("/ws", talk)]
    guard = Middleware(Guard, policy="default-src 'none'", names=["localhost", "::1"])
    return TestClient(Starlette(routes=routes, middleware=[guard]), base_url=f"http://{HOST}")


@pytest.mark.parametrize(
    "host", ["localhost:8501", "LOCALHOST", "localhost.", "[::1]:8501", "localhost:443"]
)
def test_the_server_answers_to_its_own_names(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).text == "in"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example:8501", "127.0.0.1", "x@localhost", "localhost/x", ""],
)
def test_the_server_refuses_another_name(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://localhost:9999", "null", "http://localhost", ""]
)
def test_another_page_can_neither_post_nor_connect(client: TestClient, origin: str) -> None:
    assert client.put("/", headers={"Origin": origin}).status_code == 403
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/ws", headers={"Origin": origin}),
    ):
        pass


def test_the_own_page_connects(client: TestClient) -> None:
    with client.websocket_connect("/ws", headers={"Host": HOST, "Origin": f"http://{HOST}"}) as ws:
        assert ws.receive()["type"] == "websocket.close"


def test_a_refusal_carries_the_headers_too(client: TestClient) -> None:
    refused = client.get("/", headers={"Host": "evil.example"})
    assert refused.headers["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize("path", ["/", "/media/page.png", "/_stcore/host-config"])
def test_what_may_tell_of_a_question_is_not_stored(client: TestClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_scripts_and_fonts_may_be_kept(client: TestClient) -> None:
    assert "Cache-Control" not in client.get("/static/js/index.js").headers


def test_a_script_is_allowed_by_its_hash() -> None:
    # echo -n 'let a = 1' | openssl dgst -sha256 -binary | base64
    hashed = "'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ='"
    assert f"script-src 'self' {hashed};" in content_security_policy(["let a = 1"])


def test_only_scripts_that_stand_in_the_page_are_hashed(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text('<script>let a = 1</script><script src="x.js"></script>', "utf-8")
    assert inline_scripts(page) == ["let a = 1"]


def test_nothing_is_allowed_to_evaluate_text() -> None:
    policy = guards()[0].kwargs["policy"]
    assert "unsafe-eval" not in str(policy)


def test_a_server_that_still_loads_is_alive_and_not_ready(tmp_path: Path) -> None:
    client = TestClient(Starlette(routes=list(health_routes(WarmUp(lambda: tmp_path)))))
    assert [client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 503]


def test_a_server_whose_index_can_be_asked_is_ready(corpus_index: Path) -> None:
    warm_up = WarmUp(lambda: corpus_index)
    warm_up.run()
    client = TestClient(Starlette(routes=list(health_routes(warm_up))))
    assert client.get("/readyz").json() == {"ready": True, "waiting_for": None}


def test_what_is_loaded_is_not_looked_through_after_every_answer(corpus_index: Path) -> None:
    gc.unfreeze()
    WarmUp(lambda: corpus_index).run()
    assert gc.get_freeze_count() > 100_000
    gc.unfreeze()


def test_a_damaged_index_is_named_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{", "utf-8")
    warm_up = WarmUp(lambda: tmp_path)
    warm_up.run()
    assert str(tmp_path) in str(warm_up.waiting_for())


def test_what_an_uncaught_error_says_stays_out_of_the_log(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    keep_messages_out_of_the_log()
    handle_user_script_exception(ValueError("what the patient said"), script_failed)
    logged = caplog.text + "".join(capfd.readouterr())
    assert "ValueError" in logged
    assert "patient" not in logged


def test_the_server_listens_to_this_machine_only_and_reports_to_nobody() -> None:
    settings = tomllib.loads((APP.parent / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["browser"]["gatherUsageStats"] is False


def test_streamlit_finds_the_server_in_the_app() -> None:
    assert discover_asgi_app(APP).import_string == "app:app"


def test_a_child_that_reads_files_gets_neither_server_nor_page() -> None:
    loaded = f"import runpy, sys; runpy.run_path({str(APP)!r}, run_name='__mp_main__')"
    shown = subprocess.run(
        [sys.executable, "-c", f"{loaded}; print('streamlit' in sys.modules)"],
        capture_output=True, text=True, check=True, cwd=APP.parent,
    )  # fmt: skip
    assert shown.stdout == "False\n"


def test_a_server_that_was_away_is_asked_again(
    corpus_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.warm_up.RETRY_SECONDS", 0.0)
    away = iter([StoreGoneError("milvus://search:1/cases")])

    def place() -> Path:
        for error in away:
            raise error
        return corpus_index

    warm_up = WarmUp(place)
    warm_up.run()
    assert warm_up.waiting_for() is None
