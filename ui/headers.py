"""What the server says with every answer, and whom it refuses to answer. Pure but for ASGI.

Three doors are shut. A page of ours that was tricked into showing a document's markup could still
neither load, send nor run anything, for the Content-Security-Policy forbids it. A foreign page
whose name was pointed at this machine (DNS rebinding) brings its own name as Host, and is refused.
A foreign page that opens our websocket, or posts to us, brings its own address as Origin, and is
refused before Streamlit sees it: Streamlit would ask a server on the internet for this machine's
address first (`net_util.get_external_ip`, 1.67).
"""

import base64
import hashlib
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = {
    "default-src": "'none'",
    # No 'unsafe-inline' and no 'unsafe-eval': the scripts of Streamlit are files of this server,
    # and Vega falls back to its interpreter. Inline scripts are named by their hashes.
    "script-src": "'self'",
    # Emotion and `st.html` write <style> elements, and React components style attributes. What
    # styles could do beyond looks is to fetch (url(), @import), which the other lines forbid.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    # Streamlit carries one icon font in its style sheet.
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
"""Streamlit 1.67 works under these; each was tried without its exceptions in Chromium."""
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_UNCHANGING = "/static/"
"""Streamlit's own scripts and fonts. All else may tell what was asked: it is not to be stored."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    # Else Chromium looks up the name of every site that a hit links to.
    "X-DNS-Prefetch-Control": "off",
}


def content_security_policy(inline_scripts: Sequence[str]) -> str:
    """The policy, with the page's own inline scripts allowed by their hashes.

    >>> "script-src 'self' 'sha256-" in content_security_policy(["let a = 1"])
    True
    """
    digests = [hashlib.sha256(script.encode()).digest() for script in inline_scripts]
    named = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    policy = _POLICY | {"script-src": _POLICY["script-src"] + named}
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def inline_scripts(page: Path) -> list[str]:
    """The scripts that stand in an HTML file itself."""
    return _INLINE_SCRIPT.findall(page.read_text("utf-8"))


def refusal(host: str, origin: str | None, names: Collection[str]) -> str | None:
    """Why a request is refused; None where it is not.

    `host` and `origin` are the headers, `names` what this server may be called.

    >>> refusal("localhost:8501", "http://localhost:9999", ["localhost"])
    'Another page may not connect here.'
    """
    if _name(host) not in names:
        return "This server does not go by that name (see server.allowedHosts)."
    if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
        return "Another page may not connect here."
    return None


def _name(host: str) -> str:
    """A Host header without its port; "" where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        plain = parts.netloc == host and "@" not in host
        return (parts.hostname or "").rstrip(".") if plain else ""
    except ValueError:
        return ""


class Guard:
    """ASGI middleware: refuses strangers, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, policy: str, names: Collection[str]) -> None:
        self._app = app
        self._headers = {"Content-Security-Policy": policy, **_HEADERS}
        self._names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or open one websocket."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                self._add_headers(message, scope["path"])
            await send(message)

        asked = Headers(scope=scope)
        reason = refusal(asked.get("host", ""), asked.get("origin"), self._names)
        answer = PlainTextResponse(reason, 403) if reason else self._app
        await answer(scope, receive, send_with_headers)

    def _add_headers(self, message: Message, path: str) -> None:
        headers = MutableHeaders(scope=message)
        headers.update(self._headers)
        if _UNCHANGING not in path:
            headers["Cache-Control"] = "no-store"
