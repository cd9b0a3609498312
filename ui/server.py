"""The server around the page: its headers, its health, and the model loaded before it is needed.

    /healthz    200 while the process answers
    /readyz     200 once a question would be answered at once, 503 with the reason before

Neither says anything about documents or questions.
"""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from ui import notices
from ui.access import NotAllowedError
from ui.failures import unforeseen
from ui.headers import Guard, content_security_policy, inline_scripts
from ui.scripts import SCRIPTS
from ui.warm_up import WarmUp

_PAGE = Path(st.__file__).parent / "static" / "index.html"


def keep_messages_out_of_the_log() -> None:
    """Stop Streamlit from logging uncaught errors: their messages may quote the question.

    It does so before it asks `script_failed`, which logs what may be logged.
    """
    logging.getLogger("streamlit.error_util").addFilter(lambda record: not record.exc_info)


def guards() -> list[Middleware]:
    """What stands before Streamlit: `server.allowedHosts` names whom it answers as."""
    policy = content_security_policy([*inline_scripts(_PAGE), *SCRIPTS])
    return [Middleware(Guard, policy=policy, names=st.get_option("server.allowedHosts"))]


def health_routes(warm_up: WarmUp) -> list[Route]:
    """`/healthz` and `/readyz`."""

    async def readiness(_request: Request) -> Response:
        reason = warm_up.waiting_for()
        return JSONResponse(
            {"ready": reason is None, "waiting_for": reason}, 503 if reason else 200
        )

    return [Route("/healthz", _health), Route("/readyz", readiness)]


def warming_up(warm_up: WarmUp) -> Callable[[st.App], AbstractAsyncContextManager[None]]:
    """What `st.App` does around serving: it loads the model while the server already answers."""

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        # A daemon: Ctrl-C must end the server, whatever is being loaded.
        Thread(target=warm_up.run, name="warm-up", daemon=True).start()
        yield

    return lifespan


def script_failed(error: Exception) -> bool:
    """Show what a page or a callback let through as one line, with a reference into the log."""
    text = str(error) if isinstance(error, NotAllowedError) else unforeseen(error)
    st.html(notices.problem(text))
    return True


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok")
